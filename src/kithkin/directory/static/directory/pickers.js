// A text field with data-suggest gets a list of suggestions from that address while somebody types.
for (const input of document.querySelectorAll("input[data-suggest]")) {
  const list = document.createElement("datalist");
  list.id = `${input.id}-suggested`;
  input.after(list);
  input.setAttribute("list", list.id);
  let asked = 0;
  input.addEventListener("input", () => {
    const mine = ++asked;
    setTimeout(async () => {
      if (mine !== asked || input.value.length < 2 || input.value.includes("#")) return;
      const answer = await fetch(`${input.dataset.suggest}?q=${encodeURIComponent(input.value)}`);
      if (answer.ok && mine === asked) list.innerHTML = await answer.text();
    }, 200);
  });
}
// Whoever types an address that is here already is told.
const address = document.querySelector("form #id_email");
const alike = document.getElementById("alike");
if (address && alike) address.addEventListener("change", async () => {
  const answer = await fetch(`/people/alike/?email=${encodeURIComponent(address.value)}`);
  if (answer.ok) alike.innerHTML = await answer.text();
});

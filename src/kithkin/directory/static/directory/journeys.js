// Touchpoints are dragged from stage to stage; the buttons beside them do the same.
let held = null;
const listOf = (event) => event.target.closest?.("[data-stage]")?.querySelector(".places");
document.addEventListener("dragstart", (event) => {
  held = event.target.closest?.("[data-place]");
  held?.classList.add("held");
});
document.addEventListener("dragover", (event) => {
  const list = held && listOf(event);
  if (!list) return;
  event.preventDefault();
  const next = [...list.children].find((one) => one !== held && event.clientY < one.getBoundingClientRect().top + one.offsetHeight / 2);
  list.insertBefore(held, next ?? null);
});
document.addEventListener("drop", (event) => { if (held) event.preventDefault(); });
document.addEventListener("dragend", async () => {
  const list = held?.parentElement, stage = held?.closest("[data-stage]");
  held?.classList.remove("held");
  held = null;
  if (!stage) return;
  const body = new URLSearchParams([...list.children].map((one) => ["place", one.dataset.place]));
  const headers = JSON.parse(document.body.getAttribute("hx-headers"));
  await fetch(stage.dataset.url, { method: "POST", body, headers }).catch(() => null);
  location.reload();
});

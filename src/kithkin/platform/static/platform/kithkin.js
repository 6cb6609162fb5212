// What pages need beyond htmx. Everything works without it but dialogs, dragging and the map's zoom.

// A form marked data-once is sent once, however often its button is pressed.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-once]")) return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "yes";
  for (const button of form.querySelectorAll("button:not([type=button])")) button.setAttribute("aria-busy", "true");
});
// Coming back by the history shows the form fresh.
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("[data-sent]")) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
  }
});

// <button data-open="id"> opens a dialog, [data-close] closes the one around it.
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-open]");
  if (opener) document.getElementById(opener.dataset.open)?.showModal();
  if (event.target.closest("[data-close]")) event.target.closest("dialog")?.close();
});

// What is found while typing goes away with Escape or a click elsewhere.
const clearFound = () => document.getElementById("found")?.replaceChildren();
document.addEventListener("keydown", (event) => { if (event.key === "Escape") clearFound(); });
document.addEventListener("click", (event) => { if (!event.target.closest(".find")) clearFound(); });

// "/" goes to the search, as people know it.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  event.preventDefault();
  document.getElementById("find")?.focus();
});

// What is folded on a phone is open where there is room. Style does it; browsers without ::details-content need this.
if (!CSS.supports("selector(::details-content)")) {
  const unfold = () => {
    for (const part of document.querySelectorAll("[data-wide-open]")) {
      const wide = matchMedia(`(min-width: ${part.dataset.wideOpen})`).matches;
      if (wide === part.classList.contains("unfolded")) continue;
      part.open = wide;
      part.classList.toggle("unfolded", wide);
    }
  };
  unfold();
  addEventListener("resize", unfold);
  document.addEventListener("htmx:load", unfold);
}

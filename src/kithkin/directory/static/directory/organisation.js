// A unit dragged onto another opens the form that moves it, filled in; nothing moves without the form.
// The mouse takes hold of a whole row, a finger of its handle, so that the page still scrolls under it.
const units = document.getElementById("units");
const toTop = document.getElementById("to-top");
let held = null;

const over = (event) => {
  const found = document.elementFromPoint(event.clientX, event.clientY);
  const unit = found?.closest(".unit");
  if (unit) return unit === held.unit || held.unit.contains(unit) ? null : unit;
  return found === toTop ? toTop : null;
};

const drop = () => {
  if (!held) return;
  held.name?.remove();
  held.target?.classList.remove("over");
  held.unit.classList.remove("held");
  document.documentElement.classList.remove("moving");
  held = null;
};

const lift = () => {
  held.name = document.body.appendChild(document.createElement("div"));
  held.name.className = "held-name";
  held.unit.classList.add("held");
  document.documentElement.classList.add("moving");
  getSelection().removeAllRanges();
};

const label = (unit) => unit.querySelector(".unit-row a").textContent;

units?.addEventListener("pointerdown", (event) => {
  const row = event.target.closest(".unit-row");
  if (!row || !event.isPrimary || event.button || event.target.closest(".move")) return;
  if (event.pointerType !== "mouse" && !event.target.closest(".grip")) return;
  held = { unit: row.closest(".unit"), x: event.clientX, y: event.clientY };
});

addEventListener("pointermove", (event) => {
  if (!held) return;
  if (!held.name && Math.hypot(event.clientX - held.x, event.clientY - held.y) < 7) return;
  if (!held.name) lift();
  const target = over(event);
  held.target?.classList.remove("over");
  held.target = target;
  target?.classList.add("over");
  held.name.textContent = label(held.unit) + (target?.dataset.unit ? ` · ${units.dataset.under} ${label(target)}` : "");
  held.name.style.transform = `translate(${Math.min(event.clientX + 14, innerWidth - held.name.offsetWidth - 8)}px, ${event.clientY + 16}px)`;
  if (event.clientY < 60) scrollBy(0, -14);
  if (event.clientY > innerHeight - 60) scrollBy(0, 14);
});

addEventListener("pointerup", () => {
  if (!held?.name) { held = null; return; }
  const { unit, target } = held;
  drop();
  // The click that ends a drag opens no page.
  const swallow = (event) => { event.preventDefault(); event.stopPropagation(); };
  addEventListener("click", swallow, { capture: true, once: true });
  setTimeout(() => removeEventListener("click", swallow, { capture: true }), 0);
  if (!target) return;
  const asked = new URLSearchParams({ to: target.dataset.unit ?? "" });
  if (units.dataset.on) asked.set("on", units.dataset.on);
  location.assign(`${units.dataset.move.replace("/0/", `/${unit.dataset.unit}/`)}?${asked}`);
});

addEventListener("pointercancel", drop);
addEventListener("keydown", (event) => { if (event.key === "Escape") drop(); });
units?.addEventListener("dragstart", (event) => event.preventDefault());

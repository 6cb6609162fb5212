// The service map: what is not connected is dimmed; larger, smaller and moved by wheel, pinch, keys, buttons or hand.
for (const frame of document.querySelectorAll("[data-map]")) {
  const svg = frame.querySelector("svg"), all = [...svg.querySelectorAll("[data-n]")];
  const natural = svg.viewBox.baseVal, least = 0.25, most = 3;
  const buttons = frame.parentElement.querySelector(".map-zoom");
  if (buttons) buttons.hidden = false;

  const light = (link) => {
    svg.classList.toggle("dimmed", Boolean(link));
    for (const one of all) one.classList.remove("lit");
    if (!link) return;
    const { n, to } = link.dataset, near = new Set([n, to]);
    for (const one of all) {
      if (!one.dataset.to) continue;
      const mine = to ? one === link : one.dataset.n === n || one.dataset.to === n;
      if (mine) { one.classList.add("lit"); near.add(one.dataset.n).add(one.dataset.to); }
    }
    for (const one of all) if (!one.dataset.to && near.has(one.dataset.n)) one.classList.add("lit");
  };
  for (const kind of ["pointerover", "focusin"]) svg.addEventListener(kind, (event) => light(event.target.closest("[data-n]")));
  svg.addEventListener("pointerleave", () => light(document.activeElement?.closest?.(".map [data-n]")));
  svg.addEventListener("focusout", () => light(null));

  const scale = () => svg.getBoundingClientRect().width / natural.width;
  const zoom = (to, x = frame.clientWidth / 2, y = frame.clientHeight / 2) => {
    const before = scale(), now = Math.min(most, Math.max(least, to));
    svg.dataset.zoomed = "";
    svg.setAttribute("width", natural.width * now);
    svg.setAttribute("height", natural.height * now);
    frame.scrollLeft = (frame.scrollLeft + x) * now / before - x;
    frame.scrollTop = (frame.scrollTop + y) * now / before - y;
  };
  const whole = () => zoom(Math.min(1, frame.clientWidth / natural.width));
  const step = (way) => (way ? zoom(scale() * (way > 0 ? 1.25 : 0.8)) : whole());
  buttons?.addEventListener("click", (event) => {
    const button = event.target.closest("[data-zoom]");
    if (button) step(Number(button.dataset.zoom));
  });
  frame.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const way = { "+": 1, "=": 1, "-": -1, "0": 0 }[event.key];
    const move = { ArrowLeft: [-60, 0], ArrowRight: [60, 0], ArrowUp: [0, -60], ArrowDown: [0, 60] }[event.key];
    if (way === undefined && !move) return;
    const still = frame.scrollLeft + frame.scrollTop;
    if (move) frame.scrollBy(...move); else step(way);
    if (!move || frame.scrollLeft + frame.scrollTop !== still) event.preventDefault();
  });
  frame.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const at = frame.getBoundingClientRect();
    zoom(scale() * Math.exp(-event.deltaY / 500), event.clientX - at.left, event.clientY - at.top);
  }, { passive: false });

  // By hand: one pointer moves the map, two pinch it; a movement is no click.
  const held = new Map();
  let moved = false;
  frame.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    moved = false;
    held.set(event.pointerId, event);
  });
  const apart = ([a, b]) => Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
  addEventListener("pointermove", (event) => {
    const last = held.get(event.pointerId);
    if (!last) return;
    const before = [...held.values()];
    if (before.length === 1 && event.pointerType === "mouse") {
      const x = last.clientX - event.clientX, y = last.clientY - event.clientY;
      if (!moved && Math.hypot(x, y) < 5) return;
      moved = true;
      frame.classList.add("moving");
      frame.scrollBy(x, y);
    }
    held.set(event.pointerId, event);
    if (before.length === 2) {
      const two = [...held.values()], at = frame.getBoundingClientRect();
      moved = true;
      zoom(scale() * apart(two) / (apart(before) || 1), (two[0].clientX + two[1].clientX) / 2 - at.left, (two[0].clientY + two[1].clientY) / 2 - at.top);
    }
  });
  for (const kind of ["pointerup", "pointercancel"]) addEventListener(kind, (event) => { held.delete(event.pointerId); frame.classList.remove("moving"); });
  frame.addEventListener("click", (event) => { if (moved && event.detail) event.preventDefault(); moved = false; }, true);
  svg.addEventListener("dragstart", (event) => event.preventDefault());
}
// A form marked data-sends goes off when a choice is made.
document.addEventListener("change", (event) => event.target.closest("form[data-sends]")?.requestSubmit());

// Draws every chart of a page, and those that htmx brings later.
const seen = new WeakSet();
const numbers = { de: { decimal: ",", thousands: ".", grouping: [3], currency: ["", " €"] } };
const number = numbers[document.documentElement.lang];

function show(figure) {
  if (seen.has(figure)) return;
  seen.add(figure);
  drawInto(figure, JSON.parse(document.getElementById(figure.dataset.chart).textContent), theme, number);
}

const all = (root) => root.querySelectorAll("[data-chart]").forEach(show);
all(document);
document.addEventListener("htmx:load", (event) => all(event.target));

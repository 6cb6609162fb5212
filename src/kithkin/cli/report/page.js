// Draws every chart of the report.
const { theme, charts } = JSON.parse(document.getElementById("charts").textContent);
for (const figure of document.querySelectorAll("[data-chart]")) {
  drawInto(figure, charts[figure.dataset.chart], theme);
}

// Paper has no fold: what a reader had left closed is closed again afterwards.
const folded = [...document.querySelectorAll("details")];
addEventListener("beforeprint", () => {
  for (const one of folded) {
    one.dataset.was = one.open ? "open" : "closed";
    one.open = true;
  }
});
addEventListener("afterprint", () => {
  for (const one of folded) one.open = one.dataset.was === "open";
});

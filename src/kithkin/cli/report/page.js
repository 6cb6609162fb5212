// Draws each chart from its spec, in the form that fits its box and the colours of the scheme; again when either changes.
const { theme, charts } = JSON.parse(document.getElementById("charts").textContent);
const dark = matchMedia("(prefers-color-scheme: dark)");

for (const figure of document.querySelectorAll("[data-chart]")) {
  const box = figure.querySelector(".live");
  const chart = charts[figure.dataset.chart];
  let shown = null;
  let drawn = null;

  const draw = async () => {
    const form = figure.clientWidth < Number(figure.dataset.narrowBelow) ? "narrow" : "wide";
    const scheme = dark.matches ? "dark" : "light";
    if (shown === form + scheme) return;
    shown = form + scheme;
    const spec = { ...chart[form], params: [...theme[scheme].parameters, ...(chart[form].params ?? [])] };
    figure.classList.add("drawn");
    const options = {
      mode: "vega-lite",
      renderer: "svg",
      ast: true,
      actions: false,
      defaultStyle: false,
      config: theme[scheme].config,
      tooltip: { disableDefaultStyle: true },
    };
    try {
      const next = await vegaEmbed(box, spec, options);
      box.querySelector("svg").setAttribute("aria-hidden", "true"); // the box says what the picture shows
      box.tabIndex = box.scrollWidth > box.clientWidth ? 0 : -1;
      drawn?.finalize();
      drawn = next;
    } catch (error) {
      figure.classList.remove("drawn"); // the still picture stays
      console.error(error);
    }
  };

  new ResizeObserver(draw).observe(figure);
  dark.addEventListener("change", draw);
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

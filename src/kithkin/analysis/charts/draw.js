// Draws a chart from its spec, in the form that fits its box and the colours of the scheme; again when either changes.
const dark = matchMedia("(prefers-color-scheme: dark)");

function drawInto(figure, chart, theme, number) {
  const box = figure.querySelector(".live");
  let shown = null;
  let drawn = null;

  const sizes = new ResizeObserver(() => { // what is wider than the box scrolls, and then keys reach it
    box.tabIndex = box.scrollWidth > box.clientWidth ? 0 : -1;
  });

  const draw = async () => {
    const form = figure.clientWidth < Number(figure.dataset.narrowBelow) ? "narrow" : "wide";
    const scheme = dark.matches ? "dark" : "light";
    if (shown === form + scheme) return;
    shown = form + scheme;
    const spec = { ...chart[form], params: [...theme[scheme].parameters, ...(chart[form].params ?? [])] };
    const options = {
      mode: "vega-lite",
      renderer: "svg",
      ast: true,
      actions: false,
      defaultStyle: false,
      config: { ...theme[scheme].config, ...(number && { locale: { number } }) },
      tooltip: { disableDefaultStyle: true },
    };
    figure.classList.add("drawn");
    try {
      const next = await vegaEmbed(box, spec, options);
      const picture = box.querySelector("svg");
      picture.setAttribute("aria-hidden", "true"); // the box says what the picture shows
      sizes.disconnect();
      for (const one of [box, picture]) sizes.observe(one);
      drawn?.finalize();
      drawn = next;
    } catch (error) {
      figure.classList.remove("drawn"); // what stands there without a script stays
      console.error(error);
    }
  };

  new ResizeObserver(draw).observe(figure);
  dark.addEventListener("change", draw);
}

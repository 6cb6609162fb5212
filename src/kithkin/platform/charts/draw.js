// Draws each chart from its spec, in the form that fits its box and the colours of the scheme; again when either changes.
const dark = matchMedia("(prefers-color-scheme: dark)");
const seen = new WeakSet();
const numbers = { de: { decimal: ",", thousands: ".", grouping: [3], currency: ["", " €"] } };
const number = numbers[document.documentElement.lang];

function show(figure) {
  if (seen.has(figure)) return;
  seen.add(figure);
  const box = figure.querySelector(".live");
  const chart = JSON.parse(document.getElementById(figure.dataset.chart).textContent);
  let shown = null;
  let drawn = null;

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
      box.querySelector("svg").setAttribute("aria-hidden", "true"); // the box says what the picture shows
      box.tabIndex = box.scrollWidth > box.clientWidth ? 0 : -1;
      drawn?.finalize();
      drawn = next;
    } catch (error) {
      figure.classList.remove("drawn"); // the table stays
      console.error(error);
    }
  };

  new ResizeObserver(draw).observe(figure);
  dark.addEventListener("change", draw);
}

const all = (root) => root.querySelectorAll("[data-chart]").forEach(show);
all(document);
document.addEventListener("htmx:load", (event) => all(event.target));

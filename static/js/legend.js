/* One legend a visible layer, bottom left: what the fill, rings, circles, lines and textures mean, here and now. */

import { classColours, hue, swatch, texture } from "./colour.js";
import { byId, el, put, svg } from "./dom.js";
import { statusWord } from "./features.js";
import { amount, heading, n, name, t } from "./i18n.js";
import { comparedView } from "./model.js";
import { isRing, radiusOf } from "./symbols.js";

export class Legend {
  constructor(holder, atlas, store) {
    Object.assign(this, { holder, atlas, store, shut: new Set(), aside: false });
    const small = matchMedia("(max-width: 73.75em)").matches || innerHeight < 760;
    this.body = el("div", { class: "legend-body", id: "legend-body" });
    this.head = el("button", { class: "legend-head", type: "button", "aria-expanded": String(!small), "aria-controls": "legend-body", onclick: () => this.fold() },
      el("span", { text: t("Legend") }), el("span", { class: "fold-mark", "aria-hidden": "true" }));
    put(holder, this.head, this.body);
    this.body.hidden = small;
    store.subscribe((state, changed) => {
      if (["compare", "swipe"].some((key) => changed.has(key))) this.makeRoom(state);
      if (["layers", "styles", "year", "show", "compare"].some((key) => changed.has(key))) this.draw(state);
    });
    const room = () => holder.style.setProperty("--titles", `${document.querySelector(".titles").offsetHeight}px`);
    new ResizeObserver(room).observe(document.querySelector(".titles"));
    document.documentElement.addEventListener("themechange", () => this.draw(store.state));
  }

  fold() {
    this.body.hidden = !this.body.hidden;
    this.head.setAttribute("aria-expanded", String(!this.body.hidden));
  }

  /** Folds while two maps lie side by side, for it would cover one of them; opens again after. */
  makeRoom({ compare, swipe }) {
    const narrow = Boolean(compare) && swipe === null;
    if (narrow && !this.aside && !this.body.hidden) {
      this.fold();
      this.aside = true;
    } else if (!narrow && this.aside) {
      if (this.body.hidden) this.fold();
      this.aside = false;
    }
  }

  draw(state) {
    const focused = document.activeElement?.id;
    const other = comparedView(state);
    const sections = state.layers.map((layer, index) => this.section(state, layer, index));
    if (other && !state.compare.startsWith("year:")) sections.push(this.section(other, other.layers[0], 0));
    put(this.body, sections);
    this.holder.hidden = !state.layers.length;
    if (focused?.startsWith("class-")) byId(focused)?.focus();
  }

  section(state, layer, index) {
    const { atlas } = this;
    const indicator = atlas.indicator(atlas.code(state, layer));
    const body = index === 0 ? this.classes(state, layer) : isRing(atlas, state, layer) ? ringKey(layer, state) : circleKey(atlas, state, layer);
    const key = index ? layer : `${layer}-fill`;
    return el("details", { class: `legend-layer hue-${layer}`, open: !this.shut.has(key), ontoggle: ({ target }) => this.shut[target.open ? "delete" : "add"](key) },
      el("summary", {}, el("h2", {}, el("span", { class: "legend-name", text: name(atlas.layer(layer).label) }), el("span", { class: "legend-what", text: indicator.unit === "percent" ? name(indicator.label) : heading(indicator) })),
        el("span", { class: "fold-mark", "aria-hidden": "true" })),
      body,
      featureKey(atlas, state, layer));
  }

  /** The classes of the fill as buttons, then the textures that stand on the map now. */
  classes(state, layer) {
    const { atlas, store } = this;
    const indicator = atlas.indicator(atlas.code(state, layer));
    const cells = atlas.regions.map((region) => atlas.cell(state, layer, region.id));
    const colours = classColours(atlas, state, layer);
    const breaks = atlas.breaks(state, layer);
    const { filter } = state.styles[layer];
    const other = state.compare?.startsWith("year:") ? comparedView(state) : null;
    const besides = other ? atlas.regions.map((region) => atlas.cell(other, layer, region.id)) : [];
    const used = new Set([...cells, ...besides].map(({ kind }) => kind));
    const strip = breaks.map((upper, level) => {
      const count = cells.filter((cell) => cell.level === level).length;
      const low = level ? breaks[level - 1] : indicator.kind === "share" ? 0 : null;
      const text = low === null ? `≤ ${amount(upper, indicator, { brief: true })}` : range(low, upper, indicator);
      const on = filter.includes(level + 1);
      return el("li", {}, el("button", {
        class: "legend-class", type: "button", id: `class-${layer}-${level}`, "aria-pressed": String(on),
        title: n("%(num)s region: click to show only this class", "%(num)s regions: click to show only this class", count),
        onclick: () => store.style(layer, { filter: on ? filter.filter((other) => other !== level + 1) : [...filter, level + 1].sort() }),
      }, swatch(colours[level]), el("span", { text }), el("span", { class: "legend-count", text: count || "" })));
    });
    const keys = [
      used.has("planned") && key(texture("planned", colours.at(-1)), t("only planned")),
      used.has("together") && key(texture("together", hue(layer)), t("several regions together")),
      used.has("other") && key(texture("other", hue(layer)), t("only another measure")),
      used.has("none") && key(texture("none", "land"), t("no data")),
    ];
    return [el("ul", { class: "legend-classes", "aria-label": t("Classes") }, strip), el("ul", { class: "legend-keys" }, keys)];
  }
}

function key(fill, text) {
  return el("li", {}, swatch(fill), el("span", { text }));
}

function range(low, upper, indicator) {
  if (indicator.unit !== "percent") return `${amount(low, indicator, { brief: true })}–${amount(upper, indicator, { brief: true })}`;
  return `${amount(low, indicator).replace(/[\s\u00a0]*%$/, "")}–${amount(upper, indicator)}`;
}

function ringKey(layer, state) {
  const ring = (dash, extra = []) => svg("svg", { class: "swatch", width: 24, height: 24, viewBox: "-12 -12 24 24", "aria-hidden": "true" },
    svg("circle", { r: 8, class: "gauge-track", "stroke-width": 4 }),
    svg("circle", { r: 8, fill: "none", stroke: hue(layer), "stroke-width": 4, "stroke-dasharray": `${dash * 50.27} 60`, transform: "rotate(-90)" }), extra);
  const plan = svg("circle", { r: 8, class: "gauge-plan", "stroke-width": 2, "stroke-dasharray": "12.5 60", transform: "rotate(126)" });
  const under = svg("circle", { r: 8, fill: "none", stroke: hue(layer), "stroke-width": 4, "stroke-dasharray": "12.5 60", transform: "rotate(126)" });
  const both = state.show !== "actual";
  const text = both ? t("full ring = 100 %%, outlined: planned") : t("full ring = 100 %%");
  return el("ul", { class: "legend-keys" }, el("li", {}, ring(0.6, both ? [under, plan] : []), el("span", { text })));
}

function circleKey(atlas, state, layer) {
  const code = atlas.code(state, layer);
  const indicator = atlas.indicator(code);
  const peak = atlas.peak(code);
  if (!peak) return el("p", { class: "hint", text: t("No region has a figure of its own.") });
  const values = [...new Set([peak, nice(peak / 4), nice(peak / 20)])].filter((value) => value > 0);
  const largest = radiusOf(peak, peak, 0.8);
  const circles = values.map((value) => {
    const radius = radiusOf(value, peak, 0.8);
    return svg("circle", { cx: largest + 1, cy: 2 * largest + 1 - radius, r: radius, class: "key-circle", stroke: hue(layer) });
  });
  const lines = values.map((value) => amount(value, indicator, { brief: true })).join(" · ");
  return el("div", { class: "circle-key" },
    svg("svg", { width: 2 * largest + 2, height: 2 * largest + 2, "aria-hidden": "true" }, circles),
    el("span", { text: lines }),
    state.show !== "actual" && el("span", { class: "hint", text: t("outlined: planned") }));
}

function nice(value) {
  if (value < 1) return 0;
  const power = 10 ** Math.floor(Math.log10(value));
  return Math.round(value / power) * power;
}

/** Lines and points of the layer that are on the map: one row a kind, hollow or dotted where only planned. */
function featureKey(atlas, state, layer) {
  const kinds = new Map();
  for (const feature of atlas.featuresOf(state, layer)) {
    const line = feature.geometry.type === "LineString";
    const planned = ["planned", "target", "needed"].includes(feature.status);
    const what = wordOf(feature, line);
    if (!kinds.has(what)) kinds.set(what, { line, states: new Map() });
    kinds.get(what).states.set(planned, feature);
  }
  if (!kinds.size) return null;
  const rows = [...kinds].map(([what, { line, states }]) => {
    const both = states.size === 2;
    const planned = line ? t("dotted: planned") : t("hollow: planned");
    const text = both ? `${what} (${planned})` : states.has(true) ? `${what}, ${statusWord("planned")}` : what;
    return el("li", {}, [false, true].filter((state_) => states.has(state_)).map((state_) => featureSwatch(layer, states.get(state_), state_, line)), el("span", { text }));
  });
  return el("ul", { class: "legend-keys" }, rows);
}

function wordOf({ kind, schematic }, line) {
  if (line) {
    const what = kind === "pipeline" ? t("pipeline") : t("road with masts");
    return schematic ? `${what}, ${t("schematic")}` : what;
  }
  return { zone: t("industrial zone"), sez: t("special economic zone") }[kind] ?? t("place");
}

function featureSwatch(layer, feature, planned, line) {
  const colour = hue(layer);
  const shape = line
    ? svg("path", { d: "M1 8 H23", stroke: colour, "stroke-width": 3, "stroke-dasharray": feature.schematic ? (planned ? "2 5" : "8 4") : planned ? "5 4" : null, "stroke-linecap": planned ? "round" : "butt" })
    : feature.kind === "sez"
      ? svg("path", { d: "M12 1 19 8 12 15 5 8Z", fill: planned ? "none" : colour, stroke: colour, "stroke-width": 1.5 })
      : feature.kind === "zone"
        ? svg("rect", { x: 7, y: 3, width: 10, height: 10, fill: planned ? "none" : colour, stroke: colour, "stroke-width": 1.5 })
        : svg("circle", { cx: 12, cy: 8, r: 5, fill: planned ? "none" : colour, stroke: colour, "stroke-width": 1.5 });
  return svg("svg", { class: "swatch", width: 24, height: 16, "aria-hidden": "true" }, shape);
}

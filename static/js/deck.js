/* The layer chips: which layers are on, in which order, and a menu for each. The leftmost layer that is on is the fill. */

import { paletteNames, palette, ramp } from "./colour.js";
import { announce, el, popover, put, svg } from "./dom.js";
import { amount, name, t } from "./i18n.js";
import { LAYERS, SCHEMES } from "./links.js";
import { isRing } from "./symbols.js";

export class Deck {
  constructor(holder, atlas, store) {
    Object.assign(this, { holder, atlas, store });
    store.subscribe((state, changed) => {
      if (["layers", "styles"].some((key) => changed.has(key))) this.draw(state, changed.has("layers"));
    });
  }

  draw(state, moved) {
    if (!moved && this.chips) return this.chips.forEach((chip) => chip.update(state));
    const focused = document.activeElement?.closest?.("[data-layer]")?.dataset.layer;
    const part = document.activeElement?.className;
    this.chips = deckOrder(state.layers).map((layer) => this.chip(layer, state));
    put(this.holder, this.chips.map(({ node }) => node));
    if (focused && this.holder.isConnected) this.holder.querySelector(`[data-layer="${focused}"] .${part?.split(" ")[0] || "chip-toggle"}`)?.focus();
    return null;
  }

  chip(layer, state) {
    const { atlas, store } = this;
    const label = name(atlas.layer(layer)?.label) || layer;
    const glyph = el("span", { class: "chip-glyph" });
    const toggle = el("button", { class: "chip-toggle", type: "button", onclick: () => this.toggle(layer) }, glyph, el("span", { text: label }));
    const more = el("button", { class: "chip-more", type: "button", "aria-label": t("%(layer)s: settings", { layer: label }) }, chevron());
    const body = el("div", { class: "menu layer-menu", role: "group", "aria-label": t("%(layer)s: settings", { layer: label }) });
    const menu = popover(more, body, { onOpen: () => put(body, layerMenu(this, layer)) });
    const node = el("li", { class: `chip hue-${layer}`, dataset: { layer }, draggable: "true" }, toggle, menu.root);
    this.makeDraggable(node, layer, toggle);
    const update = (now) => {
      const on = now.layers.includes(layer);
      node.classList.toggle("on", on);
      toggle.setAttribute("aria-pressed", String(on));
      const shape = !on ? "off" : now.layers[0] === layer ? "fill" : isRing(atlas, now, layer) ? "ring" : "circle";
      put(glyph, glyphOf(shape));
      if (!body.hidden) refresh(body, this, layer);
    };
    update(state);
    return { node, update };
  }

  toggle(layer) {
    const { layers } = this.store.state;
    const on = layers.includes(layer);
    const wanted = on ? layers.filter((other) => other !== layer) : deckOrder(layers).filter((other) => other === layer || layers.includes(other));
    this.store.set({ layers: wanted });
  }

  /** Moves a layer by `step` among those that are on. */
  move(layer, step) {
    const layers = [...this.store.state.layers];
    const from = layers.indexOf(layer);
    const to = from + step;
    if (from < 0 || to < 0 || to >= layers.length) return;
    layers.splice(from, 1);
    layers.splice(to, 0, layer);
    this.store.set({ layers });
    announce(t("%(layer)s is layer %(place)s of %(all)s", { layer: name(this.atlas.layer(layer).label), place: to + 1, all: layers.length }));
  }

  makeDraggable(node, layer, toggle) {
    toggle.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (!step || !event.altKey) return;
      event.preventDefault();
      this.move(layer, step);
    });
    node.addEventListener("dragstart", (event) => {
      event.dataTransfer.setData("text/plain", layer);
      event.dataTransfer.effectAllowed = "move";
    });
    node.addEventListener("dragover", (event) => event.preventDefault());
    node.addEventListener("drop", (event) => {
      event.preventDefault();
      const moved = event.dataTransfer.getData("text/plain");
      const order = deckOrder(this.store.state.layers).filter((other) => other !== moved);
      if (!LAYERS.includes(moved) || moved === layer) return;
      const after = event.offsetX > node.clientWidth / 2 ? 1 : 0;
      order.splice(order.indexOf(layer) + after, 0, moved);
      const on = new Set([...this.store.state.layers, moved]);
      this.store.set({ layers: order.filter((other) => on.has(other)) });
    });
  }
}

/** All layers in chip order: those that are on keep their order, the others stay where they always are. */
export function deckOrder(layers) {
  const places = LAYERS.filter((layer) => layers.includes(layer));
  return LAYERS.map((layer) => (layers.includes(layer) ? layers[places.indexOf(layer)] : layer));
}

function glyphOf(shape) {
  const parts = {
    off: svg("rect", { x: 2.5, y: 2.5, width: 11, height: 11, rx: 2, class: "glyph-line" }),
    fill: svg("rect", { x: 2, y: 2, width: 12, height: 12, rx: 2, class: "glyph-solid" }),
    ring: svg("circle", { cx: 8, cy: 8, r: 5, class: "glyph-ring" }),
    circle: svg("circle", { cx: 8, cy: 8, r: 6, class: "glyph-solid" }),
  };
  return svg("svg", { width: 16, height: 16, "aria-hidden": "true" }, parts[shape]);
}

function chevron() {
  return svg("svg", { width: 12, height: 12, viewBox: "0 0 12 12", "aria-hidden": "true" }, svg("path", { d: "M2.5 4.5 6 8l3.5-3.5", class: "glyph-line" }));
}

function refresh(body, deck, layer) {
  const { id } = document.activeElement ?? {};
  put(body, layerMenu(deck, layer));
  if (id) body.querySelector(`#${CSS.escape(id)}`)?.focus();
}

function layerMenu(deck, layer) {
  const { atlas, store } = deck;
  const style = store.state.styles[layer];
  const set = (patch) => store.style(layer, patch);
  const [scheme, count] = style.classes.split("-");
  const at = store.state.layers.indexOf(layer);
  return [
    field(t("What is shown"), `${layer}-indicator`, choice(`${layer}-indicator`, indicators(atlas, layer), style.indicator, (value) => set({ indicator: value, filter: [] }))),
    el("div", { class: "menu-pair" },
      field(t("Classes by"), `${layer}-scheme`, choice(`${layer}-scheme`, schemes(), scheme, (value) => set({ classes: `${value}-${count}`, filter: [] }))),
      field(t("Number of classes"), `${layer}-count`, choice(`${layer}-count`, [3, 4, 5, 6, 7].map((k) => [String(k), String(k)]), count, (value) => set({ classes: `${scheme}-${value}`, filter: [] })))),
    breaksLine(atlas, store.state, layer),
    palettePicker(layer, style, (value) => set({ palette: value })),
    field(t("Strength of colour"), `${layer}-opacity`, el("input", {
      id: `${layer}-opacity`, type: "range", min: 10, max: 100, step: 5, value: style.opacity,
      "aria-valuetext": amount(style.opacity, { unit: "percent" }),
      oninput: (event) => set({ opacity: Number(event.target.value) }),
    })),
    at >= 0 && el("div", { class: "menu-pair" },
      el("button", { type: "button", id: `${layer}-earlier`, class: "button", disabled: at === 0, text: t("Move left"), onclick: () => deck.move(layer, -1) }),
      el("button", { type: "button", id: `${layer}-later`, class: "button", disabled: at === store.state.layers.length - 1, text: t("Move right"), onclick: () => deck.move(layer, 1) })),
    el("p", { class: "hint", text: t("The leftmost layer that is on fills the regions; the others are drawn on top.") }),
  ];
}

function indicators(atlas, layer) {
  return atlas.layer(layer).indicators.map((code) => [code.slice(layer.length + 1), name(atlas.indicator(code).label)]);
}

function schemes() {
  const labels = { equal: t("equal steps"), quantile: t("equal numbers (quantiles)"), jenks: t("natural breaks (Jenks)") };
  return SCHEMES.map((id) => [id, labels[id]]);
}

function breaksLine(atlas, state, layer) {
  const indicator = atlas.indicator(atlas.code(state, layer));
  const breaks = atlas.breaks(state, layer).map((value) => amount(value, indicator, { brief: true }));
  return breaks.length ? el("p", { class: "hint", text: t("Upper bounds: %(list)s", { list: breaks.join(" · ") }) }) : null;
}

function palettePicker(layer, style, pick) {
  const options = paletteNames().map((id) => {
    const colours = ramp(id, 5).map((colour, index) => svg("rect", { x: index * 10, width: 10, height: 14, fill: colour }));
    return el("label", { class: "palette", title: name(palette(id).label) },
      el("input", { type: "radio", name: `${layer}-palette`, id: `${layer}-palette-${id}`, value: id, checked: id === style.palette, onchange: () => pick(id) }),
      svg("svg", { width: 50, height: 14, "aria-hidden": "true" }, colours),
      el("span", { class: "visually-hidden", text: name(palette(id).label) }));
  });
  return el("fieldset", { class: "palettes" }, el("legend", { text: t("Colours") }), options);
}

function field(label, id, control) {
  return el("div", { class: "field" }, el("label", { for: id, text: label }), control);
}

function choice(id, options, value, pick) {
  return el("select", { id, onchange: (event) => pick(event.target.value) },
    options.map(([key, label]) => el("option", { value: key, selected: key === value, text: label })));
}

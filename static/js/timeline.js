/* The year, with play and keys, and which figures: what is so, what is planned, or both. */

import { byId, el, lessMotion, put, svg } from "./dom.js";
import { t } from "./i18n.js";

const BEAT = 900; // ms a year

export class Timeline {
  constructor(holder, atlas, store) {
    Object.assign(this, { holder, atlas, store, timer: 0 });
    const { years } = atlas.data;
    [this.first, this.last] = [Math.min(...years), Math.max(...years)];
    this.play = el("button", { class: "play", type: "button", onclick: () => (this.timer ? this.stop() : this.start()) });
    this.range = el("input", {
      id: "year", type: "range", min: this.first, max: this.last, step: 1, list: null, "aria-label": t("Year"),
      oninput: (event) => {
        this.stop();
        store.set({ year: Number(event.target.value) });
      },
    });
    this.output = el("output", { class: "year-now", for: "year" });
    this.bars = el("div", { class: "year-bars", "aria-hidden": "true" });
    put(holder,
      this.play,
      this.output,
      el("div", { class: "year-track" }, this.bars, this.range, el("div", { class: "year-ends", "aria-hidden": "true" }, el("span", { text: this.first }), el("span", { text: this.last }))),
      this.shows());
    store.subscribe((state, changed) => {
      if (["year", "show", "layers", "styles"].some((key) => changed.has(key))) this.draw(state);
    });
  }

  draw(state) {
    this.range.value = state.year;
    this.range.setAttribute("aria-valuetext", t("end of %(year)s", { year: state.year }));
    this.output.textContent = state.year;
    this.playing(Boolean(this.timer));
    for (const input of this.holder.querySelectorAll("input[name=show]")) input.checked = input.value === state.show;
    const counts = this.atlas.activity(state.layers.map((layer) => this.atlas.code(state, layer)));
    const peak = Math.max(1, ...counts.values());
    const span = this.last - this.first || 1;
    put(this.bars, svg("svg", { viewBox: "0 0 100 16", preserveAspectRatio: "none", width: "100%", height: 16 },
      [...counts].filter(([year]) => year >= this.first && year <= this.last).map(([year, count]) => {
        const height = 3 + (13 * count) / peak;
        return svg("rect", { x: ((year - this.first) / span) * 100 - 0.6, y: 16 - height, width: 1.2, height, class: year === state.year ? "bar now" : year > this.atlas.data.year ? "bar ahead" : "bar" });
      })));
  }

  shows() {
    const options = [["actual", t("Actual")], ["plan", t("Planned")], ["both", t("Both")]];
    return el("fieldset", { class: "segments" }, el("legend", { class: "visually-hidden", text: t("Which figures") }),
      options.map(([value, label]) => el("label", { class: "segment" },
        el("input", { type: "radio", name: "show", value, onchange: () => this.store.set({ show: value }) }), el("span", { text: label }))));
  }

  start() {
    if (this.store.state.year >= this.last) this.store.set({ year: this.first });
    this.timer = setInterval(() => this.beat(), lessMotion() ? BEAT * 2 : BEAT);
    this.playing(true);
  }

  beat() {
    const year = this.store.state.year + 1;
    this.store.set({ year });
    if (year >= this.last) this.stop();
  }

  stop() {
    clearInterval(this.timer);
    this.timer = 0;
    this.playing(false);
  }

  playing(on) {
    this.play.setAttribute("aria-label", on ? t("Stop") : t("Play the years"));
    const path = on ? "M4 3h3v10H4zM9 3h3v10H9z" : "M4 2.5v11l9-5.5z";
    put(this.play, svg("svg", { width: 16, height: 16, "aria-hidden": "true" }, svg("path", { d: path, fill: "currentColor" })));
  }
}

/** The keys that work anywhere on the page but in a text field: `/` search, `[` and `]` the year. */
export function yearKeys(store, atlas) {
  const bounds = [Math.min(...atlas.data.years), Math.max(...atlas.data.years)];
  addEventListener("keydown", (event) => {
    if (event.target.closest?.("input, select, textarea, [contenteditable]") || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { "[": -1, "]": 1 }[event.key];
    if (step) store.set({ year: Math.min(bounds[1], Math.max(bounds[0], store.state.year + step)) });
    if (event.key === "/") {
      event.preventDefault();
      byId("search-input")?.focus();
    }
  });
}

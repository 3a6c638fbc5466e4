/* One search box: `/` to reach it, arrows, Enter. What the page knows comes at once, what the server finds follows. */

import { getJson } from "./api.js";
import { announce, debounce, el, put } from "./dom.js";
import { kindWord } from "./features.js";
import { n, name, t } from "./i18n.js";

const LIMIT = 8;

export class Search {
  constructor(holder, atlas, store, boot) {
    Object.assign(this, { holder, atlas, store, boot, results: [], at: -1 });
    this.input = holder.querySelector("#search-input");
    this.list = el("ul", { class: "results", id: "search-results", role: "listbox", "aria-label": t("Search results"), hidden: true });
    holder.append(this.list);
    for (const [key, value] of Object.entries({ role: "combobox", "aria-expanded": "false", "aria-controls": "search-results", "aria-autocomplete": "list", autocomplete: "off" })) {
      this.input.setAttribute(key, value);
    }
    const ask = debounce(() => this.ask(), 140);
    this.input.addEventListener("input", () => {
      this.show(this.local(this.input.value));
      ask();
    });
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => setTimeout(() => this.hide(), 150));
    holder.querySelector("form")?.addEventListener("submit", (event) => {
      event.preventDefault();
      this.pick(Math.max(0, this.at));
    });
  }

  async ask() {
    const query = this.input.value.trim();
    if (!query || this.boot.inline) return;
    try {
      const answer = await getJson(`/api/v1/search?q=${encodeURIComponent(query)}&lang=${this.boot.lang}`);
      if (query !== this.input.value.trim()) return;
      this.show((answer.results ?? answer.hits ?? []).slice(0, LIMIT));
    } catch {
      // the page's own matches stay
    }
  }

  /** Regions, places, indicators and layers whose name holds what was typed. */
  local(text) {
    const wanted = plain(text.trim());
    if (!wanted) return [];
    const { atlas } = this;
    const all = [
      ...atlas.regions.map(({ id, name: names, kind }) => ({ kind, id, names })),
      ...Object.entries(atlas.places).map(([id, place]) => ({ kind: place.kind, id, names: place.name, region: place.region })),
      ...atlas.layers.map(({ id, label }) => ({ kind: "layer", id, names: label })),
      ...Object.entries(atlas.indicators).map(([id, { label, layer }]) => ({ kind: "indicator", id, names: label, layer })),
    ];
    const score = ({ names }) => Math.min(...Object.values(names).map((one) => place(plain(one), wanted)));
    return all
      .map((entry) => ({ ...entry, score: score(entry) }))
      .filter((entry) => entry.score < 9)
      .sort((a, b) => a.score - b.score)
      .slice(0, LIMIT)
      .map((entry) => ({ ...entry, name: name(entry.names), context: entry.region ? name(atlas.nameOf(entry.region)) : "" }));
  }

  show(results) {
    this.results = results;
    this.at = -1;
    const typed = this.input.value.trim() !== "";
    put(this.list, results.map((result, index) => el("li", {
      id: `result-${index}`, role: "option", "aria-selected": "false", class: `result ${result.layer ? `hue-${result.layer}` : ""}`,
      onpointerdown: (event) => {
        event.preventDefault();
        this.pick(index);
      },
    }, el("span", { class: "result-name", text: result.name }), el("span", { class: "result-kind", text: [kindOf(result.kind), result.context].filter(Boolean).join(" · ") }))),
    typed && !results.length && el("li", { class: "result empty", role: "option", "aria-selected": "false", "aria-disabled": "true", text: t("Nothing found") }));
    this.list.hidden = !typed;
    this.input.setAttribute("aria-expanded", String(typed));
    this.input.removeAttribute("aria-activedescendant");
    if (typed) announce(n("%(num)s result", "%(num)s results", results.length));
  }

  hide() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
  }

  key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && this.results.length) {
      event.preventDefault();
      this.mark((this.at + step + this.results.length) % this.results.length);
    } else if (event.key === "Enter" && this.results.length) {
      event.preventDefault();
      this.pick(Math.max(0, this.at));
    } else if (event.key === "Escape") {
      if (this.list.hidden) this.input.value = "";
      this.hide();
    }
  }

  mark(index) {
    this.at = index;
    [...this.list.children].forEach((node, at) => node.setAttribute("aria-selected", String(at === index)));
    this.input.setAttribute("aria-activedescendant", `result-${index}`);
    this.list.children[index].scrollIntoView({ block: "nearest" });
  }

  pick(index) {
    const result = this.results[index];
    if (!result) return;
    this.hide();
    this.input.value = "";
    this.input.blur();
    const { kind, id } = result;
    const { state } = this.store;
    if (this.atlas.region[id] || this.atlas.places[id] || id === "KZ") return this.store.set({ place: id, obs: null }, { push: !state.place });
    if (kind === "layer") return this.store.set({ layers: [id, ...state.layers.filter((other) => other !== id)] });
    if (kind === "indicator" && this.atlas.indicators[id]) return this.showIndicator(id);
    if (result.href) location.assign(result.href);
    return null;
  }

  showIndicator(code) {
    const { layer } = this.atlas.indicator(code);
    const { state } = this.store;
    const styles = { ...state.styles, [layer]: { ...state.styles[layer], indicator: code.slice(layer.length + 1), filter: [] } };
    this.store.set({ styles, layers: [layer, ...state.layers.filter((other) => other !== layer)] });
  }
}

function kindOf(kind) {
  const words = { indicator: t("measure"), layer: t("layer"), programme: t("programme"), document: t("document") };
  return words[kind] ?? kindWord(kind);
}

/** 0 at the beginning, 1 at a word's beginning, 2 inside; 9 not at all. */
function place(text, wanted) {
  const at = text.indexOf(wanted);
  if (at < 0) return 9;
  return at === 0 ? 0 : /[\s«(–-]/.test(text[at - 1]) ? 1 : 2;
}

/** Lower case, Kazakh letters as those who lack them type them. */
function plain(text) {
  const same = { ә: "а", ғ: "г", қ: "к", ң: "н", ө: "о", ұ: "у", ү: "у", һ: "х", і: "и", ё: "е" };
  return text.toLowerCase().replace(/[әғқңөұүһіё]/g, (letter) => same[letter]);
}

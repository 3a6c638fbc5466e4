/* The panel of a region or place: every figure by layer, each with its sentence, history and what contradicts it. */

import { historyChart } from "./chart.js";
import { el, isPhone, put } from "./dom.js";
import { kindWord } from "./features.js";
import { derivedGroup, derivedMark, derivedText, nationalShare } from "./derived.js";
import { alike, chip, figureRow, whenOf } from "./figure.js";
import { figuresOf } from "./evidence.js";
import { figure, n, name, t } from "./i18n.js";
import { failure } from "./notices.js";
import { regionNames, sharedOf, togetherWords } from "./outlines.js";
import { countryLine } from "./ranking.js";
import { makeSheet } from "./sheet.js";

export class Panel {
  constructor(node, atlas, store, boot) {
    Object.assign(this, { node, atlas, store, boot, shown: null });
    this.sheet = makeSheet(node, () => this.close());
    node.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.close();
    });
    store.subscribe((state, changed) => {
      if (changed.has("place")) this.open(state.place);
      else if (state.place && ["layers", "styles", "year", "show"].some((key) => changed.has(key))) this.refresh();
      else if (changed.has("obs")) this.reveal(state.obs);
    });
  }

  open(place) {
    this.node.hidden = !place;
    document.body.classList.toggle("panel-open", Boolean(place));
    if (!place) {
      this.shown = null;
      this.origin?.focus?.({ preventScroll: true });
      return;
    }
    if (!this.shown) this.origin = document.activeElement;
    this.shown = place;
    this.records = null;
    put(this.node, this.sheet.grip, this.head(place), el("div", { class: "panel-body", "aria-busy": "true" }, skeleton()));
    this.sheet.open();
    this.load(place);
    if (!this.store.state.embed) this.node.focus({ preventScroll: true });
  }

  close() {
    this.store.goBack({ place: null, obs: null });
  }

  head(place) {
    const kind = this.atlas.region[place]?.kind ?? this.atlas.places[place]?.kind ?? "country";
    const region = this.atlas.regionOf(place);
    const around = region && region !== place ? name(this.atlas.nameOf(region)) : "";
    const title = name(this.atlas.nameOf(place)) || (place === "KZ" ? t("Kazakhstan") : place);
    return el("header", { class: "panel-head" },
      el("div", {},
        el("p", { class: "panel-kind", text: [kindWord(kind), around].filter(Boolean).join(" · ") }),
        el("h2", { id: "panel-title", text: title })),
      el("button", { class: "close", type: "button", "aria-label": t("Close"), text: "×", onclick: () => this.close() }));
  }

  async load(place) {
    const body = this.node.querySelector(".panel-body");
    try {
      const records = await figuresOf(place, this.atlas, this.boot);
      if (this.shown !== place) return;
      this.records = records;
      this.refresh();
      this.reveal(this.store.state.obs);
    } catch (error) {
      if (this.shown === place) put(body, failure(error, () => this.load(place)));
    }
    body.removeAttribute("aria-busy");
  }

  refresh() {
    if (!this.records) return;
    const body = this.node.querySelector(".panel-body");
    const { state } = this.store;
    const order = [...state.layers, ...this.atlas.layers.map(({ id }) => id).filter((id) => !state.layers.includes(id))];
    const opened = new Set([...body.querySelectorAll("details[open]")].map(({ id }) => id));
    const sections = order.map((layer) => this.section(layer, opened)).filter(Boolean);
    put(body, sections.length ? sections : el("p", { class: "empty", text: t("No document read so far speaks of this place.") }), this.foot());
  }

  section(layer, opened) {
    const records = this.records.filter((record) => record.layer === layer);
    if (!records.length) return null;
    const place = this.shown;
    const own = records.filter((record) => !record.place || record.place.id === place || record.place.kind === "region" || record.place.kind === "country");
    const inside = records.filter((record) => !own.includes(record));
    const together = own.filter(({ id, regions }) => regions.length > 1 || sharedOf(this.atlas, id));
    const single = own.filter((record) => !together.includes(record));
    return el("section", { class: `panel-layer hue-${layer}`, "aria-labelledby": `panel-${layer}` },
      el("h3", { id: `panel-${layer}` }, el("span", { class: "hue-dot", "aria-hidden": "true" }), name(this.atlas.layer(layer).label),
        el("span", { class: "count", text: n("%(num)s figure", "%(num)s figures", records.length) })),
      groupBy(single, ({ indicator }) => indicator).sort(([a], [b]) => this.weight(b, layer) - this.weight(a, layer)).map(([code, list]) => this.indicator(code, list, opened)),
      together.length > 0 && el("div", { class: "panel-group" }, el("h4", { text: t("Said of several regions together") }), together.map((record) => this.shared(record, opened))),
      derivedGroup(this.atlas, place, layer, this.store.state.year, (id, regions) => this.showPart(id, regions)),
      inside.length > 0 && el("div", { class: "panel-group inside" }, el("h4", { text: t("Places inside") }), groupBy(inside, ({ place: at }) => at.id).map(([id, list]) => this.placeGroup(id, list, opened))));
  }

  /** The indicator on the map comes first, then shares, then the rest. */
  weight(code, layer) {
    if (code === this.atlas.code(this.store.state, layer)) return 2;
    return this.atlas.indicator(code).kind === "share" ? 1 : 0;
  }

  indicator(code, records, opened) {
    const indicator = this.atlas.indicator(code);
    const chart = historyChart(this.atlas, code, this.shown, this.store.state.year);
    return el("div", { class: "indicator" },
      el("h4", { text: name(indicator.label), title: name(indicator.long) }),
      this.versus(code, indicator),
      chart,
      this.conflicts(code, records),
      this.rows(records, opened, { label: false }));
  }

  /** The country's figure of the same measure beside a region's; a computed one is told as such. */
  versus(code, indicator) {
    const { atlas, shown } = this;
    const { year, show } = this.store.state;
    if (!atlas.region[shown]) return null;
    const actual = show === "plan" ? null : atlas.step(code, "KZ", year, "actual");
    const plan = show === "actual" ? null : atlas.step(code, "KZ", year, "plan");
    if (actual || plan) return el("p", { class: "versus", text: countryLine({ actual, plan }, indicator) });
    const derived = show === "plan" ? null : nationalShare(atlas, code, year);
    return derived && el("p", { class: "versus" }, t("Country: %(value)s (%(year)s)", { value: derivedText(derived), year: derived.year }), " ", derivedMark(atlas, derived));
  }

  /** Figures that say the same are one row with several sources. */
  rows(records, opened, options = {}) {
    return alike(records).map(([record, ...also]) => this.row(record, opened, { ...options, also }));
  }

  row(record, opened, options = {}) {
    const ids = [record, ...(options.also ?? [])].map(({ id }) => id);
    const open = ids.includes(this.store.state.obs) || opened.has(`obs-${record.id}`);
    return figureRow(record, this.atlas, { ...options, open, onOpen: (id) => this.opened(ids, id !== null) });
  }

  opened(ids, open) {
    const mine = ids.includes(this.store.state.obs);
    if (open && !mine) this.store.set({ obs: ids[0] });
    else if (!open && mine) this.store.set({ obs: null });
  }

  /** The sentence of a figure that another was computed from, in this panel or in its own region's. */
  showPart(id, regions) {
    const here = this.records.some((record) => record.id === id);
    this.store.set(here ? { obs: id } : { place: regions[0], obs: id });
  }

  shared(record, opened) {
    const entry = sharedOf(this.atlas, record.id) ?? record;
    const names = regionNames(this.atlas, entry);
    const outline = entry.outline ? togetherWords(this.atlas, entry) : null;
    return el("div", {}, this.row(record, opened), el("p", { class: "hint", text: [outline, t("Regions: %(list)s", { list: names })].filter(Boolean).join(" · ") }));
  }

  placeGroup(id, records, opened) {
    const title = name(this.atlas.nameOf(id)) || records[0].place.name || id;
    const known = this.atlas.places[id] !== undefined;
    const open = () => this.store.set({ place: id, obs: null });
    return el("div", { class: "place" },
      el("h5", {}, known && id !== this.shown ? el("button", { type: "button", class: "link", text: title, onclick: open }) : title,
        el("span", { class: "count", text: kindWord(records[0].place.kind) })),
      this.rows(records, opened));
  }

  /** Figures of the same measure, state and time that differ: side by side, with the rule that chose one. */
  conflicts(code, records) {
    const groups = groupBy(records, ({ status, period }) => `${status} ${period?.end?.slice(0, 4)}`);
    const differing = groups.filter(([, list]) => new Set(list.map(({ value }) => value)).size > 1 && list[0].period);
    if (!differing.length) return null;
    const chosen = new Set(Object.values(this.atlas.data.series[code]?.[this.shown] ?? {}).flat().map((step) => step?.[2]));
    const indicator = this.atlas.indicator(code);
    return differing.map(([, list]) => el("div", { class: "conflict", role: "note" },
      el("p", { class: "conflict-title", text: t("Sources differ") }),
      el("ul", {}, list.map((record) => el("li", { class: chosen.has(record.id) ? "chosen" : "" },
        el("strong", { text: figure({ v: record.value, hi: record.high, q: record.qualifier, cur: record.currency }, indicator) }),
        chip(record.status), whenOf(record), el("span", { text: (record.source ?? this.atlas.documents[record.document])?.publisher ?? "" })))),
      el("p", { class: "hint", text: t("The map shows the newest document's figure; of equally new ones the more exact, then the more official.") })));
  }

  foot() {
    const { state } = this.store;
    const links = [];
    if (this.shown !== "KZ") links.push(el("button", { type: "button", class: "link", text: t("Kazakhstan as a whole"), onclick: () => this.store.set({ place: "KZ", obs: null }) }));
    if (!this.boot.inline) links.push(el("a", { href: `/sources?lang=${state.lang}`, text: t("All sources") }));
    return el("footer", { class: "panel-foot" }, links);
  }

  /** Opens the sentence of a figure and brings it into view. */
  reveal(id) {
    const row = id && [...this.node.querySelectorAll("details.figure")].find(({ dataset }) => dataset.obs.split(" ").includes(id));
    if (!row) return;
    row.open = true;
    row.scrollIntoView({ block: "nearest" });
    if (isPhone()) this.sheet.raise();
  }
}

function skeleton() {
  return el("div", { class: "skeleton", "aria-hidden": "true" }, [70, 100, 85, 60, 100, 75].map((width) => el("span", { class: `bone w${width}` })));
}

function groupBy(list, key) {
  const groups = new Map();
  for (const item of list) {
    const id = key(item);
    if (!groups.has(id)) groups.set(id, []);
    groups.get(id).push(item);
  }
  return [...groups];
}

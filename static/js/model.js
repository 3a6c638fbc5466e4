/* What the atlas says for a view: which figure is shown where, and of what kind it is. Pure, no page. */

import { LAYERS } from "./links.js";

const OLD_AFTER = 3; // years without a newer figure

/** What the second map of a comparison shows; null where nothing is compared. */
export function comparedView(state) {
  if (!state.compare) return null;
  if (state.compare.startsWith("year:")) return { ...state, year: Number(state.compare.slice(5)) };
  return { ...state, layers: [state.compare] };
}

export class Atlas {
  constructor(data) {
    this.data = data;
    this.layers = LAYERS.map((id) => data.layers.find((layer) => layer.id === id)).filter(Boolean);
    this.regions = data.regions;
    this.indicators = data.indicators;
    this.observations = data.observations;
    this.places = data.places ?? {};
    this.documents = data.documents ?? {};
    this.features = data.features ?? [];
    this.shared = data.shared ?? [];
    this.region = Object.fromEntries(data.regions.map((region) => [region.id, region]));
    this.peaks = new Map();
    this.cells = new WeakMap(); // of a view, for map, labels, legend and titles all ask; a view is never changed in place
  }

  layer(id) {
    return this.layers.find((layer) => layer.id === id);
  }

  /** The full code of the indicator that `layer` shows. */
  code(state, layer) {
    return `${layer}.${state.styles[layer].indicator}`;
  }

  indicator(code) {
    return this.indicators[code] ?? { layer: code.split(".")[0], unit: "", kind: "stock", label: {}, unit_label: {}, breaks: {} };
  }

  /** The step of a series that holds in `year`: {id, figure, year, conflicts, old}; null where nothing does. */
  step(code, place, year, which) {
    const steps = this.data.series[code]?.[place]?.[which] ?? [];
    const found = steps.find(([from, to]) => from <= year && (to === null || year <= to));
    if (!found) return null;
    const [, , id, at, conflicts = 0] = found;
    return { id, figure: this.observations[id], year: at, conflicts, old: which === "actual" && year - at > OLD_AFTER };
  }

  /**
   * What a layer says of a region: {kind, shown, actual, plan, level, others, together}.
   * kind: value | planned | together (one figure of several regions) | other (only another measure) | none.
   * `level` is the class, from 0; -1 where there is none.
   */
  cell(state, layer, place, year = state.year) {
    if (!this.cells.has(state)) this.cells.set(state, new Map());
    const known = this.cells.get(state);
    const key = `${layer} ${place} ${year}`;
    if (!known.has(key)) known.set(key, this.findCell(state, layer, place, year));
    return known.get(key);
  }

  findCell(state, layer, place, year) {
    const code = this.code(state, layer);
    const actual = state.show === "plan" ? null : this.step(code, place, year, "actual");
    const plan = state.show === "actual" ? null : this.step(code, place, year, "plan");
    const shown = actual ?? plan;
    const base = { code, actual, plan, shown, level: -1 };
    if (shown) {
      return { ...base, kind: actual ? "value" : "planned", level: this.level(state, layer, shown.figure.v) };
    }
    const together = this.together(code, place, year, state.show);
    if (together) return { ...base, kind: "together", together };
    const others = this.otherMeasures(code, place, year, state.show);
    return { ...base, kind: others.length ? "other" : "none", others };
  }

  /** One figure of several regions that holds in `year`. */
  together(code, place, year, show) {
    const found = this.shared
      .filter(({ i, regions, obs }) => i === code && regions.includes(place) && this.holds(obs, year, show))
      .sort((a, b) => this.yearOf(b.obs) - this.yearOf(a.obs))[0];
    return found ? { ...found, id: found.obs, figure: this.observations[found.obs] } : null;
  }

  holds(id, year, show) {
    const { i, s } = this.observations[id];
    const planned = s === "planned" || s === "target";
    if ((show === "actual" && planned) || (show === "plan" && !planned)) return false;
    const at = this.yearOf(id);
    if (this.indicator(i).kind === "flow") return at === year;
    return planned ? year <= at : at <= year;
  }

  yearOf(id) {
    const { to, from, d } = this.observations[id];
    return Number((to ?? from ?? this.documents[d]?.date ?? "0").slice(0, 4));
  }

  /** Steps of the layer's other indicators in this region, those comparable with `code` first. */
  otherMeasures(code, place, year, show) {
    const { layer, group } = this.indicator(code);
    const codes = this.layer(layer)?.indicators.filter((other) => other !== code) ?? [];
    return codes
      .map((other) => {
        const step = (show !== "plan" && this.step(other, place, year, "actual")) || (show !== "actual" && this.step(other, place, year, "plan"));
        return step ? { code: other, ...step, near: this.indicator(other).group === group } : null;
      })
      .filter(Boolean)
      .sort((a, b) => b.near - a.near);
  }

  breaks(state, layer) {
    return this.indicator(this.code(state, layer)).breaks?.[state.styles[layer].classes] ?? [];
  }

  level(state, layer, value) {
    const breaks = this.breaks(state, layer);
    const found = breaks.findIndex((upper) => value <= upper);
    return found < 0 ? Math.max(0, breaks.length - 1) : found;
  }

  /** The largest value an indicator has in any region and year: what circles are scaled by. */
  peak(code) {
    if (!this.peaks.has(code)) {
      let peak = 0;
      for (const [place, { actual = [], plan = [] }] of Object.entries(this.data.series[code] ?? {})) {
        if (place === "KZ") continue;
        for (const [, , id] of [...actual, ...plan]) peak = Math.max(peak, this.observations[id].v);
      }
      this.peaks.set(code, peak);
    }
    return this.peaks.get(code);
  }

  /** The years in which a figure of `codes` is newly known, with their count. */
  activity(codes) {
    const years = new Map();
    for (const observation of Object.values(this.observations)) {
      if (!codes.includes(observation.i)) continue;
      const year = Number((observation.to ?? observation.from ?? "").slice(0, 4));
      if (year) years.set(year, (years.get(year) ?? 0) + 1);
    }
    return years;
  }

  /** Lines and points of a layer that the view shows. */
  featuresOf(state, layer) {
    const planned = ["planned", "target", "needed"];
    return this.features.filter((feature) => {
      if (feature.layer !== layer || !feature.geometry) return false;
      if (state.show === "both") return true;
      return planned.includes(feature.status) === (state.show === "plan");
    });
  }

  /** Any place's name: region, gazetteer place or the country. */
  nameOf(place) {
    return this.region[place]?.name ?? this.places[place]?.name ?? this.features.find(({ id }) => id === place)?.name ?? null;
  }

  regionOf(place) {
    return this.region[place] ? place : this.places[place]?.region ?? null;
  }
}

/* A small made-up atlas with every kind of cell: actual, planned, both, old, several together, another measure, none. */

const REGIONS = ["KZ-61", "KZ-31", "KZ-33", "KZ-35", "KZ-39", "KZ-71"];

/** Shaped as atlas.json. `t` gives the names in the page's language. */
export function sampleAtlas(t) {
  const word = (text) => ({ kk: text, ru: text, en: text });
  const indicator = (layer, kind, unit, label, upper) => ({
    layer, kind, unit, label: word(label), long: word(label), unit_label: word(unit === "percent" ? "%" : unit === "KZT" ? "₸" : ""), group: `${layer}.${kind}`,
    breaks: Object.fromEntries(["equal", "quantile", "jenks"].flatMap((scheme) => [3, 4, 5, 6, 7].map((count) => [`${scheme}-${count}`, Array.from({ length: count }, (_, at) => Math.round((upper * (at + 1)) / count))]))),
  });
  const labels = { gas: t("Gas"), water: t("Drinking water"), internet: t("Internet"), industry: t("Industrial zones") };
  const indicators = {
    "gas.population_share": indicator("gas", "share", "percent", labels.gas, 100),
    "gas.settlements": indicator("gas", "stock", "settlements", labels.gas, 600),
    "water.population_share": indicator("water", "share", "percent", labels.water, 100),
    "internet.settlements_share": indicator("internet", "share", "percent", labels.internet, 100),
    "industry.zones": indicator("industry", "stock", "zones", labels.industry, 20),
    "industry.investment": indicator("industry", "money", "KZT", labels.industry, 2e11),
  };
  const observations = {};
  const series = {};
  const say = (i, place, v, year, s = "actual", q = "exact") => {
    const id = `s${Object.keys(observations).length}`;
    observations[id] = { i, v, q, s, from: `${year}-01-01`, to: `${year}-12-31`, r: [place], d: "sample", c: 1 };
    const which = s === "actual" ? "actual" : "plan";
    const steps = ((series[i] ??= {})[place] ??= { actual: [], plan: [] })[which];
    if (which === "actual" && steps.length) steps.at(-1)[1] = year - 1;
    steps.push(which === "actual" ? [year, null, id, year, 0] : [2020, year, id, year, 0]);
    return id;
  };
  say("gas.population_share", "KZ-61", 70, 2021);
  say("gas.population_share", "KZ-61", 81.5, 2023);
  say("gas.population_share", "KZ-61", 85.5, 2025);
  say("gas.population_share", "KZ-61", 92, 2027, "planned");
  say("gas.population_share", "KZ-31", 12, 2019);
  say("gas.population_share", "KZ-33", 60, 2026, "planned");
  say("gas.settlements", "KZ-35", 84, 2025);
  say("gas.population_share", "KZ-71", 97, 2025, "actual", "about");
  say("water.population_share", "KZ-61", 95, 2025);
  say("water.population_share", "KZ-61", 100, 2026, "target");
  say("internet.settlements_share", "KZ-61", 53.5, 2024);
  say("industry.zones", "KZ-61", 14, 2024);
  say("industry.zones", "KZ-61", 20, 2026, "planned");
  const together = say("gas.population_share", "KZ-39", 40, 2025);
  delete series["gas.population_share"]["KZ-39"];
  observations[together].r = ["KZ-39"];
  return {
    edition: 1, year: 2025, years: [2018, 2019, 2020, 2021, 2022, 2023, 2024, 2025, 2026, 2027], units: {},
    layers: Object.entries(labels).map(([id, label]) => {
      const codes = Object.keys(indicators).filter((code) => code.startsWith(`${id}.`));
      return { id, headline: codes[0], label: word(label), indicators: codes };
    }),
    indicators, observations, series,
    regions: REGIONS.map((id) => ({ id, name: word(id), kind: id === "KZ-71" ? "city" : "region", point: [68, 45], bbox: [66, 44, 70, 46], area_km2: 1000, population: null })),
    shared: [{ i: "gas.population_share", regions: ["KZ-39"], obs: together }],
    features: [
      { id: "f1", layer: "gas", kind: "pipeline", name: word("A – B"), status: "planned", regions: ["KZ-33"], place: null, geometry: { type: "LineString", coordinates: [[68, 45], [70, 46]] }, approximate: true, schematic: true, obs: [] },
      { id: "f2", layer: "industry", kind: "sez", name: word("C"), status: "actual", regions: ["KZ-61"], place: null, geometry: { type: "Point", coordinates: [68, 43] }, approximate: false, schematic: false, obs: [] },
    ],
    places: {}, documents: { sample: { title: "…", publisher: "", date: "2025-10-28", inferred: true, language: "kk", url: "" } }, vintages: [],
  };
}

/** Records as the interface gives them, one for each status and sign. */
export function sampleRecords() {
  const record = (id, status, qualifier, more = {}) => ({
    id, layer: "gas", indicator: "gas.population_share", document: "sample", value: 85.5, low: null, high: null, unit: "percent", currency: null, status, qualifier,
    period: { start: "2025-01-01", end: "2025-12-31" }, place: null, regions: ["KZ-61"], inferred: [],
    evidence: { parts: ["Газбен қамту ", "85,5", " пайызға жетті."], href: "#" }, ...more,
  });
  return [
    record("a", "actual", "exact", { inferred: ["period: document date"] }),
    record("b", "underway", "about", { layer: "water", promise: { state: "open", late: false } }),
    record("c", "planned", "more_than", { layer: "internet", promise: { state: "overdue", late: false } }),
    record("d", "target", "up_to", { layer: "industry", promise: { state: "kept", late: true } }),
    record("e", "needed", "less_than", { period: null, promise: { state: "missed", late: false } }),
    record("f", "actual", "exact", { value: 39.5e9, indicator: "industry.investment", unit: "KZT", layer: "industry", evidence: null }),
    record("g", "planned", "exact", { value: 92, promise: { state: "partly", late: false } }),
  ];
}

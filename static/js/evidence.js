/* The observations of a place with their sentences: from the server, or from the copy inside a saved map. */

import { getJson } from "./api.js";
import { sharedWith } from "./outlines.js";

const MOST = 100; // figures of older outlines that are asked for by id

/** All figures of `place` and of the places inside it, newest first. Rejects with RequestError. */
export async function figuresOf(place, atlas, boot) {
  if (boot.inline) return local(place, atlas, boot.inline.evidence ?? {});
  const edition = boot.frozen ? `&edition=${boot.edition}` : "";
  const inside = place === "KZ" ? "" : "&inside=1";
  const address = `/api/v1/observations?place=${encodeURIComponent(place)}${inside}&limit=1000&lang=${boot.lang}${edition}`;
  const [answer, promises] = await Promise.all([getJson(address), promisesOf(place, boot, edition)]);
  const known = new Set(answer.observations.map(({ id }) => id));
  const older = sharedWith(atlas, place).filter((id) => !known.has(id)).slice(0, MOST);
  const more = older.length ? await getJson(`/api/v1/observations?id=${older.join("~")}&limit=${MOST}&lang=${boot.lang}${edition}`) : { observations: [] };
  return newestFirst([...answer.observations, ...more.observations].map((record) => ({ ...record, promise: promises.get(record.id) ?? null })));
}

/** The state of each plan by its figure's id; none where the server cannot tell now: the figures are shown all the same. */
async function promisesOf(place, boot, edition) {
  try {
    const answer = await getJson(`/api/v1/promises?place=${encodeURIComponent(place)}&limit=1000&lang=${boot.lang}${edition}`);
    return new Map(answer.promises.map((promise) => [promise.plan.id, promise]));
  } catch {
    return new Map();
  }
}

/** What atlas.json knows of each figure, as the interface would give it; sentences where the copy carries them. */
export function local(place, atlas, evidence) {
  const together = new Set(sharedWith(atlas, place));
  const found = Object.entries(atlas.observations)
    .filter(([id, { r = [], p }]) => r.includes(place) || p === place || together.has(id))
    .map(([id, entry]) => ({ ...record(id, entry, atlas), evidence: evidence[id] ?? null }));
  return newestFirst(found);
}

function record(id, entry, atlas) {
  const place = entry.p ? { id: entry.p, name: "", kind: atlas.places[entry.p]?.kind ?? "" } : null;
  return {
    id, document: entry.d, layer: entry.i.split(".")[0], indicator: entry.i, value: entry.v, low: entry.lo, high: entry.hi,
    qualifier: entry.q, status: entry.s, currency: entry.cur, regions: entry.r ?? [], place, inferred: entry.inf ?? [],
    period: entry.from || entry.to ? { start: entry.from ?? null, end: entry.to ?? null } : null,
  };
}

function newestFirst(records) {
  const at = ({ period }) => period?.end ?? period?.start ?? "";
  return [...records].sort((a, b) => at(b).localeCompare(at(a)));
}

/* Figures of several regions together: said so by their document, or of an outline that has been parted since. */

import { name, t } from "./i18n.js";

/** The shared entry of a figure: {i, regions, obs, outline}; null where it is one region's own. */
export function sharedOf(atlas, id) {
  return atlas.shared.find(({ obs }) => obs === id) ?? null;
}

/** Ids of the figures that are of `place` and others together. */
export function sharedWith(atlas, place) {
  return atlas.shared.filter(({ regions }) => regions.includes(place)).map(({ obs }) => obs);
}

/** «several regions together», or the name of the older outline: «Almaty Region (before 2022)». */
export function togetherWords(atlas, entry) {
  const vintage = entry.outline && (atlas.data.vintages ?? []).find(({ id }) => id === entry.outline);
  return vintage ? t("older outline: %(name)s", { name: name(vintage.name) }) : t("several regions together");
}

/** The names of the regions that a shared figure covers today. */
export function regionNames(atlas, { regions }) {
  return regions.map((id) => name(atlas.nameOf(id))).join(", ");
}

/* The scale bar: Leaflet's own, metric, with its units in the reader's language. */

import { rootSize } from "./dom.js";
import { t } from "./i18n.js";

const LONGEST = 6; // rem

export function addScale(L, map) {
  const scale = L.control.scale({ imperial: false, maxWidth: LONGEST * rootSize(), position: "bottomleft" });
  const write = scale._updateScale;
  scale._updateScale = (bar, text, ratio) => write.call(scale, bar, text.replace(/ km$/, `\u00a0${t("km")}`).replace(/ m$/, `\u00a0${t("m")}`), ratio);
  return scale.addTo(map);
}

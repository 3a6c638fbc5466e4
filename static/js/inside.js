/* Which region a point lies in. Pure: outlines in, code out. */

/** The id of the feature of `shapes` (GeoJSON polygons, EPSG:4326) around a point in degrees; null where there is none. */
export function regionAt(shapes, lon, lat) {
  const around = shapes.features.filter(({ geometry }) => polygons(geometry).some((rings) => inRings(rings, lon, lat)));
  return around[0]?.id ?? null;
}

function polygons({ type, coordinates }) {
  return type === "Polygon" ? [coordinates] : type === "MultiPolygon" ? coordinates : [];
}

/** Even-odd over all rings: a hole, as around a city of its own, is outside. */
function inRings(rings, lon, lat) {
  let inside = false;
  for (const ring of rings) {
    for (let at = 0, before = ring.length - 1; at < ring.length; before = at, at += 1) {
      const [[x1, y1], [x2, y2]] = [ring[at], ring[before]];
      if (y1 > lat !== y2 > lat && lon < ((x2 - x1) * (lat - y1)) / (y2 - y1) + x1) inside = !inside;
    }
  }
  return inside;
}

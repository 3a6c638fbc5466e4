/* TopoJSON (EPSG:4326) as features whose shapes are decoded when they are first asked for: a border that two regions share is
   projected once, and no object is made for a corner. */

const decoded = new WeakMap(); // topology → its arcs in widths of the world

/** A GeoJSON feature collection of a topology's first object. A feature has its `id`, its `geometry` (decoded when read)
 *  and `rings`: of a polygon, in widths of the world (see polygons.js). */
export function featuresOf(topology) {
  const [{ geometries }] = Object.values(topology.objects);
  return { type: "FeatureCollection", features: geometries.map((shape) => featureOf(topology, shape)) };
}

function featureOf(topology, shape) {
  const { properties = {} } = shape;
  let [geometry, rings] = [null, null];
  return {
    type: "Feature",
    id: shape.id ?? properties.id,
    properties,
    get geometry() {
      geometry ??= geometryOf(topology, shape);
      return geometry;
    },
    get rings() {
      rings ??= (shape.type === "Polygon" ? shape.arcs : shape.arcs.flat()).map((arcs) => ringOf(topology, arcs));
      return rings;
    },
  };
}

function geometryOf(topology, { type, arcs, coordinates }) {
  const line = (indexes) => lineOf(topology, indexes);
  const at = (position) => place(topology, position);
  switch (type) {
    case "Point":
      return { type, coordinates: at(coordinates) };
    case "MultiPoint":
      return { type, coordinates: coordinates.map(at) };
    case "LineString":
      return { type, coordinates: line(arcs) };
    case "MultiLineString":
    case "Polygon":
      return { type, coordinates: arcs.map(line) };
    case "MultiPolygon":
      return { type, coordinates: arcs.map((rings) => rings.map(line)) };
    default:
      return null;
  }
}

/** [lon, lat] of a position as the topology counts it. */
function place({ transform }, [x, y]) {
  if (!transform) return [x, y];
  const { scale, translate } = transform;
  return [x * scale[0] + translate[0], y * scale[1] + translate[1]];
}

/** Arcs end to end as [[lon, lat], …]; ~n is arc n backwards. */
function lineOf(topology, indexes) {
  const line = [];
  for (const index of indexes) {
    const points = arcOf(topology, index < 0 ? ~index : index);
    if (index < 0) points.reverse();
    if (line.length) points.shift(); // where the last one ended
    line.push(...points);
  }
  return line;
}

function arcOf(topology, index) {
  let [x, y] = [0, 0];
  return topology.arcs[index].map(([dx, dy]) => {
    [x, y] = topology.transform ? [x + dx, y + dy] : [dx, dy];
    return place(topology, [x, y]);
  });
}

/** A closed ring's corners [x, y, x, y, …] in widths of the world (Web Mercator, y downwards), and the box around them. */
function ringOf(topology, indexes) {
  const arcs = indexes.map((index) => projected(topology, index < 0 ? ~index : index));
  const corners = new Float64Array(arcs.reduce((sum, arc) => sum + arc.length - 2, 0));
  let to = 0;
  arcs.forEach((arc, number) => {
    if (indexes[number] < 0) for (let at = arc.length - 2; at > 0; at -= 2) to = put(corners, to, arc, at);
    else for (let at = 0; at < arc.length - 2; at += 2) to = put(corners, to, arc, at);
  });
  const box = [1, 1, 0, 0];
  for (let at = 0; at < corners.length; at += 2) {
    if (corners[at] < box[0]) box[0] = corners[at];
    if (corners[at + 1] < box[1]) box[1] = corners[at + 1];
    if (corners[at] > box[2]) box[2] = corners[at];
    if (corners[at + 1] > box[3]) box[3] = corners[at + 1];
  }
  return { corners, box };
}

function put(corners, to, arc, at) {
  corners[to] = arc[at];
  corners[to + 1] = arc[at + 1];
  return to + 2;
}

/** An arc's points in widths of the world; kept. This runs over ten thousand points while the page starts. */
function projected(topology, index) {
  if (!decoded.has(topology)) decoded.set(topology, []);
  const known = decoded.get(topology);
  if (known[index]) return known[index];
  const arc = topology.arcs[index];
  const { scale: [stepX, stepY], translate: [west, south] } = topology.transform ?? { scale: [1, 1], translate: [0, 0] };
  const delta = topology.transform ? 1 : 0;
  const points = new Float64Array(2 * arc.length);
  let x = 0;
  let y = 0;
  for (let at = 0; at < arc.length; at += 1) {
    const point = arc[at];
    x = x * delta + point[0];
    y = y * delta + point[1];
    points[2 * at] = (x * stepX + west) / 360 + 0.5;
    points[2 * at + 1] = 0.5 - Math.log(Math.tan(Math.PI / 4 + ((y * stepY + south) * Math.PI) / 360)) / (2 * Math.PI);
  }
  known[index] = points;
  return points;
}

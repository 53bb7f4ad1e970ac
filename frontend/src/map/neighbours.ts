/**
 * The coasts of the countries around, so that Northern Ireland is no island and the
 * Channel has another side. Loaded with the first ground that is drawn.
 */
import type { BBox, LonLat } from "../geo";

/** Rings as steps from point to point, in `unit` degrees. */
export interface Outlines {
  unit: number;
  rings: number[][];
}
export interface Coast {
  ring: LonLat[];
  box: BBox;
}

let loaded: Promise<Coast[]> | null = null;

export function neighbours(): Promise<Coast[]> {
  loaded ??= import("./neighbours.json").then(unpack);
  return loaded;
}

export function unpack({ unit, rings }: Outlines): Coast[] {
  return rings.map((steps) => {
    let [x, y] = [0, 0];
    const ring: LonLat[] = [];
    for (let at = 0; at + 1 < steps.length; at += 2) {
      x += steps[at] ?? 0;
      y += steps[at + 1] ?? 0;
      ring.push([x * unit, y * unit]);
    }
    const lons = ring.map(([lon]) => lon);
    const lats = ring.map(([, lat]) => lat);
    const box: BBox = [
      Math.min(...lons),
      Math.min(...lats),
      Math.max(...lons),
      Math.max(...lats),
    ];
    return { ring, box };
  });
}

/** Those of which a part may lie in a box. */
export function touching(coasts: Coast[], [west, south, east, north]: BBox): Coast[] {
  return coasts.filter(({ box }) => {
    return box[0] <= east && box[2] >= west && box[1] <= north && box[3] >= south;
  });
}

/** A bent line between two points, so that lines in one direction stay apart. */
import type { LonLat } from "../geo";

const BEND = 0.14;
const PARTS = 20;

/** Points along a gentle bow from one place to another, both ends included. */
export function curve(from: LonLat, to: LonLat): LonLat[] {
  // Degrees of longitude are shorter than those of latitude: bend in metres' shape.
  const narrow = Math.cos((((from[1] + to[1]) / 2) * Math.PI) / 180);
  const east = (to[0] - from[0]) * narrow;
  const north = to[1] - from[1];
  const over: LonLat = [
    (from[0] + to[0]) / 2 - (north * BEND) / narrow,
    (from[1] + to[1]) / 2 + east * BEND,
  ];
  return Array.from({ length: PARTS + 1 }, (_, number) => {
    const t = number / PARTS;
    const at = (axis: 0 | 1) =>
      (1 - t) ** 2 * from[axis] + 2 * t * (1 - t) * over[axis] + t ** 2 * to[axis];
    return [at(0), at(1)];
  });
}

/** What lies nearest where a map shows no name: "Portree, 14 km north-west". Pure. */
import { metresBetween, type LonLat } from "../geo";

export interface Named {
  name: string;
  at: LonLat;
}

const WINDS = [
  ...["north", "north-east", "east", "south-east"],
  ...["south", "south-west", "west", "north-west"],
];

export function nearestWords(middle: LonLat, names: Named[]): string | null {
  const far = ({ at }: Named) => metresBetween(middle, at);
  const nearest = [...names].sort((a, b) => far(a) - far(b))[0];
  if (!nearest) return null;
  const metres = far(nearest);
  const way =
    metres < 950
      ? `${String(Math.max(1, Math.round(metres / 100)) * 100)} m`
      : `${String(Math.round(metres / 1000))} km`;
  return `Nearest: ${nearest.name}, ${way} ${wind(middle, nearest.at)}`;
}

/** Which way it is from one point to another, in eighths. */
export function wind([lon, lat]: LonLat, [toLon, toLat]: LonLat): string {
  const east = (toLon - lon) * Math.cos((lat * Math.PI) / 180);
  const turn = Math.atan2(east, toLat - lat) / (2 * Math.PI);
  return WINDS[(Math.round(turn * 8) + 8) % 8] ?? "north";
}

/** What the search box says, and how what was found is put into groups. Pure. */
import type { Found, SearchAnswer } from "../api";

export const OFFLINE =
  "You are not connected, so nothing can be suggested. What you type stays here.";
export const NO_ANSWER = "No suggestions just now. Press Search instead.";

const GROUPS: readonly (readonly [name: string, kinds: readonly string[]])[] = [
  ["Towns and postcodes", ["place", "postcode"]],
  ["Kinds of place", ["category"]],
  ["Places and groups", ["asset"]],
  ["Care homes", ["home"]],
];

export interface Group {
  name: string;
  results: Found[];
}

/** The results by what they are, in the order of what is likeliest; none is empty. */
export function groupsOf(results: readonly Found[]): Group[] {
  return GROUPS.map(([name, kinds]) => ({
    name,
    results: results.filter(({ kind }) => kinds.includes(kind)),
  })).filter((group) => group.results.length > 0);
}

/** What a screen reader says of an answer. */
export function countWords({ results, meant, spelled }: SearchAnswer): string {
  const count = results.length === 1 ? "1 result" : `${String(results.length)} results`;
  if (results.length === 0) return "No results. Press Enter to search all the same.";
  return spelled ? `${count} for “${meant}”.` : `${count}. Arrow down to choose.`;
}

/** What stands above the results where a slip was mended, or in their place; else "". */
export function meantWords(
  typed: string,
  { results, meant, spelled }: SearchAnswer,
): string {
  if (results.length === 0) return `Nothing is called “${typed}”.`;
  return spelled ? `Nothing is called “${typed}”. Did you mean “${meant}”?` : "";
}

/** The option after `now`, round and round; -1 stands for the field itself. */
export function stepFrom(now: number, step: 1 | -1, count: number): number {
  const places = count + 1;
  return ((now + 1 + step + places) % places) - 1;
}

/** What is said where a device does not tell where it is. */
export function whyNotNear(code: number): string {
  return code === 1
    ? "Your browser does not tell this page where you are. Put a postcode or a town instead."
    : "Your device does not know where it is just now. Put a postcode or a town instead.";
}

/** The address of the map around a point: to about a hundred metres, and kept nowhere. */
export function nearMeAddress(query: string, lon: number, lat: number): string {
  const kept = new URLSearchParams(query);
  for (const name of ["q", "place", "page", "bbox"]) kept.delete(name);
  kept.set("at", `${lat.toFixed(3)},${lon.toFixed(3)},15`);
  return `/map/?${kept.toString().replaceAll("%2C", ",")}`;
}

/** "lon,lat" of the map's middle to three decimals, from "lat,lon,zoom"; "" if none. */
export function nearParam(at: string | null): string {
  const [lat, lon] = (at ?? "").split(",").map(Number);
  if (!lat || lon === undefined || !Number.isFinite(lat) || !Number.isFinite(lon)) {
    return "";
  }
  return `${lon.toFixed(3)},${lat.toFixed(3)}`;
}

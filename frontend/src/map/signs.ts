/** What signs say, and where they lead: a place, or "23 places, zoom in". Pure. */
import type { Place, Sign } from "./gather";

export interface SignKind {
  /** Where a place's page is: the id follows. */
  path: string;
  one: string;
  many: string;
  isHome: boolean;
  /** The colour family of each kind of place. */
  families: Record<string, string>;
  /** What each kind of place is called. */
  names: Record<string, string>;
}

const STATE_WORDS: Record<string, string> = {
  due: "to check",
  stale: "stale: may be wrong",
};

/** "The Copper Kettle, food and drink, stale: may be wrong" */
export function placeWords(place: Place, kind: SignKind): string {
  const what = kind.isHome ? "care home" : kind.names[place.category]?.toLowerCase();
  return [place.name, what, STATE_WORDS[place.checkState]].filter(Boolean).join(", ");
}

export function placePath(place: Place, kind: SignKind): string {
  return `${kind.path}${String(place.id)}/`;
}

/** Made once: a formatter is dear, and each sign asks at each move. */
const figures = new Intl.NumberFormat("en-GB");

/** What stands on a sign for several: the figure, and of what. */
export function countWords({ count }: Sign, kind: SignKind): [string, string] {
  return [figures.format(count), count === 1 ? kind.one : kind.many];
}

/** "227 places, zoom in"; closest of all there is nothing to zoom into. */
export function clusterWords(sign: Sign, kind: SignKind, closest: boolean): string {
  const words = countWords(sign, kind).join(" ");
  if (sign.together) return `${words} here, show their names`;
  return closest ? `${words}, go to the list` : `${words}, zoom in`;
}

/** The badge beside a place: its symbol in the sprite, or none. */
export function badgeOf(place: Place, kind: SignKind): "clock" | "alert" | null {
  if (kind.isHome) return null;
  return place.checkState === "stale"
    ? "alert"
    : place.checkState === "due"
      ? "clock"
      : null;
}

/** A place noted on a walk-round, its photos, and what becomes of them. Pure. */

export type ItemState = "draft" | "waiting" | "sending" | "sent" | "needs_you";

/** What the form holds, as it is sent. Places only: no field asks about a person. */
export interface Values {
  name: string;
  category: string;
  lon: string;
  lat: string;
  postcode: string;
  wheelchair: string;
  description: string;
}

export const NOTHING: Values = {
  name: "",
  category: "",
  lon: "",
  lat: "",
  postcode: "",
  wheelchair: "",
  description: "",
};

/** A place that the server has, and that may be the same. */
export interface Alike {
  name: string;
  url: string;
  /** "same name, 40 m away" */
  why: string;
}

export type Problem =
  | { kind: "fields"; errors: Partial<Record<string, string[]>>; detail: string }
  | { kind: "alike"; alike: Alike[] }
  | { kind: "arrived"; url: string; differs: string[] }
  | { kind: "refused"; detail: string };

export interface Item {
  /** The client's own UUID: sent again, the place is the same place. */
  id: string;
  /** Whose it is: the server's opaque mark of a person. */
  owner: string;
  state: ItemState;
  values: Values;
  /** "No, a new one": send it although something like it is near. */
  notSame: boolean;
  /** Milliseconds since 1970. */
  savedAt: number;
  sentAt: number | null;
  tries: number;
  nextTryAt: number;
  problem: Problem | null;
  /** Where the place is, once it has arrived. */
  url: string;
  published: boolean;
  /** Taken out of the list, until the page is left. */
  removed: boolean;
}

export type PhotoState = "waiting" | "sent" | "needs_you";

export interface Photo {
  id: string;
  item: string;
  owner: string;
  state: PhotoState;
  /** The picture itself: bytes outlive what browsers do to stored blobs. */
  bytes: ArrayBuffer;
  type: string;
  /** A small picture of it, as a data: address. */
  thumbnail: string;
  alt: string;
  showsPeople: boolean;
  addedAt: number;
  tries: number;
  nextTryAt: number;
  problem: string;
}

export function newItem(id: string, owner: string, now: number): Item {
  return {
    id,
    owner,
    state: "draft",
    values: { ...NOTHING },
    notSame: false,
    savedAt: now,
    sentAt: null,
    tries: 0,
    nextTryAt: 0,
    problem: null,
    url: "",
    published: false,
    removed: false,
  };
}

/** Whether anything was put into the form: where the map stands alone says nothing. */
export function isEmpty({ values }: Item): boolean {
  const said = [values.name, values.category, values.postcode, values.description];
  return said.every((value) => !value.trim());
}

const FIRST_WAIT_MS = 5_000;
const LONGEST_WAIT_MS = 10 * 60_000;

/** How long to wait after the nth try that failed: twice as long each time. */
export function waitMs(tries: number, retryAfterS: number | null): number {
  const own = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.max(0, tries - 1));
  return Math.max(own, (retryAfterS ?? 0) * 1000);
}

/** What the form lacks before it can be kept; by field. */
export function missing(values: Values): Partial<Record<keyof Values, string>> {
  const lacks: Partial<Record<keyof Values, string>> = {};
  if (!values.name.trim()) {
    lacks.name = "Put the name on the door, or what people call it.";
  }
  if (!values.category) lacks.category = "Choose one.";
  if (!values.postcode.trim() && !(values.lon && values.lat)) {
    lacks.postcode =
      "Where is it? Press “Where I am”, move the map under the cross, or put a postcode.";
  }
  return lacks;
}

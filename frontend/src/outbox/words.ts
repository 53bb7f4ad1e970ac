/** What the list says of a place and its photos. Pure. */
import type { Item, Photo, Problem } from "./items";

const CLOCK = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });

export function clock(at: number): string {
  return CLOCK.format(new Date(at));
}

export function places(count: number): string {
  return count === 1 ? "1 place" : `${String(count)} places`;
}

/** "4th stop" */
export function stopWords(number: number): string {
  const tens = number % 100;
  const teen = tens > 10 && tens < 14;
  const ending = teen ? "th" : (["th", "st", "nd", "rd"][number % 10] ?? "th");
  return `${String(number)}${ending} stop`;
}

export type Mood = "quiet" | "good" | "bad";
export interface Said {
  symbol: string;
  words: string;
  mood: Mood;
}

export function saidOf(item: Item, photos: Photo[], online: boolean): Said {
  switch (item.state) {
    case "draft":
      return { symbol: "edit", words: "Not finished", mood: "quiet" };
    case "sending":
      return { symbol: "sync", words: "Sending…", mood: "quiet" };
    case "needs_you":
      return {
        symbol: "alert",
        words: `Needs you: ${needs(item.problem)}`,
        mood: "bad",
      };
    case "sent":
      return saidOfSent(item, photos);
    case "waiting": {
      const waits = online ? "Waits to be sent" : "Waits for signal";
      const again = online && item.tries > 0 ? `, tried ${times(item.tries)}` : "";
      const words = `${waits}, saved ${clock(item.savedAt)}${again}`;
      return { symbol: "clock", words, mood: "quiet" };
    }
  }
}

function saidOfSent(item: Item, photos: Photo[]): Said {
  const stuck = photos.find(({ state }) => state === "needs_you");
  if (stuck) {
    const words = `Needs you: a photo was not taken. ${stuck.problem}`;
    return { symbol: "alert", words, mood: "bad" };
  }
  const sent = photos.filter(({ state }) => state === "sent").length;
  const after = item.published ? "on the map" : "waits for a champion";
  const words = `Sent ${clock(item.sentAt ?? item.savedAt)}, ${after}`;
  if (sent === photos.length) return { symbol: "check", words, mood: "good" };
  const some = `${words}. ${String(sent)} of ${String(photos.length)} photos sent`;
  return { symbol: "clock", words: some, mood: "quiet" };
}

function needs(problem: Problem | null): string {
  switch (problem?.kind) {
    case "alike":
      return "is it one that we have?";
    case "fields": {
      const first = Object.values(problem.errors)[0]?.[0];
      return first ?? problem.detail;
    }
    case "arrived":
      return `it had arrived before you changed it (${problem.differs.join(", ")})`;
    case "refused":
      return problem.detail;
    case undefined:
      return "have another look";
  }
}

function times(count: number): string {
  return count === 1 ? "once" : count === 2 ? "twice" : `${String(count)} times`;
}

/**
 * The place that was opened from the map or the list stays in the address, so that Back
 * leads to the same view and the same entry: `?place=assets-7`.
 */
import { placeKey } from "./gather";

type From = "map" | "list";

const NAME = "place";
const WRITTEN = /^(assets|homes)-(\d{1,18})$/;

/** The key of the place in an address, such as "assets 7"; "" without one. */
export function chosenIn(address: string): string {
  const found = WRITTEN.exec(new URL(address).searchParams.get(NAME) ?? "");
  const [, layer, id] = found ?? [];
  return layer && id ? placeKey(layer, Number(id)) : "";
}

/** Writes down what is about to be opened, and where it was pressed. */
export function rememberChosen(key: string, from: From): void {
  const url = new URL(window.location.href);
  url.searchParams.set(NAME, key.replace(" ", "-"));
  url.search = url.search.replaceAll("%2C", ","); // people read and copy this
  window.history.replaceState({ ...stateNow(), from }, "", url);
}

/** Where it was pressed, if one has come back to this page; else null. */
export function cameBackTo(): From | null {
  const [entry] = window.performance.getEntriesByType("navigation");
  if (!entry || !("type" in entry) || entry.type !== "back_forward") return null;
  return stateNow().from ?? null;
}

function stateNow(): { from?: From } {
  return (window.history.state ?? {}) as { from?: From };
}

/** The entry of a place in the list beside the map. */
export function entryOf(list: HTMLElement, key: string): HTMLElement | null {
  const [layer = "", id = ""] = key.split(" ");
  return list.querySelector(`li[data-layer="${layer}"][data-place="${id}"]`);
}

/** The key of the entry that a node of the list belongs to; null without one. */
export function keyAt(target: EventTarget | null): string | null {
  const entry =
    target instanceof Element ? target.closest<HTMLElement>("[data-place]") : null;
  if (!entry) return null;
  return placeKey(entry.dataset.layer ?? "", Number(entry.dataset.place));
}

/**
 * Where signs are drawn, for what makes way for them. The canvas has no elements to
 * ask: whoever draws signs says where they are, and the map tells it on.
 */
import type { Map as LeafletMap } from "leaflet";

import type { Box } from "./labels";

/** Fired on the map whenever the signs stand elsewhere. */
export const TAKEN = "signstaken";

const taken = new WeakMap<LeafletMap, Box[]>();

/** `boxes` in pixels of the map's container. */
export function takeRoom(map: LeafletMap, boxes: Box[]): void {
  const before = roomTaken(map);
  taken.set(map, boxes);
  if (!areSame(before, boxes)) map.fire(TAKEN);
}

export function roomTaken(map: LeafletMap): Box[] {
  return taken.get(map) ?? [];
}

function areSame(some: Box[], others: Box[]): boolean {
  if (some.length !== others.length) return false;
  return some.every((box, index) => {
    const other = others[index];
    return (
      box.left === other?.left &&
      box.top === other.top &&
      box.right === other.right &&
      box.bottom === other.bottom
    );
  });
}

/** Which signs the keyboard reaches, and in which order: that of the list. */
import type { Map as LeafletMap } from "leaflet";

import type { Drawn } from "./drawn";
import type { Box } from "./labels";
import { BEST_PX } from "./sign-links";

/** Less of a sign than this in view is nothing to press. */
const SEEN_PX = 12;

export function inView(map: LeafletMap, drawn: Drawn[]): Drawn[] {
  const size = map.getSize();
  const corner = map.containerPointToLayerPoint([0, 0]);
  return drawn.filter(({ x, y }) => {
    const [left, top] = [x - corner.x, y - corner.y];
    return (
      left >= SEEN_PX &&
      top >= SEEN_PX &&
      left <= size.x - SEEN_PX &&
      top <= size.y - SEEN_PX
    );
  });
}

/** The room that signs take, finger and all, in pixels of the map's container. */
export function boxesOf(map: LeafletMap, drawn: Drawn[]): Box[] {
  const corner = map.containerPointToLayerPoint([0, 0]);
  return drawn.map(({ x, y, width, height }) => {
    const [left, top] = [x - corner.x, y - corner.y];
    const across = Math.max(width, BEST_PX) / 2;
    const down = Math.max(height, BEST_PX) / 2;
    return {
      left: left - across,
      right: left + across,
      top: top - down,
      bottom: top + down,
    };
  });
}

/** Those that do not lie under one of the map's own buttons. */
export function uncovered(map: LeafletMap, drawn: Drawn[]): Drawn[] {
  const container = map.getContainer();
  const frame = container.getBoundingClientRect();
  const corner = map.containerPointToLayerPoint([0, 0]);
  const over = (container.parentElement ?? container).querySelectorAll(
    ".map-ui > *, details.map-ui",
  );
  const boxes = [...over].map((node) => node.getBoundingClientRect());
  return drawn.filter(({ x, y }) => {
    const [left, top] = [x - corner.x + frame.left, y - corner.y + frame.top];
    return !boxes.some(
      (box) =>
        left >= box.left && left <= box.right && top >= box.top && top <= box.bottom,
    );
  });
}

/**
 * Those in the list come first, as they stand there; then the nearest to the middle,
 * and what is stale after all others.
 */
export function inOrder(
  map: LeafletMap,
  drawn: Drawn[],
  rankInList: (key: string) => number | undefined = () => undefined,
): Drawn[] {
  const middle = map.containerPointToLayerPoint(map.getSize().divideBy(2));
  const ranked = drawn.map((one) => ({
    one,
    rank: rankInList(one.key) ?? Infinity,
    stale: one.sign.place?.checkState === "stale" ? 1 : 0,
    far: Math.hypot(one.x - middle.x, one.y - middle.y),
  }));
  ranked.sort((a, b) =>
    a.rank === b.rank ? a.stale - b.stale || a.far - b.far : a.rank - b.rank,
  );
  return ranked.map(({ one }) => one);
}

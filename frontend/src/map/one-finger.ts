/**
 * On a page that is longer than the map, one finger scrolls the page and two move the
 * map: a map as high as the screen would otherwise hold the page fast.
 */
import type { Map as LeafletMap } from "leaflet";

import { element } from "../dom";

const HINT_MS = 1600;
const MOVED_PX = 12;

/** `root` is the region around the map's canvas. */
export function leaveOneFinger(map: LeafletMap, root: HTMLElement): void {
  if (!window.matchMedia("(any-pointer: coarse)").matches) return;
  map.dragging.disable();
  // Before Leaflet hears of it: a mouse beside the touch screen drags as ever.
  root.addEventListener(
    "pointerdown",
    ({ pointerType }) => {
      if (pointerType === "touch") map.dragging.disable();
      else map.dragging.enable();
    },
    { capture: true },
  );
  hintAtTwo(root);
}

/** Says so to a finger that has tried to drag the map. */
function hintAtTwo(root: HTMLElement): void {
  const hint = element("p", { class: "two-fingers mb0", "aria-hidden": "true" });
  hint.textContent = "Two fingers move the map";
  hint.hidden = true;
  root.append(hint);
  let from: Touch | null = null;
  let hiding = 0;
  root.addEventListener(
    "touchstart",
    ({ touches }) => {
      from = touches.length === 1 ? (touches[0] ?? null) : null;
      if (!from) hint.hidden = true;
    },
    { passive: true },
  );
  root.addEventListener(
    "touchmove",
    ({ touches }) => {
      const now = touches[0];
      if (!from || !now || touches.length > 1) return;
      const across = Math.abs(now.clientX - from.clientX);
      const down = Math.abs(now.clientY - from.clientY);
      if (across < MOVED_PX || across < down) return; // it is the page that scrolls
      hint.hidden = false;
      window.clearTimeout(hiding);
      hiding = window.setTimeout(() => {
        hint.hidden = true;
      }, HINT_MS);
    },
    { passive: true },
  );
}

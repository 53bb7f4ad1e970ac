/** The name under the sign that the pointer or the focus is on. For the eye alone. */
import { DomUtil, Point, type Map as LeafletMap } from "leaflet";

import { element } from "../dom";
import type { Target } from "./sign-links";

/** Clear of the ring that a sign gets with it. */
const GAP_PX = 12;
const EDGE_PX = 6;

export class SignLabel {
  readonly node = element("span", { class: "mlab", "aria-hidden": "true" });
  private readonly map: LeafletMap;
  private key: string | null = null;

  constructor(map: LeafletMap) {
    this.map = map;
    this.node.hidden = true;
    map.getPane("markerPane")?.append(this.node);
  }

  remove(): void {
    this.node.remove();
  }

  show(target: Target | null): void {
    this.node.hidden = target === null;
    this.key = target?.key ?? null;
    if (!target) return;
    this.node.textContent = target.words;
    const { map, node } = this;
    const view = map.containerPointToLayerPoint([0, 0]);
    const size = map.getSize();
    const [width, height] = [node.offsetWidth, node.offsetHeight];
    const farthest = view.x + size.x - width - EDGE_PX;
    const x = Math.max(view.x + EDGE_PX, Math.min(target.x - width / 2, farthest));
    const below = target.y + target.height / 2 + GAP_PX;
    const isCut = below + height > view.y + size.y;
    const y = isCut ? target.y - target.height / 2 - GAP_PX - height : below;
    DomUtil.setPosition(node, new Point(x, y));
  }

  /** Whether it names this one now. */
  names(key: string): boolean {
    return this.key === key;
  }
}

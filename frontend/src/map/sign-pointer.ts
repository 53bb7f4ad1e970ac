/** The pointer on the canvas: a name under it, and a press on what has no link. */
import type { LeafletMouseEvent, Map as LeafletMap, Point } from "leaflet";

export interface PointerActs {
  /** The sign at a point of the layer. */
  at: (point: Point) => string | null;
  point: (key: string | null) => void;
  press: (key: string, event: MouseEvent) => void;
}

export class SignPointer {
  private readonly map: LeafletMap;
  private readonly acts: PointerActs;
  private over: string | null = null;

  constructor(map: LeafletMap, acts: PointerActs) {
    this.map = map;
    this.acts = acts;
    map.on("mousemove", this.move, this);
    map.on("mouseout movestart zoomstart", this.leave, this);
    map.on("click", this.click, this);
    map.getContainer().addEventListener("keydown", this.escape);
  }

  remove(): void {
    this.map.off("mousemove", this.move, this);
    this.map.off("mouseout movestart zoomstart", this.leave, this);
    this.map.off("click", this.click, this);
    this.map.getContainer().removeEventListener("keydown", this.escape);
  }

  private move({ layerPoint, originalEvent }: LeafletMouseEvent): void {
    if (isOn(originalEvent, ".mlab")) return; // one may read the name, and press it
    this.set(this.acts.at(layerPoint));
  }

  private leave(): void {
    this.set(null);
  }

  private set(key: string | null): void {
    if (key === this.over) return;
    this.over = key;
    this.map.getContainer().classList.toggle("on-sign", key !== null);
    this.acts.point(key);
  }

  private click({ layerPoint, originalEvent }: LeafletMouseEvent): void {
    if (isOn(originalEvent, ".mk")) return; // a link or a button of its own
    const named = isOn(originalEvent, ".mlab") ? this.over : null;
    const key = named ?? this.acts.at(layerPoint);
    if (key !== null) this.acts.press(key, originalEvent);
  }

  private readonly escape = (event: KeyboardEvent): void => {
    if (event.key !== "Escape") return;
    this.over = null;
    this.acts.point(null);
  };
}

function isOn(event: MouseEvent, selector: string): boolean {
  return event.target instanceof Element && event.target.closest(selector) !== null;
}

/** Opens an address as the browser would from a link. */
export function follow(href: string, event: MouseEvent): void {
  if (event.ctrlKey || event.metaKey || event.shiftKey) {
    window.open(href, "_blank", "noopener");
  } else {
    window.location.assign(href);
  }
}

/**
 * What Tab and screen readers find on the map: a real link or button over each sign,
 * in the list's order. They show nothing themselves but the ring of the focus.
 */
import { DomEvent, DomUtil, Point, type Map as LeafletMap } from "leaflet";

import { element } from "../dom";

/** More than this nobody tabs through: the last line says how many more there are. */
const MOST = 60;
/** Targets are as large as fits between neighbours, and never smaller than this. */
const LEAST_PX = 24;
export const BEST_PX = 44;

export interface Target {
  key: string;
  /** In pixels of the layer: the middle, and how much is drawn there. */
  x: number;
  y: number;
  width: number;
  height: number;
  words: string;
  /** Where it leads; a button without. */
  href: string | null;
}

export interface Pressing {
  /** A link is followed besides. */
  press: (key: string, event: MouseEvent) => void;
  /** The one in focus; null when the focus leaves. */
  focus: (key: string | null) => void;
}

export class SignLinks {
  readonly list = element("ul", { class: "sign-links", "aria-label": "On the map" });
  private readonly map: LeafletMap;
  private readonly shown = new Map<string, HTMLElement>();
  private readonly rest = element("li", { class: "vh" });

  constructor(map: LeafletMap, pressing: Pressing) {
    this.map = map;
    map.getPane("markerPane")?.append(this.list);
    this.list.addEventListener("click", (event) => {
      const key = keyAt(event.target);
      if (key === null) return;
      if (hasDragged(map)) event.preventDefault();
      else pressing.press(key, event);
    });
    this.list.addEventListener("keydown", pressOnSpace);
    this.list.addEventListener("focusin", (event) => {
      pressing.focus(keyAt(event.target));
    });
    this.list.addEventListener("focusout", () => {
      pressing.focus(null);
    });
    DomEvent.on(this.list, "dblclick contextmenu", DomEvent.stopPropagation);
    this.list.addEventListener("dragstart", (event) => {
      event.preventDefault(); // it is the map that one drags
    });
  }

  remove(): void {
    this.list.remove();
  }

  /** The first of them, or the one of a sign; null where it is not among them. */
  link(key?: string): HTMLElement | null {
    const item = key === undefined ? this.list.firstElementChild : this.shown.get(key);
    const link = item?.firstElementChild;
    return link instanceof HTMLElement ? link : null;
  }

  /** Shows these, in this order; what stays keeps its element, and so the focus. */
  show(targets: Target[], current: string | null): void {
    const few = targets.slice(0, MOST);
    const wanted = new Set(few.map(({ key }) => key));
    for (const [key, item] of this.shown) {
      if (!wanted.has(key)) this.drop(key, item);
    }
    for (const target of few) this.put(target, few, target.key === current);
    const more = targets.length - few.length;
    this.rest.textContent =
      more > 0 ? `And ${String(more)} more signs. Zoom in, or use the list.` : "";
    this.order(few);
  }

  private drop(key: string, item: HTMLElement): void {
    const hadFocus = item.contains(document.activeElement);
    this.shown.delete(key);
    if (hadFocus) this.map.getContainer().focus({ preventScroll: true });
    item.remove();
  }

  private put(target: Target, among: Target[], current: boolean): void {
    let item = this.shown.get(target.key);
    if (!item) {
      item = element("li", { class: "sign" }, makeLink(target));
      this.shown.set(target.key, item);
    }
    const link = item.firstElementChild as HTMLElement;
    if (link.textContent !== target.words) link.textContent = target.words;
    if (current) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
    const room = roomFor(target, among);
    link.style.width = `${String(Math.max(target.href ? 0 : target.width, room))}px`;
    link.style.height = `${String(Math.max(target.href ? 0 : target.height, room))}px`;
    DomUtil.setPosition(item, new Point(target.x, target.y));
  }

  /** An element that is moved in the document loses the focus: others move around it. */
  private order(targets: Target[]): void {
    const items = targets.flatMap(({ key }) => this.shown.get(key) ?? []);
    const wanted = this.rest.textContent ? [...items, this.rest] : items;
    if (!this.rest.textContent) this.rest.remove();
    if (wanted.every((item, index) => item === this.list.children[index])) return;
    const kept = wanted.find((item) => item.contains(document.activeElement)) ?? null;
    let isAfter = false;
    for (const item of wanted) {
      if (item === kept) isAfter = true;
      else this.list.insertBefore(item, isAfter ? null : kept);
    }
  }
}

/** Leaflet knows; its types do not. */
function hasDragged({ dragging }: LeafletMap): boolean {
  return (dragging as unknown as { moved(): boolean }).moved();
}

function makeLink({ key, href }: Target): HTMLElement {
  const link = href
    ? element("a", { class: "mk", href, draggable: "false" })
    : element("button", { class: "mk", type: "button" });
  link.dataset.sign = key;
  return link;
}

function keyAt(target: EventTarget | null): string | null {
  const link = target instanceof Element ? target.closest<HTMLElement>(".mk") : null;
  return link?.dataset.sign ?? null;
}

/** A sign looks like a button, whatever it is. */
function pressOnSpace(event: KeyboardEvent): void {
  const link = event.target;
  if (event.key !== " " || !(link instanceof HTMLAnchorElement)) return;
  event.preventDefault(); // the page would scroll
  link.click();
}

function roomFor(target: Target, among: Target[]): number {
  let room = BEST_PX;
  for (const other of among) {
    if (other === target) continue;
    const apart = Math.max(Math.abs(other.x - target.x), Math.abs(other.y - target.y));
    room = Math.min(room, apart);
  }
  return Math.max(LEAST_PX, room);
}

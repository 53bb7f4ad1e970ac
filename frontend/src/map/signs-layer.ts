/**
 * Signs on the map, drawn on a canvas: places and homes by themselves, many together as
 * "23 places". Over the nearest of them lie real links and buttons.
 */
import { Layer, type Map as LeafletMap } from "leaflet";

import { MAX_ZOOM, toLatLng } from "../geo";
import { letPageBreathe } from "./breathe";
import { locate, signAt, type Drawn, type Kinds } from "./drawn";
import { gatherSigns, placeKey, type Sign } from "./gather";
import { onColoursChange } from "./scheme";
import { SignArt } from "./sign-art";
import { SignCanvas } from "./sign-canvas";
import { SignLabel } from "./sign-label";
import { SignLinks } from "./sign-links";
import { boxesOf, inOrder, inView, uncovered } from "./sign-order";
import { follow, SignPointer } from "./sign-pointer";
import {
  fetchPoints,
  pointsIn,
  viewOf,
  type Points,
  type SignView,
} from "./sign-tiles";
import { showNames } from "./spot-names";
import { takeRoom } from "./taken";
import type { TileStore } from "./tile-store";

export type LoadState = "loading" | "ready" | "error";

export interface SignsOptions {
  /** What is shown, and how. */
  kinds: Kinds;
  store: TileStore;
  /** The place that the page is about, such as "assets 7": shown by itself. */
  subject?: string;
  onState: (state: LoadState) => void;
  /** The place under the pointer or the focus, such as "assets 7", or none. */
  onPoint?: (key: string | null) => void;
  /** A place is about to be opened. */
  onOpen?: (key: string, event: MouseEvent) => void;
  /** Nothing to zoom into any more: the list knows the names. */
  onList?: () => void;
  /** Where a place stands in the list beside the map; undefined where it is not there. */
  rankInList?: (key: string) => number | undefined;
}

/** What is dragged in is fetched while dragging, but not at every pixel. */
const WHILE_DRAGGING_MS = 250;
/** Near enough for places to stand by themselves, with their names. */
const NAMES_FROM = 15;

export class SignsLayer extends Layer {
  private readonly settings: SignsOptions;
  private points: Points = { assets: [], homes: [] };
  private signs: Sign[] = [];
  private drawn: Drawn[] = [];
  private running = new AbortController();
  private parts: Parts | null = null;
  private chosen: string;
  private pointed: string | null = null;
  /** The one whose name stands under it. */
  private labelled: string | null = null;
  private frame = 0;
  /** When was last seen to what a drag brings in. */
  private looked = 0;
  /** The view whose signs stand; "" where some are missing. */
  private shown = "";

  constructor(settings: SignsOptions) {
    super();
    this.settings = settings;
    this.chosen = settings.subject ?? "";
  }

  override onAdd(map: LeafletMap): this {
    const redraw = () => {
      this.redraw();
    };
    const art = new SignArt(map.getContainer(), redraw);
    this.parts = {
      art,
      canvas: new SignCanvas(map),
      label: new SignLabel(map),
      links: new SignLinks(map, {
        press: (key, event) => {
          this.press(key, event, true);
        },
        focus: (key) => {
          this.point(key);
        },
      }),
      pointer: new SignPointer(map, {
        at: (point) => signAt(this.drawn, point),
        point: (key) => {
          this.point(key);
        },
        press: (key, event) => {
          this.press(key, event, false);
        },
      }),
      stopColours: onColoursChange(() => {
        art.forget();
        redraw();
      }),
    };
    map.on("moveend", this.refresh, this);
    map.on("zoomend", this.place, this);
    map.on("move", this.drag, this);
    this.refresh();
    return this;
  }

  override onRemove(map: LeafletMap): this {
    map.off("moveend", this.refresh, this);
    map.off("zoomend", this.place, this);
    map.off("move", this.drag, this);
    this.running.abort();
    window.cancelAnimationFrame(this.frame);
    const { canvas, label, links, pointer, stopColours } = this.parts ?? {};
    stopColours?.();
    for (const part of [canvas, label, links, pointer]) part?.remove();
    takeRoom(map, []);
    this.parts = null;
    return this;
  }

  /** Makes the sign of one place stand out, or none. */
  highlight(layer: string, id: number | null): void {
    this.pointed = id === null ? null : placeKey(layer, id);
    this.redraw();
  }

  /** Marks the place that was opened last. */
  choose(key: string): void {
    if (key === this.chosen) return;
    this.chosen = key;
    this.place();
    this.redraw();
  }

  /** The link over a place's sign; null where it is not in view. */
  linkOf(key: string): HTMLElement | null {
    return this.parts?.links.link(key) ?? null;
  }

  /** The list beside the map is another: the links follow its order. */
  reorder(): void {
    this.place();
  }

  /** Fetches what is in view once more; `anew` also what is at hand. */
  retry(anew = false): void {
    if (anew) this.settings.store.forget();
    this.shown = "";
    this.refresh();
  }

  private refresh(): void {
    const before = this.running;
    this.running = new AbortController();
    const { signal } = this.running;
    const view = viewOf(this._map);
    this.redraw();
    if (view.key === this.shown) {
      before.abort();
      this.place();
      this.settings.onState("ready");
      return;
    }
    this.settings.onState("loading");
    this.load(view, signal).then(
      (state) => {
        this.settings.onState(state);
      },
      (error: unknown) => {
        if (signal.aborted) return;
        console.warn("signs", error);
        this.settings.onState("error");
      },
    );
    before.abort(); // after the newer view has asked: what both want goes on
  }

  private async load(view: SignView, signal: AbortSignal): Promise<LoadState> {
    const { kinds, store, subject } = this.settings;
    const layers = (["assets", "homes"] as const).filter((layer) => kinds[layer]);
    const { points, missing } = await fetchPoints(layers, view.tiles, store, signal);
    for (const layer of layers) {
      // Rather what was there before than nothing, where a line is lost.
      if (missing && points[layer].length === 0) points[layer] = this.points[layer];
    }
    this.points = points;
    await letPageBreathe(signal);
    const near = pointsIn(view.box, points);
    const signs = gatherSigns(near, view.zoom, subject, this.parts?.art.scale ?? 1);
    await letPageBreathe(signal);
    if (this.parts?.canvas.isZooming) return "loading"; // to where nobody looks any more
    this.signs = signs;
    this.shown = missing ? "" : view.key;
    this.place();
    this.draw();
    return missing ? "error" : "ready";
  }

  private drag(): void {
    if (!this.parts?.canvas.fits) return; // it is zooming
    if (this.parts.canvas.isLeft) this.redraw();
    const now = performance.now();
    if (now - this.looked < WHILE_DRAGGING_MS) return;
    this.looked = now;
    if (viewOf(this._map).key !== this.shown) this.refresh();
  }

  private redraw(): void {
    window.cancelAnimationFrame(this.frame);
    this.frame = window.requestAnimationFrame(() => {
      if (!this.parts?.canvas.fits) return; // better ones are on their way
      this.locate();
      this.draw();
    });
  }

  /** Works out where each sign is, and lays the links over those in view. */
  private place(): void {
    const { parts } = this;
    const map = this._map as LeafletMap | null;
    if (!parts || !map) return;
    this.locate();
    const seen = inView(map, this.drawn);
    const clear = uncovered(map, seen);
    parts.links.show(inOrder(map, clear, this.settings.rankInList), this.chosen);
    takeRoom(map, boxesOf(map, seen));
  }

  private locate(): void {
    const { parts, settings } = this;
    if (parts) this.drawn = locate(this._map, this.signs, settings.kinds, parts.art);
  }

  private draw(): void {
    const { parts, settings, drawn } = this;
    if (!parts) return;
    const isOn = ({ key }: Drawn) => key === this.pointed || key === this.chosen;
    const rank = (one: Drawn) => (isOn(one) ? 2 : one.sign.place ? 1 : 0);
    parts.canvas.draw((context) => {
      for (const one of [...drawn].sort((a, b) => rank(a) - rank(b))) {
        const kind = settings.kinds[one.sign.layer];
        const spot = { x: one.x, y: one.y, chosen: isOn(one) };
        if (kind) parts.art.draw(context, one.sign, kind, spot);
      }
    });
    if (this.labelled) parts.label.show(this.find(this.labelled) ?? null);
  }

  private point(key: string | null): void {
    if (key === this.labelled) return;
    this.labelled = this.pointed = key;
    this.parts?.label.show(key ? (this.find(key) ?? null) : null);
    this.settings.onPoint?.(key);
    this.redraw();
  }

  private find(key: string): Drawn | undefined {
    return this.drawn.find((drawn) => drawn.key === key);
  }

  /** `isLink`: the browser follows a link by itself. */
  private press(key: string, event: MouseEvent, isLink: boolean): void {
    const { sign, href } = this.find(key) ?? {};
    const kind = sign && this.settings.kinds[sign.layer];
    if (!sign || !kind) return;
    const open = (place: string, how: MouseEvent) => this.settings.onOpen?.(place, how);
    if (href) {
      open(key, event);
      if (!isLink) follow(href, event);
    } else if (sign.together) {
      showNames(sign, kind, open);
    } else if (this._map.getZoom() >= MAX_ZOOM) {
      this.settings.onList?.();
    } else {
      const map = this._map;
      const nearer = Math.max(map.getZoom() + 2, sign.count === 1 ? NAMES_FROM : 0);
      map.getContainer().focus({ preventScroll: true });
      map.setView(toLatLng(sign.at), Math.min(MAX_ZOOM, nearer));
    }
  }
}

interface Parts {
  art: SignArt;
  canvas: SignCanvas;
  label: SignLabel;
  links: SignLinks;
  pointer: SignPointer;
  stopColours: () => void;
}

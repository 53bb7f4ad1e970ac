/**
 * Names of places and postcodes over our own ground, as many as fit between the signs.
 * For the eye: the list has them all.
 */
import { DomUtil, Layer, type Map as LeafletMap } from "leaflet";

import { element } from "../dom";
import { tilesCovering, tileZoom, toBBox, toLatLng, type TileId } from "../geo";
import { readPoints, type TilePoint } from "../mvt";
import {
  mostLabels,
  placeLabels,
  rankOf,
  strayAt,
  type Box,
  type Label,
  type PlacedLabel,
  type Rank,
} from "./labels";
import { roomTaken, TAKEN } from "./taken";
import { whereabouts } from "./map-foot";
import type { TileStore } from "./tile-store";
import { nameElement, TypeSetter } from "./type-setter";

/** From here on postcodes are written out, near enough to a door to find it by. */
const CODES_FROM = 16;
/** How far above its dot a postcode stands. */
const ABOVE_DOT_PX = 13;
const EDGE_PX = 4;

interface Name {
  point: TilePoint;
  text: string;
  rank: Rank;
  weight: number;
  lift: number;
}

export class NamesLayer extends Layer {
  private readonly store: TileStore;
  private readonly box = element("div", { class: "names", "aria-hidden": "true" });
  private readonly nearest = element("p", { class: "nearest", "aria-hidden": "true" });
  private readonly setter = new TypeSetter(this.box);
  private running = new AbortController();
  private names: Name[] = [];
  private soon = 0;

  constructor(store: TileStore) {
    super();
    this.store = store;
  }

  override onAdd(map: LeafletMap): this {
    map
      .getPane("tilePane")
      ?.parentElement?.insertBefore(this.box, map.getPane("overlayPane") ?? null);
    map.getContainer().append(this.nearest);
    map.on("moveend resize", this.refresh, this);
    map.on("resize", this.measureAnew, this);
    map.on("zoomstart", this.clear, this);
    // Signs come and go after the names have been set: the names then make way.
    map.on(TAKEN, this.placeSoon, this);
    void document.fonts.ready.then(() => {
      this.measureAnew();
    });
    this.refresh();
    return this;
  }

  override onRemove(map: LeafletMap): this {
    map.off("moveend resize", this.refresh, this);
    map.off("resize", this.measureAnew, this);
    map.off("zoomstart", this.clear, this);
    map.off(TAKEN, this.placeSoon, this);
    window.clearTimeout(this.soon);
    this.running.abort();
    this.clear();
    this.box.remove();
    this.nearest.remove();
    return this;
  }

  private clear(): void {
    this.names = [];
    this.box.replaceChildren();
  }

  private refresh(): void {
    this.running.abort(); // a newer view supersedes the one being fetched
    this.running = new AbortController();
    const { signal } = this.running;
    this.load(signal).catch((error: unknown) => {
      if (!signal.aborted) console.warn("place names", error);
    });
  }

  private async load(signal: AbortSignal): Promise<void> {
    const zoom = this._map.getZoom();
    const tiles = tilesCovering(toBBox(this._map.getBounds()), tileZoom(zoom));
    const found = await Promise.all(
      tiles.map((tile) => this.namesIn(tile, zoom, signal)),
    );
    if (signal.aborted) return;
    this.names = found.flat();
    this.placeSoon();
    const named = this.names.some(({ rank }) => rank !== "code");
    // A view of the sea or of a moor says at least where it is.
    const words = named ? null : await whereabouts(this.store, this._map, signal);
    if (!signal.aborted) this.nearest.textContent = words ?? "";
  }

  private async namesIn(
    tile: TileId,
    zoom: number,
    signal: AbortSignal,
  ): Promise<Name[]> {
    const areas = await this.store.get("areas", tile, signal);
    const places = readPoints(areas, "places", tile).map((point) => ({
      ...nameOf(point, "name"),
      rank: rankOf(Number(point.properties.pop ?? 0), zoom),
      weight: Number(point.properties.pop ?? 0),
      lift: 0,
    }));
    const close = zoom >= CODES_FROM;
    const codes = close
      ? readPoints(await this.store.get("postcodes", tile, signal), "postcodes", tile)
      : readPoints(areas, "codes", tile);
    const written = codes
      .filter(({ properties }) => properties.code !== undefined)
      .map((point) => {
        const name = nameOf(point, "code");
        const text = close ? spaced(name.text) : name.text;
        const lift = close ? ABOVE_DOT_PX : 0;
        return { ...name, text, rank: "code" as const, weight: 0, lift };
      });
    return [...places, ...written];
  }

  private measureAnew(): void {
    this.setter.forget();
    this.placeSoon();
  }

  /** Once for all that comes at a time, and not in the task in which signs are drawn. */
  private placeSoon(): void {
    window.clearTimeout(this.soon);
    this.soon = window.setTimeout(() => {
      this.place();
    });
  }

  private place(): void {
    const map = this._map as LeafletMap | null;
    if (!map || this.names.length === 0) return;
    const { x: width, y: height } = map.getSize();
    const room = {
      view: {
        left: EDGE_PX,
        top: EDGE_PX,
        right: width - EDGE_PX,
        bottom: height - EDGE_PX,
      },
      taken: [...roomTaken(map), ...takenByButtons(map.getContainer())],
      most: mostLabels(width, height),
      stray: strayAt(map.getZoom()),
    };
    const labels = this.names.map((name) => this.toLabel(map, name));
    this.box.replaceChildren(
      ...placeLabels(labels, room).map((placed) => toElement(map, placed)),
    );
  }

  private toLabel(map: LeafletMap, { point, text, rank, weight, lift }: Name): Label {
    const { x, y } = map.latLngToContainerPoint(toLatLng(point.at));
    return { x, y: y - lift, text, rank, weight, ...this.setter.measure(text, rank) };
  }
}

function nameOf(point: TilePoint, key: string): { point: TilePoint; text: string } {
  return { point, text: String(point.properties[key]) };
}

/** "M332DH" as people write it: "M33 2DH". */
function spaced(code: string): string {
  return `${code.slice(0, -3)} ${code.slice(-3)}`;
}

/** Boxes of the buttons around the map, from its top left corner. */
function takenByButtons(container: HTMLElement): Box[] {
  const frame = container.getBoundingClientRect();
  const root = container.parentElement ?? container;
  return [...root.querySelectorAll(".map-ui > *, details.map-ui")].map((sign) => {
    const { left, top, right, bottom } = sign.getBoundingClientRect();
    return {
      left: left - frame.left,
      top: top - frame.top,
      right: right - frame.left,
      bottom: bottom - frame.top,
    };
  });
}

function toElement(map: LeafletMap, { label, box }: PlacedLabel): HTMLElement {
  const node = nameElement(label.text, label.rank);
  const corner = map.containerPointToLayerPoint([box.left, box.top]);
  DomUtil.setPosition(node, corner);
  return node;
}

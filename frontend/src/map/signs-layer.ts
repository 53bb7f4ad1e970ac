/**
 * Signs on the map: places and homes as links with their names, many together as a
 * button "23 places, zoom in". Real elements, so that Tab and screen readers find them.
 */
import { DivIcon, DomEvent, Layer, Marker, type Map as LeafletMap } from "leaflet";

import type { TileLayerName } from "../api";
import { MAX_ZOOM, tilesCovering, toBBox, toLatLng } from "../geo";
import { readPoints } from "../mvt";
import { gatherSigns, type Sign } from "./gather";
import { clusterSign, placeSign, type SignKind } from "./signs";
import type { TileStore } from "./tile-store";

export interface SignsOptions {
  layer: Extract<TileLayerName, "assets" | "homes">;
  kind: SignKind;
  store: TileStore;
  onState: (state: "loading" | "ready" | "error") => void;
}

export class SignsLayer extends Layer {
  private readonly settings: SignsOptions;
  private shown = new Map<string, Marker>();
  private running = new AbortController();

  constructor(settings: SignsOptions) {
    super();
    this.settings = settings;
  }

  override onAdd(map: LeafletMap): this {
    map.on("moveend", this.refresh, this);
    this.refresh();
    return this;
  }

  override onRemove(map: LeafletMap): this {
    map.off("moveend", this.refresh, this);
    this.running.abort();
    for (const marker of this.shown.values()) marker.remove();
    this.shown.clear();
    return this;
  }

  get name(): SignsOptions["layer"] {
    return this.settings.layer;
  }

  /** Makes the sign of one place stand out, or none. */
  highlight(id: number | null): void {
    for (const [key, marker] of this.shown) {
      const link = marker.getElement()?.firstElementChild;
      link?.classList.toggle("on", id !== null && key === `place ${String(id)}`);
    }
  }

  private refresh(): void {
    this.running.abort(); // a newer view supersedes the one being fetched
    this.running = new AbortController();
    const { signal } = this.running;
    this.settings.onState("loading");
    this.load(signal).then(
      () => {
        if (!signal.aborted) this.settings.onState("ready");
      },
      (error: unknown) => {
        if (signal.aborted) return;
        console.warn(this.settings.layer, error);
        this.settings.onState("error");
      },
    );
  }

  private async load(signal: AbortSignal): Promise<void> {
    const map = this._map;
    const zoom = map.getZoom();
    const { layer, store } = this.settings;
    const tiles = tilesCovering(toBBox(map.getBounds().pad(0.1)), zoom);
    const found = await Promise.all(
      tiles.map(async (tile) =>
        readPoints(await store.get(layer, tile, signal), layer, tile),
      ),
    );
    if (signal.aborted) return;
    this.show(map, gatherSigns(found.flat(), zoom));
  }

  /** Keeps the signs that stay, so that the one in focus is not torn away. */
  private show(map: LeafletMap, signs: Sign[]): void {
    const wanted = new Map(signs.map((sign) => [keyOf(sign), sign]));
    for (const [key, marker] of this.shown) {
      if (wanted.has(key)) continue;
      marker.remove();
      this.shown.delete(key);
    }
    for (const [key, sign] of wanted) {
      if (!this.shown.has(key)) this.shown.set(key, this.put(map, sign));
    }
  }

  private put(map: LeafletMap, sign: Sign): Marker {
    const { kind } = this.settings;
    const node = sign.place
      ? placeSign(sign.place, kind)
      : clusterSign(sign.count, kind, () => {
          const zoom = Math.min(MAX_ZOOM, map.getZoom() + 2);
          map.getContainer().focus({ preventScroll: true });
          map.setView(toLatLng(sign.at), zoom);
        });
    DomEvent.disableClickPropagation(node);
    return new Marker(toLatLng(sign.at), {
      icon: new DivIcon({ html: node, className: "sign", iconSize: [0, 0] }),
      keyboard: false, // the link or button inside takes the focus
      interactive: false,
      zIndexOffset: sign.place ? 1000 : 0,
    }).addTo(map);
  }
}

function keyOf({ place, at, count }: Sign): string {
  if (place) return `place ${String(place.id)}`;
  return `${String(count)} at ${at.map((degrees) => degrees.toFixed(6)).join(",")}`;
}

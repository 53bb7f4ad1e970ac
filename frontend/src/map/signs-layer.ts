/**
 * Signs on the map: places and homes as links with their names, many together as a
 * button "23 places, zoom in". Real elements, so that Tab and screen readers find them.
 */
import { DivIcon, DomEvent, Layer, Marker, type Map as LeafletMap } from "leaflet";

import {
  MAX_ZOOM,
  tilesCovering,
  tileZoom,
  toBBox,
  toLatLng,
  type TileId,
} from "../geo";
import { readPoints, type TilePoint } from "../mvt";
import { gatherSigns, placeKey, type Layer as SignLayer, type Sign } from "./gather";
import { clusterSign, placeSign, type SignKind } from "./signs";
import type { TileStore } from "./tile-store";

export type LoadState = "loading" | "ready" | "error";

export interface SignsOptions {
  /** What is shown, and how. */
  kinds: Partial<Record<SignLayer, SignKind>>;
  store: TileStore;
  /** The place that the page is about, such as "assets 7": shown by itself. */
  subject?: string;
  onState: (state: LoadState) => void;
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

  /** Makes the sign of one place stand out, or none. */
  highlight(layer: string, id: number | null): void {
    for (const [key, marker] of this.shown) {
      const link = marker.getElement()?.firstElementChild;
      link?.classList.toggle("on", id !== null && key === placeKey(layer, id));
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
        console.warn("signs", error);
        this.settings.onState("error");
      },
    );
  }

  private async load(signal: AbortSignal): Promise<void> {
    const map = this._map;
    const zoom = map.getZoom();
    const tiles = tilesCovering(toBBox(map.getBounds()), tileZoom(zoom));
    const [assets, homes] = await Promise.all([
      this.points("assets", tiles, signal),
      this.points("homes", tiles, signal),
    ]);
    if (signal.aborted) return;
    this.show(map, gatherSigns({ assets, homes }, zoom, this.settings.subject));
  }

  private async points(
    layer: SignLayer,
    tiles: TileId[],
    signal: AbortSignal,
  ): Promise<TilePoint[]> {
    const { kinds, store } = this.settings;
    if (!kinds[layer]) return [];
    const found = await Promise.all(
      tiles.map(async (tile) =>
        readPoints(await store.get(layer, tile, signal), layer, tile),
      ),
    );
    return found.flat();
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
      const kind = this.settings.kinds[sign.layer];
      if (kind && !this.shown.has(key)) this.shown.set(key, put(map, sign, kind));
    }
    const subject = this.shown.get(this.settings.subject ?? "");
    subject?.getElement()?.firstElementChild?.classList.add("on");
  }
}

function put(map: LeafletMap, sign: Sign, kind: SignKind): Marker {
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

function keyOf({ layer, place, at, count }: Sign): string {
  if (place) return placeKey(layer, place.id);
  const spot = at.map((degrees) => degrees.toFixed(6)).join(",");
  return `${String(count)} ${layer} at ${spot}`;
}

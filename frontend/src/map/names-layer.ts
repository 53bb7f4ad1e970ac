/** Place names over our own ground, as many as fit. For the eye: the list has them all. */
import { DomUtil, Layer, type Map as LeafletMap } from "leaflet";

import { element } from "../dom";
import { tilesCovering, tileZoom, toBBox, toLatLng } from "../geo";
import { readPoints, type TilePoint } from "../mvt";
import { fittingLabels, type Label } from "./labels";
import type { TileStore } from "./tile-store";

const BIG_TOWN = 50_000;

export class NamesLayer extends Layer {
  private readonly store: TileStore;
  private readonly box = element("div", { class: "names", "aria-hidden": "true" });
  private running = new AbortController();

  constructor(store: TileStore) {
    super();
    this.store = store;
  }

  override onAdd(map: LeafletMap): this {
    map
      .getPane("tilePane")
      ?.parentElement?.insertBefore(this.box, map.getPane("overlayPane") ?? null);
    map.on("moveend", this.refresh, this);
    map.on("zoomstart", this.clear, this);
    this.refresh();
    return this;
  }

  override onRemove(map: LeafletMap): this {
    map.off("moveend", this.refresh, this);
    map.off("zoomstart", this.clear, this);
    this.running.abort();
    this.box.remove();
    return this;
  }

  private clear(): void {
    this.box.replaceChildren();
  }

  private refresh(): void {
    this.running.abort(); // a newer view supersedes the one being fetched
    this.running = new AbortController();
    const { signal } = this.running;
    this.draw(signal).catch((error: unknown) => {
      if (!signal.aborted) console.warn("place names", error);
    });
  }

  private async draw(signal: AbortSignal): Promise<void> {
    const map = this._map;
    const tiles = tilesCovering(toBBox(map.getBounds()), tileZoom(map.getZoom()));
    const found = await Promise.all(
      tiles.map(async (tile) =>
        readPoints(await this.store.get("areas", tile, signal), "places", tile),
      ),
    );
    if (signal.aborted) return;
    const labels = fittingLabels(found.flat().map((point) => toLabel(map, point)));
    this.box.replaceChildren(...labels.map(toElement));
  }
}

function toLabel(map: LeafletMap, { at, properties }: TilePoint): Label {
  const { x, y } = map.latLngToLayerPoint(toLatLng(at));
  return {
    x,
    y,
    text: String(properties.name),
    population: Number(properties.pop ?? 0),
  };
}

function toElement(label: Label): HTMLElement {
  const big = label.population >= BIG_TOWN ? " big" : "";
  const span = element("span", { class: `pl${big}` }, label.text);
  DomUtil.setPosition(span, window.L.point(label.x, label.y));
  return span;
}

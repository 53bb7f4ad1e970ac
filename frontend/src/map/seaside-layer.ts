/**
 * Land under the postcodes that a coarse outline leaves in the sea: a town stands on
 * ground, wherever the drawn coast runs.
 */
import type { Coords } from "leaflet";

import { readShapes } from "../mvt";
import { landAround, outside } from "./coast";
import { colourOf } from "./scheme";
import { MARGIN_PX } from "./settlement-shade";
import { drawDiscs, SpotsLayer, tileOf } from "./spots-layer";
import type { TileStore } from "./tile-store";

export class SeasideLayer extends SpotsLayer {
  constructor(store: TileStore) {
    super(store, "seaside");
  }

  protected override async paint(
    context: CanvasRenderingContext2D,
    coords: Coords,
  ): Promise<void> {
    const radius = landAround(coords.z, MARGIN_PX);
    if (radius === 0) return;
    const [spots, areas] = await Promise.all([
      this.ownSpots(coords),
      this.store.get("areas", tileOf(coords)),
    ]);
    const wet = outside(spots, readShapes(areas, "areas"));
    drawDiscs(context, wet, colourOf("--map-land"), () => radius);
  }
}

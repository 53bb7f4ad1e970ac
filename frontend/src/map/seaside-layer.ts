/**
 * Land under the postcodes that a coarse outline leaves in the sea: a town stands on
 * ground, wherever the drawn coast runs.
 */
import type { Coords } from "leaflet";

import { readShapes } from "../mvt";
import { landAround, outside } from "./coast";
import { colourOf } from "./scheme";
import { MARGIN_PX } from "./settlement-shade";
import { drawDiscs, SpotsLayer, tileOf, type Draw } from "./spots-layer";
import type { TileStore } from "./tile-store";
import { inTurn } from "./turns";

export class SeasideLayer extends SpotsLayer {
  constructor(store: TileStore) {
    super(store, "seaside");
  }

  protected override async prepare(coords: Coords): Promise<Draw> {
    const radius = landAround(coords.z, MARGIN_PX);
    if (radius === 0) return () => undefined;
    const [spots, areas] = await Promise.all([
      this.ownSpots(coords),
      this.store.get("areas", tileOf(coords)),
    ]);
    const wet = await inTurn(() => outside(spots, readShapes(areas, "areas")));
    return (context) => {
      drawDiscs(context, wet, colourOf("--map-land"), () => radius);
    };
  }
}

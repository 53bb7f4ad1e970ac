/** Keeps the tiles of this page, so that going back to a view asks for nothing. */
import { fetchTile, type TileLayerName } from "../api";
import type { TileId } from "../geo";

const MOST = 400;

export class TileStore {
  private readonly kept = new Map<string, ArrayBuffer>();
  private readonly filters: URLSearchParams;

  /** `filters` go with every tile that is asked for. */
  constructor(filters = new URLSearchParams()) {
    this.filters = filters;
  }

  async get(
    layer: TileLayerName,
    tile: TileId,
    signal?: AbortSignal,
  ): Promise<ArrayBuffer> {
    const key = [layer, tile.z, tile.x, tile.y].join("/");
    const known = this.kept.get(key);
    if (known) return known;
    const data = await fetchTile(layer, tile, this.filters, signal);
    this.kept.set(key, data);
    const [oldest] = this.kept.keys();
    if (this.kept.size > MOST && oldest !== undefined) this.kept.delete(oldest);
    return data;
  }
}

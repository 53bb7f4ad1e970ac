/**
 * Keeps the tiles of this page, so that going back to a view asks for nothing, and two
 * layers that want one tile ask for it once.
 */
import { ApiError, fetchTile, type TileLayerName } from "../api";
import type { TileId } from "../geo";

const MOST = 400;
/** How long a line that was lost for a moment gets to come back. */
const RETRY_AFTER_MS = 700;
const BUSY = [502, 503, 504];

interface Request {
  data: Promise<ArrayBuffer>;
  /** How many still wait; without any the request is called off. */
  waiting: number;
  stop: AbortController;
}

export class TileStore {
  private kept = new Map<string, ArrayBuffer>();
  private readonly asked = new Map<string, Request>();
  private readonly filters: URLSearchParams;

  /** `filters` go with every tile that is asked for. */
  constructor(filters = new URLSearchParams()) {
    this.filters = filters;
  }

  /** A tile that is at hand, without waiting. */
  known(layer: TileLayerName, tile: TileId): ArrayBuffer | undefined {
    return this.kept.get(keyOf(layer, tile));
  }

  async get(
    layer: TileLayerName,
    tile: TileId,
    signal?: AbortSignal,
  ): Promise<ArrayBuffer> {
    const key = keyOf(layer, tile);
    const known = this.kept.get(key);
    if (known) return known;
    const request = this.asked.get(key) ?? this.ask(key, layer, tile);
    request.waiting += 1;
    const leave = () => {
      request.waiting -= 1;
      if (request.waiting > 0) return;
      this.asked.delete(key);
      request.stop.abort();
    };
    signal?.addEventListener("abort", leave, { once: true });
    try {
      const data = await request.data;
      signal?.throwIfAborted();
      return data;
    } finally {
      signal?.removeEventListener("abort", leave);
    }
  }

  /** Asks anew from now on: what is kept may be out of date. */
  forget(): void {
    this.kept = new Map();
  }

  private ask(key: string, layer: TileLayerName, tile: TileId): Request {
    const stop = new AbortController();
    const data = this.fetch(key, layer, tile, stop.signal);
    const request = { data, waiting: 0, stop };
    this.asked.set(key, request);
    const done = () => {
      if (this.asked.get(key) === request) this.asked.delete(key);
    };
    data.then(done, done);
    return request;
  }

  private async fetch(
    key: string,
    layer: TileLayerName,
    tile: TileId,
    signal: AbortSignal,
  ): Promise<ArrayBuffer> {
    const { kept } = this; // what is forgotten meanwhile stays forgotten
    const once = () => fetchTile(layer, tile, this.filters, signal);
    const data = await once().catch(async (error: unknown) => {
      if (signal.aborted || !mayPass(error)) throw error;
      await pause(RETRY_AFTER_MS);
      signal.throwIfAborted();
      return once();
    });
    kept.set(key, data);
    const [oldest] = kept.keys();
    if (kept.size > MOST && oldest !== undefined) kept.delete(oldest);
    return data;
  }
}

function keyOf(layer: TileLayerName, { z, x, y }: TileId): string {
  return [layer, z, x, y].join("/");
}

/** A line that was lost, or a server that is busy: worth asking once more. */
function mayPass(error: unknown): boolean {
  return error instanceof ApiError ? BUSY.includes(error.status) : true;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

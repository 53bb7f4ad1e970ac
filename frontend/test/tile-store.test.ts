import { afterEach, expect, it, vi } from "vitest";

import { TileStore } from "../src/map/tile-store";

const TILE = { z: 12, x: 2021, y: 1326 };

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** Answers in turn; what is no status is a line that is lost. */
function answering(...statuses: (number | "lost")[]): { signals: AbortSignal[] } {
  const seen: { signals: AbortSignal[] } = { signals: [] };
  vi.stubGlobal("fetch", (_: string, init: { signal: AbortSignal }) => {
    seen.signals.push(init.signal);
    const status = statuses.shift() ?? 200;
    if (status === "lost") return Promise.reject(new TypeError("network"));
    return Promise.resolve(new Response(new Uint8Array([1, 2]), { status }));
  });
  return seen;
}

it("asks once for a tile that two layers want, and keeps it", async () => {
  const asked = answering();
  const store = new TileStore();

  const both = await Promise.all([store.get("areas", TILE), store.get("areas", TILE)]);

  expect(both[0]).toBe(both[1]);
  expect(await store.get("areas", TILE)).toBe(both[0]);
  expect(asked.signals).toHaveLength(1);
});

it("asks anew once what it kept is forgotten", async () => {
  const asked = answering();
  const store = new TileStore();
  await store.get("assets", TILE);

  store.forget();
  await store.get("assets", TILE);

  expect(asked.signals).toHaveLength(2);
});

it("calls a request off only when nobody waits for it any more", () => {
  const signals: AbortSignal[] = [];
  vi.stubGlobal("fetch", (_: string, init: { signal: AbortSignal }) => {
    signals.push(init.signal);
    return new Promise(() => undefined);
  });
  const store = new TileStore();
  const [before, after] = [new AbortController(), new AbortController()];
  void store.get("assets", TILE, before.signal).catch(() => undefined);
  void store.get("assets", TILE, after.signal).catch(() => undefined);

  before.abort();
  expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
  after.abort();

  expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
});

it.each(["lost", 503] as const)("tries once more after %s", async (first) => {
  vi.useFakeTimers();
  const asked = answering(first, 200);

  const tile = new TileStore().get("assets", TILE);
  await vi.advanceTimersByTimeAsync(1000);

  expect((await tile).byteLength).toBe(2);
  expect(asked.signals).toHaveLength(2);
});

it("gives up after the second time, and asks again when it is wanted again", async () => {
  vi.useFakeTimers();
  const asked = answering("lost", "lost", 200);
  const store = new TileStore();
  const failing = expect(store.get("assets", TILE)).rejects.toThrow("network");
  await vi.advanceTimersByTimeAsync(1000);
  await failing;

  expect((await store.get("assets", TILE)).byteLength).toBe(2);
  expect(asked.signals).toHaveLength(3);
});

it("takes a refusal for an answer", async () => {
  const asked = answering(400);

  await expect(new TileStore().get("assets", TILE)).rejects.toThrow("400");

  expect(asked.signals).toHaveLength(1);
});

import { afterEach, expect, it, vi } from "vitest";

import { ApiError, fetchList, fetchNearestPostcode, fetchTile } from "../src/api";

const SIGNAL = new AbortController().signal;

afterEach(() => {
  vi.unstubAllGlobals();
});

/** Answers every request the same way, and remembers what was asked. */
function answering(body: string, status = 200): string[] {
  const asked: string[] = [];
  vi.stubGlobal("fetch", (url: string) => {
    asked.push(url);
    return Promise.resolve(new Response(body, { status }));
  });
  return asked;
}

it("asks for a tile with its filters", async () => {
  const asked = answering("");
  const filters = new URLSearchParams({ category: "faith" });

  await fetchTile("assets", { z: 12, x: 2021, y: 1326 }, filters);
  await fetchTile("areas", { z: 5, x: 15, y: 10 }, new URLSearchParams());

  expect(asked).toEqual([
    "/tiles/assets/12/2021/1326.mvt?category=faith",
    "/tiles/areas/5/15/10.mvt",
  ]);
});

it("asks for the list of a box", async () => {
  const asked = answering("<div></div>");

  await fetchList([-2.4, 53.4, -2.3, 53.5], new URLSearchParams({ q: "tea" }), SIGNAL);

  const query = new URL(asked[0] ?? "", "http://here").searchParams;
  expect(query.get("q")).toBe("tea");
  expect(query.get("bbox")).toBe("-2.400000,53.400000,-2.300000,53.500000");
});

it("reads the nearest postcode", async () => {
  answering(
    '{"count":1,"results":[{"name":"M33 3DF","kind":"postcode","distance_m":45}]}',
  );

  expect(await fetchNearestPostcode([-2.32, 53.42], SIGNAL)).toEqual({
    postcode: "M33 3DF",
    distance_m: 45,
  });
});

it.each(['{"count":0,"results":[]}', "{}", "[]", "null"])(
  "finds no postcode in %s",
  async (body) => {
    answering(body);

    expect(await fetchNearestPostcode([-2.32, 53.42], SIGNAL)).toBeNull();
  },
);

it("takes a 404 as no postcode, and any other refusal as an error", async () => {
  answering("", 404);
  expect(await fetchNearestPostcode([-2.32, 53.42], SIGNAL)).toBeNull();

  answering("", 500);
  await expect(fetchNearestPostcode([-2.32, 53.42], SIGNAL)).rejects.toThrow(ApiError);
});

import { describe, expect, it } from "vitest";

import { answered, cacheName, outdated } from "../../src/worker/answers";

const ORIGIN = "https://fans.example";
const shell = {
  version: "b",
  walk: "/places/walk/",
  noSignal: "/no-signal/",
  files: ["/static/frontend/build/assets/walk-1.js", "/static/frontend/icons.svg"],
};

const ask = (path: string, mode = "cors", method = "GET") =>
  answered({ url: new URL(path, ORIGIN).href, method, mode }, shell, ORIGIN);

describe("the worker", () => {
  it("answers the walk-round and its files from what is kept", () => {
    const cached = { by: "cache", key: "/places/walk/" };
    expect(ask("/places/walk/", "navigate")).toEqual(cached);
    expect(ask("/places/walk/?at=53.4,-2.3,17#queue", "navigate")).toEqual(cached);
    expect(ask("/static/frontend/icons.svg")).toEqual({
      by: "cache",
      key: "/static/frontend/icons.svg",
    });
  });

  it("shows that there is no signal only where another page cannot be reached", () => {
    expect(ask("/today/", "navigate")).toEqual({
      by: "network_else",
      key: "/no-signal/",
    });
  });

  it.each([
    ["/tiles/assets/14/8079/5312.mvt"],
    ["/places/outbox/"],
    ["/api/v1/assets/"],
    ["/photos/7/"],
    ["/static/frontend/build/assets/map-page-1.js"],
    ["https://tile.openstreetmap.org/1/2/3.png"],
  ])("never touches %s", (path) => {
    expect(ask(path)).toEqual({ by: "browser" });
  });

  it("never touches what is sent", () => {
    expect(ask("/places/walk/", "navigate", "POST")).toEqual({ by: "browser" });
  });

  it("deletes the caches of older workers, and no others", () => {
    const names = [cacheName("a"), cacheName("b"), "somebody-elses"];
    expect(outdated(names, "b")).toEqual([cacheName("a")]);
  });
});

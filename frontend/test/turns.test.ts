import { expect, it, vi } from "vitest";

import { inTurn } from "../src/map/turns";

/** Pieces of work that take so long each, by a clock that only they move. */
function longJobs(count: number, ms: number, log: string[]): Promise<unknown>[] {
  let now = 0;
  vi.spyOn(performance, "now").mockImplementation(() => now);
  return Array.from({ length: count }, (_, index) =>
    inTurn(() => {
      now += ms;
      log.push(String(index));
    }),
  );
}

it("does what waits in the order in which it came, and gives back what it returns", async () => {
  const log: string[] = [];
  const jobs = ["a", "b", "c"].map((name) => inTurn(() => log.push(name)));

  expect(log).toEqual([]);
  expect(await Promise.all(jobs)).toEqual([1, 2, 3]);
  expect(log).toEqual(["a", "b", "c"]);
});

it("lets others go between two long pieces of work", async () => {
  const log: string[] = [];
  const jobs = longJobs(3, 50, log);
  setTimeout(() => log.push("a drag"));
  await Promise.all(jobs);
  vi.restoreAllMocks();

  expect(log.indexOf("a drag")).toBeGreaterThan(0);
  expect(log.indexOf("a drag")).toBeLessThan(3);
});

it("does short pieces together", async () => {
  const log: string[] = [];
  const jobs = longJobs(3, 1, log);
  setTimeout(() => log.push("a drag"));
  await Promise.all(jobs);
  vi.restoreAllMocks();

  expect(log).toEqual(["0", "1", "2"]);
});

it("goes on after a piece that fails", async () => {
  const failing = inTurn(() => {
    throw new Error("no such tile");
  });
  const next = inTurn(() => "drawn");

  await expect(failing).rejects.toThrow("no such tile");
  expect(await next).toBe("drawn");
});

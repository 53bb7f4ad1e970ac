import { describe, expect, it } from "vitest";

import { isEmpty, missing, newItem, waitMs } from "../../src/outbox/items";
import { matches } from "../../src/outbox/kind-search";
import { fitted } from "../../src/outbox/pictures";
import { places, saidOf, stopWords } from "../../src/outbox/words";
import { photo, place } from "./memory";

const said = (
  changes: Parameters<typeof place>[1],
  photos = [] as ReturnType<typeof photo>[],
) => saidOf(place("a", changes), photos, true).words;

describe("what the list says", () => {
  it("tells waiting for a signal from waiting for its turn", () => {
    const at = new Date(2026, 4, 3, 10, 42).getTime();
    const item = place("a", { savedAt: at });
    expect(saidOf(item, [], false).words).toBe("Waits for signal, saved 10:42");
    expect(saidOf({ ...item, tries: 2 }, [], true).words).toBe(
      "Waits to be sent, saved 10:42, tried twice",
    );
  });

  it("says whether others see what was sent", () => {
    const sentAt = new Date(2026, 4, 3, 10, 12).getTime();
    expect(said({ state: "sent", sentAt, published: true })).toBe(
      "Sent 10:12, on the map",
    );
    expect(said({ state: "sent", sentAt })).toBe("Sent 10:12, waits for a champion");
  });

  it("does not call a place sent whose photos still wait", () => {
    const photos = [{ ...photo("1", "a"), state: "sent" as const }, photo("2", "a")];
    const now = saidOf(place("a", { state: "sent" }), photos, true);
    expect(now.words).toContain("1 of 2 photos sent");
    expect(now.mood).not.toBe("good");
  });

  it("says what needs the reader", () => {
    const problem = {
      kind: "fields" as const,
      errors: { name: ["Too long."] },
      detail: "",
    };
    expect(said({ state: "needs_you", problem })).toBe("Needs you: Too long.");
    const alike = { kind: "alike" as const, alike: [] };
    expect(said({ state: "needs_you", problem: alike })).toContain(
      "is it one that we have?",
    );
  });

  it.each([
    [1, "1st stop"],
    [2, "2nd stop"],
    [4, "4th stop"],
    [11, "11th stop"],
    [13, "13th stop"],
    [23, "23rd stop"],
  ])("counts %i as %s", (number, words) => {
    expect(stopWords(number)).toBe(words);
  });

  it("counts places", () => {
    expect([places(1), places(3)]).toEqual(["1 place", "3 places"]);
  });
});

describe("the form", () => {
  it("wants a name, a kind and where", () => {
    const bare = newItem("a", "ann", 0).values;
    expect(Object.keys(missing(bare))).toEqual(["name", "category", "postcode"]);
    expect(
      missing({ ...place("a").values, lon: "", lat: "", postcode: "M33 4QT" }),
    ).toEqual({});
    expect(missing(place("a").values)).toEqual({});
  });

  it("is empty while only the map stands somewhere", () => {
    const item = newItem("a", "ann", 0);
    expect(isEmpty({ ...item, values: { ...item.values, lon: "1", lat: "2" } })).toBe(
      true,
    );
    expect(isEmpty(place("a"))).toBe(false);
  });
});

it("waits twice as long after each failure, ten minutes at most", () => {
  expect([1, 2, 3, 50].map((tries) => waitMs(tries, null))).toEqual([
    5_000, 10_000, 20_000, 600_000,
  ]);
  expect(waitMs(1, 30)).toBe(30_000);
});

it("finds a kind by the beginnings of its words and examples", () => {
  const kind = "Hair and beauty barber, hairdresser, nail bar";
  expect(matches(kind, "barb")).toBe(true);
  expect(matches(kind, "nail b")).toBe(true);
  expect(matches(kind, "pub")).toBe(false);
  expect(matches(kind, "")).toBe(true);
});

it("scales photos down, never up", () => {
  expect(fitted(4000, 3000, 2000)).toEqual([2000, 1500]);
  expect(fitted(800, 600, 2000)).toEqual([800, 600]);
  expect(fitted(9000, 2, 2000)).toEqual([2000, 1]);
});

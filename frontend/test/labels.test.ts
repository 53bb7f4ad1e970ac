import { expect, it } from "vitest";

import {
  mostLabels,
  placeLabels,
  rankOf,
  type Box,
  type Label,
  type Rank,
  type Room,
} from "../src/map/labels";

const ROOM: Room = {
  view: { left: 0, top: 0, right: 800, bottom: 600 },
  taken: [],
  most: 40,
  stray: 1,
};

function label(
  text: string,
  x: number,
  y: number,
  weight = 0,
  rank: Rank = "second",
): Label {
  return { text, x, y, weight, rank, width: text.length * 9, height: 20 };
}

const texts = (labels: Label[], room: Partial<Room> = {}) =>
  placeLabels(labels, { ...ROOM, ...room }).map((placed) => placed.label.text);

const overlap = (a: Box, b: Box) =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

it("writes the larger of two names that would cover each other", () => {
  const both = [
    label("Brooklands", 210, 205, 12_000),
    label("Sale", 200, 200, 134_000),
  ];

  expect(texts(both)).toEqual(["Sale"]);
});

it("writes names that stand clear of each other", () => {
  const both = [label("Sale", 200, 200, 134_000), label("Urmston", 200, 260, 41_000)];

  expect(texts(both)).toEqual(["Sale", "Urmston"]);
});

it("goes by the measured width, not by the number of letters", () => {
  const wide = { ...label("MMMM", 200, 200, 2), width: 300 };
  const near = label("Hale", 340, 200, 1);

  expect(texts([wide, near])).toEqual(["MMMM"]);
  expect(texts([{ ...wide, width: 60 }, near])).toEqual(["MMMM", "Hale"]);
});

it("writes a town before a postcode, however the two come", () => {
  const both = [label("M33", 200, 200, 999_999, "code"), label("Sale", 200, 200, 5)];

  expect(texts(both)).toEqual(["Sale"]);
});

it("steps aside for a sign, and stays near", () => {
  const sign = { left: 150, top: 180, right: 250, bottom: 226 };

  const [placed] = placeLabels([label("Sale", 200, 200)], { ...ROOM, taken: [sign] });

  expect(placed).toBeDefined();
  expect(overlap(placed?.box ?? sign, sign)).toBe(false);
  expect(Math.abs((placed?.box.top ?? 0) + 10 - 200)).toBeLessThanOrEqual(54);
});

it("stays nearer to its place where a step is many kilometres", () => {
  const sign = { left: 100, top: 150, right: 300, bottom: 250 };

  expect(texts([label("Sale", 200, 200)], { taken: [sign] })).toEqual(["Sale"]);
  expect(texts([label("Sale", 200, 200)], { taken: [sign], stray: 0.7 })).toEqual([]);
});

it("leaves a name out where signs stand all around", () => {
  const everywhere = { left: 0, top: 0, right: 800, bottom: 600 };

  expect(texts([label("Sale", 200, 200)], { taken: [everywhere] })).toEqual([]);
});

it("never lets two boxes touch, whatever comes", () => {
  let seed = 7;
  const next = (below: number) => {
    seed = (seed * 16_807) % 2_147_483_647;
    return seed % below;
  };
  const many = Array.from({ length: 400 }, (_, index) =>
    label(`Town ${String(index)}`, next(800), next(600), next(100_000)),
  );
  const taken = Array.from({ length: 12 }, () => {
    const [left, top] = [next(700), next(550)];
    return { left, top, right: left + 112, bottom: top + 46 };
  });

  const boxes = placeLabels(many, { ...ROOM, taken }).map(({ box }) => box);

  expect(boxes.length).toBeGreaterThan(20);
  boxes.forEach((box, index) => {
    for (const other of [...boxes.slice(index + 1), ...taken])
      expect(overlap(box, other)).toBe(false);
    expect(box.left).toBeGreaterThanOrEqual(0);
    expect(box.bottom).toBeLessThanOrEqual(600);
  });
});

it("writes a name once, though two tiles may carry it", () => {
  const twice = [label("Sale", 200, 200), label("Sale", 500, 500)];

  expect(texts(twice)).toHaveLength(1);
});

it("stops at a readable number of names, fewer on a phone", () => {
  const many = Array.from({ length: 100 }, (_, index) =>
    label(
      `T${String(index)}`,
      40 + 70 * (index % 10),
      20 + 50 * Math.floor(index / 10),
    ),
  );

  expect(texts(many, { most: 12 })).toHaveLength(12);
  expect(mostLabels(390, 400)).toBeLessThan(mostLabels(800, 800) / 2);
});

it("ranks a town higher the closer one looks", () => {
  expect(rankOf(62_550, 6)).toBe("third");
  expect(rankOf(62_550, 9)).toBe("second");
  expect(rankOf(62_550, 12)).toBe("first");
  expect(rankOf(0, 18)).toBe("third");
});

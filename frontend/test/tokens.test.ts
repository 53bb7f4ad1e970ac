import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { describe, expect, it } from "vitest";

import { contrast } from "../src/map/contrast";
import { readScheme } from "../src/page/scheme";

const file = (name: string) =>
  readFileSync(
    fileURLToPath(new URL(`../src/styles/${name}`, import.meta.url)),
    "utf-8",
  );
const SCHEMES = ["day", "night", "bold"] as const;
type Scheme = (typeof SCHEMES)[number];
const tokens = Object.fromEntries(
  SCHEMES.map((scheme) => [scheme, colours(scheme)]),
) as Record<Scheme, Record<string, string>>;

function colours(scheme: Scheme): Record<string, string> {
  const found = file("tokens.css").matchAll(/--([\w-]+):\s*(var\(--day[^;]+);/g);
  return Object.fromEntries(
    [...found].map(([, name = "", value = ""]) => [
      name,
      new RegExp(`var\\(--${scheme}, ([^)]+)\\)`).exec(value)?.[1] ?? "",
    ]),
  );
}
const inks = [
  "ink",
  "ink-2",
  "door",
  "door-dark",
  "brick",
  "sky",
  "fresh",
  "brass-ink",
];
const families = ["place", "learn", "culture", "trade", "people", "serve"];
const pairs: [string, string][] = [
  ...inks.flatMap((ink) =>
    ["card", "plaster", "sand"].map((ground): [string, string] => [ink, ground]),
  ),
  ...families.map((family): [string, string] => [`fam-${family}`, "card"]),
  ...["in", "out", "online", "letter"].map((way): [string, string] => [
    `tie-${way}`,
    "card",
  ]),
  ["on-door", "door"],
  ["on-deep", "deep"],
  ["on-brass", "brass"],
  ["brass", "deep"],
  ["door-dark", "door-tint"],
  ["brass-ink", "brass-tint"],
  ["brick", "brick-tint"],
  ["sky", "sky-tint"],
  ["fresh", "fresh-tint"],
  ["tie-out-ink", "tie-out-tint"],
  ["tie-online", "tie-online-tint"],
  ["map-name", "map-land"],
  ["map-name", "map-dense"],
  ["map-name", "map-water"],
  ["ink-2", "map-land"],
  ["ink-2", "map-built"],
];

describe.each(SCHEMES)("the %s colours", (scheme) => {
  const told = tokens[scheme];

  it("set every token that the day sets", () => {
    expect(Object.keys(told).length).toBeGreaterThan(40);
    expect(Object.entries(told).filter(([, value]) => value === "")).toEqual([]);
  });

  it("let every text be read on its ground", () => {
    const least = scheme === "day" ? 4.5 : scheme === "night" ? 5.5 : 7;
    const faint = pairs
      .map(([ink, ground]) => ({
        pair: `${ink} on ${ground}`,
        has: contrast(told[ink] ?? "", told[ground] ?? ""),
      }))
      .filter(({ has }) => !(has >= least));
    expect(faint).toEqual([]);
  });

  it("let every edge of a control be seen", () => {
    for (const ground of ["card", "plaster"]) {
      expect(contrast(told.edge ?? "", told[ground] ?? "")).toBeGreaterThanOrEqual(3);
    }
  });
});

it("no other style sheet sets a colour of its own but for paper", () => {
  const sheets = [...file("main.css").matchAll(/@import "\.\/([\w-]+\.css)"/g)].map(
    ([, name = ""]) => name,
  );
  const paper = ["tokens.css", "night.css", "print.css", "month-sheet.css"];
  const set = sheets
    .filter((name) => !paper.includes(name))
    .flatMap((name) =>
      file(name)
        .split("\n")
        .filter((line) => /#[0-9a-f]{3,6}\b/i.test(line))
        .filter((line) => !/var\(--(day|night|bold), #/.test(line))
        .map((line) => `${name}: ${line.trim()}`),
    );
  expect(sheets).toContain("night.css");
  expect(set).toEqual(["pages.css: background: #fff;"]); // the white that a QR code needs
});

it("knows the three schemes, and nothing else that a browser may have kept", () => {
  expect(["day", "night", "contrast"].map(readScheme)).toEqual([
    "day",
    "night",
    "contrast",
  ]);
  expect(["", "dark", "<b>", null].map(readScheme)).toEqual([null, null, null, null]);
});

import { describe, expect, it } from "vitest";

import { place } from "../../src/month/placing";

const LINES = [
  { name: "Canal Side Garden", words: "Canal Side Garden, we go" },
  { name: "Holt’s Bakery", words: "Holt’s Bakery, they come" },
  { name: "Ukulele Circle", words: "Ukulele Circle, they come" },
  { name: "Ukulele Circle", words: "Ukulele Circle, online" },
];
const FIRST = { row: 0, column: 0 };

describe("a block of numbers", () => {
  it("goes line by line from the cell on", () => {
    const { edits } = place(
      [
        ["1", "2"],
        ["", "4"],
      ],
      { row: 1, column: 3 },
      LINES,
      31,
    );

    expect(edits).toEqual([
      { row: 1, column: 3, after: "1" },
      { row: 1, column: 4, after: "2" },
      { row: 2, column: 3, after: "" },
      { row: 2, column: 4, after: "4" },
    ]);
  });

  it("never runs into the people of the month", () => {
    const line = Array.from({ length: 31 }, () => "1");
    const placed = place([line], FIRST, LINES, 28);

    expect(placed.edits).toHaveLength(28);
    expect(placed.outside).toBe(3);
  });

  it("says what lies outside", () => {
    const placed = place([["1"], ["2"], ["3"]], { row: 2, column: 0 }, LINES, 31);

    expect(placed.edits).toHaveLength(2);
    expect(placed.outside).toBe(1);
  });

  it("may be put into people and how it went", () => {
    const { edits } = place([["12", "Good"]], { row: 0, column: 31 }, LINES, 31);

    expect(edits.map((edit) => edit.column)).toEqual([31, 32]);
  });
});

describe("a block with names", () => {
  it("goes to the lines of those names, in whatever order", () => {
    const block = [
      ["HOLT'S bakery", "1"],
      ["Canal Side Garden, we go", "2"],
    ];
    const { edits, unknown } = place(block, { row: 3, column: 9 }, LINES, 31);

    expect(edits).toEqual([
      { row: 1, column: 0, after: "1" },
      { row: 0, column: 0, after: "2" },
    ]);
    expect(unknown).toEqual([]);
  });

  it("names the lines that the sheet does not have, or has twice", () => {
    const block = [
      ["Library", "1"],
      ["Ukulele Circle", "1"],
      ["Ukulele Circle, online", "5"],
    ];
    const placed = place(block, FIRST, LINES, 31);

    expect(placed.unknown).toEqual(["Library", "Ukulele Circle"]);
    expect(placed.edits).toEqual([{ row: 3, column: 0, after: "5" }]);
  });

  it("follows a first row of days, and its words for the last two columns", () => {
    const days = Array.from({ length: 31 }, (_, day) => String(day + 1));
    const head = ["Who", ...days, "People, in all", "How it went"];
    const line = ["Holt’s Bakery", ...days.map(() => "1"), "12", "Lovely"];
    const { edits } = place([head, line], FIRST, LINES, 30);

    expect(edits).toHaveLength(32); // 30 days, and the two
    expect(edits.slice(-2)).toEqual([
      { row: 1, column: 30, after: "12" },
      { row: 1, column: 31, after: "Lovely" },
    ]);
  });

  it("takes a formula for no name", () => {
    const { edits } = place([["=SUM(A1)", "1"]], FIRST, LINES, 31);

    expect(edits[0]).toEqual({ row: 0, column: 0, after: "=SUM(A1)" });
  });
});

it("leaves out what follows after a row of days that starts later", () => {
  const head = ["22", "23", "24", "25", "26", "27", "28"];
  const { edits } = place([head, ["1", "", "", "", "", "", "7"]], FIRST, LINES, 31);

  expect(edits[0]).toEqual({ row: 0, column: 21, after: "1" });
  expect(edits.at(-1)).toEqual({ row: 0, column: 27, after: "7" });
});

import { describe, expect, it } from "vitest";

import { isTable, readTable, writeTable } from "../../src/month/clipboard";

describe("text from a spreadsheet", () => {
  it("is lines of cells", () => {
    expect(readTable("1\t2\r\n\t4\r\n")).toEqual([
      ["1", "2"],
      ["", "4"],
    ]);
  });

  it("may hold tabs and line ends in quotes", () => {
    expect(readTable('"a\tb"\t"say ""hi"""\n"two\nlines"\t3')).toEqual([
      ["a\tb", 'say "hi"'],
      ["two\nlines", "3"],
    ]);
  });

  it("is cut off where no sheet is that large", () => {
    const wide = Array.from({ length: 1000 }, () => "1").join("\t");
    const table = readTable(Array.from({ length: 5000 }, () => wide).join("\n"));

    expect(table.length).toBe(200);
    expect(Math.max(...table.map((line) => line.length))).toBe(60);
  });

  it("is told from a single number", () => {
    expect(isTable("12")).toBe(false);
    expect(isTable("12\n")).toBe(true);
  });

  it("comes back as it was written", () => {
    const lines = [
      ["1", ""],
      ["", "4"],
    ];

    expect(readTable(writeTable(lines))).toEqual(lines);
  });
});

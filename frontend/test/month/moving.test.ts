import { expect, it } from "vitest";

import { between, moved } from "../../src/month/moving";
import type { Spot } from "../../src/month/placing";

const size = { rows: 3, columns: 33, days: 31 };
const go = (
  from: Spot,
  key: string,
  jump = false,
  isOpen: (spot: Spot) => boolean = () => true,
) => moved(from, key, { jump, size, isOpen });

it("goes one cell at a time and stays within the sheet", () => {
  expect(go({ row: 1, column: 4 }, "ArrowRight")).toEqual({ row: 1, column: 5 });
  expect(go({ row: 0, column: 4 }, "ArrowUp")).toEqual({ row: 0, column: 4 });
  expect(go({ row: 0, column: 4 }, "PageDown")).toBeNull();
});

it("goes to the first and last day, and to the corners", () => {
  expect(go({ row: 1, column: 4 }, "Home")).toEqual({ row: 1, column: 0 });
  expect(go({ row: 1, column: 4 }, "End")).toEqual({ row: 1, column: 30 });
  expect(go({ row: 1, column: 4 }, "Home", true)).toEqual({ row: 0, column: 0 });
  expect(go({ row: 1, column: 4 }, "ArrowDown", true)).toEqual({ row: 2, column: 4 });
});

it("passes over days that are still to come", () => {
  const isOpen = ({ column }: Spot) => column < 10 || column > 30;

  expect(go({ row: 0, column: 9 }, "ArrowRight", false, isOpen)).toEqual({
    row: 0,
    column: 31,
  });
  expect(go({ row: 0, column: 2 }, "End", false, isOpen)).toEqual({
    row: 0,
    column: 9,
  });
});

it("knows every cell of a block, whichever corner came first", () => {
  const corners: [Spot, Spot] = [
    { row: 1, column: 2 },
    { row: 0, column: 1 },
  ];

  expect(between(...corners)).toHaveLength(4);
});

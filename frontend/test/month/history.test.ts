import { expect, it } from "vitest";

import { History } from "../../src/month/history";

const edit = (before: string, after: string, column = 0) => ({
  row: 0,
  column,
  before,
  after,
});

it("takes back and does again, step by step", () => {
  const history = new History();
  history.record([edit("", "1")]);
  history.record([edit("1", "2"), edit("", "7", 1)]);

  expect(history.undo()).toEqual([edit("7", "", 1), edit("2", "1")]);
  expect(history.undo()).toEqual([edit("1", "")]);
  expect(history.undo()).toEqual([]);
  expect(history.redo()).toEqual([edit("", "1")]);
});

it("forgets what was taken back once something else is typed", () => {
  const history = new History();
  history.record([edit("", "1")]);
  history.undo();
  history.record([edit("", "5")]);

  expect(history.redo()).toEqual([]);
});

it("notes nothing where nothing changed", () => {
  const history = new History();
  history.record([edit("1", "1")]);

  expect(history.undo()).toEqual([]);
});

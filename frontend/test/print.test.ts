// @vitest-environment jsdom
import { expect, it, vi } from "vitest";

import { readFragment } from "../src/dom";
import { offerPrinting } from "../src/page/print";

it("shows a button that prints the page", () => {
  document.body.replaceChildren(
    ...readFragment('<button data-print hidden type="button">Print</button>'),
  );
  const print = vi.fn();
  vi.stubGlobal("print", print);

  offerPrinting(document);
  const button = document.querySelector("button");
  button?.click();

  expect(button?.hidden).toBe(false);
  expect(print).toHaveBeenCalledOnce();
});

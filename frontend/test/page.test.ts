// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { readFragment } from "../src/dom";
import { focusErrorSummary } from "../src/page/error-summary";
import { closeMenuOnEscape } from "../src/page/menu";
import { offerPasskeys } from "../src/page/passkeys";
import { keepProgressFresh } from "../src/page/progress";
import { makeSteppers } from "../src/page/stepper";
import { makeToastsDismissible } from "../src/page/toast";

beforeEach(() => {
  document.body.replaceChildren();
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

function fill(html: string): void {
  document.body.replaceChildren(...readFragment(html));
}

it("takes the focus to what needs another look", () => {
  fill('<div data-error-summary tabindex="-1">Two things need another look</div>');

  focusErrorSummary(document);

  expect(document.activeElement?.textContent).toBe("Two things need another look");
});

it("closes the menu on Escape and gives the focus back", () => {
  fill("<details data-menu open><summary>Menu</summary><a href='/'>Map</a></details>");
  closeMenuOnEscape(document);
  const menu = document.querySelector("details");

  menu?.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" }));

  expect(menu?.open).toBe(false);
});

it("steps a number within its bounds and tells the form", () => {
  fill('<input type="number" data-stepper min="0" value="1">');
  makeSteppers(document);
  const input = document.querySelector("input");
  const heard: string[] = [];
  input?.addEventListener("input", () => heard.push(input.value));
  const [fewer] = document.querySelectorAll("button");

  fewer?.click();
  fewer?.click();

  expect(input?.value).toBe("0");
  expect(heard).toEqual(["0", "0"]);
});

it("puts a message away", () => {
  fill("<div data-toast><p>Saved.</p></div>");
  makeToastsDismissible(document);

  document.querySelector("button")?.click();

  expect(document.querySelector("[data-toast]")).toBeNull();
});

function progress(rows: string, state = "reading"): string {
  return `<div data-progress data-under-way data-state="${state}">${rows} of 412 rows</div>`;
}

it("keeps the progress fresh, also after the server was away for a moment", async () => {
  vi.useFakeTimers();
  const answers = ["", progress("200"), progress("351")];
  vi.stubGlobal("fetch", () => {
    const body = answers.shift() ?? "";
    return Promise.resolve(new Response(body, { status: body ? 200 : 503 }));
  });
  fill(progress("10"));

  keepProgressFresh(document);
  await vi.advanceTimersByTimeAsync(2100);
  expect(document.body.textContent).toBe("10 of 412 rows");
  await vi.advanceTimersByTimeAsync(2100);
  expect(document.body.textContent).toBe("200 of 412 rows");
  await vi.advanceTimersByTimeAsync(2100);
  expect(document.body.textContent).toBe("351 of 412 rows");
});

it("asks for no progress where nothing is under way", async () => {
  vi.useFakeTimers();
  const asked = vi.fn();
  vi.stubGlobal("fetch", asked);
  fill('<div data-progress data-state="preview"></div>');

  keepProgressFresh(document);
  await vi.advanceTimersByTimeAsync(5000);

  expect(asked).not.toHaveBeenCalled();
});

it("offers a passkey only where the browser knows them", () => {
  fill("<button data-passkey hidden>Passkey</button>");
  const button = document.querySelector<HTMLElement>("[data-passkey]");

  offerPasskeys(document);
  expect(button?.hidden).toBe(true);

  vi.stubGlobal("PublicKeyCredential", vi.fn());
  offerPasskeys(document);
  expect(button?.hidden).toBe(false);
});

it("says in words that a passkey failed, and not to the console", () => {
  vi.stubGlobal("PublicKeyCredential", vi.fn());
  fill("<p data-passkey-error hidden>It did not work.</p>");
  offerPasskeys(document);
  const failure = new CustomEvent("allauth.error", { cancelable: true });

  document.dispatchEvent(failure);

  expect(document.querySelector<HTMLElement>("[data-passkey-error]")?.hidden).toBe(
    false,
  );
  expect(failure.defaultPrevented).toBe(true);
});

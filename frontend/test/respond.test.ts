// @vitest-environment jsdom
import { beforeEach, describe, expect, it, vi } from "vitest";

import { readFragment } from "../src/dom";
import { putAwayWhenIdle } from "../src/page/idle";
import { keyOnwards } from "../src/page/keying";
import { offerReadingAloud, textsOf } from "../src/page/read-aloud";

function show(html: string): void {
  document.body.replaceChildren(...readFragment(html));
}

describe("keying in", () => {
  const SHEET = `<form><input data-key id="a"><input data-key id="b">
    <button type="submit" id="save">Save</button></form>`;

  function type(id: string, key: string): void {
    const field = document.querySelector<HTMLInputElement>(`#${id}`);
    if (!field) throw new Error(`no ${id}`);
    field.focus();
    field.value = key;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  beforeEach(() => {
    show(SHEET);
    keyOnwards(document);
  });

  it("goes on to the next question once a number is put, and at last to the button", () => {
    type("a", "4");
    expect(document.activeElement?.id).toBe("b");
    type("b", "-");
    expect(document.activeElement?.id).toBe("save");
  });

  it("stays where what was put is no number of an answer", () => {
    type("a", "7");
    expect(document.activeElement?.id).toBe("a");
  });

  it("goes on by Enter, which sends nothing", () => {
    const field = document.querySelector<HTMLInputElement>("#a");
    field?.focus();
    const enter = new KeyboardEvent("keydown", { key: "Enter", cancelable: true });
    field?.dispatchEvent(enter);

    expect(enter.defaultPrevented).toBe(true);
    expect(document.activeElement?.id).toBe("b");
  });
});

describe("reading aloud", () => {
  const QUESTION = `<fieldset data-read><h1>Is it easy to visit?</h1><p>Choose one.</p>
    <button data-read-aloud data-stop="Stop reading" hidden><span>Read it to me</span></button>
    <label><span>No.</span></label><label><span>Yes.</span></label></fieldset>`;

  function button(): HTMLButtonElement {
    const found = document.querySelector<HTMLButtonElement>("[data-read-aloud]");
    if (!found) throw new Error("no button");
    return found;
  }

  it("reads the question and its answers, and no button", () => {
    show(QUESTION);
    const part = document.querySelector<HTMLElement>("[data-read]");

    expect(part && textsOf(part)).toEqual(["Is it easy to visit", "No", "Yes"]);
  });

  it("shows no button where the browser has no voice", () => {
    show(QUESTION);
    vi.unstubAllGlobals();
    offerReadingAloud(document);

    expect(button().hidden).toBe(true);
  });

  it("speaks in the page's language, and stops when pressed again", () => {
    show(QUESTION);
    document.documentElement.lang = "cy";
    const voice = { speaking: false, speak: vi.fn(), cancel: vi.fn() };
    vi.stubGlobal("speechSynthesis", voice);
    vi.stubGlobal(
      "SpeechSynthesisUtterance",
      class {
        lang = "";
        constructor(public text: string) {}
      },
    );
    offerReadingAloud(document);

    button().click();
    expect(voice.speak).toHaveBeenCalledWith(
      expect.objectContaining({ lang: "cy", text: "Is it easy to visit. No. Yes" }),
    );
    expect(button().textContent).toBe("Stop reading");

    voice.speaking = true;
    button().click();
    expect(voice.cancel).toHaveBeenCalledOnce();
    expect(button().textContent).toBe("Read it to me");
    vi.unstubAllGlobals();
  });
});

describe("a device that others use too", () => {
  const DIALOG = `<dialog data-idle-dialog><form data-idle-away></form>
    <button data-idle-stay>Carry on</button></dialog>`;

  function start(): { away: () => number; dialog: HTMLDialogElement } {
    show(DIALOG);
    const dialog = document.querySelector("dialog");
    const form = document.querySelector("form");
    if (!dialog || !form) throw new Error("no dialog");
    dialog.showModal = () => {
      dialog.open = true;
    };
    dialog.close = () => {
      dialog.open = false;
    };
    const submit = vi.fn();
    form.submit = submit;
    vi.useFakeTimers();
    putAwayWhenIdle(document);
    return { away: () => submit.mock.calls.length, dialog };
  }

  it("asks after twelve minutes, and puts the answers away two minutes later", () => {
    const { away, dialog } = start();

    vi.advanceTimersByTime(12 * 60_000);
    expect(dialog.open).toBe(true);
    expect(away()).toBe(0);
    vi.advanceTimersByTime(2 * 60_000);
    expect(away()).toBe(1);
    vi.useRealTimers();
  });

  it("waits anew when somebody touches the screen, or says that they are there", () => {
    const { away, dialog } = start();

    vi.advanceTimersByTime(11 * 60_000);
    document.dispatchEvent(new Event("pointerdown"));
    vi.advanceTimersByTime(11 * 60_000);
    expect(dialog.open).toBe(false);
    vi.advanceTimersByTime(60_000);
    document.querySelector<HTMLButtonElement>("[data-idle-stay]")?.click();
    vi.advanceTimersByTime(11 * 60_000);
    expect(dialog.open).toBe(false);
    expect(away()).toBe(0);
    vi.useRealTimers();
  });
});

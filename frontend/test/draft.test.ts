// @vitest-environment jsdom
import { beforeEach, expect, it } from "vitest";

import { readFragment } from "../src/dom";
import { keepDraft } from "../src/page/draft";

const FORM = `<form data-draft="log-1">
  <p data-draft-words hidden><button type="button" data-draft-drop>Begin afresh</button></p>
  <input type="hidden" name="csrfmiddlewaretoken" value="secret">
  <input type="hidden" name="client_uuid" value="1">
  <label><input type="radio" name="direction" value="in" checked></label>
  <label><input type="radio" name="direction" value="out"></label>
  <textarea name="note"></textarea>
</form>`;

function one<Found extends HTMLElement>(
  selector: string,
  root: ParentNode = document,
): Found {
  const found = root.querySelector<Found>(selector);
  if (!found) throw new Error(`no ${selector}`);
  return found;
}

function open(html = FORM, before = ""): HTMLFormElement {
  document.body.replaceChildren(...readFragment(before + html));
  const form = one<HTMLFormElement>("form");
  keepDraft(form, sessionStorage);
  return form;
}

function type(form: HTMLFormElement): void {
  one<HTMLTextAreaElement>("textarea", form).value = "In the garden";
  one<HTMLInputElement>("[value=out]", form).checked = true;
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

const note = (form: HTMLFormElement) =>
  one<HTMLTextAreaElement>("textarea", form).value;
const words = () => one("[data-draft-words]");

beforeEach(() => {
  sessionStorage.clear();
});

it("brings back what was typed and not saved, the same submission as before", () => {
  type(open());
  const again = open(FORM.replace('value="1"', 'value="2"'));

  expect(note(again)).toBe("In the garden");
  expect(one<HTMLInputElement>("[value=out]", again).checked).toBe(true);
  expect(one<HTMLInputElement>("[name=client_uuid]", again).value).toBe("1");
  expect(words().hidden).toBe(false);
});

it("keeps no word of the page's own mark", () => {
  type(open());

  expect(JSON.stringify({ ...sessionStorage })).not.toContain("secret");
});

it("keeps nothing where nothing was changed", () => {
  open().dispatchEvent(new Event("input"));

  expect(sessionStorage.length).toBe(0);
});

it("begins afresh when told to", () => {
  type(open());
  const again = open();
  one("[data-draft-drop]").click();

  expect(note(again)).toBe("");
  expect(words().hidden).toBe(true);
  expect(note(open())).toBe("");
});

it("forgets the draft once the page says that it is saved", () => {
  const form = open();
  type(form);
  form.dispatchEvent(new Event("submit"));

  expect(note(open(FORM, "<div data-toast>Saved.</div>"))).toBe("");
  expect(sessionStorage.length).toBe(0);
});

it("keeps the draft of a form that never arrived", () => {
  const form = open();
  type(form);
  form.dispatchEvent(new Event("submit"));

  expect(note(open())).toBe("In the garden");
});

it("leaves a form that came back with errors as it is", () => {
  type(open());
  const back = open(FORM.replace("<form", "<form data-bound"));

  expect(note(back)).toBe("");
});

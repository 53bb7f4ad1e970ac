/**
 * Suggestions under the search box as somebody types: a combobox with a list, after the
 * ARIA Authoring Practices. Without a choice, Enter sends the form as ever.
 */
import { fetchSearch, type Found } from "../api";
import { element } from "../dom";
import { Panel } from "./panel";
import { countWords, nearParam, NO_ANSWER, OFFLINE, stepFrom } from "./words";

const SHORTEST = 2;
const PAUSE_MS = 160;

export function suggestIn(form: HTMLFormElement, go: (url: string) => void): void {
  const field = form.querySelector<HTMLInputElement>("input[name=q]");
  const beside = field?.parentElement;
  if (!field || !beside) return;
  const panel = new Panel(field);
  const said = element("p", { class: "vh", role: "status" });
  beside.after(element("div", { class: "suggest-hold" }, panel.root, said));
  makeCombobox(field);
  const typing = new Typing(field, panel, said);
  field.addEventListener("input", () => {
    typing.later();
  });
  field.addEventListener("keydown", (event) => {
    if (moves(event, panel, typing)) return;
    const found =
      event.key === "Enter" && !event.isComposing ? panel.marked : undefined;
    if (!found) return;
    event.preventDefault();
    choose(found, go);
  });
  field.addEventListener("blur", () => {
    typing.stop();
    panel.close();
  });
  panel.root.addEventListener("pointerdown", (event) => {
    event.preventDefault(); // the field keeps the focus, and the list stays until the click
  });
  panel.root.addEventListener("click", (event) => {
    const found = panel.foundAt(event.target);
    if (found) choose(found, go);
  });
}

function makeCombobox(field: HTMLInputElement): void {
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-expanded", "false");
  field.autocomplete = "off";
  field.spellcheck = false;
}

/** Arrows and Escape; true where the key was one of them. */
function moves(event: KeyboardEvent, panel: Panel, typing: Typing): boolean {
  if (event.key === "Escape" && panel.isOpen) {
    event.preventDefault(); // the words stay
    typing.stop();
    panel.close();
    return true;
  }
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return false;
  event.preventDefault();
  if (!panel.isOpen) typing.now();
  else if (panel.count) {
    panel.mark(stepFrom(panel.at, event.key === "ArrowDown" ? 1 : -1, panel.count));
  }
  return true;
}

/** A kind of place keeps the view of the map that is open. */
function choose(found: Found, go: (url: string) => void): void {
  const url = new URL(found.url, window.location.href);
  const at = new URLSearchParams(window.location.search).get("at");
  if (found.kind === "category" && at && !url.searchParams.has("q")) {
    url.searchParams.set("at", at);
  }
  go(url.href);
}

/** Asks when the typing pauses; a newer question puts an older one aside. */
class Typing {
  private timer = 0;
  private asking = new AbortController();

  constructor(
    private readonly field: HTMLInputElement,
    private readonly panel: Panel,
    private readonly said: HTMLElement,
  ) {}

  later(): void {
    this.stop();
    this.timer = window.setTimeout(() => {
      this.now();
    }, PAUSE_MS);
  }

  now(): void {
    this.stop();
    const words = this.field.value.trim();
    if (words.length < SHORTEST) {
      this.panel.close();
      this.said.textContent = "";
      return;
    }
    void this.ask(words, this.asking.signal);
  }

  stop(): void {
    window.clearTimeout(this.timer);
    this.asking.abort();
    this.asking = new AbortController();
  }

  private async ask(words: string, signal: AbortSignal): Promise<void> {
    try {
      const answer = await fetchSearch(words, whereNow(), signal);
      if (signal.aborted) return;
      this.panel.show(words, answer);
      this.said.textContent = countWords(answer);
    } catch (error) {
      if (signal.aborted) return;
      const words = navigator.onLine ? NO_ANSWER : OFFLINE;
      this.panel.say(words);
      this.said.textContent = words;
      if (navigator.onLine) console.warn("search", error);
    }
  }
}

/** The middle of the map as it stands in the address, else as the page was drawn. */
function whereNow(): string {
  const root = document.querySelector<HTMLElement>("[data-map]");
  const at = new URLSearchParams(window.location.search).get("at");
  return root ? nearParam(at ?? root.dataset.at ?? null) : "";
}

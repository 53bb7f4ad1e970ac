/** The list under the search box: groups of options, and a line of words above them. */
import type { Found, SearchAnswer } from "../api";
import { element } from "../dom";
import { groupsOf, meantWords } from "./words";

export class Panel {
  readonly root = element("div", { class: "suggest", hidden: "" });
  private readonly note = element("p", { class: "suggest-note" });
  private readonly list = element("div", {
    id: "suggest-list",
    role: "listbox",
    "aria-label": "Suggestions",
  });
  private options: { node: HTMLElement; found: Found }[] = [];
  private chosen = -1;

  constructor(private readonly field: HTMLInputElement) {
    this.root.append(this.note, this.list);
    field.setAttribute("aria-controls", this.list.id);
  }

  get isOpen(): boolean {
    return !this.root.hidden;
  }

  get count(): number {
    return this.options.length;
  }

  /** The place of the option that is marked; -1 for none. */
  get at(): number {
    return this.chosen;
  }

  /** What is marked, if anything. */
  get marked(): Found | undefined {
    return this.options[this.chosen]?.found;
  }

  /** Shows what was found for what was typed. */
  show(typed: string, answer: SearchAnswer): void {
    this.options = [];
    const groups = groupsOf(answer.results).map(({ name, results }) =>
      element(
        "div",
        { role: "group", "aria-label": name },
        element("p", { class: "suggest-group", "aria-hidden": "true" }, name),
        ...results.map((found) => this.option(found)),
      ),
    );
    this.list.replaceChildren(...groups);
    this.open(meantWords(typed, answer), answer.results.length > 0);
  }

  /** Says one thing in place of any results. */
  say(words: string): void {
    this.options = [];
    this.list.replaceChildren();
    this.open(words, false);
  }

  close(): void {
    this.root.hidden = true;
    this.mark(-1);
    this.field.setAttribute("aria-expanded", "false");
  }

  /** Marks an option, and tells which to a screen reader; -1 marks none. */
  mark(index: number): void {
    this.options[this.chosen]?.node.setAttribute("aria-selected", "false");
    this.chosen = index;
    const node = this.options[index]?.node;
    if (!node) {
      this.field.removeAttribute("aria-activedescendant");
      return;
    }
    node.setAttribute("aria-selected", "true");
    this.field.setAttribute("aria-activedescendant", node.id);
    node.scrollIntoView({ block: "nearest" });
  }

  /** What was found that a node of the page stands for. */
  foundAt(target: EventTarget | null): Found | undefined {
    const node =
      target instanceof Element ? target.closest<HTMLElement>("[role=option]") : null;
    return this.options.find((option) => option.node === node)?.found;
  }

  private open(words: string, hasResults: boolean): void {
    this.mark(-1);
    this.note.textContent = words;
    this.note.hidden = !words;
    this.list.hidden = !hasResults;
    this.root.hidden = !words && !hasResults;
    this.field.setAttribute("aria-expanded", String(hasResults));
  }

  private option(found: Found): HTMLElement {
    const id = `suggest-${String(this.options.length)}`;
    const node = element(
      "div",
      { id, role: "option", "aria-selected": "false", class: "suggest-option" },
      element("b", {}, found.label),
      element("span", { class: "small" }, found.detail),
    );
    this.options.push({ node, found });
    return node;
  }
}

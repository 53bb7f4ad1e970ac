/**
 * Lifts the themes that fit what is being typed out of the folded list, ticked. Whoever
 * unticks one means it. Without scripts the server goes by the words.
 */
import { suggested, type WordsOfTags } from "./tags";

export function suggestTags(field: HTMLTextAreaElement): void {
  const form = field.form;
  const box = form?.querySelector<HTMLElement>("[data-suggested]");
  const list = box?.querySelector("ul");
  const source = document.getElementById("words-of-tags")?.textContent;
  if (!form || !box || !list || !source) return;
  const wordsOfTags = JSON.parse(source) as WordsOfTags;
  const chips = new Map<string, Chip>();
  for (const input of form.querySelectorAll<HTMLInputElement>("input[name='tags']")) {
    const item = input.closest("li");
    if (item)
      chips.set(input.value, { input, item, rest: item.parentElement, touched: false });
    input.addEventListener("change", () => {
      const chip = chips.get(input.value);
      if (chip) chip.touched = true;
    });
    if (input.checked) lift(chips.get(input.value), list);
  }
  const chosen = form.querySelector<HTMLInputElement>("input[name='chosen']");
  if (chosen) chosen.value = "true";
  const show = (): void => {
    const fitting = suggested(field.value, wordsOfTags);
    for (const [slug, chip] of chips) {
      if (chip.touched) continue;
      chip.input.checked = fitting.includes(slug);
      if (chip.input.checked) lift(chip, list);
      else putBack(chip, chips);
    }
    box.hidden = list.children.length === 0;
  };
  field.addEventListener("input", show);
  if (list.children.length > 0) {
    // What was chosen before, or before an error, stays.
    for (const chip of chips.values())
      chip.touched = chip.touched || chip.input.checked;
    box.hidden = false;
  } else {
    show();
  }
}

interface Chip {
  input: HTMLInputElement;
  item: HTMLLIElement;
  rest: HTMLElement | null;
  touched: boolean;
}

function lift(chip: Chip | undefined, list: Element): void {
  if (chip && chip.item.parentElement !== list) list.append(chip.item);
}

/** Back to its place in the list of all, which has an order. */
function putBack(chip: Chip, chips: Map<string, Chip>): void {
  const { rest, item } = chip;
  if (!rest || item.parentElement === rest) return;
  const all = [...chips.values()];
  const next = all
    .slice(all.indexOf(chip) + 1)
    .find((each) => each.item.parentElement === rest);
  rest.insertBefore(item, next?.item ?? null);
}

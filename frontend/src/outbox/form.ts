/** The walk-round's form: what it holds, and what it says is missing. */
import { element, icon } from "../dom";
import { NOTHING, type Values } from "./items";

const IDS: Record<keyof Values, string> = {
  name: "id_name",
  category: "id_category",
  lon: "id_postcode",
  lat: "id_postcode",
  postcode: "id_postcode",
  wheelchair: "id_wheelchair",
  description: "id_description",
};

export function readForm(form: HTMLFormElement): Values {
  const data = new FormData(form);
  const values = { ...NOTHING };
  for (const name of Object.keys(values) as (keyof Values)[]) {
    const value = data.get(name);
    values[name] = typeof value === "string" ? value : "";
  }
  return values;
}

export function fillForm(form: HTMLFormElement, values: Values): void {
  form.reset();
  showErrors(form, {});
  for (const [name, value] of Object.entries(values) as [keyof Values, string][]) {
    const field = form.elements.namedItem(name);
    if (field instanceof RadioNodeList) {
      if (value) field.value = value;
    } else if (
      field instanceof HTMLInputElement ||
      field instanceof HTMLTextAreaElement
    ) {
      field.value = value;
    }
  }
  openWhatIsFilled(form);
}

/** A kind from the long list, and words under "More", must not hide. */
function openWhatIsFilled(form: HTMLFormElement): void {
  for (const fold of form.querySelectorAll("details")) {
    const words = [
      ...fold.querySelectorAll<HTMLInputElement>(
        "input:not([type]),[type=text],textarea",
      ),
    ];
    const chosen = fold.querySelector("input[type=radio]:checked");
    fold.open = Boolean(chosen) || words.some(({ value }) => value.trim());
  }
}

/** Shows each field's error beside it, and all of them together on top. */
export function showErrors(
  form: HTMLFormElement,
  errors: Partial<Record<string, string[]>>,
  detail = "",
): void {
  for (const old of form.querySelectorAll("[data-walk-error]")) old.remove();
  for (const field of form.querySelectorAll("[aria-invalid]")) {
    field.removeAttribute("aria-invalid");
  }
  const entries = Object.entries(errors) as [string, string[]][];
  const lines = entries.map(([name, said]) => {
    const id = IDS[name as keyof Values] as string | undefined;
    const words = said.join(" ");
    if (id) markField(form, id, words);
    return id ? link(form, id, words) : words;
  });
  if (!lines.length && detail) lines.push(detail);
  const top = form.querySelector("[data-walk-errors]");
  top?.replaceChildren(...(lines.length ? [summary(lines)] : []));
}

function markField(form: HTMLFormElement, id: string, words: string): void {
  const field = form.querySelector(`#${id}`);
  if (!field) return;
  const fold = field.closest("details");
  if (fold) fold.open = true;
  const said = element("p", { class: "err", "data-walk-error": "", id: `${id}_said` });
  said.append(icon("alert", "ic sm"), ` ${words}`);
  if (field.matches("input, textarea")) {
    field.setAttribute("aria-invalid", "true");
    field.before(said);
  } else {
    (field.querySelector("legend") ?? field).after(said);
  }
}

function link(form: HTMLFormElement, id: string, words: string): HTMLElement {
  const node = element("a", { href: `#${id}` }, words);
  node.addEventListener("click", (event) => {
    event.preventDefault();
    const field = form.querySelector<HTMLElement>(`#${id}`);
    const input = field?.matches("input, textarea")
      ? field
      : field?.querySelector("input");
    input?.focus();
  });
  return node;
}

function summary(lines: (string | HTMLElement)[]): HTMLElement {
  const count = lines.length;
  const title =
    count === 1
      ? "One thing needs another look"
      : `${String(count)} things need another look`;
  const list = element("ul", { class: "mb0" });
  list.append(...lines.map((line) => element("li", {}, line)));
  const inner = element("div", {}, element("h2", { class: "as-h3 mb0" }, title), list);
  const note = element("div", { class: "note bad", role: "alert", tabindex: "-1" });
  note.dataset.errorSummary = "";
  note.append(icon("alert"), inner);
  return note;
}

/** Finds a kind of place among those that are not shown first. */

export function searchKinds(root: ParentNode): void {
  const field = root.querySelector<HTMLInputElement>("[data-walk-kind-search]");
  const none = root.querySelector<HTMLElement>("[data-walk-kind-none]");
  const kinds = [...root.querySelectorAll<HTMLElement>("[data-kind]")];
  field?.addEventListener("input", () => {
    const shown = kinds.filter((kind) => {
      const fits = matches(kind.dataset.kind ?? "", field.value);
      kind.hidden = !fits;
      return fits;
    });
    if (none) none.textContent = shown.length ? "" : "No kind is called that.";
  });
}

/** Whether every word that was typed begins a word of the kind or of its examples. */
export function matches(kind: string, typed: string): boolean {
  const words = wordsOf(kind);
  return wordsOf(typed).every((part) => words.some((word) => word.startsWith(part)));
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** Finds a kind of place by its name or by an example: "bakery" finds the shops. */
import { matches } from "../outbox/kind-search";

export function searchKinds(root: ParentNode): void {
  const box = root.querySelector<HTMLElement>("[data-kind-search]");
  const field = box?.querySelector<HTMLInputElement>("input");
  const none = box?.querySelector<HTMLElement>("[data-kind-none]");
  if (!box || !field || !none) return;
  box.hidden = false;
  const kinds = [...root.querySelectorAll<HTMLElement>("[data-kind]")];
  field.addEventListener("input", () => {
    let shown = 0;
    for (const kind of kinds) {
      kind.hidden = !matches(kind.dataset.kind ?? "", field.value);
      if (!kind.hidden) shown += 1;
    }
    none.textContent = shown ? "" : "No kind is called that. Try another word.";
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault(); // nothing is sent by searching
  });
}

/** The phone's menu is a <details>; Escape closes it and gives the focus back. */

export function closeMenuOnEscape(root: Document): void {
  const menu = root.querySelector<HTMLDetailsElement>("details[data-menu]");
  menu?.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary")?.focus();
  });
}

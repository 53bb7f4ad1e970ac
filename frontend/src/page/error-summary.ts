/** Takes the reader to what needs another look, as soon as the page has loaded. */

export function focusErrorSummary(root: ParentNode): void {
  root.querySelector<HTMLElement>("[data-error-summary]")?.focus();
}

/** Reads what the page carries as JSON; null where it carries none. */
export function readJson<Shape>(page: ParentNode, id: string): Shape | null {
  const text = page.querySelector(`#${id}`)?.textContent;
  return text ? (JSON.parse(text) as Shape) : null;
}

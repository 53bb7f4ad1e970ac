/**
 * Small builders of DOM nodes. Names from the database become text nodes here, never
 * HTML: Leaflet and innerHTML would both run what is in them.
 */

export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Record<string, string> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    node.setAttribute(name, value);
  }
  node.append(...children);
  return node;
}

const SVG = "http://www.w3.org/2000/svg";

/** A symbol of the page's sprite; the words beside it carry the meaning. */
export function icon(name: string, className = "ic"): SVGSVGElement {
  return symbol(`i-${name}`, className, "0 0 24 24");
}

/** Anything drawn in the page's sprite, by its id there. */
export function symbol(id: string, className: string, viewBox: string): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", className);
  svg.setAttribute("viewBox", viewBox);
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("focusable", "false");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `${document.body.dataset.icons ?? ""}#${id}`);
  svg.append(use);
  return svg;
}

/** Reads a fragment of the site's own HTML; scripts in it would not run. */
export function readFragment(html: string): Element[] {
  const page = new DOMParser().parseFromString(`<body>${html}`, "text/html");
  return [...page.body.children];
}

/**
 * The switch for a page's colours: as the device asks, by day, at night, high contrast.
 * Kept on this device alone; scheme.js sets it before anything is drawn.
 */
export type Scheme = "day" | "night" | "contrast";

const KEY = "colours";

export function readScheme(text: string | null): Scheme | null {
  return text === "day" || text === "night" || text === "contrast" ? text : null;
}

/** Shows the switch, which does nothing without scripts, and follows it. */
export function offerColours(page: Document): void {
  const chosen = readScheme(page.documentElement.dataset.scheme ?? null) ?? "";
  for (const box of page.querySelectorAll<HTMLElement>("[data-colours]")) {
    box.hidden = false;
    box.addEventListener("change", ({ target }) => {
      if (target instanceof HTMLInputElement) choose(page, readScheme(target.value));
    });
  }
  check(page, chosen);
  // Another window of the same browser.
  page.defaultView?.addEventListener("storage", ({ key, newValue }) => {
    if (key === KEY || key === null) show(page, readScheme(newValue));
  });
}

function choose(page: Document, scheme: Scheme | null): void {
  show(page, scheme);
  try {
    if (scheme) window.localStorage.setItem(KEY, scheme);
    else window.localStorage.removeItem(KEY);
  } catch {
    // A browser that keeps nothing shows it until the page is left.
  }
}

function show(page: Document, scheme: Scheme | null): void {
  if (scheme) page.documentElement.dataset.scheme = scheme;
  else delete page.documentElement.dataset.scheme;
  check(page, scheme ?? "");
}

function check(page: Document, value: string): void {
  for (const radio of page.querySelectorAll<HTMLInputElement>("[data-colours] input")) {
    radio.checked = radio.value === value;
  }
}

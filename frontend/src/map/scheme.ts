/**
 * The colours of the page's tokens for what is drawn on a canvas, which no style sheet
 * reaches: by day, at night, in high contrast and in the system's forced colours.
 */
const ASKED = [
  "(prefers-color-scheme: dark)",
  "(prefers-contrast: more)",
  "(forced-colors: active)",
];
/** Where somebody's own choice stands: see page/scheme.ts. */
const CHOICE = "data-scheme";

const known = new Map<string, string>();
const followers = new Set<() => void>();
let probe: HTMLElement | null = null;
let watching = false;

/** A token's colour as the page shows it now, such as "rgb(23, 82, 74)". */
export function colourOf(token: `--${string}`): string {
  watch();
  const seen = known.get(token);
  if (seen !== undefined) return seen;
  const asked = (probe ??= makeProbe());
  asked.style.color = `var(${token})`;
  const colour = window.getComputedStyle(asked).color;
  known.set(token, colour);
  return colour;
}

/** Calls `act` whenever the colours have changed, until what it returns is called. */
export function onColoursChange(act: () => void): () => void {
  watch();
  followers.add(act);
  return () => {
    followers.delete(act);
  };
}

/** An element rather than the token's text: that may name a colour of the system. */
function makeProbe(): HTMLElement {
  const node = document.createElement("span");
  node.hidden = true;
  node.className = "canvas-colours";
  node.style.setProperty("forced-color-adjust", "none");
  document.body.append(node);
  return node;
}

function watch(): void {
  if (watching) return;
  watching = true;
  for (const query of ASKED) {
    window.matchMedia(query).addEventListener("change", tell);
  }
  new MutationObserver(tell).observe(document.documentElement, {
    attributeFilter: [CHOICE],
  });
}

function tell(): void {
  known.clear();
  for (const act of followers) act();
}

/** Keeps the progress of work in the background fresh, and shows its end. */
import { fetchProgress } from "../api";
import { readFragment } from "../dom";

const EVERY_MS = 2000;

export function keepProgressFresh(page: Document): void {
  const shown = page.querySelector<HTMLElement>("[data-progress][data-under-way]");
  if (shown) window.setTimeout(() => void refresh(shown), EVERY_MS);
}

async function refresh(shown: HTMLElement): Promise<void> {
  const fresh = await ask().catch(() => null);
  // The server may be away for a moment: then what we know stands.
  if (fresh && fresh.dataset.state !== shown.dataset.state) {
    window.location.reload();
    return;
  }
  if (fresh) shown.replaceWith(fresh);
  window.setTimeout(() => void refresh(fresh ?? shown), EVERY_MS);
}

async function ask(): Promise<HTMLElement | null> {
  const found = readFragment(await fetchProgress()).find(
    (node) => node instanceof HTMLElement && "progress" in node.dataset,
  );
  return (found as HTMLElement | undefined) ?? null;
}

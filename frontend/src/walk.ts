/** The walk-round's page, and the worker that lets it open without a signal. */
import { fetchOutbox, sendPhoto, sendPlace } from "./api";
import { searchKinds } from "./outbox/kind-search";
import { WalkPage } from "./outbox/page";
import { findParts, type Parts } from "./outbox/parts";
import { Sender } from "./outbox/sender";
import { DATABASE, Outbox } from "./outbox/store";

const LISTED_FOR_MS = 24 * 3600_000;

const parts = findParts(document);
if (parts) void start(parts);

async function start(parts: Parts): Promise<void> {
  void keepOffline();
  searchKinds(document);
  const outbox = await Outbox.open(DATABASE, () => {
    window.location.reload(); // somebody has signed out in another tab
  });
  await outbox.tidy(Date.now() - LISTED_FOR_MS);
  let page: WalkPage | null = null;
  const server = { fetchOutbox, sendPlace, sendPhoto };
  const sender = new Sender(outbox, server, () => page?.draw());
  if (!(await outbox.owner())) {
    const { outcome, detail } = await sender.greet();
    if (outcome !== "done") {
      sayWhyNot(parts, outcome === "signed_out", detail);
      return;
    }
  }
  page = new WalkPage(parts, outbox, sender, await outbox.draft(Date.now()));
  await page.start();
}

/** Nobody has signed in on this phone: there is nobody to keep places for. */
function sayWhyNot(parts: Parts, signedOut: boolean, detail: string): void {
  const { bar, signIn } = parts;
  bar.hidden = false;
  if (!signedOut) {
    bar.textContent = detail || "Open this page once with a signal, before you walk.";
    return;
  }
  const link = document.createElement("a");
  link.href = signIn;
  link.textContent = "Sign in";
  bar.replaceChildren("Sign in once, with a signal, before you walk. ", link);
}

async function keepOffline(): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  try {
    await navigator.serviceWorker.register("/sw.js", { scope: "/" });
  } catch (error) {
    console.warn("service worker", error); // the page works all the same, with a signal
  }
}

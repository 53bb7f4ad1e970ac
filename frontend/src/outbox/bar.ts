/** The bar above the map: no signal, signed out, not allowed; nothing while all is well. */
import { element, icon } from "../dom";
import type { Parts } from "./parts";
import type { Round } from "./sender";
import { places } from "./words";

/** `unsent`: how many places are on this phone alone. */
export function drawBar(
  { bar, signIn }: Pick<Parts, "bar" | "signIn">,
  ended: Round | null,
  unsent: number,
): void {
  const outcome = navigator.onLine ? ended?.outcome : "offline";
  const wait = unsent ? ` ${places(unsent)} wait${unsent === 1 ? "s" : ""} here.` : "";
  bar.hidden = !outcome || outcome === "done";
  if (outcome === "signed_out") {
    const link = element("a", { href: signIn }, "Sign in to send");
    bar.replaceChildren(icon("lock"), said("You are signed out.", wait), link);
  } else if (outcome === "not_allowed") {
    const why = said("Not sent.", ` ${ended?.detail ?? ""}`);
    bar.replaceChildren(icon("alert"), why);
  } else {
    const link = element("a", { href: "#queue" }, "See them");
    const words = said("No signal.", wait || " Go on: it is kept on this phone.");
    bar.replaceChildren(icon("cloud-off"), words, ...(unsent ? [link] : []));
  }
}

function said(bold: string, words: string): HTMLElement {
  return element("span", { class: "grow" }, element("b", {}, bold), words);
}

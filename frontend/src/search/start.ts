/** Puts the search box of a page together. */
import { suggestIn } from "./box";
import { offerNearMe } from "./near-me";

export function startSearch(form: HTMLFormElement): void {
  const go = (url: string) => {
    window.location.assign(url);
  };
  suggestIn(form, go);
  offerNearMe(form, go);
}

/** On every page: the style sheet, and the few behaviours that help without a map. */
import "./styles/main.css";

import { keepDraft } from "./page/draft";
import { dropAll } from "./month/draft";
import { focusErrorSummary } from "./page/error-summary";
import { putAwayWhenIdle } from "./page/idle";
import { keyOnwards } from "./page/keying";
import { closeMenuOnEscape } from "./page/menu";
import { keepProgressFresh } from "./page/progress";
import { offerPasskeys } from "./page/passkeys";
import { offerPrinting } from "./page/print";
import { planFromHere } from "./page/plan-round";
import { offerReadingAloud } from "./page/read-aloud";
import { offerColours } from "./page/scheme";
import { makeSteppers } from "./page/stepper";
import { makeToastsDismissible } from "./page/toast";

focusErrorSummary(document);
closeMenuOnEscape(document);
makeSteppers(document);
makeToastsDismissible(document);
keepProgressFresh(document);
offerPasskeys(document);
planFromHere(document);
offerPrinting(document);
offerReadingAloud(document);
offerColours(document);
putAwayWhenIdle(document);
keyOnwards(document);

const signOutForm = document.querySelector<HTMLFormElement>("form[data-sign-out]");
if (signOutForm) {
  // What one had begun to type is nobody else's.
  signOutForm.addEventListener("submit", () => {
    window.sessionStorage.clear();
    dropAll();
  });
  void import("./outbox/signing-out").then(({ askFirst }) => askFirst(signOutForm));
}

for (const box of document.querySelectorAll<HTMLElement>("[data-photo]")) {
  void import("./photo/field").then(({ startPhotoField }) => {
    startPhotoField(box);
  });
}

for (const field of document.querySelectorAll<HTMLTextAreaElement>(
  "textarea[data-wish]",
)) {
  void import("./wishes/peg").then(({ suggestTags }) => {
    suggestTags(field);
  });
}

for (const form of document.querySelectorAll<HTMLFormElement>("form[data-search]")) {
  void import("./search/start").then(({ startSearch }) => {
    startSearch(form);
  });
}

const draft = document.querySelector<HTMLFormElement>("form[data-draft]");
if (draft) {
  keepDraft(draft, window.sessionStorage);
}

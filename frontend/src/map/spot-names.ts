/** The names of places that share one spot, on the press of their sign. */
import { element, icon } from "../dom";
import { placeKey, type Sign } from "./gather";
import { countWords, placePath, placeWords, type SignKind } from "./signs";

/** Shows them as a list of links; `follow` hears which one is about to be opened. */
export function showNames(
  sign: Sign,
  kind: SignKind,
  follow: (key: string, event: MouseEvent) => void,
): void {
  const title = element("h2", { class: "as-h3", id: "spot-title" });
  title.textContent = `${countWords(sign, kind).join(" ")} here`;
  const names = (sign.together ?? []).map((place) => {
    const link = element(
      "a",
      { href: placePath(place, kind) },
      placeWords(place, kind),
    );
    link.addEventListener("click", (event) => {
      follow(placeKey(sign.layer, place.id), event);
    });
    return element("li", {}, link);
  });
  const close = element("button", { class: "btn quiet", type: "submit" });
  close.append(icon("x"), " Close");
  const dialog = element(
    "dialog",
    { class: "spot-names", "aria-labelledby": "spot-title" },
    title,
    element("ul", {}, ...names),
    element("form", { method: "dialog" }, close),
  );
  dialog.addEventListener("close", () => {
    dialog.remove(); // the browser has put the focus back by now
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close(); // beside it
  });
  document.body.append(dialog);
  dialog.showModal();
}

/** The photos of the place in the form: what each shows, and a way to leave it out. */
import { element, icon } from "../dom";
import type { Photo } from "./items";
import type { Outbox } from "./store";

export function photoRows(
  photos: Photo[],
  outbox: Outbox,
  redraw: () => void,
): HTMLElement[] {
  return photos.map((photo, index) => row(photo, index + 1, outbox, redraw));
}

function row(
  photo: Photo,
  number: number,
  outbox: Outbox,
  redraw: () => void,
): HTMLElement {
  const id = `photo-${photo.id}`;
  const words = element("input", {
    class: "in",
    id,
    maxlength: "200",
    autocomplete: "off",
  });
  words.value = photo.alt;
  words.addEventListener("input", () => {
    void outbox.changePhoto(photo.id, { alt: words.value });
  });
  const label = element(
    "label",
    { for: id },
    `What does photo ${String(number)} show? `,
  );
  label.append(
    element("span", { class: "muted optional" }, "(for those who cannot see it)"),
  );
  const people = element("input", { type: "checkbox" });
  people.checked = photo.showsPeople;
  people.addEventListener("change", () => {
    void outbox.changePhoto(photo.id, { showsPeople: people.checked });
  });
  const check = element(
    "label",
    { class: "check" },
    people,
    " Somebody can be recognised",
  );
  const out = element("button", { type: "button", class: "btn quiet" });
  out.append(icon("x", "ic sm"), ` Leave photo ${String(number)} out`);
  out.addEventListener("click", () => {
    void outbox.dropPhoto(photo.id).then(redraw);
  });
  const grow = element("div", { class: "grow" }, label, words, check, out);
  return element("li", { "data-photo": photo.id }, picture(photo), grow);
}

function picture(photo: Photo): Node {
  if (!photo.thumbnail) return icon("camera", "ic lg");
  return element("img", { class: "walk-thumb", src: photo.thumbnail, alt: "" });
}

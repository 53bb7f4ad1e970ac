/**
 * A form's field for a photo: scaled down before it is sent, shown at once, and asked about
 * only once there is one. Without this script everything is asked, and sent as it is.
 */
import { element } from "../dom";
import { readPicture } from "../outbox/pictures";

export function startPhotoField(box: HTMLElement): void {
  const input = box.querySelector<HTMLInputElement>("input[type=file]");
  const more = box.parentElement?.querySelector<HTMLElement>("[data-photo-more]");
  if (!input) return;
  const said = element("p", { class: "photo-kept small", role: "status" });
  said.hidden = true;
  input.after(said);
  const isKept = box.querySelector(".photo-kept img") !== null;
  if (more) more.hidden = !isKept && !hasErrors(more);
  input.addEventListener("change", () => {
    const [file] = input.files ?? [];
    if (more) more.hidden = !file && !isKept;
    if (file) void shrink(input, file, said);
    else said.hidden = true;
  });
}

function hasErrors(more: HTMLElement): boolean {
  return more.querySelector("[aria-invalid=true]") !== null;
}

async function shrink(
  input: HTMLInputElement,
  file: File,
  said: HTMLElement,
): Promise<void> {
  try {
    const { bytes, type, thumbnail } = await readPicture(file);
    if (input.files?.[0] !== file) return; // another was chosen meanwhile
    const transfer = new DataTransfer();
    transfer.items.add(new File([bytes], "photo.jpg", { type }));
    input.files = transfer.files;
    if (!thumbnail) return;
    const image = element("img", { src: thumbnail, alt: "The photo that you chose" });
    said.replaceChildren(element("span", {}, "Ready to send."), image);
    said.hidden = false;
  } catch (error) {
    said.textContent = error instanceof Error ? error.message : String(error);
    said.hidden = false;
  }
}

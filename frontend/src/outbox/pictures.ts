/**
 * Photos as they are kept: scaled down and written anew, which also leaves behind where
 * they were taken. A file that the browser cannot read is kept as it is; the server
 * writes every photo anew anyhow.
 */
import type { Item, Photo } from "./items";
import type { Outbox } from "./store";

export const LONGEST_PX = 2000;
const THUMBNAIL_PX = 160;
const QUALITY = 0.85;
/** What the server takes at most. */
export const MOST_BYTES = 15 * 2 ** 20;

type Picture = Pick<Photo, "bytes" | "type" | "thumbnail">;

/** Width and height that fit into a square, never larger than they were. Pure. */
export function fitted(
  width: number,
  height: number,
  longest: number,
): [number, number] {
  const scale = Math.min(1, longest / Math.max(width, height));
  return [
    Math.max(1, Math.round(width * scale)),
    Math.max(1, Math.round(height * scale)),
  ];
}

export async function readPicture(file: Blob): Promise<Picture> {
  const small = await shrunk(file).catch(() => null);
  if (small) return small;
  if (!file.type.startsWith("image/")) throw new Error("This is not a photo.");
  if (file.size > MOST_BYTES)
    throw new Error("This photo is too large: at most 15 MB.");
  return { bytes: await file.arrayBuffer(), type: file.type, thumbnail: "" };
}

/** Keeps a photo with its place; returns why not, where it cannot. */
export async function keepPhoto(
  outbox: Outbox,
  place: Item,
  file: Blob,
): Promise<string> {
  try {
    await outbox.keepPhoto({
      ...(await readPicture(file)),
      id: crypto.randomUUID(),
      item: place.id,
      owner: place.owner,
      state: "waiting",
      alt: "",
      showsPeople: false,
      addedAt: Date.now(),
      tries: 0,
      nextTryAt: 0,
      problem: "",
    });
    return "";
  } catch (error) {
    if (error instanceof DOMException && error.name === "QuotaExceededError") {
      return "This phone is full: the photo was not kept.";
    }
    return error instanceof Error ? error.message : String(error);
  }
}

async function shrunk(file: Blob): Promise<Picture> {
  const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
  try {
    const large = drawn(bitmap, LONGEST_PX);
    const blob = await new Promise<Blob | null>((done) => {
      large.toBlob(done, "image/jpeg", QUALITY);
    });
    if (!blob) throw new Error("The browser could not write the photo.");
    const thumbnail = drawn(bitmap, THUMBNAIL_PX).toDataURL("image/jpeg", QUALITY);
    return { bytes: await blob.arrayBuffer(), type: blob.type, thumbnail };
  } finally {
    bitmap.close();
  }
}

function drawn(bitmap: ImageBitmap, longest: number): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = fitted(bitmap.width, bitmap.height, longest);
  const context = canvas.getContext("2d");
  if (!context) throw new Error("The browser could not draw the photo.");
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return canvas;
}

/**
 * The outbox on the phone, in IndexedDB. Each change is one transaction: a place being
 * sent cannot be edited, and one being edited is not sent.
 */
import { deleteDB, openDB, type DBSchema, type IDBPDatabase } from "idb";

import { newItem, type Item, type Photo } from "./items";

interface Schema extends DBSchema {
  items: { key: string; value: Item };
  photos: { key: string; value: Photo; indexes: { item: string } };
  about: { key: string; value: string };
}

export const DATABASE = "fans-outbox";
const OWNER = "owner";

export class Outbox {
  private readonly db: IDBPDatabase<Schema>;

  private constructor(db: IDBPDatabase<Schema>) {
    this.db = db;
  }

  /** `onGone`: everything was deleted while this page had it open. */
  static async open(name = DATABASE, onGone = () => {}): Promise<Outbox> {
    const db = await openDB<Schema>(name, 1, {
      upgrade(fresh) {
        fresh.createObjectStore("items", { keyPath: "id" });
        fresh
          .createObjectStore("photos", { keyPath: "id" })
          .createIndex("item", "item");
        fresh.createObjectStore("about");
      },
      // Another tab signs out and deletes everything: do not stand in its way.
      blocking(_current, _blocked, event) {
        (event.target as IDBDatabase | null)?.close();
        onGone();
      },
      terminated: onGone,
    });
    return new Outbox(db);
  }

  close(): void {
    this.db.close();
  }

  /** Whose places these are; null before anybody was signed in here. */
  async owner(): Promise<string | null> {
    return (await this.db.get("about", OWNER)) ?? null;
  }

  /** Says who is signed in; what somebody else left here is deleted. */
  async belongTo(person: string): Promise<void> {
    if ((await this.owner()) === person) return;
    const all = this.db.transaction(["items", "photos", "about"], "readwrite");
    await Promise.all([
      all.objectStore("items").clear(),
      all.objectStore("photos").clear(),
      all.objectStore("about").put(person, OWNER),
      all.done,
    ]);
  }

  /** All places of whoever is signed in, the oldest first. */
  async items(): Promise<Item[]> {
    const owner = await this.owner();
    const items = await this.db.getAll("items");
    return items
      .filter((item) => item.owner === owner && !item.removed)
      .sort((a, b) => a.savedAt - b.savedAt);
  }

  async get(id: string): Promise<Item | undefined> {
    return this.db.get("items", id);
  }

  /** The place that the form holds: the one begun last, else a new one. */
  async draft(now: number): Promise<Item> {
    const begun = (await this.items()).filter(({ state }) => state === "draft");
    const last = begun.at(-1);
    return last ?? newItem(crypto.randomUUID(), (await this.owner()) ?? "", now);
  }

  async keep(item: Item): Promise<void> {
    await this.db.put("items", item);
  }

  /**
   * Keeps what the form holds; false where it has been saved meanwhile, here or in another
   * tab: a late word from the form must not take a saved place back.
   */
  async keepDraft(item: Item): Promise<boolean> {
    const items = this.db.transaction("items", "readwrite");
    const known = await items.store.get(item.id);
    const isOpen = !known || known.state === "draft";
    if (isOpen) await items.store.put({ ...item, state: "draft" });
    await items.done;
    return isOpen;
  }

  /**
   * Changes a place, unless it is no longer as it was expected: then returns null.
   * `change` must not wait for anything.
   */
  async change(
    id: string,
    from: Item["state"][],
    change: (item: Item) => Partial<Item>,
  ): Promise<Item | null> {
    const items = this.db.transaction("items", "readwrite");
    const item = await items.store.get(id);
    const changed =
      item && from.includes(item.state) ? { ...item, ...change(item) } : null;
    if (changed) await items.store.put(changed);
    await items.done;
    return changed;
  }

  /** Deletes a place with its photos. */
  async drop(id: string): Promise<void> {
    const both = this.db.transaction(["items", "photos"], "readwrite");
    const photos = both.objectStore("photos");
    const keys = await photos.index("item").getAllKeys(id);
    await Promise.all([
      ...keys.map((key) => photos.delete(key)),
      both.objectStore("items").delete(id),
      both.done,
    ]);
  }

  async photosOf(item: string): Promise<Photo[]> {
    const photos = await this.db.getAllFromIndex("photos", "item", item);
    return photos.sort((a, b) => a.addedAt - b.addedAt);
  }

  async keepPhoto(photo: Photo): Promise<void> {
    await this.db.put("photos", photo);
  }

  async changePhoto(id: string, change: Partial<Photo>): Promise<void> {
    const photos = this.db.transaction("photos", "readwrite");
    const photo = await photos.store.get(id);
    if (photo) await photos.store.put({ ...photo, ...change });
    await photos.done;
  }

  async dropPhoto(id: string): Promise<void> {
    await this.db.delete("photos", id);
  }

  /**
   * Brings what a closed tab left into order: what was being sent waits again, what was
   * removed is gone, and what was sent longer ago than `sentBefore` is no longer listed.
   */
  async tidy(sentBefore: number): Promise<void> {
    for (const item of await this.db.getAll("items")) {
      const isOld = item.state === "sent" && (item.sentAt ?? 0) < sentBefore;
      if (item.removed || isOld) await this.drop(item.id);
      else await this.change(item.id, ["sending"], () => ({ state: "waiting" }));
    }
  }

  /** How many places would be lost if everything were deleted now. */
  async unsent(): Promise<number> {
    const items = await this.items();
    const photos = await this.db.getAll("photos");
    const open = new Set(photos.filter((p) => p.state !== "sent").map((p) => p.item));
    return items.filter(({ id, state }) => state !== "sent" || open.has(id)).length;
  }
}

/** Deletes everything that walk-rounds keep in this browser. */
export async function wipe(name = DATABASE): Promise<void> {
  await deleteDB(name);
}

/** Whether there is an outbox here; asking must not make one. */
export async function isKept(name = DATABASE): Promise<boolean> {
  const known = await indexedDB.databases();
  return known.some((database) => database.name === name);
}

/** Browsers may throw away what a site keeps when a phone is full, unless asked not to. */
export async function askToStay(): Promise<void> {
  try {
    await navigator.storage.persist();
  } catch {
    // It is a wish: what is kept is sent at the next signal anyhow.
  }
}

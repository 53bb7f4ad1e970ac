import { beforeEach, describe, expect, it } from "vitest";

import { isKept, Outbox, wipe } from "../../src/outbox/store";
import { freshOutbox, photo, place } from "./memory";

let outbox: Outbox;

beforeEach(async () => {
  outbox = await freshOutbox();
});

const ids = async () => (await outbox.items()).map(({ id }) => id);

describe("what is on the phone", () => {
  it("is there again after the tab was closed", async () => {
    const first = await Outbox.open("closed-tab");
    await first.belongTo("ann");
    await first.keep(place("a"));
    await first.keepPhoto(photo("picture", "a"));
    first.close();

    const second = await Outbox.open("closed-tab");

    expect(await second.items()).toEqual([place("a")]);
    expect(await second.photosOf("a")).toEqual([photo("picture", "a")]);
  });

  it("gives back the draft begun last", async () => {
    const draft = place("b", { state: "draft", savedAt: 2000 });
    await outbox.keep(place("a", { state: "draft" }));
    await outbox.keep(draft);

    expect(await outbox.draft(3000)).toEqual(draft);
  });

  it("begins a new place where there is no draft", async () => {
    await outbox.keep(place("a"));

    expect(await outbox.draft(3000)).toMatchObject({ state: "draft", owner: "ann" });
    expect(await ids()).toEqual(["a"]);
  });

  it("cannot be opened for correction while it is being sent", async () => {
    await outbox.keep(place("a", { state: "sending" }));

    const changed = await outbox.change("a", ["waiting"], () => ({ state: "draft" }));

    expect(changed).toBeNull();
    expect((await outbox.get("a"))?.state).toBe("sending");
  });

  it("is not taken back by a late word of the form it was saved from", async () => {
    await outbox.keep(place("a"));

    expect(await outbox.keepDraft(place("a", { state: "draft" }))).toBe(false);
    expect((await outbox.get("a"))?.state).toBe("waiting");

    expect(await outbox.keepDraft(place("b", { state: "draft" }))).toBe(true);
    expect((await outbox.get("b"))?.state).toBe("draft");
  });

  it("loses a place's photos with the place, and no others", async () => {
    await outbox.keep(place("a"));
    await outbox.keepPhoto(photo("one", "a"));
    await outbox.keepPhoto(photo("two", "b"));

    await outbox.drop("a");

    expect(await outbox.photosOf("a")).toEqual([]);
    expect(await outbox.photosOf("b")).toHaveLength(1);
  });

  it("takes back a removal until the page is left", async () => {
    await outbox.keep(place("a"));
    await outbox.change("a", ["waiting"], () => ({ removed: true }));
    expect(await ids()).toEqual([]);
    await outbox.change("a", ["waiting"], () => ({ removed: false }));
    expect(await ids()).toEqual(["a"]);

    await outbox.change("a", ["waiting"], () => ({ removed: true }));
    await outbox.tidy(0);
    expect(await outbox.get("a")).toBeUndefined();
  });

  it("lists what was sent for a while, and then no longer", async () => {
    await outbox.keep(place("old", { state: "sent", sentAt: 1000 }));
    await outbox.keep(place("new", { state: "sent", sentAt: 3000 }));

    await outbox.tidy(2000);

    expect(await ids()).toEqual(["new"]);
  });
});

describe("what would be lost", () => {
  it("is every place that has not arrived whole", async () => {
    await outbox.keep(place("waits"));
    await outbox.keep(place("draft", { state: "draft" }));
    await outbox.keep(place("asked", { state: "needs_you" }));
    await outbox.keep(place("sent", { state: "sent" }));
    await outbox.keep(place("half", { state: "sent" }));
    await outbox.keepPhoto(photo("picture", "half"));

    expect(await outbox.unsent()).toBe(4);
  });
});

describe("at the end", () => {
  it("is all deleted, though another tab has it open", async () => {
    const open = await Outbox.open("signed-out");
    await open.belongTo("ann");
    await open.keep(place("a"));
    expect(await isKept("signed-out")).toBe(true);

    await wipe("signed-out");

    expect(await isKept("signed-out")).toBe(false);
  });

  it("is nobody else's", async () => {
    await outbox.keep(place("a"));

    await outbox.belongTo("ben");

    expect(await outbox.owner()).toBe("ben");
    expect(await outbox.get("a")).toBeUndefined();
  });
});

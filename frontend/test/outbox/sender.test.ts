import { beforeEach, describe, expect, it } from "vitest";

import { Sender } from "../../src/outbox/sender";
import type { Outbox } from "../../src/outbox/store";
import { answer, FakeServer, freshOutbox, lostSignal, photo, place } from "./memory";

let outbox: Outbox;
let server: FakeServer;
let sender: Sender;
let now: number;

beforeEach(async () => {
  outbox = await freshOutbox();
  server = new FakeServer();
  now = 10_000;
  sender = new Sender(outbox, server, undefined, () => now);
});

const send = (all = true) => sender.send({ all });
const stateOf = async (id: string) => (await outbox.get(id))?.state;

describe("sending", () => {
  it("sends each place before its photos, the oldest place first", async () => {
    await outbox.keep(place("late", { savedAt: 2000 }));
    await outbox.keep(place("early", { savedAt: 1000 }));
    await outbox.keepPhoto(photo("picture", "early"));

    await send();

    expect(server.arrived).toEqual(["place early", "photo picture", "place late"]);
    expect(await stateOf("early")).toBe("sent");
    expect((await outbox.get("early"))?.url).toBe("/places/7/");
    expect((await outbox.photosOf("early"))[0]).toMatchObject({ state: "sent" });
    expect((await outbox.photosOf("early"))[0]?.bytes.byteLength).toBe(0);
  });

  it("sends only what was filled in, and never a draft", async () => {
    await outbox.keep(place("a"));
    await outbox.keep(place("b", { state: "draft" }));

    await send();

    expect([...server.places.values()]).toEqual([
      {
        id: "a",
        name: "Copper Kettle",
        category: "food_drink",
        lon: "-2.32",
        lat: "53.42",
      },
    ]);
  });

  it("asks for a new token before each round", async () => {
    await outbox.keep(place("a"));
    await send();
    await outbox.keep(place("b"));
    await send();

    expect(server.tokens).toEqual(["token-1", "token-2"]);
  });

  it("sends nothing twice that has arrived", async () => {
    await outbox.keep(place("a"));
    await send();
    await send();

    expect(server.arrived).toEqual(["place a"]);
  });
});

describe("without a signal", () => {
  it("keeps what waits, and stops at the first that cannot go", async () => {
    server.toPlace = lostSignal;
    await outbox.keep(place("a", { savedAt: 1 }));
    await outbox.keep(place("b", { savedAt: 2 }));

    const round = await send();

    expect(round.outcome).toBe("offline");
    expect(server.arrived).toEqual(["place a"]);
    expect([await stateOf("a"), await stateOf("b")]).toEqual(["waiting", "waiting"]);
  });

  it("keeps a place once whose answer was lost", async () => {
    server.toPlace = (sent) => {
      server.take(sent);
      return lostSignal();
    };
    await outbox.keep(place("a"));
    await send();
    expect(await stateOf("a")).toBe("waiting");

    server.toPlace = (sent) => server.take(sent);
    await send();

    expect(server.arrived).toEqual(["place a", "place a"]);
    expect(server.places.size).toBe(1);
    expect(await stateOf("a")).toBe("sent");
  });

  it("sends a place again that a closed tab was sending", async () => {
    await outbox.keep(place("a", { state: "sending", tries: 1 }));
    await outbox.tidy(0);

    await send();

    expect(await stateOf("a")).toBe("sent");
  });
});

describe("after a failure", () => {
  it("waits longer each time, but sends at once when asked to", async () => {
    server.toPlace = () => answer(503);
    await outbox.keep(place("a"));

    expect((await send(false)).nextTryAt).toBe(now + 5_000);
    now += 5_000;
    expect((await send(false)).nextTryAt).toBe(now + 10_000);
    await send(false); // not due yet
    expect(server.arrived).toHaveLength(2);
    await send(true);
    expect(server.arrived).toHaveLength(3);
  });

  it("waits as long as the server asks for", async () => {
    server.toPlace = () => ({ status: 429, body: {}, retryAfterS: 60 });
    await outbox.keep(place("a"));

    expect((await send()).nextTryAt).toBe(now + 60_000);
  });

  it("goes on with the others where the server fails at one", async () => {
    server.toPlace = (sent) => (sent.id === "a" ? answer(500) : server.take(sent));
    await outbox.keep(place("a", { savedAt: 1 }));
    await outbox.keep(place("b", { savedAt: 2 }));

    await send();

    expect([await stateOf("a"), await stateOf("b")]).toEqual(["waiting", "sent"]);
  });

  it("never sends a photo whose place has not arrived", async () => {
    server.toPlace = () => answer(500);
    await outbox.keep(place("a"));
    await outbox.keepPhoto(photo("picture", "a"));

    await send();

    expect(server.arrived).toEqual(["place a"]);
  });

  it("sends a photo later whose place went through", async () => {
    server.toPhoto = lostSignal;
    await outbox.keep(place("a"));
    await outbox.keepPhoto(photo("picture", "a"));
    await send();
    server.toPhoto = () => answer(200);

    await send();

    expect(server.arrived).toEqual(["place a", "photo picture", "photo picture"]);
  });
});

describe("what the server says", () => {
  it("asks about look-alikes, and sends it as another once told so", async () => {
    const alike = [{ name: "Kettle", url: "/places/3/", why: "35 m away" }];
    server.toPlace = (sent) =>
      sent.not_same ? server.take(sent) : answer(409, { alike });
    await outbox.keep(place("a"));
    await send();

    expect((await outbox.get("a"))?.problem).toEqual({
      kind: "alike",
      alike: [{ name: "Kettle", url: "/places/3/", why: "35 m away" }],
    });

    await outbox.change("a", ["needs_you"], () => ({
      state: "waiting",
      notSame: true,
    }));
    await send();
    expect(server.places.get("a")).toMatchObject({ not_same: true });
  });

  it("names the fields to be put right", async () => {
    server.toPlace = () => answer(400, { detail: "", errors: { name: ["Too long."] } });
    await outbox.keep(place("a"));

    await send();

    expect(await outbox.get("a")).toMatchObject({
      state: "needs_you",
      problem: { kind: "fields", errors: { name: ["Too long."] } },
    });
  });

  it("says so where a correction came after the place had arrived", async () => {
    server.toPlace = lostSignal;
    await outbox.keep(place("a"));
    await send();
    server.toPlace = () => answer(200, { url: "/places/7/", differs: ["Name"] });

    await send();

    expect((await outbox.get("a"))?.problem).toEqual({
      kind: "arrived",
      url: "/places/7/",
      differs: ["Name"],
    });
  });

  it("keeps a photo back that the server does not take, with its words", async () => {
    server.toPhoto = () => answer(400, { errors: { file: ["Not a photo."] } });
    await outbox.keep(place("a"));
    await outbox.keepPhoto(photo("picture", "a"));

    await send();

    expect((await outbox.photosOf("a"))[0]).toMatchObject({
      state: "needs_you",
      problem: "Not a photo.",
    });
  });
});

describe("who is signed in", () => {
  it("keeps everything where the session has ended", async () => {
    server.greets = () => answer(401, { detail: "Sign in first." });
    await outbox.keep(place("a"));

    const round = await send();

    expect(round.outcome).toBe("signed_out");
    expect(server.arrived).toEqual([]);
    expect(await stateOf("a")).toBe("waiting");
  });

  it("stops where the session ends in the middle", async () => {
    server.toPlace = () => answer(401);
    await outbox.keep(place("a", { savedAt: 1 }));
    await outbox.keep(place("b", { savedAt: 2 }));

    expect((await send()).outcome).toBe("signed_out");
    expect(server.arrived).toEqual(["place a"]);
  });

  it("sends nothing of one person as another, and deletes it", async () => {
    await outbox.keep(place("a"));
    await outbox.keepPhoto(photo("picture", "a"));
    server.person = "ben";

    await send();

    expect(server.arrived).toEqual([]);
    expect(await outbox.get("a")).toBeUndefined();
    expect(await outbox.photosOf("a")).toEqual([]);
  });

  it("says what the server says where somebody may not add places", async () => {
    server.greets = () => answer(403, { detail: "Your roles do not allow this." });

    expect(await send()).toMatchObject({
      outcome: "not_allowed",
      detail: "Your roles do not allow this.",
    });
  });

  it("waits where a page of a café's network answers instead of us", async () => {
    server.greets = () => answer(200, {});
    await outbox.keep(place("a"));

    expect((await send()).outcome).toBe("offline");
    expect(await stateOf("a")).toBe("waiting");
  });
});

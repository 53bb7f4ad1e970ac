/**
 * The service worker: keeps the walk-round's page and files on the phone, and nothing
 * else. Pages are fetched without cookies, so that none can hold anything personal; map
 * tiles, photos, answers of the API and every other page pass by unkept.
 */
import { answered, cacheName, outdated, type Shell } from "./worker/answers";

/** The few parts of a worker's own world that are used here. */
interface Waiting extends Event {
  waitUntil(promise: Promise<unknown>): void;
}
interface Fetching extends Waiting {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}
interface Worker {
  readonly SHELL: Shell;
  readonly location: Location;
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: "install" | "activate", act: (event: Waiting) => void): void;
  addEventListener(type: "fetch", act: (event: Fetching) => void): void;
}

const worker = globalThis as unknown as Worker;
const shell = worker.SHELL;
const CACHE = cacheName(shell.version);

worker.addEventListener("install", (event) => {
  event.waitUntil(keepShell().then(() => worker.skipWaiting()));
});

worker.addEventListener("activate", (event) => {
  event.waitUntil(forgetOld().then(() => worker.clients.claim()));
});

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const way = answered(request, shell, worker.location.origin);
  if (way.by === "cache") event.respondWith(kept(way.key, request));
  if (way.by === "network_else") event.respondWith(orKept(way.key, request));
});

/** All or nothing: a worker that lacks a file would break the page without a signal. */
async function keepShell(): Promise<void> {
  const cache = await caches.open(CACHE);
  const wanted = [shell.walk, shell.noSignal, ...shell.files];
  await Promise.all(wanted.map((url) => keep(cache, url)));
}

async function keep(cache: Cache, url: string): Promise<void> {
  const response = await fetch(url, {
    cache: "no-cache",
    credentials: "omit",
    redirect: "error",
  });
  if (!response.ok) throw new Error(`${String(response.status)}: ${url}`);
  await cache.put(url, response);
}

async function forgetOld(): Promise<void> {
  const old = outdated(await caches.keys(), shell.version);
  await Promise.all(old.map((name) => caches.delete(name)));
}

async function kept(key: string, request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  // Browsers throw caches away when a phone is full: then ask as if there were none.
  return (await cache.match(key, { ignoreVary: true })) ?? fetch(request);
}

async function orKept(key: string, request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (error) {
    const cache = await caches.open(CACHE);
    const page = await cache.match(key, { ignoreVary: true });
    if (!page) throw error;
    return page;
  }
}

/** Keeps the list beside the map in step with it, and the page's address with both. */
import type { Map as LeafletMap } from "leaflet";

import { fetchList, fetchListPage } from "../api";
import { readFragment } from "../dom";
import { atParam, fromLatLng, toBBox } from "../geo";
import type { LoadState } from "./signs-layer";

export interface ListParts {
  /** Its children are replaced by what the server sends. */
  list: HTMLElement;
  /** A status region: says how many, politely. */
  count: HTMLElement;
  filters: URLSearchParams;
}

export function keepListInStep(map: LeafletMap, parts: ListParts): void {
  let running = new AbortController();
  let settled: Promise<void> = Promise.resolve();
  const refresh = () => {
    if (map.getSize().y === 0) return; // folded away: nothing is in view
    running.abort(); // a newer view supersedes the request in flight
    running = new AbortController();
    const { signal } = running;
    setState(parts.list, "loading");
    settled = load(map, parts, signal).then(
      () => {
        setState(parts.list, "ready");
      },
      (error: unknown) => {
        if (signal.aborted) return;
        console.warn("list", error);
        setState(parts.list, "error");
        parts.count.textContent =
          "The list could not be fetched. Move the map to try again.";
      },
    );
  };
  map.on("moveend", refresh);
  parts.list.addEventListener("click", (event) => {
    const link =
      event.target instanceof Element ? event.target.closest("a[data-more]") : null;
    if (!(link instanceof HTMLAnchorElement)) return;
    event.preventDefault();
    // A list on its way would put its own first page over the one asked for here.
    void settled.then(() => {
      const now = link.isConnected
        ? link
        : parts.list.querySelector<HTMLAnchorElement>("a[data-more]");
      return now && showMoreOrGo(now);
    });
  });
  map.on("moveend", () => {
    shareView(map);
  });
  refresh();
}

function setState(list: HTMLElement, state: LoadState): void {
  list.dataset.state = state;
  list.ariaBusy = String(state === "loading");
}

async function load(map: LeafletMap, parts: ListParts, signal: AbortSignal) {
  const html = await fetchList(toBBox(map.getBounds()), parts.filters, signal);
  const children = readFragment(html);
  parts.list.replaceChildren(...children);
  const said = children.find((child) => child.matches("[data-count]"));
  if (said instanceof HTMLElement) parts.count.textContent = said.dataset.count ?? "";
}

async function showMoreOrGo(link: HTMLAnchorElement): Promise<void> {
  try {
    await showMore(link);
  } catch (error) {
    console.warn("more of the list", error);
    window.location.assign(link.href);
  }
}

/** Puts the next page below this one, and the focus on its first entry. */
async function showMore(link: HTMLAnchorElement): Promise<void> {
  const query = new URL(link.href).searchParams;
  const [next] = readFragment(await fetchListPage(query));
  if (!next) return;
  link.replaceWith(next);
  next.querySelector<HTMLElement>("li a")?.focus();
}

/** The view as `at=`, as other pages and people link to it. */
export function viewParam(map: LeafletMap): string {
  return atParam({ centre: fromLatLng(map.getCenter()), zoom: map.getZoom() });
}

function shareView(map: LeafletMap): void {
  const url = new URL(window.location.href);
  url.searchParams.set("at", viewParam(map));
  url.searchParams.delete("page");
  url.search = url.search.replaceAll("%2C", ","); // people read and copy this
  // A move is no page of its own: Back leaves the map, it does not retrace it.
  window.history.replaceState(window.history.state, "", url);
}

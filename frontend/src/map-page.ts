/** The map page: puts the map, its signs and the list beside it together. */
import { parseAt } from "./geo";
import { makeFrame, type Frame } from "./map/frame";
import { keepListInStep, viewParam } from "./map/list-sync";
import { SignsLayer } from "./map/signs-layer";
import { assetKind, homeKind } from "./map/sign-kinds";
import { TileStore } from "./map/tile-store";

const root = document.querySelector<HTMLElement>("[data-map]");
if (root) startMap(root);

function startMap(root: HTMLElement): void {
  const at = parseAt(new URLSearchParams(window.location.search).get("at"));
  const frame = makeFrame(root, at);
  const filters = new URLSearchParams(root.dataset.filters ?? "");
  const layers = addSigns(frame, filters);
  const list = document.querySelector<HTMLElement>("[data-map-list]");
  const count = document.querySelector<HTMLElement>("[data-map-count]");
  if (list && count) {
    keepListInStep(frame.map, { list, count, filters });
    highlightFrom(list, layers);
  }
  carryView(frame);
}

function addSigns({ map, root }: Frame, filters: URLSearchParams): SignsLayer[] {
  const states: Record<string, string> = {};
  const onState = (layer: string) => (state: string) => {
    states[layer] = state;
    const all = Object.values(states);
    root.dataset.state =
      ["error", "loading"].find((some) => all.includes(some)) ?? "ready";
  };
  const wanted = (root.dataset.layers ?? "assets homes").split(" ");
  return [assetKind(document), homeKind()]
    .filter(({ layer }) => wanted.includes(layer))
    .map(({ layer, kind }) => {
      const store = new TileStore(filters);
      const signs = new SignsLayer({ layer, kind, store, onState: onState(layer) });
      map.addLayer(signs);
      return signs;
    });
}

/** The sign of the list's entry under the pointer or the focus stands out. */
function highlightFrom(list: HTMLElement, layers: SignsLayer[]): void {
  const show = (event: Event) => {
    const entry =
      event.target instanceof Element
        ? event.target.closest<HTMLElement>("[data-place]")
        : null;
    for (const layer of layers) {
      const mine = entry?.dataset.layer === layer.name;
      layer.highlight(mine ? Number(entry.dataset.place) : null);
    }
  };
  list.addEventListener("focusin", show);
  list.addEventListener("pointerover", show);
  list.addEventListener("pointerleave", show);
}

/** Filters and searches keep the view: it goes along in their link or form. */
function carryView({ map }: Frame): void {
  document.addEventListener("click", (event) => {
    const link =
      event.target instanceof Element
        ? event.target.closest<HTMLAnchorElement>("a[data-keep-view]")
        : null;
    if (!link) return;
    const url = new URL(link.href);
    url.searchParams.set("at", viewParam(map));
    link.href = url.href;
  });
  for (const input of document.querySelectorAll<HTMLInputElement>("input[name=at]")) {
    input.form?.addEventListener("submit", () => {
      input.value = viewParam(map);
    });
  }
}

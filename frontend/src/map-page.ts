/** The map page: puts the map, its signs and the list beside it together. */
import { parseAt } from "./geo";
import { makeFrame, type Frame } from "./map/frame";
import { joinListAndSigns, listActs } from "./map/list-and-signs";
import { keepListInStep, viewParam } from "./map/list-sync";
import { leaveOneFinger } from "./map/one-finger";
import { SignsLayer } from "./map/signs-layer";
import { assetKind, homeKind } from "./map/sign-kinds";
import { TileStore } from "./map/tile-store";
import { Trouble } from "./map/trouble";

const root = document.querySelector<HTMLElement>("[data-map]");
if (root) startMap(root);

function startMap(root: HTMLElement): void {
  const at = parseAt(new URLSearchParams(window.location.search).get("at"));
  const frame = makeFrame(root, at);
  const filters = new URLSearchParams(root.dataset.filters ?? "");
  const list = document.querySelector<HTMLElement>("[data-map-list]");
  const count = document.querySelector<HTMLElement>("[data-map-count]");
  leaveOneFinger(frame.map, root);
  const signs = addSigns(frame, filters, list);
  if (list && count) {
    joinListAndSigns(list, signs);
    keepListInStep(frame.map, { list, count, filters });
  }
  carryView(frame);
}

function addSigns(
  { map, root }: Frame,
  filters: URLSearchParams,
  list: HTMLElement | null,
): SignsLayer {
  const wanted = (root.dataset.layers ?? "assets homes").split(" ");
  const trouble = new Trouble(root, () => {
    signs.retry();
  });
  const signs = new SignsLayer({
    kinds: {
      ...(wanted.includes("assets") && { assets: assetKind(document) }),
      ...(wanted.includes("homes") && { homes: homeKind() }),
    },
    store: new TileStore(filters),
    subject: root.dataset.subject ?? "",
    onState: (state) => {
      root.dataset.state = state;
      if (state === "error") trouble.show();
      else if (state === "ready") trouble.hide();
    },
    ...(list && listActs(list)),
  });
  map.addLayer(signs);
  return signs;
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
  const at = document.querySelector<HTMLInputElement>("input[name=at]");
  const words = document.querySelector<HTMLInputElement>("input[name=q]");
  at?.form?.addEventListener("submit", () => {
    // Other words may be about somewhere else: then the map goes there.
    at.disabled = words?.value !== words?.defaultValue;
    at.value = viewParam(map);
  });
}

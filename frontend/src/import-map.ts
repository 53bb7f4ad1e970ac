/** The map of an import's rows: the list below it says the same in words. */
import { Canvas, CircleMarker, type CircleMarkerOptions } from "leaflet";

import { fetchImportPoints, type ImportPoint, type ImportPoints } from "./api";
import { element } from "./dom";
import { toLatLng } from "./geo";
import { makeFrame } from "./map/frame";

const root = document.querySelector<HTMLElement>("[data-import-map]");
if (root) void showRows(root);

async function showRows(root: HTMLElement): Promise<void> {
  const { map } = makeFrame(root, null);
  const renderer = new Canvas({ padding: 0.5 });
  try {
    const rows = await fetchImportPoints(root.dataset.rows ?? "");
    for (const row of rows.features) {
      const at = toLatLng(row.geometry.coordinates);
      new CircleMarker(at, { ...look(row.properties.outcome), renderer })
        .bindPopup(words(row, root.dataset.rowWord ?? "Row"))
        .addTo(map);
    }
    if (rows.left_off > 0) sayLeftOff(rows);
    root.dataset.state = "ready";
  } catch {
    root.dataset.state = "error";
  }
}

/** Hollow where somebody has to decide, so that colour is not alone in saying so. */
function look(outcome: string): CircleMarkerOptions {
  const colour = getComputedStyle(document.documentElement).getPropertyValue(
    COLOURS[outcome] ?? "--ink-2",
  );
  const hollow = outcome === "unsure" || outcome === "refused";
  return {
    radius: hollow ? 8 : 6,
    weight: hollow ? 3 : 2,
    color: hollow ? colour : "#fff",
    fillColor: hollow ? "#fff" : colour,
    fillOpacity: 0.9,
  };
}

const COLOURS: Record<string, string> = {
  new: "--door",
  changed: "--sky",
  unsure: "--brass-ink",
  refused: "--brick",
};

function words({ properties: row }: ImportPoint, word: string): HTMLElement {
  const link = element(
    "a",
    { href: `#row-${String(row.number)}` },
    `${word} ${String(row.number)}`,
  );
  return element(
    "p",
    { class: "mb0" },
    element("b", {}, row.title),
    ` ${row.what}. `,
    link,
  );
}

function sayLeftOff({ features, left_off }: ImportPoints): void {
  const note = document.querySelector("[data-import-map-note]");
  const all = (features.length + left_off).toLocaleString("en-GB");
  const some = features.length.toLocaleString("en-GB");
  note?.append(` The map shows ${some} of ${all}; the list has them all.`);
}

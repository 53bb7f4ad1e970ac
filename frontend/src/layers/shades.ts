/** Areas or squares, shaded by one of their faces, each with its words written on it. */
import { Polygon, type LatLngBounds, type Map as LeafletMap } from "leaflet";

import { element } from "../dom";
import { toLatLng, type LonLat } from "../geo";
import { makeFrame } from "../map/frame";
import { readJson } from "./page-json";
import { addSign } from "./sign";

type Face = [step: string, words: string];

interface Shape {
  /** The id of its row in the table. */
  key: string;
  name: string;
  parts: LonLat[][][];
  inside: LonLat;
  faces: Record<string, Face>;
}

interface Drawn {
  shape: Shape;
  fill: Polygon;
  label: HTMLElement;
}

/** How much wider than its area a label may be; one with a number may be more. */
const SPILL = 1.15;
const SPILL_OF_NUMBERS = 3;
/** Steps without a colour of their own are drawn with the page's hatches. */
const HATCHED = ["hidden", "none"];

export function showShades(root: HTMLElement, page: Document): void {
  const shapes = readJson<Shape[]>(page, "shades");
  if (!shapes) return;
  const frame = makeFrame(root, null);
  const { map } = frame;
  const drawn = shapes.map((shape) => draw(map, shape));
  const show = (face: string) => {
    for (const one of drawn) wear(one, face);
    fitLabels(map, drawn);
    root.dataset.face = face;
  };
  show(firstFace(shapes));
  offerFaces(page, show);
  map.on("zoomend", () => {
    fitLabels(map, drawn);
  });
  root.dataset.state = "ready";
}

function draw(map: LeafletMap, shape: Shape): Drawn {
  const rings = shape.parts.map((part) => part.map((ring) => ring.map(toLatLng)));
  const fill = new Polygon(rings, {
    className: "shade",
    interactive: false,
    fillOpacity: 1,
  }).addTo(map);
  const label = element("a", { class: "area-label", href: `#${shape.key}` });
  addSign(map, shape.inside, label);
  return { shape, fill, label };
}

function wear({ shape, fill, label }: Drawn, face: string): void {
  const [step, words] = shape.faces[face] ?? ["none", ""];
  const path = fill.getElement();
  path?.setAttribute("class", `shade step-${step}`);
  // Not in the style sheet: there an address would be the sheet's, not the page's.
  if (HATCHED.includes(step)) path?.setAttribute("fill", `url(#hatch-${step})`);
  // The space is not seen: it keeps apart what a voice control hears as one name.
  label.replaceChildren(element("b", {}, shape.name), " ", element("span", {}, words));
  label.setAttribute("aria-label", `${shape.name}: ${words}`);
  label.dataset.step = step;
}

function firstFace([first]: Shape[]): string {
  return Object.keys(first?.faces ?? {})[0] ?? "";
}

/** Lets the reader choose the face, where the page has more than one. */
function offerFaces(page: Document, show: (face: string) => void): void {
  const choice = page.querySelector<HTMLElement>("[data-faces]");
  if (!choice) return;
  const change = (face: string) => {
    show(face);
    for (const legend of page.querySelectorAll<HTMLElement>("[data-face-legend]")) {
      legend.hidden = legend.dataset.faceLegend !== face;
    }
  };
  choice.addEventListener("change", (event) => {
    if (event.target instanceof HTMLInputElement) change(event.target.value);
  });
  choice.hidden = false;
  const chosen = choice.querySelector<HTMLInputElement>("input:checked");
  if (chosen) change(chosen.value);
}

/** Writes on what is wide enough, what the table has first going first. */
function fitLabels(map: LeafletMap, drawn: Drawn[]): void {
  const written: DOMRect[] = [];
  for (const { label, fill } of drawn) {
    label.hidden = false;
    const here = label.getBoundingClientRect();
    const spill = label.dataset.step === "hidden" ? SPILL : SPILL_OF_NUMBERS;
    const fits = here.width <= widthOf(map, fill.getBounds()) * spill;
    label.hidden = !fits || written.some((there) => overlap(here, there));
    if (!label.hidden) written.push(here);
  }
}

function overlap(a: DOMRect, b: DOMRect): boolean {
  const beside = a.right < b.left || b.right < a.left;
  return !beside && a.top < b.bottom && b.top < a.bottom;
}

function widthOf(map: LeafletMap, bounds: LatLngBounds): number {
  const west = map.latLngToContainerPoint(bounds.getSouthWest()).x;
  return map.latLngToContainerPoint(bounds.getSouthEast()).x - west;
}

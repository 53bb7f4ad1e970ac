/** A home's ties as lines: how wide, which way and how alive, month by month. */
import { Circle, LatLngBounds, Polyline, type Map as LeafletMap } from "leaflet";

import { element, icon, symbol } from "../dom";
import { toLatLng, type LonLat } from "../geo";
import { makeFrame } from "../map/frame";
import { curve } from "./curve";
import { startMonths, type Month } from "./months";
import { readJson } from "./page-json";
import { addSign } from "./sign";

type State = "not_yet" | "met" | "between" | "quiet" | "over";
type Step = [state: State, way: string, band: number, words: string];

interface Tie {
  name: string;
  url: string;
  point: LonLat;
  category: string;
  steps: Step[];
}

interface Picture {
  home: LonLat;
  name: string;
  rings: { metres: number; short: string }[];
  stops: Month[];
  ties: Tie[];
}

interface DrawnTie {
  tie: Tie;
  line: Polyline;
  link: HTMLElement;
}

const SIGNS: Partial<Record<State, string>> = { quiet: "quiet", over: "x" };

export function showTies(root: HTMLElement, page: Document): void {
  const picture = readJson<Picture>(page, "ties-months");
  const bar = page.querySelector<HTMLElement>("[data-months]");
  if (!picture || !bar) return;
  const frame = makeFrame(root, null);
  const { map } = frame;
  fit(map, picture);
  drawRings(map, picture);
  const families = readJson<Record<string, string>>(page, "category-families") ?? {};
  const drawn = picture.ties.map((tie) => draw(map, tie, picture.home, families));
  addSign(map, picture.home, homeSign(picture.name));
  startMonths(bar, picture.stops, (number) => {
    for (const one of drawn) show(one, number);
    root.dataset.month = String(number);
  });
  root.dataset.state = "ready";
}

function fit(map: LeafletMap, { home, ties }: Picture): void {
  const bounds = new LatLngBounds(toLatLng(home), toLatLng(home));
  for (const { point } of ties) bounds.extend(toLatLng(point));
  map.fitBounds(bounds, { padding: [28, 28], maxZoom: 16, animate: false });
}

/** The rings of reach, each with its distance at its top. */
function drawRings(map: LeafletMap, { home, rings }: Picture): void {
  for (const { metres, short } of rings) {
    const ring = new Circle(toLatLng(home), {
      radius: metres,
      className: "reach-ring",
      interactive: false,
    }).addTo(map);
    const top: LonLat = [home[0], ring.getBounds().getNorth()];
    addSign(map, top, element("span", { class: "ring-label" }, short));
  }
}

function draw(
  map: LeafletMap,
  tie: Tie,
  home: LonLat,
  families: Record<string, string>,
): DrawnTie {
  const line = new Polyline(curve(home, tie.point).map(toLatLng), {
    interactive: false,
    className: "tie-line",
    smoothFactor: 0,
  }).addTo(map);
  const link = element("a", { class: "tie-sign", href: tie.url });
  const family = families[tie.category] ?? "serve";
  link.append(element("span", { class: `cat f-${family}` }, icon(tie.category)));
  addSign(map, tie.point, link);
  return { tie, line, link };
}

/** Everything about how a line looks stands in layers.css, the legend's own classes. */
function show({ tie, line, link }: DrawnTie, number: number): void {
  const step = tie.steps[number];
  if (!step) return;
  const [state, way, band, words] = step;
  const shape = [`state-${state}`, way && `way-${way}`, `band-${String(band)}`];
  line.getElement()?.setAttribute("class", `tie-line ${shape.join(" ")}`);
  link.setAttribute("aria-label", `${tie.name}: ${words}`);
  link.title = `${tie.name}: ${words}`;
  link.classList.toggle("faint", state === "not_yet");
  link.querySelector(".became")?.remove();
  const sign = SIGNS[state];
  if (sign) link.append(element("span", { class: "became" }, icon(sign, "ic sm")));
}

function homeSign(name: string): HTMLElement {
  const arch = element("span", { class: "cat home" });
  arch.append(symbol("mark", "mark", "0 0 48 48"));
  return element("span", { class: "tie-sign", role: "img", "aria-label": name }, arch);
}

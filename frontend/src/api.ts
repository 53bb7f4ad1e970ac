/** Our own server: the only module that calls fetch() and knows addresses. */
import { bboxParam, type BBox, type LonLat, type TileId } from "./geo";

export class ApiError extends Error {
  readonly status: number;

  constructor(response: Response) {
    super(`${String(response.status)} ${response.statusText}: ${response.url}`);
    this.name = "ApiError";
    this.status = response.status;
  }
}

export type TileLayerName = "assets" | "homes" | "postcodes" | "areas";

async function get(url: string, signal?: AbortSignal): Promise<Response> {
  const response = await fetch(url, { ...(signal && { signal }) });
  if (!response.ok) throw new ApiError(response);
  return response;
}

/** One vector tile; an empty buffer where nothing lies in it. */
export async function fetchTile(
  layer: TileLayerName,
  { z, x, y }: TileId,
  filters: URLSearchParams,
  signal?: AbortSignal,
): Promise<ArrayBuffer> {
  const path = [layer, z, x, y].join("/");
  const query = filters.toString();
  const url = `/tiles/${path}.mvt${query ? `?${query}` : ""}`;
  const response = await get(url, signal);
  return response.arrayBuffer();
}

/** The symbols of the page, as a document to take them from. */
export async function fetchSprite(url: string): Promise<Document> {
  const text = await (await get(url)).text();
  return new DOMParser().parseFromString(text, "image/svg+xml");
}

/** The list of what lies in a box, as the page's own HTML. */
export async function fetchList(
  box: BBox,
  filters: URLSearchParams,
  signal: AbortSignal,
): Promise<string> {
  const query = new URLSearchParams(filters);
  query.set("bbox", bboxParam(box));
  const response = await get(`/map/list/?${query.toString()}`, signal);
  return response.text();
}

/** A further page of that list. */
export async function fetchListPage(query: URLSearchParams): Promise<string> {
  const response = await get(`/map/list/?${query.toString()}`);
  return response.text();
}

export interface NearestPostcode {
  postcode: string;
  distance_m: number;
}

/** The postcode nearest to a point; null where none is loaded near it. */
export async function fetchNearestPostcode(
  [lon, lat]: LonLat,
  signal: AbortSignal,
): Promise<NearestPostcode | null> {
  const query = new URLSearchParams({ lon: lon.toFixed(6), lat: lat.toFixed(6) });
  try {
    const response = await get(`/api/v1/geocode/?${query.toString()}`, signal);
    return readNearest(await response.json());
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return null;
    throw error;
  }
}

/** Our geocoder answers with a list, nearest first. */
function readNearest(body: unknown): NearestPostcode | null {
  const results = isRecord(body) && Array.isArray(body.results) ? body.results : [];
  const first: unknown = results[0];
  if (!isRecord(first) || typeof first.name !== "string") return null;
  const { name, distance_m: distance } = first;
  return { postcode: name, distance_m: typeof distance === "number" ? distance : 0 };
}

/** What is like a place that somebody is typing, as the page's own HTML. */
export async function fetchAlike(
  url: string,
  asked: URLSearchParams,
  signal: AbortSignal,
): Promise<string> {
  const response = await get(`${url}?${asked.toString()}`, signal);
  return response.text();
}

export interface Landmark {
  name: string;
  what: string;
  lon: number;
  lat: number;
  distance_m: number | null;
}

/** What words such as "the library" may mean around a point, the nearest first. */
export async function fetchNear(
  words: string,
  [lon, lat]: LonLat,
  signal: AbortSignal,
): Promise<Landmark[]> {
  const query = { q: words, lon: lon.toFixed(5), lat: lat.toFixed(5) };
  const url = `/places/near/?${new URLSearchParams(query).toString()}`;
  const body = (await (await get(url, signal)).json()) as { results: Landmark[] };
  return body.results;
}

/** One thing that a search may mean, and where it leads. */
export interface Found {
  kind: "place" | "postcode" | "category" | "asset" | "home";
  label: string;
  detail: string;
  url: string;
  point: LonLat | null;
}

export interface SearchAnswer {
  results: Found[];
  /** Whether other words are answered than were typed, and which. */
  spelled: boolean;
  meant: string;
}

/** What words in the search box may mean. `near`: "lon,lat", or "" for not said. */
export async function fetchSearch(
  words: string,
  near: string,
  signal: AbortSignal,
): Promise<SearchAnswer> {
  const query = new URLSearchParams({ q: words, ...(near && { near }) });
  const response = await get(`/search/?${query.toString()}`, signal);
  return (await response.json()) as SearchAnswer;
}

/** How far the import is that the page shows, as the page's own HTML. */
export async function fetchProgress(): Promise<string> {
  const response = await get("?part=progress");
  return response.text();
}

export interface ImportPoint {
  geometry: { coordinates: LonLat };
  properties: { number: number; title: string; outcome: string; what: string };
}

export interface ImportPoints {
  features: ImportPoint[];
  /** Rows with a place beyond those given. */
  left_off: number;
}

/** The rows of an import that have a place; the page knows the address. */
export async function fetchImportPoints(url: string): Promise<ImportPoints> {
  const response = await get(url);
  return (await response.json()) as ImportPoints;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/** What the outbox is told; 4xx are answers here, each with its own meaning. */
export interface Answer {
  status: number;
  body: Record<string, unknown>;
  retryAfterS: number | null;
}

const OUTBOX = "/places/outbox/";
const PLACE_PATIENCE_MS = 30_000;
const PHOTO_PATIENCE_MS = 180_000;

async function ask(url: string, init: RequestInit, patience: number): Promise<Answer> {
  const response = await fetch(url, {
    ...init,
    headers: { ...init.headers, accept: "application/json" },
    redirect: "error",
    cache: "no-store",
    signal: AbortSignal.timeout(patience),
  });
  const body: unknown = await response.json().catch(() => null);
  const retry = Number(response.headers.get("retry-after") ?? NaN);
  return {
    status: response.status,
    body: isRecord(body) ? body : {},
    retryAfterS: Number.isFinite(retry) ? retry : null,
  };
}

/** Whose outbox this is, and a token to send with; 401 where nobody is signed in. */
export function fetchOutbox(): Promise<Answer> {
  return ask(OUTBOX, {}, PLACE_PATIENCE_MS);
}

/** One place; rejects where there is no network. */
export function sendPlace(place: object, csrf: string): Promise<Answer> {
  const headers = { "content-type": "application/json", "x-csrftoken": csrf };
  const init = { method: "POST", headers, body: JSON.stringify(place) };
  return ask(OUTBOX, init, PLACE_PATIENCE_MS);
}

/** One photo of a place that has arrived; rejects where there is no network. */
export function sendPhoto(form: FormData, csrf: string): Promise<Answer> {
  const init = { method: "POST", headers: { "x-csrftoken": csrf }, body: form };
  return ask(`${OUTBOX}photo/`, init, PHOTO_PATIENCE_MS);
}

/** Sends a page's own form; returns where the answer led to. */
export async function sendForm(
  form: HTMLFormElement,
  submitter: HTMLElement | null,
): Promise<string> {
  const body = new FormData(form, submitter);
  const response = await fetch(form.action, { method: "POST", body });
  if (!response.ok) throw new ApiError(response);
  return response.url;
}

/** The map under the cross on a walk-round: it says where, once somebody has said so. */
import type { LatLng, Map as LeafletMap } from "leaflet";

import { fromLatLng, parseAt, toLatLng, type LonLat } from "../geo";
import { makeFrame } from "../map/frame";
import { assetKind } from "../map/sign-kinds";
import { SignsLayer } from "../map/signs-layer";
import { TileStore } from "../map/tile-store";

const DOOR_ZOOM = 17;
const STILL_PX = 3;

export class PlaceMap {
  private readonly map: LeafletMap;
  private readonly onPlaced: (point: LonLat) => void;
  /** Where the map stood when the place was begun; null once it has been moved. */
  private start: LatLng | null;
  /** The map is being set, not moved by a hand. */
  private setting = false;

  constructor(root: HTMLElement, onPlaced: (point: LonLat) => void) {
    const asked = parseAt(new URLSearchParams(window.location.search).get("at"));
    this.map = makeFrame(root, asked).map;
    this.onPlaced = onPlaced;
    this.start = this.map.getCenter();
    const onState = (state: string) => {
      root.dataset.state = state;
    };
    const kinds = { assets: assetKind(document) };
    this.map.addLayer(new SignsLayer({ kinds, store: new TileStore(), onState }));
    this.map.on("moveend", () => {
      this.moved();
    });
  }

  /** Begins another place where the map stands: it is not there until somebody says so. */
  begin(point: LonLat | null): void {
    if (point) this.show(point);
    this.start = this.map.getCenter();
  }

  /** Puts a point under the cross: where the phone is. */
  put(point: LonLat): void {
    this.show(point);
    this.start = null;
    this.onPlaced(point);
  }

  private show(point: LonLat): void {
    this.setting = true;
    const zoom = Math.max(this.map.getZoom(), DOOR_ZOOM);
    this.map.setView(toLatLng(point), zoom, { animate: false });
    this.setting = false;
  }

  private moved(): void {
    if (this.setting) return;
    // The page's own layout moves a map by a pixel; that says nothing about a place.
    if (this.start && this.pixelsFromMiddle(this.start) < STILL_PX) return;
    this.start = null;
    this.onPlaced(fromLatLng(this.map.getCenter()));
  }

  private pixelsFromMiddle(point: LatLng): number {
    const middle = this.map.getSize().divideBy(2);
    return this.map.latLngToContainerPoint(point).distanceTo(middle);
  }
}

export interface Here {
  point: LonLat;
  withinM: number;
}

/** Where the phone is; null where it does not say. */
export function whereIAm(): Promise<Here | null> {
  return new Promise((done) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        done({
          point: [coords.longitude, coords.latitude],
          withinM: Math.max(1, Math.round(coords.accuracy)),
        });
      },
      () => {
        done(null);
      },
      { enableHighAccuracy: true, timeout: 15_000, maximumAge: 0 },
    );
  });
}

/** Whether the phone may be asked without a question to its owner. */
export async function mayAskWhere(): Promise<boolean> {
  try {
    return (
      (await navigator.permissions.query({ name: "geolocation" })).state === "granted"
    );
  } catch {
    return false; // older browsers do not say
  }
}

/**
 * Re-exports what we use of the one Leaflet, which django-leaflet's tags load as
 * window.L. A bare import cannot map to a global, so Vite points `leaflet` here.
 */
import type * as Leaflet from "leaflet";

declare global {
  interface Window {
    L: typeof Leaflet;
  }
}

const { L } = window;

export const { DivIcon, DomEvent, DomUtil, GridLayer, LatLngBounds } = L;
export const { Layer, LayerGroup, Map, Marker, TileLayer } = L;
export const { Canvas, Circle, CircleMarker, Point, Polygon, Polyline } = L;

/**
 * The canvas that signs are drawn on. While the map zooms, the picture that stands is
 * stretched with it, and stays so until there is a better one: no flicker, no gap.
 */
import {
  DomUtil,
  type LatLng,
  type Map as LeafletMap,
  type Point,
  type ZoomAnimEvent,
} from "leaflet";

import { element } from "../dom";

/** How far beyond the view is drawn, in parts of it: what a drag brings in. */
const BEYOND = 0.2;

/** What Leaflet's own layers of one picture use; it is not in the types. */
interface Animating {
  _latLngToNewLayerPoint(at: LatLng, zoom: number, centre: LatLng): Point;
}

export class SignCanvas {
  readonly node = element("canvas", {
    class: "sign-canvas leaflet-zoom-animated",
    "aria-hidden": "true",
  });
  private readonly map: LeafletMap;
  private readonly context = this.node.getContext("2d");
  /** What lies under its top left corner, and the zoom it was drawn for. */
  private corner: LatLng;
  private zoom: number;
  private sharpness = 0;
  private zooming = false;

  constructor(map: LeafletMap) {
    this.map = map;
    this.corner = map.getCenter();
    this.zoom = map.getZoom();
    map.getPane("markerPane")?.append(this.node);
    map.on("zoomstart", this.start, this);
    map.on("zoomanim", this.animate, this);
    map.on("zoom viewreset", this.stretch, this);
    map.on("zoomend", this.end, this);
  }

  remove(): void {
    this.map.off("zoomstart", this.start, this);
    this.map.off("zoomanim", this.animate, this);
    this.map.off("zoom viewreset", this.stretch, this);
    this.map.off("zoomend", this.end, this);
    this.node.remove();
  }

  /** Whether the map is on its way to another zoom: nothing new is drawn then. */
  get isZooming(): boolean {
    return this.zooming;
  }

  /** Whether the picture was drawn for the zoom that the map has now. */
  get fits(): boolean {
    return !this.zooming && this.zoom === this.map.getZoom();
  }

  /** Whether the view has been dragged beyond what is drawn. */
  get isLeft(): boolean {
    const { x, y } = this.map.latLngToContainerPoint(this.corner);
    const size = this.map.getSize();
    const room = size.multiplyBy(2 * BEYOND);
    return x > 0 || y > 0 || x < -room.x || y < -room.y;
  }

  /** Lays the canvas over the view and lets `paint` draw in pixels of the layer. */
  draw(paint: (context: CanvasRenderingContext2D) => void): void {
    const { map, context } = this;
    if (!context) return;
    const size = map.getSize();
    const beyond = size.multiplyBy(BEYOND).round();
    const corner = map.containerPointToLayerPoint(beyond.multiplyBy(-1)).round();
    this.fit(size.x + 2 * beyond.x, size.y + 2 * beyond.y);
    this.corner = map.layerPointToLatLng(corner);
    this.zoom = map.getZoom();
    DomUtil.setTransform(this.node, corner, 1);
    const sharp = this.sharpness;
    context.setTransform(sharp, 0, 0, sharp, 0, 0);
    context.clearRect(0, 0, this.node.width, this.node.height);
    context.translate(-corner.x, -corner.y);
    paint(context);
  }

  private fit(width: number, height: number): void {
    const sharp = window.devicePixelRatio || 1;
    const [w, h] = [Math.round(width * sharp), Math.round(height * sharp)];
    if (w === this.node.width && h === this.node.height) return;
    this.sharpness = sharp;
    this.node.width = w;
    this.node.height = h;
    this.node.style.width = `${String(width)}px`;
    this.node.style.height = `${String(height)}px`;
  }

  private start(): void {
    this.zooming = true;
  }

  private end(): void {
    this.zooming = false;
    this.stretch();
  }

  private animate({ center, zoom }: ZoomAnimEvent): void {
    const map = this.map as unknown as Animating;
    const corner = map._latLngToNewLayerPoint(this.corner, zoom, center);
    DomUtil.setTransform(this.node, corner, this.map.getZoomScale(zoom, this.zoom));
  }

  /** Fingers that pinch, and a zoom that has ended: the picture is where it belongs. */
  private stretch(): void {
    const corner = this.map.latLngToLayerPoint(this.corner);
    const scale = this.map.getZoomScale(this.map.getZoom(), this.zoom);
    DomUtil.setTransform(this.node, corner, scale);
  }
}

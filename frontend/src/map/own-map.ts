/**
 * The operator's own map in one file (PMTiles, after Protomaps' basemap), drawn in our
 * colours. Loaded only where such a file is set.
 */
import { namedFlavor, type Flavor } from "@protomaps/basemaps";
import { LatLngBounds, type GridLayer, type Map as LeafletMap } from "leaflet";
import { PMTiles, TileType } from "pmtiles";
import { labelRules, leafletLayer, paintRules } from "protomaps-leaflet";

import { isDark } from "./contrast";
import { colourOf, onColoursChange } from "./scheme";

/** What is used of protomaps-leaflet's layer, whose own type says nothing of it. */
interface VectorLayer extends GridLayer {
  backgroundColor: string;
  paintRules: ReturnType<typeof paintRules>;
  labelRules: ReturnType<typeof labelRules>;
  clearLayout(): void;
  rerenderTiles(): void;
}

export interface OwnMap {
  layer: GridLayer;
  /** Where the file has anything. */
  bounds: LatLngBounds;
}

/** Opens the file. Throws where it is missing, broken or no basemap. */
export async function openOwnMap(url: string, map: LeafletMap): Promise<OwnMap> {
  const archive = new PMTiles(new URL(url, window.location.href).href);
  const header = await archive.getHeader();
  if (header.tileType !== TileType.Mvt) throw new Error(`${url} has no vector tiles.`);
  if (!hasLand(await archive.getMetadata())) throw new Error(`${url} has no land.`);
  const bounds = new LatLngBounds(
    [header.minLat, header.minLon],
    [header.maxLat, header.maxLon],
  );
  const layer = leafletLayer({
    url: archive,
    bounds,
    maxDataZoom: header.maxZoom,
    maxZoom: map.getMaxZoom(),
    attribution: "", // said beside the map, as of every ground
    className: "own-map",
    ...look(),
  }) as unknown as VectorLayer;
  const stop = onColoursChange(() => {
    Object.assign(layer, look());
    layer.clearLayout();
    layer.rerenderTiles();
  });
  map.on("unload", stop);
  return { layer, bounds };
}

function hasLand(about: unknown): boolean {
  const layers = (about as { vector_layers?: { id?: string }[] } | null)?.vector_layers;
  return Array.isArray(layers) && layers.some(({ id }) => id === "earth");
}

function look(): Pick<VectorLayer, "backgroundColor" | "paintRules" | "labelRules"> {
  const flavour = ourFlavour();
  return {
    backgroundColor: flavour.background,
    paintRules: paintRules(flavour),
    labelRules: labelRules(flavour, "en"),
  };
}

/** Protomaps' light or dark look, with ground, water and names as our own map has them. */
function ourFlavour(): Flavor {
  const [land, water] = [colourOf("--map-land"), colourOf("--map-water")];
  const [name, halo] = [colourOf("--map-name"), land];
  const built = colourOf("--map-built");
  const plain = namedFlavor(isDark(land) ? "dark" : "light");
  return {
    ...plain,
    ...{ background: water, water, earth: land, ocean_label: name },
    ...{ buildings: built, pedestrian: land, industrial: built, hospital: built },
    ...{ school: built, aerodrome: built, military: built },
    ...{ boundaries: colourOf("--map-border"), country_label: name },
    ...{ city_label: name, city_label_halo: halo },
    ...{ subplace_label: name, subplace_label_halo: halo },
    ...{ state_label: name, state_label_halo: halo },
    ...{ roads_label_minor: name, roads_label_minor_halo: halo },
    ...{ roads_label_major: name, roads_label_major_halo: halo },
    ...{ address_label: name, address_label_halo: halo },
  };
}

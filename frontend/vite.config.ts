import { cp, rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";

import { defineConfig } from "vitest/config";
import type { Plugin } from "vite";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Puts Leaflet's whole dist where it shadows the older one inside django-leaflet. */
function copyLeaflet(): Plugin {
  return {
    name: "copy-leaflet",
    async closeBundle() {
      const target = here("./static/leaflet");
      await rm(target, { recursive: true, force: true });
      await cp(here("./node_modules/leaflet/dist"), target, { recursive: true });
    },
  };
}

export default defineConfig({
  base: "./", // fonts and chunks are found beside the file that names them
  publicDir: false,
  plugins: [copyLeaflet()],
  resolve: {
    // The page's one Leaflet is window.L, loaded by django-leaflet's tags.
    alias: [{ find: /^leaflet$/, replacement: here("./src/map/leaflet-shim.ts") }],
  },
  build: {
    outDir: here("./static/frontend/build"),
    emptyOutDir: true,
    manifest: "manifest.json",
    sourcemap: true,
    target: "es2022",
    rollupOptions: {
      input: [
        "src/main.ts",
        "src/map-page.ts",
        "src/month-sheet.ts",
        "src/add-place.ts",
        "src/import-map.ts",
        "src/proposal-map.ts",
        "src/walk.ts",
        "src/layers.ts",
        "src/sw.ts",
      ],
      output: {
        // Few files: over a slow line each costs a round trip, six at a time.
        codeSplitting: {
          groups: [
            {
              name: "shared", // what every page has, so that none waits for a map
              test: /src\/(dom|api|geo|month\/draft)\.ts$|vite\/preload-helper|rolldown\/runtime/,
              priority: 1,
            },
            {
              name: "frame", // all that every map needs
              test: /src\/(mvt\.ts|map\/(?!own-map)[^/]*\.ts)$|node_modules\/(pbf|@mapbox)\//,
            },
          ],
        },
      },
    },
  },
  test: { environment: "node", include: ["test/**/*.test.ts"] },
});

/** What the form's fields say about a point, and what the page says about it. Pure. */
import { UK, type LonLat } from "../geo";

/** The point that two fields hold; null where they hold none in the country. */
export function fieldPoint(lonText: string, latText: string): LonLat | null {
  if (!lonText.trim() || !latText.trim()) return null;
  const [lon, lat] = [Number(lonText), Number(latText)];
  const [west, south, east, north] = UK;
  const inside = lon >= west && lon <= east && lat >= south && lat <= north;
  return inside ? [lon, lat] : null;
}

/** "Near M33 4QT, within 12 m" */
export function nearWords(found: { postcode: string; distance_m: number }): string {
  const metres = Math.max(1, Math.round(found.distance_m));
  const distance =
    metres < 1000 ? `${String(metres)} m` : `${(metres / 1000).toFixed(1)} km`;
  return `Near ${found.postcode}, within ${distance}`;
}

/** "I am there now": the phone says where it is, and the page how far to trust it. */
import type { LonLat } from "../geo";

const PATIENCE_MS = 15_000;
const DOOR_M = 25;
const STREET_M = 150;

export interface Here {
  point: LonLat;
  withinM: number;
}

/** What the page says once the phone has answered. Pure. */
export function hereWords(withinM: number): string {
  const metres = Math.max(1, Math.round(withinM));
  if (metres <= DOOR_M) {
    return `The cross is where you are, within ${String(metres)} m. Move the map if the door is elsewhere.`;
  }
  const far =
    metres < 1000 ? `${String(metres)} m` : `${(metres / 1000).toFixed(1)} km`;
  const words = metres <= STREET_M ? "only to within" : "badly, to within";
  return `Your phone knows where you are ${words} ${far}. Move the map until the cross is on the door.`;
}

/** What the page says where the phone gave no answer. Pure. */
export function whyNotHere(code: number): string {
  if (code === 1) {
    return "Your phone does not tell this page where you are. Move the map, or say below what it is near.";
  }
  return "Your phone does not know where it is just now. Move the map, or say below what it is near.";
}

/** Asks the phone; null with the reason said where it does not answer. */
export function askWhere(say: (words: string) => void): Promise<Here | null> {
  say("Looking for where you are.");
  return new Promise((done) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        say(hereWords(coords.accuracy));
        done({
          point: [coords.longitude, coords.latitude],
          withinM: coords.accuracy,
        });
      },
      ({ code }) => {
        say(whyNotHere(code));
        done(null);
      },
      { enableHighAccuracy: true, timeout: PATIENCE_MS, maximumAge: 10_000 },
    );
  });
}

/** Which requests the service worker answers itself, and how. Pure. */

/** What the server writes before the worker: see frontend/views/offline.py. */
export interface Shell {
  version: string;
  /** The page of the walk-round: the one page that works without a signal. */
  walk: string;
  /** What is shown in place of any other page. */
  noSignal: string;
  /** Scripts, styles, fonts and symbols of both, by their addresses here. */
  files: string[];
}

export type Answered =
  | { by: "cache"; key: string } // at once, signal or not
  | { by: "network_else"; key: string } // only where the network fails
  | { by: "browser" }; // as if there were no worker

interface Asked {
  url: string;
  method: string;
  mode: string;
}

/** Nothing but the shell's own files and two pages is ever answered from what is kept. */
export function answered(
  { url, method, mode }: Asked,
  shell: Shell,
  origin: string,
): Answered {
  const at = new URL(url);
  if (method !== "GET" || at.origin !== origin) return { by: "browser" };
  if (mode === "navigate") {
    return at.pathname === shell.walk
      ? { by: "cache", key: shell.walk }
      : { by: "network_else", key: shell.noSignal };
  }
  return shell.files.includes(at.pathname)
    ? { by: "cache", key: at.pathname }
    : { by: "browser" };
}

const PREFIX = "fans-shell-";

export function cacheName(version: string): string {
  return PREFIX + version;
}

/** Which caches an older worker has left; those of others are not ours to delete. */
export function outdated(names: string[], version: string): string[] {
  return names.filter((name) => name.startsWith(PREFIX) && name !== cacheName(version));
}

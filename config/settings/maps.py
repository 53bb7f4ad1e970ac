"""The map, and who outside is asked about places and ways."""

from csp.constants import NONCE, SELF
from environs import validate

from config.env import env

# A vector map in one file here; no server outside is asked where it is set (docs/map.md).
BASEMAP_PMTILES = env.str("FANS_BASEMAP_PMTILES", "")
BASEMAP_ATTRIBUTION = env.str("FANS_BASEMAP_ATTRIBUTION", "© OpenStreetMap contributors")
TILE_URL = env.str("FANS_TILE_URL", "https://tile.openstreetmap.org/{z}/{x}/{y}.png")
TILE_URL = "" if BASEMAP_PMTILES else TILE_URL
TILE_ATTRIBUTION = env.str("FANS_TILE_ATTRIBUTION", "© OpenStreetMap contributors")
_TILE_HOSTS = (
    [TILE_URL.split("/{")[0].replace("{s}", "*")] if TILE_URL.startswith("http") else []
)
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:", *_TILE_HOSTS],
        "font-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF],
        "manifest-src": [SELF],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "form-action": [SELF],
    }
}
LEAFLET_CONFIG = {
    "DEFAULT_CENTER": (53.42, -2.32),
    "DEFAULT_ZOOM": 12,
    "TILES": [("Map", TILE_URL, {"attribution": TILE_ATTRIBUTION})] if TILE_URL else [],
    "RESET_VIEW": False,
}

# A geocoder outside for what the gazetteer does not know (geo/geocoders.py); none unless named.
GEOCODER = env.str(
    "FANS_GEOCODER",
    "",
    validate=validate.OneOf(["", "nominatim", "photon", "opencage", "postcodes_io"]),
)
GEOCODER_URL = env.str("FANS_GEOCODER_URL", "")
GEOCODER_KEY = env.str("FANS_GEOCODER_KEY", "")
GEOCODER_TIMEOUT_S = 5
# Routers that measure ways (fans/connections/gaps/routers.py); a straight line without one.
VALHALLA_URL = env.str("FANS_VALHALLA_URL", "")
OSRM_FOOT_URL = env.str("FANS_OSRM_FOOT_URL", "")
OSRM_ROAD_URL = env.str("FANS_OSRM_ROAD_URL", "")
ROUTER_TIMEOUT_S = 4  # all questions of one page together

"""Files: those of the site, and those that come in."""

from whitenoise.compress import Compressor

from config.env import env
from config.settings.installation import BASE_DIR, CLUSTER_DIR, DEBUG, STATE_DIR, TESTING

STATIC_URL = "/static/"
STATIC_ROOT = STATE_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or TESTING
        else "frontend.storage.StaticStorage"
    },
}
# Nobody reads source maps on a slow line, and a packed archive would answer a Range
# request with the wrong bytes.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = [
    *Compressor.SKIP_COMPRESS_EXTENSIONS,
    *("map", "pmtiles", "parquet", "gpkg", "xlsx"),
]
WHITENOISE_IMMUTABLE_FILE_TEST = r"/frontend/build/assets/|\.[0-9a-f]{12}\."
MEDIA_ROOT = STATE_DIR / "media"
MEDIA_URL = "/media/"
PRINT_FONTS = BASE_DIR / "frontend/static/frontend/build/assets"  # what PDFs are set in
DJANGO_VITE = {
    "default": {
        "dev_mode": False,
        "static_url_prefix": "frontend/build",
        "manifest_path": BASE_DIR / "frontend/static/frontend/build/manifest.json",
    }
}
# Files and folders that are looked through for somebody who is erased (docs/privacy.md).
ERASURE_PATHS: list[str] = [str(STATE_DIR), *env.list("FANS_ERASURE_PATHS", [])]
if not TESTING:
    ERASURE_PATHS += [str(BASE_DIR / "var/log"), str(CLUSTER_DIR / "log")]
# A file that is larger than an importer takes is not even stored.
FILE_UPLOAD_HANDLERS = [
    "intake.uploads.LimitHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
# Files handed to an importer: packed and unpacked size, rows, and one cell.
IMPORT_LIMITS = {
    "packed_bytes": 64 * 2**20,
    "unpacked_bytes": 2 * 2**30,
    "rows": 250_000,
    "cell_chars": 64 * 2**10,
}
# Photos of places: what one may weigh and measure, and how many a place may have.
PHOTO_LIMITS = {"bytes": 15 * 2**20, "pixels": 60_000_000, "per_asset": 10}
# Hosts that feeds may be fetched from; none unless the operator names them.
IMPORT_HOSTS: list[str] = env.list("FANS_IMPORT_HOSTS", [])
IMPORT_TIMEOUT_S = 20
IMPORT_PAUSE_S = 0.2  # between two requests to one host

"""What pages need: a built front end, or a stand-in for its manifest."""

import json

import pytest
from django_vite.core.asset_loader import DjangoViteAssetLoader

ENTRIES = ("src/main.ts", "src/map-page.ts", "src/add-place.ts")


@pytest.fixture(autouse=True)
def manifest(tmp_path, settings):
    """Let pages name the bundler's files though nothing was built."""
    path = tmp_path / "manifest.json"
    entries = {name: {"file": f"assets/{name[4:-3]}-x.js", "isEntry": True} for name in ENTRIES}
    path.write_text(json.dumps(entries))
    settings.DJANGO_VITE = {
        "default": {**settings.DJANGO_VITE["default"], "manifest_path": path}
    }
    DjangoViteAssetLoader._instance = None
    yield
    DjangoViteAssetLoader._instance = None

"""What pages need: a built front end, or a stand-in for its manifest."""

import json
import re
from pathlib import Path

import pytest
from django_vite.core.asset_loader import DjangoViteAssetLoader

BUNDLER = Path(__file__).resolve().parents[2] / "frontend" / "vite.config.ts"
ENTRIES = re.findall(r'^ *"(src/[a-z-]+\.ts)",$', BUNDLER.read_text(), re.MULTILINE)


@pytest.fixture(autouse=True)
def manifest(tmp_path, settings):
    """Let pages name the bundler's files though nothing was built."""
    path = tmp_path / "manifest.json"
    entries = {name: {"file": f"assets/{name[4:-3]}-x.js", "isEntry": True} for name in ENTRIES}
    path.write_text(json.dumps(entries))
    (tmp_path / "assets").mkdir()
    (tmp_path / entries["src/sw.ts"]["file"]).write_text("// the worker")
    settings.DJANGO_VITE = {
        "default": {**settings.DJANGO_VITE["default"], "manifest_path": path}
    }
    DjangoViteAssetLoader._instance = None
    yield
    DjangoViteAssetLoader._instance = None

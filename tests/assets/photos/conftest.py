"""Photos of tests lie in a folder of their own."""

import pytest


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def folder(settings):
    """Return the names of all files that are kept."""
    return lambda: {path.name for path in settings.MEDIA_ROOT.rglob("*.jpg")}

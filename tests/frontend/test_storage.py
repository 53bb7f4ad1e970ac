"""Static files: hashed once, packed once, kept by browsers."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from frontend.storage import StaticStorage

PROSE = "the quick brown fox jumps over the lazy dog " * 40
BUILT = "frontend/build/assets/main-CvA8McQt.js"


@pytest.fixture
def collected(tmp_path, settings):
    """A static root as collectstatic leaves it, and the storage over it."""
    settings.STATIC_ROOT = tmp_path
    settings.DEBUG = False
    files = {
        "frontend/site.css": f"/* {PROSE} */",
        "frontend/site.css.map": PROSE,
        "frontend/areas.pmtiles": PROSE,
        BUILT: f"// {PROSE}",
        "frontend/build/manifest.json": "{}",
    }
    storage = StaticStorage(location=tmp_path)
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    errors = [
        error
        for _, _, error in storage.post_process({name: (storage, name) for name in files})
        if isinstance(error, Exception)
    ]
    assert errors == []
    return storage


def names(storage):
    root = Path(storage.location)
    return {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}


def test_the_bundlers_files_are_not_hashed_again(collected):
    copies = [name for name in names(collected) if re.search(r"main-CvA8McQt\.\w+\.js$", name)]

    assert collected.stored_name(BUILT) == BUILT
    assert copies == []


def test_what_pages_name_is_packed_and_nothing_else(collected):
    style = collected.stored_name("frontend/site.css")
    packed = {name for name in names(collected) if name.endswith((".br", ".gz"))}

    assert packed == {f"{style}.br", f"{style}.gz", f"{BUILT}.br", f"{BUILT}.gz"}


@pytest.mark.parametrize(
    ("url", "immutable"),
    [
        ("/static/frontend/site.1f5e7c0d9a3b.css", True),
        (f"/static/{BUILT}", True),
        ("/static/frontend/build/manifest.json", False),
        ("/static/frontend/site.css", False),
    ],
)
def test_browsers_keep_what_can_never_change(url, immutable):
    assert bool(re.search(settings.WHITENOISE_IMMUTABLE_FILE_TEST, url)) is immutable

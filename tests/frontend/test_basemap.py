"""The operator's own map in one file: handed out in parts, and nothing beside it."""

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from frontend.views.basemap import MOST_BYTES, read_range

DATA = bytes(range(256)) * 8


@pytest.fixture
def file(tmp_path, settings):
    """Put a file of 2,048 bytes where the setting says."""
    path = tmp_path / "uk.pmtiles"
    path.write_bytes(DATA)
    settings.BASEMAP_PMTILES = str(path)
    return path


def get(client, **headers):
    return client.get(reverse("frontend:basemap"), headers=headers)


@pytest.mark.parametrize(
    ("asked", "part"),
    [
        ("bytes=0-126", slice(0, 127)),
        ("bytes=2000-", slice(2000, None)),
        ("bytes=-48", slice(-48, None)),
        ("bytes=2000-999999", slice(2000, None)),
        ("bytes=-999999", slice(None)),
    ],
)
def test_a_part_is_answered_with_where_it_stands(client, db, file, asked, part):
    response = get(client, range=asked)

    assert response.status_code == 206
    assert response.content == DATA[part]
    first, last, _ = part.indices(len(DATA))
    assert response.headers["Content-Range"] == f"bytes {first}-{last - 1}/{len(DATA)}"
    assert response.headers["Cache-Control"] == "public, max-age=3600, no-transform"


@pytest.mark.parametrize(
    "asked",
    [
        *("bytes=2048-", "bytes=9-3", "bytes=-", "bytes=-0", "bytes=0-1,4-5", "lines=1-2"),
        *("bytes=a-b", "bytes=1e308-", "bytes=-1-2", "bytes=" + "9" * 400 + "-"),
    ],
)
def test_what_is_no_part_of_it_is_refused_with_its_size(client, db, file, asked):
    response = get(client, range=asked)

    assert response.status_code == 416
    assert response.headers["Content-Range"] == "bytes */2048"
    assert response.content == b""


@pytest.mark.parametrize("headers", [{}, {"range": "bytes=9-3"}], ids=["whole", "backwards"])
def test_no_cache_on_the_way_keeps_a_refusal_for_others(client, db, file, headers):
    response = get(client, **headers)

    assert response.status_code in (400, 416)
    assert response.headers["Cache-Control"] == "no-store"


def test_a_browser_that_has_a_part_is_not_sent_it_again(client, db, file):
    etag = get(client, range="bytes=0-9").headers["ETag"]

    again = get(client, range="bytes=0-9", if_none_match=etag)
    assert (again.status_code, again.content) == (304, b"")

    file.write_bytes(DATA + b"newer")
    assert get(client, range="bytes=0-9", if_none_match=etag).status_code == 206
    assert get(client, range="bytes=0-9", if_range=etag).status_code == 400


def test_the_whole_is_not_handed_out_at_once(client, db, file):
    response = get(client)

    assert response.status_code == 400
    assert b"part of this file" in response.content
    assert len(response.content) < 100


def test_its_size_can_be_asked(client, db, file):
    response = client.head(reverse("frontend:basemap"))

    assert response.headers["Content-Length"] == "2048"
    assert response.headers["Accept-Ranges"] == "bytes"


@pytest.mark.parametrize("path", ["", "/nowhere/uk.pmtiles", "."])
def test_without_a_file_there_is_nothing(client, db, settings, path):
    settings.BASEMAP_PMTILES = path

    assert get(client, range="bytes=0-9").status_code == 404


@pytest.mark.parametrize(
    "beside", ["basemap.pmtiles/../x", "basemap.pmtiles/x", "basemap.pmtiles%2e%2e/x"]
)
def test_no_address_leads_to_another_file(client, db, file, beside):
    (file.parent / "x").write_text("secret")

    response = client.get(f"/{beside}", headers={"range": "bytes=0-9"})

    assert response.status_code == 404


@given(
    st.text(max_size=30) | st.from_regex(r"bytes=\d*-\d*", fullmatch=True),
    st.integers(0, 10**10),
)
def test_a_part_lies_within_the_file_and_is_bounded(asked, size):
    span = read_range(asked, size)

    if span is not None:
        assert 0 <= span[0] <= span[1] < size
        assert span[1] - span[0] < MOST_BYTES


def test_maps_ask_the_file_and_nobody_outside(client, db, file, settings):
    settings.TILE_URL = ""
    settings.BASEMAP_ATTRIBUTION = "© Sale surveyors"

    page = client.get(reverse("frontend:map")).content.decode()
    assert 'data-tile-url="/basemap.pmtiles"' in page
    assert 'data-tile-attribution="© Sale surveyors"' in page
    assert "© Sale surveyors" in client.get(reverse("frontend:sources")).content.decode()

"""Between the site and people stand caches: what they keep of one is nobody else's."""

import pytest
from django.urls import reverse

from tests.factories import SALE
from tests.test_every_tile import ZOOMS, address
from tests.walk import OURS, ask, country, example, here, send, there

__all__ = ["ask", "country", "here", "send", "there"]  # fixtures

LAYERS = ["assets", "homes", "postcodes", "areas"]


def body(response) -> bytes:
    """Return all that was sent."""
    return response.getvalue() if response.streaming else response.content


def kept_by_others(response) -> bool:
    """Say whether a cache between may keep an answer and give it to somebody else."""
    rules = response.headers.get("Cache-Control", "").replace(" ", "").split(",")
    return not {"no-store", "private"} & set(rules)


@pytest.mark.parametrize("route", OURS)
def test_what_somebody_signed_in_is_told_stays_out_of_shared_caches(route, ask, here):
    for name in ("manager", "administrator"):
        with ask(name, "get", route, here) as response:
            if kept_by_others(response):
                with ask("visitor", "get", route, here) as visitors:
                    assert body(response) == body(visitors), name


@pytest.mark.parametrize("zoom", ZOOMS)
@pytest.mark.parametrize("layer", LAYERS)
def test_a_kept_tile_is_the_visitors_own(layer, zoom, send):
    url = address(layer, zoom, SALE)
    for name in ("champion", "administrator", "stranger"):
        with send(name, "get", url) as response:
            if kept_by_others(response):
                with send("visitor", "get", url) as visitors:
                    assert response.content == visitors.content
            else:
                assert layer in ("assets", "homes")


@pytest.mark.parametrize("route", OURS)
def test_a_cache_that_keeps_a_visitors_page_asks_again_for_who_has_a_cookie(route, ask, here):
    with ask("visitor", "get", route, here) as response:
        if kept_by_others(response):
            with ask("administrator", "get", route, here) as other:
                same = body(response) == body(other)
            assert same or "Cookie" in response.headers.get("Vary", "")


@pytest.mark.parametrize("zoom", ZOOMS)
def test_the_mark_of_a_champions_tile_opens_nothing_for_others(zoom, send):
    url = address("assets", zoom, SALE)
    with send("champion", "get", url) as response:
        champions, mark = response.content, response["ETag"]
    for name in ("visitor", "stranger", "manager", "researcher"):
        with send(name, "get", url, headers={"if-none-match": mark}) as response:
            assert response.status_code == 200
            assert response["ETag"] != mark
            assert response.content != champions


@pytest.mark.parametrize(
    "headers",
    [
        {"if-none-match": "*"},
        {"if-match": "*"},
        {"if-modified-since": "Fri, 01 Jan 2100 00:00:00 GMT"},
        {"if-unmodified-since": "Fri, 01 Jan 2100 00:00:00 GMT"},
        {"range": "bytes=0-10"},
    ],
    ids=lambda headers: next(iter(headers)),
)
@pytest.mark.parametrize("route", ["frontend:asset", "api:assets-detail", "openness:home"])
def test_a_question_with_a_condition_is_refused_like_one_without(headers, route, send, there):
    kwargs = example(route)(there) | ({"pk": there.draft.pk} if "asset" in route else {})
    url = reverse(route, kwargs=kwargs)
    for name in ("visitor", "manager", "champion"):
        with send(name, "get", url) as response:
            plain = response.status_code
        with send(name, "get", url, headers=headers) as response:
            assert response.status_code == plain
            assert plain in (302, 403, 404)
            assert "ETag" not in response.headers
            assert "Last-Modified" not in response.headers


def test_a_tile_of_one_person_is_not_given_to_the_next_from_this_process(send):
    url = address("assets", 14, SALE)
    with send("visitor", "get", url) as response:
        first = response.content
    with send("champion", "get", url) as response:
        assert response.content != first
    with send("visitor", "get", url) as response:
        assert response.content == first

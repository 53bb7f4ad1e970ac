"""Whatever is asked around a volunteer, one rough point is told and nothing nearer.

A thousand requests by the people who may see most of them: lists, boxes, circles, pages,
tiles, searches, with the gazetteer loaded anew in between. Each answer has to be the one
that follows from the rough point alone, wherever in the cell they live.
"""

import json
import math
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.contrib.gis.geos import Point
from django.core.cache import caches
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from geopy.distance import geodesic
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fans.people.volunteers.lists import INTERESTS, LANGUAGES, TIMES
from fans.people.volunteers.models import Stage, Travel, Volunteer
from fans.people.volunteers.placing import find_place, put_at
from geo.models import Postcode, PostcodeCell
from tests import factories
from tests.factories import SALE, metres_east

pytestmark = pytest.mark.django_db

HOME_OF_THEIRS = "M33 2DH"
MIDDLE = SALE
LIVES_AT = metres_east(SALE, 740)
REQUESTS = 1_000


def load_gazetteer(middle: Point) -> None:
    """Put the cell's middle, and the postcode they live in, where a new file has them."""
    for code, kind in (("M33 2", "sector"), ("M33", "outcode")):
        PostcodeCell.objects.update_or_create(
            code=code, defaults={"kind": kind, "location": middle, "postcodes_count": 320}
        )
    code = HOME_OF_THEIRS.replace(" ", "")
    Postcode.objects.update_or_create(code=code, defaults={"location": LIVES_AT})


@pytest.fixture
def volunteer() -> Volunteer:
    """Amrit lives 740 m from the middle of the postcode sector."""
    load_gazetteer(MIDDLE)
    person = factories.PersonFactory(name="Amrit Singh")
    amrit = factories.VolunteerFactory.build(
        person=person, stage=Stage.ACTIVE, travel_m=Travel.FIVE_MILES, cell=""
    )
    put_at(amrit, find_place(HOME_OF_THEIRS, is_young=False))
    amrit.save()
    return amrit


@pytest.fixture
def asking(volunteer, home, champion, manager, administrator, client_of):
    """Those who may see most: by area, by home, everything."""
    return {who.name: client_of(who) for who in (champion, manager, administrator)}


@pytest.fixture
def client_of():
    """Return a browser in which somebody is signed in."""

    def signed_in(person):
        client = Client()
        client.force_login(person)
        return client

    return signed_in


@contextmanager
def without(volunteer: Volunteer) -> Iterator[None]:
    """Ask in a world where they never signed up."""
    with transaction.atomic():
        Volunteer.objects.filter(pk=volunteer.pk).delete()
        yield
        transaction.set_rollback(True)


near_sale = st.tuples(
    st.floats(-0.05, 0.05).map(lambda d: round(SALE.x + d, 6)),
    st.floats(-0.03, 0.03).map(lambda d: round(SALE.y + d, 6)),
)
spans = st.floats(0.0002, 0.04).map(lambda d: round(d, 6))


@st.composite
def lists(draw):
    """Draw the parameters of one request for the list."""
    params = {}
    if draw(st.booleans()):
        lon, lat = draw(near_sale)
        wide, high = draw(spans), draw(spans)
        params["in_bbox"] = f"{lon},{lat},{lon + wide:.6f},{lat + high:.6f}"
    if draw(st.booleans()):
        lon, lat = draw(near_sale)
        params["near"] = f"{lon},{lat}"
        if draw(st.booleans()):
            params["within_m"] = str(draw(st.integers(1, 5_000)))
    for name, known in (("interest", INTERESTS), ("language", LANGUAGES), ("time", TIMES)):
        if draw(st.integers(0, 9)) == 0:
            params[name] = draw(st.sampled_from(list(known)))
    if draw(st.booleans()):
        params["page_size"] = str(draw(st.integers(1, 500)))
    params["format"] = draw(st.sampled_from(["json", "geojson"]))
    return params


def expected(volunteer: Volunteer, params: dict[str, str]) -> bool | None:
    """Say whether the rough point alone is asked for; None within a metre of the edge."""
    if not _fits(volunteer, params):
        return False
    at = volunteer.location
    if "in_bbox" in params:
        west, south, east, north = map(float, params["in_bbox"].split(","))
        if not (west <= at.x <= east and south <= at.y <= north):
            return False
    if "within_m" in params:
        lon, lat = map(float, params["near"].split(","))
        slack_m = geodesic((lat, lon), (at.y, at.x)).meters - float(params["within_m"])
        return None if abs(slack_m) < 1 else slack_m < 0
    return True


def _fits(volunteer: Volunteer, params: dict[str, str]) -> bool:
    wanted = (
        (params.get("interest"), volunteer.interests),
        (params.get("language"), volunteer.languages),
        (params.get("time"), volunteer.times),
    )
    return all(value is None or value in held for value, held in wanted)


def rows_of(answer) -> list[tuple[list[float], int | None]]:
    """Return the points and distances that an answer tells."""
    if "features" in answer:
        return [
            (each["geometry"]["coordinates"], each["properties"]["distance_m"])
            for each in answer["features"]
        ]
    return [(each["location"]["coordinates"], each["distance_m"]) for each in answer["results"]]


requests = st.one_of(
    lists().map(lambda params: ("list", params)),
    lists().map(lambda params: ("list", params)),
    st.tuples(st.just("one"), st.sampled_from(["json", "geojson"])),
    st.tuples(
        st.just("tile"),
        st.tuples(
            st.sampled_from(["assets", "homes", "postcodes", "areas"]), st.integers(0, 17)
        ),
    ),
    st.tuples(
        st.just("search"),
        st.sampled_from(["Amrit", "Singh", "Amrit Singh", "gardening", "M33 2", "M33 2DH"]),
    ),
    st.tuples(st.just("gazetteer"), st.tuples(spans, spans)),
)


def test_a_thousand_requests_tell_one_rough_point(volunteer, asking):
    seen: set[tuple[float, float]] = set()

    @settings(
        max_examples=REQUESTS,
        database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(request=requests, who=st.sampled_from(sorted(asking)))
    def ask(request, who):
        kind, what = request
        if kind == "list":
            seen.update(ask_list(asking[who], volunteer, what))
        elif kind == "one":
            url = reverse("api:volunteers-detail", args=[volunteer.pk])
            seen.add(told(asking[who].get(url, {"format": what}), volunteer))
        elif kind == "gazetteer":
            moved = Point(MIDDLE.x + what[0], MIDDLE.y + what[1], srid=4326)
            load_gazetteer(moved)
            put_at(volunteer, find_place(HOME_OF_THEIRS, is_young=False))
            volunteer.save()
        else:
            changes_nothing(asking[who], volunteer, *address(kind, what))

    ask()

    assert seen == {(round(MIDDLE.x, 6), round(MIDDLE.y, 6))}


def ask_list(client, volunteer, params) -> set[tuple[float, float]]:
    response = client.get(reverse("api:volunteers-list"), params)
    assert response.status_code == 200, response.content
    rows = rows_of(response.json())
    awaited = expected(volunteer, params)
    assert awaited is None or awaited == bool(rows), params
    for _, distance_m in rows:
        if "near" in params:
            lon, lat = map(float, params["near"].split(","))
            at = volunteer.location
            from_rough = geodesic((lat, lon), (at.y, at.x)).meters
            assert distance_m % 100 == 0
            assert abs(distance_m - from_rough) <= 51
    return {tuple(at) for at, _ in rows}


def told(response, volunteer) -> tuple[float, float]:
    body = response.json()
    geometry = body["geometry"] if "geometry" in body else body["location"]
    return tuple(geometry["coordinates"])


def address(kind, what):
    if kind == "search":
        return reverse("api:geocode"), {"q": what}
    layer, z = what
    x, y = tile_of(LIVES_AT, z)
    return reverse("frontend:tile", args=[layer, z, x, y]), {}


def tile_of(point: Point, z: int) -> tuple[int, int]:
    tiles = 2**z
    lat = math.radians(point.y)
    y = (1 - math.asinh(math.tan(lat)) / math.pi) / 2
    return int((point.x + 180) / 360 * tiles), int(y * tiles)


def changes_nothing(client, volunteer, url, params) -> None:
    """Ask with the volunteer and without: the answers are the same, byte for byte."""
    caches["tiles"].clear()
    with_them = client.get(url, params)
    caches["tiles"].clear()
    with without(volunteer):
        never_there = client.get(url, params)
    caches["tiles"].clear()
    assert with_them.status_code == never_there.status_code
    assert with_them.content == never_there.content


def test_two_who_live_apart_in_one_cell_are_told_alike(asking, volunteer):
    """Nothing tells which of two postcodes of a sector somebody gave."""
    params = {"near": f"{LIVES_AT.x},{LIVES_AT.y}", "format": "json"}
    first = asking["Ben"].get(reverse("api:volunteers-list"), params).content

    put_at(volunteer, find_place("M33 2ZZ", is_young=False))
    volunteer.save()

    assert asking["Ben"].get(reverse("api:volunteers-list"), params).content == first


def test_the_postcode_stands_nowhere_in_the_database(volunteer):
    """Not in any column of any table but the gazetteer's own."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT quote_ident(table_name) FROM information_schema.tables"
            " WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
            " AND table_name <> 'geo_postcode'"
        )
        tables = [name for (name,) in cursor.fetchall()]
        for table in tables:
            cursor.execute(f"SELECT t::text FROM {table} t WHERE t::text ~ 'M33 ?2DH'")
            assert cursor.fetchall() == [], table


def test_the_volunteer_row_holds_the_rough_point_alone(volunteer):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT to_jsonb(v)::text, ST_X(location::geometry), ST_Y(location::geometry)"
            " FROM volunteers_volunteer v"
        )
        text, *at = cursor.fetchone()

    row = json.loads(text)
    assert at == pytest.approx(list(MIDDLE.tuple))
    assert row["cell"] == "M33 2"
    assert [name for name in row if "postcode" in name or "address" in name] == []

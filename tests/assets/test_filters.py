"""One query string means the same everywhere, and a wrong one is named."""

import math

import pytest
from django.contrib.gis.geos import Point
from django.core.exceptions import ValidationError
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from assets.categories import SLUGS
from assets.filters import PARAMETERS, AssetQuery
from assets.models import Asset
from geo.constraints import UK_BOX
from tests import factories
from tests.factories import NORWICH, SALE, metres_east


def ask(text: str, **options) -> AssetQuery:
    return AssetQuery.parse(QueryDict(text), **options)


def wrong(text: str, **options) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as caught:
        ask(text, **options)
    return caught.value.message_dict


def test_nothing_asked_is_everything():
    assert ask("") == AssetQuery()
    assert ask("category=&q=&bbox=&near=&page=") == AssetQuery()


def test_reads_every_parameter():
    assert ask(
        "bbox=-2.4,53.4,-2.3,53.5&near=-2.32,53.42&within_m=800&category=faith"
        "&category=school&category=faith&q=+tea+&check_state=due&check_state=stale"
        "&wheelchair=yes&page=3&page_size=20"
    ) == AssetQuery(
        bbox=(-2.4, 53.4, -2.3, 53.5),
        near=(-2.32, 53.42),
        within_m=800.0,
        category=("faith", "school"),
        q="tea",
        check_state=("due", "stale"),
        wheelchair=("yes",),
        page=3,
        page_size=20,
    )


def test_in_bbox_is_bbox_under_the_name_of_the_api():
    assert ask("in_bbox=-2.4,53.4,-2.3,53.5") == ask("bbox=-2.4,53.4,-2.3,53.5")


def test_a_box_is_cut_to_the_country():
    assert ask("bbox=-180,-90,180,90").bbox == UK_BOX
    assert ask("bbox=10,40,20,45").bbox == (2.1, 49.8, 2.1, 49.8)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("bbox=1,2,3", {"bbox"}),
        ("bbox=nan,nan,nan,nan", {"bbox"}),
        ("in_bbox=-2,53,inf,54", {"in_bbox"}),
        ("bbox=-2.3,53.4,-2.4,53.5", {"bbox"}),
        ("bbox=-2.4,53.5,-2.3,53.4", {"bbox"}),
        ("bbox=-200,53,-2,54", {"bbox"}),
        ("bbox=-2,53,-1,540", {"bbox"}),
        ("bbox=a,b,c,d", {"bbox"}),
        ("bbox=1_0,5,20,6", {"bbox"}),
        ("bbox=٣,٤,٥,٦", {"bbox"}),
        ("bbox=-2.4,53.4,-2.3,53.5&in_bbox=-2.4,53.4,-2.3,53.5", {"bbox"}),
        ("bbox=-2.4,53.4,-2.3,53.5&bbox=-2.4,53.4,-2.3,53.5", {"bbox"}),
        ("near=53.42,-2.32", {"near"}),
        ("near=-2.32", {"near"}),
        ("near=-2.32,53.42,5", {"near"}),
        ("within_m=800", {"within_m"}),
        ("near=-2.32,53.42&within_m=0", {"within_m"}),
        ("near=-2.32,53.42&within_m=-5", {"within_m"}),
        ("near=-2.32,53.42&within_m=50001", {"within_m"}),
        ("near=-2.32,53.42&within_m=nan", {"within_m"}),
        ("near=-2.32,53.42&within_m=far", {"within_m"}),
        ("category=ballroom", {"category"}),
        ("category=faith&category=Faith", {"category"}),
        ("check_state=green", {"check_state"}),
        ("wheelchair=maybe", {"wheelchair"}),
        ("q=" + "x" * 101, {"q"}),
        ("q=a%00b", {"q"}),
        ("page=0", {"page"}),
        ("page=-1", {"page"}),
        ("page=1.5", {"page"}),
        ("page=²", {"page"}),
        ("page=99999999999999999999", {"page"}),
        ("page_size=0", {"page_size"}),
        ("page_size=5001", {"page_size"}),
        ("page=x&category=y&near=z", {"page", "category", "near"}),
    ],
)
def test_names_every_parameter_that_is_wrong(text, names):
    assert set(wrong(text)) == names


def test_a_parameter_nobody_knows_is_refused_where_the_caller_says_so():
    assert ask("categry=faith") == AssetQuery()
    assert set(wrong("categry=faith", others=frozenset())) == {"categry"}
    assert ask("format=json", others=frozenset({"format"})) == AssetQuery()


def read(params: QueryDict) -> tuple[AssetQuery | None, set[str]]:
    try:
        return AssetQuery.parse(params, others=frozenset()), set()
    except ValidationError as error:
        return None, set(error.message_dict)


_texts = st.one_of(
    st.text(max_size=30),
    st.lists(st.floats(), max_size=5).map(lambda xs: ",".join(map(str, xs))),
    st.integers().map(str),
    st.sampled_from(SLUGS),
)
_params = st.lists(st.tuples(st.sampled_from(sorted(PARAMETERS)), _texts), max_size=6)


@given(_params)
def test_any_query_string_is_read_or_refused_by_name(pairs):
    params = QueryDict(mutable=True)
    for name, value in pairs:
        params.appendlist(name, value)

    query, named = read(params)

    assert named <= PARAMETERS & {name for name, _ in pairs}
    if query is None:
        assert named
    else:
        assert 1 <= query.page_size <= 500
        assert set(query.category) <= set(SLUGS)
        assert query.bbox is None or all(map(math.isfinite, query.bbox))


_lon = st.floats(UK_BOX[0], UK_BOX[2])
_lat = st.floats(UK_BOX[1], UK_BOX[3])


@given(_lon, _lon, _lat, _lat)
def test_a_box_inside_the_country_comes_back_as_it_was(a, b, c, d):
    west, east = sorted((a, b))
    south, north = sorted((c, d))
    if west < east and south < north:
        assert ask(f"bbox={west!r},{south!r},{east!r},{north!r}").bbox == (
            west,
            south,
            east,
            north,
        )


# --- what is found ----------------------------------------------------------------


@pytest.fixture
def town(db):
    """Three places in Sale, one without a place, one in Norwich."""
    return {
        "church": factories.AssetFactory(name="St Bride", category="faith", wheelchair="yes"),
        "school": factories.AssetFactory(
            name="Beech Road", category="school", location=metres_east(SALE, 300)
        ),
        "shop": factories.AssetFactory(
            name="Corner",
            category="shops",
            check_state="stale",
            location=metres_east(SALE, 900),
        ),
        "choir": factories.AssetFactory(
            name="Choir by video",
            category="online",
            location=None,
            location_precision="",
            location_source="",
        ),
        "norwich": factories.AssetFactory(name="Abbey", category="faith", location=NORWICH),
    }


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", ["norwich", "school", "choir", "church", "shop"]),
        ("category=faith&category=school", ["norwich", "school", "church"]),
        ("check_state=stale", ["shop"]),
        ("wheelchair=yes", ["church"]),
        ("q=beech", ["school"]),
        ("near=-2.322,53.424", ["church", "school", "norwich", "shop"]),
        ("near=-2.322,53.424&within_m=600", ["church", "school"]),
        ("near=-2.322,53.424&within_m=600&category=school", ["school"]),
        ("near=-2.322,53.424&within_m=1000", ["church", "school", "shop"]),
        ("near=-2.322,53.424&bbox=-2.4,53.4,1.4,53.5", ["church", "school", "shop"]),
        ("near=-2.322,53.424&page_size=2&page=2", ["norwich", "shop"]),
        ("bbox=-2.4,53.4,-2.2,53.5", ["school", "church", "shop"]),
        ("bbox=10,40,20,45", []),
        ("page_size=2", ["norwich", "school"]),
        ("page_size=2&page=2", ["choir", "church"]),
        ("page_size=2&page=3", ["shop"]),
        ("page=9", []),
    ],
)
def test_finds_and_orders(town, text, names):
    found = ask(text).page_of(Asset.objects.published())

    assert [asset.name for asset in found] == [town[name].name for name in names]


def test_counts_what_all_pages_hold(town):
    rows = Asset.objects.published()

    assert ask("page_size=1").count(rows) == 5
    assert ask("near=-2.322,53.424").count(rows) == 4
    assert ask("near=-2.322,53.424&within_m=600").count(rows) == 2


def test_says_the_distance_where_a_point_is_asked_for(town):
    rows = ask("near=-2.322,53.424&within_m=600").rows(Asset.objects.all())

    assert [round(row.distance.m) for row in rows] == [0, 300]


def test_a_filters_counts_keep_the_other_filters(town):
    rows = Asset.objects.published()

    assert ask("category=faith&bbox=-2.4,53.4,-2.2,53.5").counts(rows, "category") == {
        "faith": 1,
        "school": 1,
        "shops": 1,
    }
    assert ask("category=faith").counts(rows, "check_state") == {"due": 2}


@pytest.mark.parametrize("text", ["bbox=-180,-90,180,90", "bbox=-9,49.8,2.1,61"])
def test_the_widest_box_holds_every_place(town, text):
    assert ask(text).count(Asset.objects.all()) == 4


def test_a_box_holds_what_lies_inside_and_nothing_beside(db):
    west, south, east, north = -2.4, 53.4, -2.2, 53.5
    inside = [(west, south), (east, north), (-2.3, 53.45), (west + 1e-6, north - 1e-6)]
    outside = [(west - 1e-3, 53.45), (east + 1e-3, 53.45), (-2.3, 53.399), (-2.3, 53.501)]
    for lon, lat in inside + outside:
        factories.AssetFactory(location=Point(lon, lat, srid=4326))

    found = ask(f"bbox={west},{south},{east},{north}").filter(Asset.objects.all())

    assert {asset.location.coords for asset in found} == set(inside)


def test_a_wide_box_holds_what_stands_on_its_southern_edge(db):
    factories.AssetFactory(location=Point(0.0, 50.8, srid=4326))

    assert ask("bbox=-1,50.8,1,51").count(Asset.objects.all()) == 1
    assert ask("bbox=-8,50.8,2,51").count(Asset.objects.all()) == 1
    assert ask("bbox=-8,50.801,2,51").count(Asset.objects.all()) == 0

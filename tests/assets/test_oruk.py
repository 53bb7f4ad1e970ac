"""``import_assets --source oruk``: services at locations, and what is wrong with a feed."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets import oruk
from assets.candidates import RowRefusedError
from assets.importing import import_assets
from assets.models import Asset, AssetSource
from intake.errors import IntakeError

SERVICES = Path(__file__).parent / "data" / "services.json"

pytestmark = pytest.mark.django_db


def take(path: Path, **options):
    return import_assets(paths=[path], source=AssetSource.ORUK, **options).total


def write(tmp_path: Path, content) -> Path:
    path = tmp_path / "feed.json"
    path.write_text(json.dumps(content))
    return path


def test_a_service_is_an_asset_at_each_of_its_locations():
    report = take(SERVICES)

    assert (report.read, report.new, report.refused) == (6, 3, 3)
    assert [str(refusal) for refusal in report.refusals] == [
        "row 4, latitude: it lies outside the UK: latitude 100, longitude 101",
        "row 5, location_type: its address is for post only",
        "row 6, attributes: its terms meet none of our kinds of place: Plumbing",
    ]
    tunes = Asset.objects.get(source_ref="11111111-1111-4111-8111-111111111111/l1")
    assert (tunes.name, tunes.category) == ("Tea and Tunes (Quay Hall)", "arts_culture")
    assert (tunes.address, tunes.postcode) == ("3 Quay Street, Sale", "M33 2DH")
    assert tunes.location.coords == (-2.322, 53.424)
    assert (tunes.phone, tunes.cost) == ("0161 496 0101", "Free")
    assert tunes.opening_hours == "Tu,Th 10:00-12:00"
    assert tunes.access_notes == "Ramp at the side."
    assert tunes.source_values["outside"] == {"operator": "Tunes of Sale"}
    assert "Jane" not in json.dumps(tunes.source_values)


def test_what_is_held_by_video_is_online_and_has_no_place():
    take(SERVICES)

    online = Asset.objects.get(category="online")
    assert (online.name, online.location) == ("Tea and Tunes (By video)", None)


def test_a_service_that_is_no_more_is_closed_and_one_closed_for_now_says_so():
    take(SERVICES, category="business_employer")

    assert Asset.objects.get(name="Canal Lunch Club").state == "closed"
    job = Asset.objects.get(name="Odd Job")
    assert (job.state, job.category) == ("open", "business_employer")
    assert job.description == "Temporarily closed."


def test_a_feed_again_finds_everything_as_it_was():
    take(SERVICES)

    again = take(SERVICES)

    assert (again.new, again.changed, again.same, again.refused) == (0, 0, 3, 3)


def test_a_page_of_a_feed_is_taken_as_a_file(tmp_path):
    page = {"total_pages": 1, "contents": json.loads(SERVICES.read_text())}

    assert take(write(tmp_path, page)).new == 3


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ({"services": []}, "no list of services"),
        ("text", "no list of services"),
        ([], "holds no services"),
        ([{"id": "x"}, 5], "row 2: this is no service"),
    ],
)
def test_refuses_what_is_no_feed(tmp_path, content, words):
    with pytest.raises(IntakeError, match=words):
        take(write(tmp_path, content))


@pytest.mark.with_data
def test_the_derived_feed_is_taken_whole(real_data):
    path = real_data / "oruk" / "derived_feed" / "services_full.json"

    first, second = take(path), take(path)

    # Two rows tell of a place that another row tells of too, by another name: a person decides.
    assert (first.read, first.new, first.unsure, first.refused) == (505, 503, 2, 0)
    assert (second.new, second.changed, second.same, second.unsure) == (0, 0, 503, 2)


_MEMBERS = [
    "id",
    "name",
    "status",
    "service_at_locations",
    "attributes",
    "contacts",
    "schedules",
]

_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    *_MEMBERS,
                    "location",
                    "latitude",
                    "longitude",
                    "byday",
                    "taxonomy_term",
                    "freq",
                ]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from([*_MEMBERS, "cost_options", "organization"]), _json))
def test_any_service_is_read_or_refused(service):
    for _, read in oruk.Feed("civic").parts(service):
        try:
            found = read()
        except RowRefusedError as error:
            assert error.reason  # noqa: PT017
        else:
            assert found.candidate.values["name"]

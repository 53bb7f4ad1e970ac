"""The same file, an older one, another source's: no check renewed, no edit lost, nothing twice.

Libraries of England over a feed of Open Referral UK over OpenStreetMap: the real files
where they are here, and small made-up ones of their shapes everywhere.
"""

import datetime as dt
import json
from pathlib import Path

import pytest
from django.contrib.gis.geos import Point
from django.utils import timezone

from assets import services
from assets.checking.answering import answer_question
from assets.checking.models import Answer, SourceQuestion
from assets.checking.services import check_facts
from assets.choices import CheckMethod, Fact
from assets.importing import import_assets
from assets.models import Asset, AssetSource, FactCheck
from intake.errors import IntakeError
from intake.report import Report
from tests import factories
from tests.factories import SALE, metres_east

pytestmark = pytest.mark.django_db
LIBRARY_HEADERS = (
    "name,id,authority_id,address,postcode,lat,lng,statutory2010,statutory2016,type,closed,"
    "closed_year,opened_year,replacement,notes,hours,staffhours,url,email"
)


def take(path: Path, source: str, **options) -> Report:
    return import_assets(paths=[path], source=AssetSource(source), **options).total


def counts(report: Report) -> tuple[int, int, int]:
    return report.new, report.changed, report.unsure


@pytest.fixture
def administrator():
    return factories.member("administrator", name="Ann")


def check(asset: Asset, by, *facts: Fact) -> None:
    long_ago = timezone.localdate() - dt.timedelta(days=400)
    check_facts(
        by=by, asset=asset, facts=facts or [Fact.PLACE], how=CheckMethod.VISIT,
        checked_on=long_ago,
    )  # fmt: skip


def correct(asset: Asset, by, **details) -> None:
    services.edit_asset(by=by, asset=asset, seen_at=asset.updated_at, **details)


def checks() -> list[tuple]:
    return sorted(FactCheck.objects.values_list("asset_id", "fact", "checked_on", "by", "how"))


# --- the three sources, made up ------------------------------------------------------


def osm(path: Path, *names: str, version: int = 1, **tags: str) -> Path:
    """Write libraries 300 m apart as OpenStreetMap has them."""
    rows = [
        {
            "type": "Feature",
            "id": f"node/{number}",
            "properties": {
                "name": name, "amenity": "library", "@version": version, **tags,
            },
            "geometry": {"type": "Point", "coordinates": list(where(number).coords)},
        }
        for number, name in enumerate(names, start=1)
        if name
    ]  # fmt: skip
    path.write_text(json.dumps({"type": "FeatureCollection", "features": rows}))
    return path


def where(number: int, off_m: float = 0) -> Point:
    return metres_east(SALE, 300 * number + off_m)


def feed(path: Path, *names: str, changed: str = "2026-05-12", **words: str) -> Path:
    services_of = [
        {
            "id": f"service-{number}",
            "name": name,
            "status": "active",
            "last_modified": f"{changed}T00:00:00Z",
            "attributes": [{"taxonomy_term": {"name": "Library"}}],
            "service_at_locations": [
                {"location": {"id": f"at-{number}", "location_type": "physical",
                              "longitude": where(number, 20).x, "latitude": where(number).y}}
            ],
            **words,
        }
        for number, name in enumerate(names, start=1)
        if name
    ]  # fmt: skip
    path.write_text(json.dumps(services_of))
    return path


def table(path: Path, *names: str, hours: str = "40") -> Path:
    rows = [
        f"{name},{number},1,{number} High Street,,{where(number, 40).y},"
        f"{where(number, 40).x},t,t,LAL,,,,f,,{hours},{hours},www.example.org,"
        for number, name in enumerate(names, start=1)
        if name
    ]
    path.write_text("\n".join([LIBRARY_HEADERS, *rows]) + "\n")
    return path


NAMES = tuple(f"{street} Library" for street in (
    "Ash", "Birch", "Cedar", "Damson", "Elder", "Fir", "Gorse", "Hazel", "Ivy", "Juniper",
))  # fmt: skip


def test_libraries_over_a_feed_over_a_map_are_each_one_place(tmp_path, administrator):
    take(osm(tmp_path / "map.geojson", *NAMES), "osm")
    first, second = Asset.objects.order_by("pk")[:2]
    check(first, administrator, Fact.PLACE, Fact.PHONE)
    correct(second, administrator, phone="0161 496 0000")
    before = checks()
    stood = list(Asset.objects.order_by("pk").values())

    from_feed = take(feed(tmp_path / "feed.json", *NAMES), "oruk")
    from_table = take(table(tmp_path / "libraries.csv", *NAMES), "csv")

    assert counts(from_feed) == counts(from_table) == (0, 0, len(NAMES))
    assert list(Asset.objects.order_by("pk").values()) == stood
    assert checks() == before


@pytest.mark.parametrize("source", ["osm", "oruk", "csv"])
def test_the_same_file_again_is_the_same(tmp_path, administrator, source):
    write = {"osm": osm, "oruk": feed, "csv": table}[source]
    path = write(tmp_path / ("all.csv" if source == "csv" else "all.json"), *NAMES)
    take(path, source)
    asset = Asset.objects.order_by("pk").first()
    check(asset, administrator)
    correct(asset, administrator, phone="0161 496 0000", name="Ash Tree Library")
    before, stood = checks(), list(Asset.objects.order_by("pk").values())

    again = take(path, source)

    assert again.summary().startswith("read 10, new 0, changed 0, same 10, unsure 0")
    assert (again.gone, again.questions) == (0, 0)
    assert (checks(), list(Asset.objects.order_by("pk").values())) == (before, stood)


def test_an_older_map_or_feed_moves_nothing_back(tmp_path):
    """As far as rows say when they are of: a version, or the day of the last change."""
    take(osm(tmp_path / "new.json", *NAMES, version=3, phone="0161 496 0003"), "osm")
    older = take(osm(tmp_path / "old.json", *NAMES, version=2, phone="0161 496 0002"), "osm")

    assert counts(older) == (0, 0, 0)
    assert any("from before what we have" in note for note in older.notes)
    assert set(Asset.objects.values_list("phone", flat=True)) == {"0161 496 0003"}
    newer = take(osm(tmp_path / "next.json", *NAMES, version=4, phone="0161 496 0004"), "osm")
    assert newer.changed == len(NAMES)


def test_an_older_feed_moves_nothing_back(tmp_path):
    path = tmp_path / "feed.json"
    take(feed(path, *NAMES, fees="Free since May"), "oruk")

    older = take(feed(path, *NAMES, changed="2025-01-01", fees="2 pounds"), "oruk")

    assert counts(older) == (0, 0, 0)
    assert set(Asset.objects.values_list("cost", flat=True)) == {"Free since May"}


def test_an_older_table_undoes_no_edit_renews_no_check_and_adds_nothing(
    tmp_path, administrator
):
    """A table says nothing of its age: what nobody here vouches for follows it."""
    path = tmp_path / "libraries.csv"
    take(table(path, *NAMES), "csv")
    asset = Asset.objects.get(name="Ash Library")
    check(asset, administrator, Fact.PLACE, Fact.HOURS)
    correct(asset, administrator, name="Ash Tree Library")
    before = checks()

    older = take(table(path, "Ash Lending Library", *NAMES[1:]), "csv")

    asset.refresh_from_db()
    assert (asset.name, checks()) == ("Ash Tree Library", before)
    assert (older.new, Asset.objects.count()) == (0, len(NAMES))


# --- what somebody checked, a feed does not overwrite --------------------------------


def test_a_checked_fact_stays_and_what_the_source_says_now_is_asked(tmp_path, administrator):
    path = tmp_path / "map.json"
    take(osm(path, *NAMES, phone="0161 496 0001"), "osm")
    asset = Asset.objects.order_by("pk").first()
    check(asset, administrator, Fact.PHONE)

    later = take(osm(path, *NAMES, version=2, phone="0161 496 0002"), "osm")

    asset.refresh_from_db()
    assert (asset.phone, later.changed, later.questions) == ("0161 496 0001", 9, 1)
    question = SourceQuestion.objects.get()
    assert (question.kind, question.said) == ("changed", {"phone": "0161 496 0002"})
    assert take(osm(path, *NAMES, version=3, phone="0161 496 0002"), "osm").questions == 0
    answer_question(by=administrator, question=question, answer=Answer.TAKE)
    asset.refresh_from_db()
    assert asset.phone == "0161 496 0002"


def test_a_checked_place_is_not_moved(tmp_path, administrator):
    path = tmp_path / "feed.json"
    take(feed(path, *NAMES), "oruk")
    asset = Asset.objects.order_by("pk").first()
    check(asset, administrator, Fact.PLACE)
    rows = json.loads(path.read_text())
    for row in rows:
        row["service_at_locations"][0]["location"]["latitude"] += 0.01
        row["last_modified"] = "2026-06-01T00:00:00Z"
    path.write_text(json.dumps(rows))

    report = take(path, "oruk")

    assert (report.changed, report.questions) == (9, 1)
    stood = asset.location
    asset.refresh_from_db()
    assert asset.location == stood


# --- what a source drops, or says is closed ------------------------------------------


@pytest.mark.parametrize(
    ("source", "suffix"), [("osm", "json"), ("oruk", "json"), ("csv", "csv")]
)
def test_what_a_source_no_longer_lists_is_asked_about_and_stays(tmp_path, source, suffix):
    write = {"osm": osm, "oruk": feed, "csv": table}[source]
    path = tmp_path / f"all.{suffix}"
    take(write(path, *NAMES), source)

    shorter = take(write(path, NAMES[0], "", *NAMES[2:]), source)

    assert (shorter.gone, shorter.questions) == (1, 1)
    question = SourceQuestion.objects.select_related("asset").get()
    assert (question.asset.name, question.kind) == (NAMES[1], "gone")
    assert (question.asset.state, question.asset.visibility) == ("open", "published")
    again = take(path, source)
    assert (again.gone, again.questions, SourceQuestion.objects.count()) == (0, 0, 1)


def test_what_is_listed_again_is_asked_no_more(tmp_path):
    path = tmp_path / "libraries.csv"
    take(table(path, *NAMES), "csv")
    take(table(path, NAMES[0], "", *NAMES[2:]), "csv")

    take(table(path, *NAMES), "csv")

    assert SourceQuestion.objects.get().answer == Answer.MOOT
    assert take(table(path, NAMES[0], "", *NAMES[2:]), "csv").questions == 1


def test_a_file_that_drops_more_than_a_fifth_is_refused_unless_allowed_or_a_part(tmp_path):
    path = tmp_path / "libraries.csv"
    take(table(path, *NAMES), "csv")
    table(path, *NAMES[:7])

    with pytest.raises(IntakeError, match=r"3 of 10 places .*--allow-vanished.*--part"):
        take(path, "csv")
    assert take(path, "csv", whole=False).questions == 0
    assert take(path, "csv", dry_run=True, allow_vanished=True).questions == 3
    assert not SourceQuestion.objects.exists()
    assert take(path, "csv", allow_vanished=True).summary().endswith("gone 3, questions 3")


def test_a_map_of_elsewhere_or_of_other_kinds_drops_nothing(tmp_path):
    take(osm(tmp_path / "here.json", *NAMES), "osm")
    rows = json.loads((tmp_path / "here.json").read_text())
    for number, row in enumerate(rows["features"]):
        row["id"] = f"node/{1000 + number}"
        row["properties"] |= {"amenity": "pub", "name": f"Pub {number}"}
    (tmp_path / "pubs.json").write_text(json.dumps(rows))
    for number, row in enumerate(rows["features"]):
        row["id"] = f"node/{2000 + number}"
        row["geometry"]["coordinates"][1] += 0.5
    (tmp_path / "north.json").write_text(json.dumps(rows))

    assert take(tmp_path / "pubs.json", "osm").gone == 0
    assert take(tmp_path / "north.json", "osm").gone == 0
    shorter = take(osm(tmp_path / "again.json", *NAMES[:9]), "osm")
    assert (shorter.gone, shorter.questions) == (1, 1)


def test_a_row_that_is_refused_is_listed_all_the_same(tmp_path):
    path = osm(tmp_path / "map.json", *NAMES)
    take(path, "osm")
    rows = json.loads(path.read_text())
    del rows["features"][3]["properties"]["name"]
    path.write_text(json.dumps(rows))

    report = take(path, "osm")

    assert (report.refused, report.gone) == (1, 0)


@pytest.mark.parametrize("vouches", ["nobody", "check", "edit", "tie", "answer"])
def test_what_a_source_says_is_closed_is_asked_where_somebody_vouches_for_it(
    tmp_path, administrator, vouches
):
    path = tmp_path / "feed.json"
    take(feed(path, *NAMES), "oruk")
    asset = Asset.objects.order_by("pk").first()
    if vouches == "check":
        check(asset, administrator, Fact.HOURS)
    elif vouches == "edit":
        correct(asset, administrator, suits="All ages")
    elif vouches == "tie":
        factories.PartnershipFactory(partner=factories.PartnerFactory(asset=asset))
    elif vouches == "answer":
        asked = factories.SourceQuestionFactory(asset=asset)
        answer_question(by=administrator, question=asked, answer=Answer.THERE)
    rows = json.loads(path.read_text())
    rows[0] |= {"status": "defunct", "last_modified": "2026-06-01T00:00:00Z"}
    path.write_text(json.dumps(rows))

    report = take(path, "oruk")

    asset.refresh_from_db()
    waiting = list(SourceQuestion.objects.waiting().values_list("kind", flat=True))
    if vouches == "nobody":
        assert (asset.state, waiting, report.questions) == ("closed", [], 0)
    else:
        assert (asset.state, waiting, report.questions) == ("open", ["closed"], 1)
        rows[0] |= {"status": "active", "last_modified": "2026-07-01T00:00:00Z"}
        path.write_text(json.dumps(rows))
        take(path, "oruk")
        assert not SourceQuestion.objects.waiting().exists()


def test_of_a_merged_record_the_one_that_stands_is_asked_about(tmp_path):
    path = tmp_path / "libraries.csv"
    take(table(path, *NAMES), "csv")
    stands = factories.AssetFactory(name="Ash Library and Hall")
    Asset.objects.filter(name=NAMES[0]).update(visibility="hidden", merged_into=stands)

    take(table(path, "", *NAMES[1:]), "csv")

    assert SourceQuestion.objects.get().asset == stands


# --- the real files ------------------------------------------------------------------


@pytest.mark.with_data
def test_the_real_files_make_no_place_twice_and_no_check_anew(
    real_data, tmp_path, administrator
):
    """Norwich's libraries on the map, the feed beside them, England's libraries over both."""
    folder = real_data / "osm" / "norwich_2019"
    libraries = [
        feature
        for path in sorted(folder.glob("*.geojson"))
        for feature in json.loads(path.read_text())["features"]
        if feature["properties"].get("amenity") == "library"
    ]
    assert libraries
    england = real_data / "assets" / "england_libraries_2016.csv"
    oruk = real_data / "oruk" / "derived_feed" / "services_full.json"
    path = tmp_path / "norwich.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": libraries}))
    files = [(path, "osm"), (oruk, "oruk"), (england, "csv")]
    first = [take(path, "osm")]
    vouched = {}
    for number, asset in enumerate(Asset.objects.order_by("pk")[:4]):
        check(asset, administrator, Fact.PLACE, Fact.PHONE)
        vouched[asset] = f"01603 49600{number}"
        correct(asset, administrator, phone=vouched[asset])
    known = checks()
    first += [take(file, source) for file, source in files[1:]]
    second = [take(file, source) for file, source in files]

    for again in second:
        assert (again.new, again.changed, again.gone, again.questions) == (0, 0, 0, 0)
    assert first[2].unsure > 0  # what the map had is held back, not added once more
    for asset, phone in vouched.items():
        asset.refresh_from_db()
        assert asset.phone == phone
    assert checks() == known

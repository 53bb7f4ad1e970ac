"""The files of an extract: what they say, and that they can be opened."""

import datetime as dt
import hashlib
import io
import json
import subprocess
import sys
import zipfile

import networkx as nx
import pandas as pd
import pytest
from django.db import connection

from fans.research.pseudonyms import Pseudonyms
from tests import factories
from tests.fans.research.scene import extracted, home, met, score_month_6, tie

FILES = [
    "homes.csv",
    "partnerships.csv",
    "connections.csv",
    "waves.csv",
    "edges.graphml",
    "README.md",
    "datapackage.json",
]
PANDAS = {
    "string": "string",
    "yearmonth": "string",
    "integer": "Int64",
    "number": "Float64",
    "boolean": "boolean",
}


@pytest.fixture
def names(scene):
    return Pseudonyms(scene.study.key)


@pytest.fixture
def opened(scene):
    score_month_6(scene, of=scene.agreed[0])
    return extracted(scene.study)


def frame(opened, resource):
    types = {f["name"]: PANDAS[f["type"]] for f in resource["schema"]["fields"]}
    text = io.StringIO(opened.files[resource["path"]])
    return pd.read_csv(text, dtype=types, keep_default_na=False, na_values=[""])


def rows_between(opened, home, partner):
    return [
        row
        for row in opened.rows("connections")
        if (row["home"], row["partner"]) == (home, partner)
    ]


def test_holds_seven_files(opened):
    assert list(opened.files) == FILES


def test_tells_of_homes_that_agreed_and_of_no_other(opened, scene, names):
    told = [row["home"] for row in opened.rows("homes")]

    assert told == sorted(names.home(each.pk) for each in scene.agreed)


def test_homes_that_have_not_agreed_are_in_no_file(opened, scene, names):
    for absent in (scene.silent, scene.later):
        assert names.home(absent.pk) not in "".join(opened.files.values())


def test_five_alike_are_described_and_the_odd_one_is_blank(opened, scene, names):
    told = {row.pop("home"): row for row in opened.rows("homes")}

    assert told[names.home(scene.agreed[0].pk)] == {
        "area": "Trafford",
        "type": "residential",
        "bed_band": "20-39",
    }
    assert set(told[names.home(scene.agreed[-1].pk)].values()) == {""}


def test_a_sixth_home_without_agreement_does_not_make_five(scene, names):
    enrolment = scene.study.cohort.enrolments.get(home=scene.agreed[0])
    enrolment.research_agreed_on = None
    enrolment.save()

    opened = extracted(scene.study)

    assert all(
        row["area"] == row["type"] == row["bed_band"] == "" for row in opened.rows("homes")
    )
    assert "Trafford" not in "".join(opened.files.values())


def test_a_tie_says_how_it_goes(opened, scene, names):
    museum = scene.ties["museum"]

    [row] = [
        row
        for row in opened.rows("partnerships")
        if row["partner"] == names.partner(museum.partner_id)
    ]

    assert row == {
        "home": names.home(museum.home_id),
        "partner": names.partner(museum.partner_id),
        "partner_kind": "asset",
        "category": "arts_culture",
        "abcd_type": "place",
        "started": "2026-10",
        "status": "idea",
        "depth": "3",
        "generations": "true",
        "sustained": "false",
        "arranged_by": "home",
        "both_confirmed": "false",
    }


def test_a_meeting_says_what_happened_by_month_and_band(opened, scene, names):
    museum = scene.ties["museum"]

    trip, _ = rows_between(opened, names.home(museum.home_id), names.partner(museum.partner_id))

    assert {key: trip[key] for key in list(trip)[2:]} == {
        "month": "2026-10",  # of the period's last day
        "direction": "out",
        "type": "trip",
        "origin": "resident",
        "occurrences": "3",
        "residents": "1-4",
        "community": "10-19",
        "children": "0",
        "home_gave": "true",
        "partner_gave": "false",
        "paid": "false",
        "rating": "5",
        "source": "log",
        "distance_band": "",
    }


def test_a_row_from_memory_says_so(opened, scene, names):
    museum = scene.ties["museum"]

    _, recalled = rows_between(
        opened, names.home(museum.home_id), names.partner(museum.partner_id)
    )

    assert (recalled["source"], recalled["paid"]) == ("recall", "true")


def test_rows_taken_back_are_absent(opened):
    assert "199" not in {row["occurrences"] for row in opened.rows("connections")}
    assert opened.package["leftOut"]["rows_taken_back"] == 1


def test_private_persons_families_and_own_gifts_are_no_node_and_no_row(opened, scene, names):
    everything = "".join(opened.files.values())

    for name in ("friend", "family", "gift"):
        assert names.partner(scene.ties[name].partner_id) not in everything
    assert {row["partner_kind"] for row in opened.rows("partnerships")} == {
        "asset",
        "group",
        "professional",
    }


def test_a_group_and_a_professional_stand_without_a_name(opened, scene, names):
    told = {row["partner"]: row for row in opened.rows("partnerships")}
    choir = told[names.partner(scene.ties["choir"].partner_id)]
    nurse = told[names.partner(scene.ties["nurse"].partner_id)]

    assert (choir["partner_kind"], choir["category"]) == ("group", "clubs_societies")
    assert (nurse["partner_kind"], nurse["category"]) == ("professional", "")


def test_a_distance_is_told_where_five_homes_show_it(opened):
    schools = [row for row in opened.rows("connections") if row["distance_band"]]

    assert len(schools) == 5
    assert {row["distance_band"] for row in schools} == {"<400 m"}


def test_a_distance_from_a_place_known_roughly_is_not_told(scene):
    for each in scene.agreed:
        each.location_precision = "outcode"
        each.save()

    rows = extracted(scene.study).rows("connections")

    assert {row["distance_band"] for row in rows} == {""}


def test_the_readme_says_what_was_left_out(opened):
    readme = opened.files["README.md"]

    assert (
        "| homes of the cohort without a research agreement, with all their rows | 2 |"
        in readme
    )
    assert "| ties with private persons | between 1 and 7 |" in readme
    assert "| ties with residents' own families | between 1 and 7 |" in readme
    assert "| rows of the log that were taken back by who wrote them | 1 |" in readme
    assert "| homes whose area is known and blank here | 1 |" in readme
    assert "| rows of the log whose distance band is known and blank here | 2 |" in readme


def test_many_ties_with_private_persons_are_told_to_the_nearest_five(scene):
    for _ in range(10):
        friend = factories.PartnerFactory(
            kind="person", asset=None, name="Somebody", own_category="individual_gift"
        )
        tie(scene.agreed[1], friend)

    left_out = extracted(scene.study).package["leftOut"]

    assert left_out["ties_with_private_persons"] == 10  # of 12


def test_the_package_gives_size_and_hash_of_every_other_file(opened):
    for resource in opened.package["resources"]:
        content = opened.files[resource["path"]].encode()
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
    described = {resource["path"] for resource in opened.package["resources"]}
    assert described == set(FILES) - {"datapackage.json"}


def test_openstreetmap_is_named_where_its_places_take_part_and_not_where_none_does(scene):
    without = extracted(scene.study)
    scene.ties["museum"].partner.asset.source = "osm"
    scene.ties["museum"].partner.asset.save()

    with_osm = extracted(scene.study)

    assert "OpenStreetMap" not in without.files["README.md"]
    assert "© OpenStreetMap contributors" in with_osm.files["README.md"]
    titles = [source["title"] for source in with_osm.package["sources"]]
    assert "© OpenStreetMap contributors" in titles
    assert "opendatacommons.org/licenses/odbl" in with_osm.files["datapackage.json"]


def test_pandas_opens_every_table_in_the_types_of_the_dictionary(opened):
    for resource in opened.package["resources"]:
        if resource["format"] == "csv":
            found = frame(opened, resource)
            assert list(found.columns) == [f["name"] for f in resource["schema"]["fields"]]
            assert len(found) == resource["rows"] > 0


def test_networkx_opens_the_network_and_its_weights_are_the_meetings(opened):
    found = nx.read_graphml(io.BytesIO(opened.files["edges.graphml"].encode()))
    met_by_tie = {}
    for row in opened.rows("connections"):
        pair = (row["home"], row["partner"])
        met_by_tie[pair] = met_by_tie.get(pair, 0) + int(row["occurrences"])

    homes = {node for node, data in found.nodes(data=True) if data["kind"] == "home"}
    assert homes == {row["home"] for row in opened.rows("homes")}
    assert found.number_of_edges() == len(opened.rows("partnerships"))
    for row in opened.rows("partnerships"):
        edge = found.edges[row["home"], row["partner"]]
        ways = [edge[f"weight_{way}"] for way in ("in", "out", "online", "letter")]
        assert edge["weight"] == met_by_tie.get((row["home"], row["partner"]), 0) == sum(ways)


def test_what_the_readme_says_to_type_opens_the_tables(opened, tmp_path):
    zipfile.ZipFile(io.BytesIO(opened.raw)).extractall(tmp_path)
    program = opened.files["README.md"].split("```python\n")[1].split("```")[0]
    program += "print({name: len(table) for name, table in tables.items()})\n"

    ran = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )

    counts = {r["name"]: r["rows"] for r in opened.package["resources"] if "rows" in r}
    assert ran.stdout.strip() == str(counts)


def test_the_same_data_give_the_same_bytes(scene):
    first = extracted(scene.study)
    with connection.cursor() as cursor:  # as after an update: rows lie elsewhere
        cursor.execute("UPDATE connections_connection SET note = note || '!'")

    assert extracted(scene.study).raw == first.raw


def test_another_study_of_the_same_cohort_shares_no_pseudonym(scene):
    other = factories.StudyFactory(cohort=scene.study.cohort)
    one, two = extracted(scene.study), extracted(other)

    for table, column in (("homes", "home"), ("partnerships", "partner")):
        seen = {row[column] for row in one.rows(table)}
        assert seen.isdisjoint({row[column] for row in two.rows(table)})
    assert one.package["name"] != two.package["name"]


def test_rows_do_not_stand_in_the_order_in_which_they_were_written(scene, names):
    museum = scene.ties["museum"]
    for day in (28, 2, 15):
        met(museum, dt.date(2026, 6, day), rating=day % 5 + 1)

    rows = rows_between(
        extracted(scene.study), names.home(museum.home_id), names.partner(museum.partner_id)
    )

    june = [row["rating"] for row in rows if row["month"] == "2026-06"]
    assert june == sorted(june)


def test_an_area_that_would_run_as_a_formula_is_put_behind_an_apostrophe(scene):
    for each in scene.agreed:
        each.local_authority = "=cmd|' /C calc'!A0"
        each.kind = "residential"
        each.save()

    areas = {row["area"] for row in extracted(scene.study).rows("homes")}

    assert areas - {""} == {"'=cmd|' /C calc'!A0"}


def test_a_home_of_another_cohort_is_absent_though_it_agreed(scene, names):
    elsewhere = home("Elsewhere")
    factories.EnrolmentFactory(home=elsewhere, research_agreed_on=dt.date(2026, 1, 1))

    opened = extracted(scene.study)

    assert names.home(elsewhere.pk) not in opened.files["homes.csv"]


def test_the_dictionary_is_plain_json(opened):
    assert json.loads(opened.files["datapackage.json"])["profile"] == "data-package"

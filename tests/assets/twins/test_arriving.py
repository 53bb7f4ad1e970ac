"""Rows of files that may be here already: held back, answered, and not asked about twice."""

from dataclasses import replace

import pytest

from assets.importer import AssetImporter
from assets.models import Asset
from assets.twins.models import Pair, RowAnswer
from assets.twins.sweeping import sweep
from intake.report import Outcome
from intake.source import SourceFile
from tests import factories
from tests.factories import SALE

pytestmark = pytest.mark.django_db
CSV = {"source": "csv", "category": "food_drink"}
HEADERS = "id,name,lon,lat,phone\n"


def rows_of(tmp_path, *lines, name="cafes.csv"):
    path = tmp_path / name
    path.write_text(HEADERS + "".join(f"{line}\n" for line in lines))
    return list(AssetImporter().stage(SourceFile.open(path), CSV))


def write(rows, by=None):
    return {v.number: v for v in AssetImporter().write(rows, CSV, by=by).verdicts}


TEA = f"1,The Boathouse Tearoom,{SALE.x},{SALE.y},"


@pytest.fixture
def boathouse():
    return factories.AssetFactory(name="Boathouse Tea Room", category="food_drink")


def test_a_row_that_looks_like_one_of_ours_waits_with_its_reasons(boathouse, tmp_path):
    (held,) = write(rows_of(tmp_path, TEA)).values()

    assert held.outcome == Outcome.UNSURE
    assert held.reason == (
        "may be Boathouse Tea Room (Added here): same name, same spot, same kind"
    )
    assert held.match == f"asset:{boathouse.pk}"
    assert Asset.objects.count() == 1


def test_it_is_that_one_is_remembered_and_touches_nothing(boathouse, tmp_path):
    by = factories.member("administrator")
    rows = rows_of(tmp_path, TEA)
    before = Asset.objects.values().get()
    (held,) = write(rows).values()

    (said,) = write([replace(row, same_as=held.match) for row in rows], by=by).values()
    (again,) = write(rows).values()

    assert (said.outcome, again.outcome) == (Outcome.SAME, Outcome.SAME)
    assert Asset.objects.values().get() == before
    answer = RowAnswer.objects.get()
    assert (answer.asset, answer.says, answer.decided_by) == (boathouse, "same", by)


def test_a_row_taken_in_all_the_same_is_another_for_good(boathouse, tmp_path):
    rows = rows_of(tmp_path, TEA)

    (taken,) = write([replace(row, insist=True) for row in rows]).values()
    (again,) = write(rows).values()

    assert (taken.outcome, again.outcome) == (Outcome.NEW, Outcome.SAME)
    assert RowAnswer.objects.get().says == "distinct"
    sweep(everything=True)
    assert not Pair.objects.exists()
    # Even once the asset of the row is gone.
    Asset.objects.filter(source="csv").delete()
    assert write(rows)[rows[0].number].outcome == Outcome.NEW


def test_what_it_was_said_to_be_may_be_gone_meanwhile(boathouse, tmp_path):
    (row,) = rows_of(tmp_path, TEA)
    boathouse.delete()

    (said,) = write([replace(row, same_as=f"asset:{boathouse.pk}")]).values()

    assert (said.outcome, said.reason) == (
        Outcome.UNSURE,
        "what it was said to be is not here any more",
    )


def test_of_two_rows_of_one_place_the_later_waits_and_may_be_the_earlier(tmp_path):
    twice = (
        f"1,Boathouse Tea Room,{SALE.x},{SALE.y},0161 496 0123",
        f"2,The Boathouse Tearoom,{SALE.x},{SALE.y},+44 161 496 0123",
        f"3,Boathouse Bowling Club,{SALE.x},{SALE.y},",
    )
    rows = rows_of(tmp_path, *twice)

    first, held, third = write(rows).values()

    assert (first.outcome, third.outcome) == (Outcome.NEW, Outcome.NEW)
    assert held.outcome == Outcome.UNSURE
    assert held.reason.startswith(f"may be row {first.number}, Boathouse Tea Room: same name")
    said = write([replace(rows[1], same_as=held.match)])[rows[1].number]
    assert said.outcome == Outcome.SAME
    assert RowAnswer.objects.get().asset == Asset.objects.get(source_ref="cafes/1")


def test_neighbours_of_one_name_under_two_numbers_are_two_places(tmp_path):
    pitches = (f"1,Pitch 6,{SALE.x},{SALE.y},", f"2,Pitch 7,{SALE.x},{SALE.y + 0.0002},")

    outcomes = {verdict.outcome for verdict in write(rows_of(tmp_path, *pitches)).values()}

    assert outcomes == {Outcome.NEW}


def test_a_few_statements_however_many_rows(tmp_path, django_assert_max_num_queries):
    lines = [f"{n},Place {n},{SALE.x + n / 50},{SALE.y}," for n in range(40)]
    rows = rows_of(tmp_path, *lines)

    with django_assert_max_num_queries(16):
        write(rows)

"""A sheet is saved as a whole, beside what others do, and taken back as a whole."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection as database
from django.test.utils import CaptureQueriesContext

from fans.connections.grid.cells import PEOPLE, RATING, LineKey
from fans.connections.grid.errors import NotSavedError, TooLateToUndoSaveError
from fans.connections.grid.models import GridSave
from fans.connections.grid.services import undo_save
from fans.connections.models import Connection, LogSource, Partnership
from fans.connections.services import log_connection
from fans.connections.signals import log_changed
from tests import factories
from tests.factories import ConnectionFactory, HomeFactory, PartnershipFactory
from tests.fans.connections.grid.sheets import OCTOBER, held, key_of, opened, type_in

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 10, 12, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _in_november():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def tie(home):
    return PartnershipFactory(home=home, arranged_by="champion")


def where(problems):
    return [problem.where for problem in problems]


def test_each_cell_is_a_row_of_the_log(home, coordinator, tie):
    key = key_of(tie, "out")
    saved = type_in(home, coordinator, {key: {3: "1", 10: "2", PEOPLE: "12", RATING: "4"}})

    assert held(home, key) == {3: (1, 4, 4), 10: (2, 8, 4)}
    row = Connection.objects.get(happened_on=dt.date(2026, 10, 3))
    assert (row.type, row.source, row.logged_by) == ("trip", "log", coordinator)
    assert row.arranged_by == "champion"
    assert saved.save.times == 3


def test_a_cell_that_changes_is_corrected_where_it_stands(home, coordinator, tie):
    key = key_of(tie)
    type_in(home, coordinator, {key: {3: "1"}})
    [row] = Connection.objects.all()
    type_in(home, coordinator, {key: {3: "4"}})
    type_in(home, coordinator, {key: {3: ""}})
    assert held(home, key) == {}
    type_in(home, coordinator, {key: {3: "2"}})

    assert Connection.objects.get().pk == row.pk
    assert held(home, key) == {3: (2, None, None)}
    told = [save.changes for save in GridSave.objects.order_by("pk")]
    assert [(change[3], change[4]) for [change] in told] == [
        (None, 1),
        (1, 4),
        (4, None),
        (None, 2),
    ]


def test_what_is_logged_otherwise_counts_once(home, coordinator, tie):
    key = key_of(tie)
    other = log_connection(
        by=coordinator,
        home=home,
        partnership=tie,
        happened_on=OCTOBER,
        direction="in",
        residents_count=4,
    )
    saved = type_in(home, coordinator, {key: {1: "3", PEOPLE: "10"}})

    rows = Connection.objects.standing().exclude(pk=other.pk)
    assert [(row.occurrences, row.residents_count) for row in rows] == [(2, 6)]
    assert saved.kept == []

    saved = type_in(home, coordinator, {key: {1: ""}})
    assert list(Connection.objects.standing()) == [other]
    assert where(saved.kept) == [f"{tie.partner}, they come, 1 October"]


def test_what_is_from_memory_hides_nothing(home, coordinator, tie):
    ConnectionFactory(partnership=tie, happened_on=OCTOBER, source=LogSource.RECALL)

    assert opened(home, key_of(tie)) == {f"{key_of(tie)}-was": "," * 32}


def test_the_same_typed_again_changes_nothing(home, coordinator, tie):
    type_in(home, coordinator, {key_of(tie): {1: "3"}})
    saved = type_in(home, coordinator, {key_of(tie): {1: "3"}})

    assert saved.save is None
    assert GridSave.objects.count() == 1


def test_nothing_is_saved_where_one_cell_is_wrong(home, coordinator, tie):
    cells = {1: "3", 2: "1e9", 3: "=A1", PEOPLE: "-2"}
    with pytest.raises(NotSavedError) as refused:
        type_in(home, coordinator, {key_of(tie): cells})

    row = f"{tie.partner}, they come"
    assert where(refused.value.problems) == [
        f"{row}, 2 October",
        f"{row}, 3 October",
        f"{row}, people in all",
    ]
    assert next(one.field for one in refused.value.problems) == f"tie-{tie.pk}-in-2"
    assert not Connection.objects.exists()


def test_days_to_come_and_days_without_a_registration_are_named(home, coordinator, tie):
    home.registrations.update(from_on=dt.date(2026, 11, 5))
    with pytest.raises(NotSavedError) as refused:
        type_in(
            home,
            coordinator,
            {key_of(tie): {4: "1", 6: "1", 11: "1"}},
            month=dt.date(2026, 11, 1),
        )

    [early, late] = refused.value.problems
    assert "4 November" in early.where
    assert "was not registered" in early.words
    assert "11 November" in late.where
    assert "still to come" in late.words


def test_more_people_than_live_there_are_refused_once(home, coordinator, tie):
    with pytest.raises(NotSavedError) as refused:
        type_in(home, coordinator, {key_of(tie): {4: "1", 6: "1", PEOPLE: "90"}})

    [problem] = refused.value.problems
    assert problem.where.endswith("people in all")


@pytest.mark.parametrize("cell", [PEOPLE, RATING])
def test_people_and_rating_need_times(home, coordinator, tie, cell):
    with pytest.raises(NotSavedError) as refused:
        type_in(home, coordinator, {key_of(tie): {cell: "3"}})

    assert refused.value.problems[0].words.startswith("Put how many times first")


def test_a_tie_that_is_over_takes_no_more(home, coordinator):
    tie = PartnershipFactory(home=home, status="ended")
    with pytest.raises(NotSavedError) as refused:
        type_in(home, coordinator, {key_of(tie): {4: "1"}})

    assert "is over" in refused.value.problems[0].words


def test_a_tie_of_another_home_is_none_of_this_one(home, coordinator):
    theirs = PartnershipFactory(home=HomeFactory(name="Elsewhere"))
    with pytest.raises(NotSavedError):
        type_in(home, coordinator, {key_of(theirs): {4: "1"}})

    assert not Connection.objects.exists()


def test_days_inside_a_period_that_is_logged_are_shown_first(home, coordinator, tie):
    ConnectionFactory(
        partnership=tie, happened_on=OCTOBER, until_on=dt.date(2026, 10, 28), occurrences=4
    )
    cells = {key_of(tie): {6: "1", 30: "1"}}
    with pytest.raises(NotSavedError) as refused:
        type_in(home, coordinator, cells)

    [overlap] = refused.value.overlaps
    assert overlap.where.endswith("6 October")
    assert "4 for 1 October to 28 October" in overlap.words

    type_in(home, coordinator, cells, others_meant=True)
    assert Connection.objects.count() == 3


def test_a_place_without_a_tie_gets_one_with_its_first_times(home, coordinator):
    place = factories.AssetFactory()
    key = LineKey("place", place.pk, "in")
    type_in(home, coordinator, {key: {}})
    assert not Partnership.objects.exists()

    type_in(home, coordinator, {key: {4: "1"}})
    tie = Partnership.objects.get()
    assert (tie.partner.asset, tie.status) == (place, "idea")
    assert held(home, key_of(tie)) == {4: (1, None, None)}


def test_a_line_that_is_there_twice_is_refused(home, coordinator):
    tie = PartnershipFactory(home=home)
    place = LineKey("place", tie.partner.asset_id, "in")
    with pytest.raises(NotSavedError) as refused:
        type_in(home, coordinator, {key_of(tie): {4: "1"}, place: {4: "1"}})

    assert "twice" in refused.value.problems[0].words


def test_two_who_type_into_different_cells_both_have_theirs(home, coordinator, manager, tie):
    key = key_of(tie)
    form = opened(home, key)
    type_in(home, coordinator, {key: {1: "1", PEOPLE: "5"}}, form=form)
    type_in(home, manager, {key: {2: "3"}}, form=form)

    assert {day: row[0] for day, row in held(home, key).items()} == {1: 1, 2: 3}
    assert sum(row[1] for row in held(home, key).values()) == 5


def test_two_who_type_into_one_cell_are_shown_both(home, coordinator, manager, tie):
    key = key_of(tie)
    form = opened(home, key)
    type_in(home, coordinator, {key: {1: "1"}}, form=form)
    with pytest.raises(NotSavedError) as refused:
        type_in(home, manager, {key: {1: "2", 2: "2"}}, form=form)

    [clash] = refused.value.clashes
    assert clash.where == f"{tie.partner}, they come, 1 October"
    assert "You put 2. Meanwhile somebody else put 1." in clash.words
    assert held(home, key) == {1: (1, None, None)}, "all or nothing"


def test_what_comes_into_the_log_meanwhile_is_not_counted_twice(home, coordinator, tie):
    key = key_of(tie)
    form = opened(home, key)
    log_connection(
        by=coordinator, home=home, partnership=tie, happened_on=OCTOBER, direction="in"
    )

    saved = type_in(home, coordinator, {key: {1: "1"}}, form=form)
    assert saved.save is None
    with pytest.raises(NotSavedError):
        type_in(home, coordinator, {key: {1: "2"}}, form=form)


def test_a_whole_save_is_taken_back_and_brought_again(home, coordinator, manager, tie):
    key, other = key_of(tie), key_of(PartnershipFactory(home=home), "out")
    type_in(home, coordinator, {key: {1: "1", 2: "2", PEOPLE: "9", RATING: "3"}})
    before = list(Connection.objects.order_by("pk").values())
    saved = type_in(
        home, coordinator, {key: {1: "", 2: "5", PEOPLE: "7"}, other: {4: "1", RATING: "5"}}
    )
    after = held(home, key), held(home, other)

    back, left = undo_save(save=saved.save, by=manager)
    assert left == 0
    standing = Connection.objects.standing().order_by("pk")
    assert list(standing.values()) == before

    undo_save(save=back, by=manager)
    assert (held(home, key), held(home, other)) == after


def test_taking_back_twice_takes_back_once(home, coordinator, tie):
    saved = type_in(home, coordinator, {key_of(tie): {1: "1"}})
    back, _ = undo_save(save=saved.save, by=coordinator)

    assert undo_save(save=saved.save, by=coordinator) == (back, 0)
    assert not Connection.objects.standing().exists()


def test_what_somebody_changed_since_stays(home, coordinator, manager, tie):
    key = key_of(tie)
    saved = type_in(home, coordinator, {key: {1: "1", 2: "1"}})
    type_in(home, manager, {key: {2: "7"}})

    _, left = undo_save(save=saved.save, by=coordinator)
    assert left == 1
    assert held(home, key) == {2: (7, None, None)}


def test_a_day_later_it_is_too_late_to_take_back_a_whole_save(home, coordinator, tie):
    saved = type_in(home, coordinator, {key_of(tie): {1: "1"}})
    with (
        time_machine.travel(NOON + dt.timedelta(days=1, seconds=1)),
        pytest.raises(TooLateToUndoSaveError),
    ):
        undo_save(save=saved.save, by=coordinator)
    assert Connection.objects.standing().exists()


def test_nobody_else_saves_or_takes_back(home, coordinator, stranger, tie):
    saved = type_in(home, coordinator, {key_of(tie): {1: "1"}})
    with pytest.raises(PermissionDenied):
        undo_save(save=saved.save, by=stranger)
    with pytest.raises(PermissionDenied):
        type_in(home, stranger, {key_of(tie): {2: "1"}})


def test_the_score_hears_of_it_once(home, coordinator, tie):
    heard = []

    def hear(sender, home_ids, **kwargs):
        heard.append(home_ids)

    log_changed.connect(hear)
    days = dict.fromkeys(range(1, 32), "1")
    saved = type_in(home, coordinator, {key_of(tie): days})
    assert heard == [{home.pk}]
    undo_save(save=saved.save, by=coordinator)
    assert heard == [{home.pk}] * 2


def test_a_month_of_20_ties_takes_as_many_queries_as_one_cell(home, coordinator):
    ties = [PartnershipFactory(home=home) for _ in range(20)]

    def queries(cells):
        form = opened(home, *cells)
        with CaptureQueriesContext(database) as asked:
            type_in(home, coordinator, cells, form=form)
        return len(asked)

    one = queries({key_of(ties[0]): {1: "1"}})
    days = {day: str(day % 3 + 1) for day in range(1, 32)}
    whole = queries({key_of(tie): days | {PEOPLE: "40"} for tie in ties})

    assert Connection.objects.standing().count() == 620
    assert whole <= one + 3, "the corrected row and the batches"
    assert whole <= 30

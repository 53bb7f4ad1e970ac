"""Two people at one month: nothing that either of them put is lost."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import time_machine
from django.db import connection
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from fans.connections.grid.cells import PEOPLE, RATING
from fans.connections.grid.errors import NotSavedError
from fans.connections.grid.models import GridSave
from fans.connections.grid.services import undo_save
from fans.connections.models import Connection
from fans.connections.services import log_connection
from tests.factories import PartnershipFactory
from tests.fans.connections.grid.sheets import OCTOBER, key_of, opened, type_in

NOON = dt.datetime(2026, 11, 10, 12, tzinfo=dt.UTC)
DAYS = (1, 2)
CELLS = (*DAYS, PEOPLE, RATING)
VALUES = {1: 2, 2: 2, PEOPLE: 6, RATING: 3}
"""The most that is typed into each cell: little, so that two people often meet."""

EDITS = st.lists(
    st.sampled_from((1, 1, 1, 2, PEOPLE, RATING)).flatmap(
        lambda cell: st.tuples(
            st.sampled_from((0, 0, 0, 1)),
            st.just(cell),
            st.none() | st.integers(0, VALUES[cell]),
        )
    ),
    min_size=1,
    max_size=3,
)
STEPS = st.one_of(
    *[st.tuples(st.just("save"), st.sampled_from("AB"), st.booleans(), EDITS)] * 3,
    *[st.tuples(st.just("undo"), st.integers(0, 2))] * 2,
    st.tuples(st.just("log"), st.integers(0, 1), st.sampled_from(DAYS)),
)


class Reference:
    """The same by plain dicts: one number a cell, from sheets and from the rest of the log."""

    def __init__(self):
        self.own = {}
        self.other = {}
        self.pages = {"A": {}, "B": {}}
        self.saves = []

    def shown(self, cell):
        parts = [kept[cell] for kept in (self.own, self.other) if cell in kept]
        return sum(parts) if parts else None

    def open(self, who):
        cells = [(line, cell) for line in (0, 1) for cell in CELLS]
        self.pages[who] = {cell: self.shown(cell) for cell in cells}

    def save(self, who, typed):
        edits = {
            (line, cell): value if cell == PEOPLE else value or None
            for line, cell, value in typed
        }
        page = self.pages[who]
        changed = {
            cell: value
            for cell, value in edits.items()
            if value not in (page.get(cell), self.shown(cell))
        }
        if any(self.shown(cell) != page.get(cell) for cell in changed):
            return False
        after = dict(self.own)
        for cell, value in changed.items():
            rest = None if value is None else value - self.other.get(cell, 0)
            after.pop(cell, None)
            if rest is not None and rest >= (0 if cell[1] == PEOPLE else 1):
                after[cell] = rest
        for (line, cell), said in changed.items():
            times = any((line, day) in after for day in DAYS)
            if cell in (PEOPLE, RATING) and not times:
                logged = self.other.get((line, cell), 0) if cell == PEOPLE else 0
                if said is not None and said >= logged:
                    return False
        self._become(after)
        return True

    def _become(self, after):
        for line in (0, 1):
            if not any((line, day) in after for day in DAYS):
                after.pop((line, PEOPLE), None)
                after.pop((line, RATING), None)
        touched = self.own.keys() | after.keys()
        self.saves.append(
            {
                cell: (self.own.get(cell), after.get(cell))
                for cell in touched
                if self.own.get(cell) != after.get(cell)
            }
        )
        self.own = after

    def undo(self, index):
        after = dict(self.own)
        for cell, (before, then) in self.saves[index].items():
            if self.own.get(cell) == then:
                after.pop(cell, None)
                if before is not None:
                    after[cell] = before
        self._become(after)

    def log(self, line, day):
        for cell, more in (((line, day), 1), ((line, PEOPLE), 2)):
            self.other[cell] = self.other.get(cell, 0) + more


def from_sheets(home, ties):
    """Return what standing rows of sheets say: times by day, people and rating by line."""
    found = {}
    rows = Connection.objects.standing().filter(home=home, from_sheet__isnull=False)
    for row in rows:
        line = ties.index(row.partnership_id)
        assert (line, row.happened_on.day) not in found, "one row a cell"
        found[line, row.happened_on.day] = row.occurrences
        if row.residents_count is not None:
            found[line, PEOPLE] = found.get((line, PEOPLE), 0) + row.residents_count
        if row.rating is not None:
            assert found.setdefault((line, RATING), row.rating) == row.rating
    return found


class Both:
    """The real thing and its reference, side by side."""

    def __init__(self, home, people):
        self.home, self.people = home, people
        self.ties = [PartnershipFactory(home=home) for _ in range(2)]
        self.keys = [key_of(tie) for tie in self.ties]
        self.reference, self.saves, self.forms = Reference(), [], {}
        for who in "AB":
            self.open(who)

    def open(self, who):
        self.reference.open(who)
        self.forms[who] = opened(self.home, *self.keys)

    def save(self, who, anew, typed):
        if anew:
            self.open(who)
        cells = {key: {} for key in self.keys}
        for line, cell, value in typed:
            cells[self.keys[line]][cell] = "" if value is None else str(value)
        goes = self.reference.save(who, typed)
        try:
            saved = type_in(self.home, self.people[who], cells, form=self.forms[who])
        except NotSavedError:
            assert not goes
            return
        assert goes
        if saved.save is None:
            assert self.reference.saves.pop() == {}
        else:
            self.saves.append(saved.save)

    def undo(self, from_last):
        if from_last >= len(self.saves):
            return
        index = len(self.saves) - 1 - from_last
        back, _ = undo_save(save=self.saves[index], by=self.people["A"])
        if back not in self.saves:
            self.reference.undo(index)
            self.saves.append(back)

    def log(self, line, day):
        self.reference.log(line, day)
        log_connection(
            by=self.people["B"],
            home=self.home,
            partnership=self.ties[line],
            happened_on=OCTOBER.replace(day=day),
            direction="in",
            residents_count=2,
        )


@pytest.mark.django_db
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@example(
    steps=[
        ("save", "A", True, [(0, 1, 1), (0, 2, 1), (0, PEOPLE, 4)]),
        ("save", "B", True, [(0, 1, 2)]),
        ("undo", 1),  # what B changed since stays
        ("undo", 0),  # and that is taken back as well
    ]
)
@given(steps=st.lists(STEPS, min_size=8, max_size=14))
def test_any_order_of_saves_and_undos_gives_what_plain_dicts_give(
    home, coordinator, manager, steps
):
    Connection.objects.all().delete()
    GridSave.objects.all().delete()
    with time_machine.travel(NOON, tick=False):
        both = Both(home, {"A": coordinator, "B": manager})
        ids = [tie.pk for tie in both.ties]
        for name, *arguments in steps:
            getattr(both, name)(*arguments)
            assert from_sheets(home, ids) == both.reference.own


@pytest.mark.django_db(transaction=True)
def test_two_who_save_at_the_same_instant_both_have_theirs(home, coordinator, manager):
    tie = PartnershipFactory(home=home)
    key, ready = key_of(tie), Barrier(2)
    form = opened(home, key)

    def save(by, cells):
        try:
            ready.wait(timeout=10)
            return type_in(home, by, {key: cells}, form=form)
        except NotSavedError as refused:
            return refused
        finally:
            connection.close()

    with time_machine.travel(NOON), ThreadPoolExecutor(2) as pool:
        first = pool.submit(save, coordinator, {1: "1", 2: "4"})
        second = pool.submit(save, manager, {1: "2", 3: "5"})
        outcomes = [first.result(timeout=20), second.result(timeout=20)]

    refused = [one for one in outcomes if isinstance(one, NotSavedError)]
    assert len(refused) == 1, "one cell was typed by both"
    assert [clash.field for clash in refused[0].clashes] == [key.field(1)]
    rows = Connection.objects.standing().values_list("happened_on__day", "occurrences")
    assert set(rows) in ({(1, 1), (2, 4)}, {(1, 2), (3, 5)})

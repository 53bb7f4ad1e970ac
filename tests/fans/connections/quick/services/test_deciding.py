"""Into the log only by a word of the home's team; once; and back within ten minutes."""

import datetime as dt
import uuid
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from fans.connections.models import Connection
from fans.connections.quick.errors import (
    DecidedMeanwhileError,
    TooLateToTakeBackError,
    WhoIsItError,
)
from fans.connections.quick.models import QuickEntry
from fans.connections.quick.services.deciding import (
    confirm,
    confirm_several,
    refuse,
    refuse_several,
    undo,
)
from tests.factories import (
    HomeFactory,
    PartnershipFactory,
    QuickCodeFactory,
    QuickEntryFactory,
    WishFactory,
    member,
)

pytestmark = pytest.mark.django_db


def logged():
    return Connection.objects.standing().filter(quick_entry__isnull=False)


def test_a_confirmed_entry_is_in_the_log_as_it_was_noted(note, choir, manager):
    said = {"residents_count": 4, "community_count": 6, "rating": 5, "note": "In the garden"}
    entry = note(partnership=choir, direction="out", **said)

    row = confirm(entry=entry, by=manager)

    assert (row.partnership, row.direction, row.arranged_by) == (choir, "out", "home")
    assert {name: getattr(row, name) for name in said} == said
    entry.refresh_from_db()
    assert (entry.state, entry.connection, entry.decided_by) == ("confirmed", row, manager)
    assert row.logged_by == manager


def test_or_as_the_team_knows_better(note, coordinator, today):
    entry = note(who="Ukelele thing")
    wish = WishFactory(home=entry.code.home)
    newcomer = {"kind": "group", "name": "Ukulele Circle", "category": "clubs_societies"}

    row = confirm(
        entry=entry, by=coordinator, happened_on=today, direction="in", newcomer=newcomer,
        wish=wish, residents_count=9,
    )  # fmt: skip

    wish.refresh_from_db()
    assert str(row.partnership.partner) == "Ukulele Circle"
    assert (row.residents_count, wish.connection) == (9, row)


def test_a_name_alone_is_asked_about_and_waits(note, coordinator):
    entry = note(who="Bell ringers")

    with pytest.raises(WhoIsItError):
        confirm(entry=entry, by=coordinator)
    entry.refresh_from_db()
    assert entry.state == "waiting"


def test_a_refused_entry_leaves_the_log_alone_and_says_who(note, choir, coordinator):
    entry = refuse(entry=note(partnership=choir), by=coordinator)

    assert (entry.state, entry.decided_by) == ("refused", coordinator)
    assert not logged().exists()


def test_who_comes_second_hears_who_was_quicker(note, choir, manager, coordinator):
    entry = note(partnership=choir)
    confirm(entry=entry, by=manager)

    with pytest.raises(DecidedMeanwhileError, match="Mo was quicker"):
        confirm(entry=entry, by=coordinator)
    with pytest.raises(DecidedMeanwhileError):
        refuse(entry=entry, by=coordinator)
    assert logged().count() == 1


def test_the_same_form_pressed_twice_is_one_row_without_a_word(note, choir, manager, today):
    entry, key = note(partnership=choir), uuid.uuid4()
    said = {"partnership": choir, "happened_on": today, "direction": "in", "client_uuid": key}

    assert confirm(entry=entry, by=manager, **said) == confirm(entry=entry, by=manager, **said)


def test_several_at_once_and_those_in_doubt_wait(home, note, choir, manager):
    first, second = note(partnership=choir), note(partnership=choir, direction="out")
    nameless, elsewhere = note(), QuickEntryFactory(code__home__name="Elmbank")
    ids = [each.pk for each in (first, second, nameless, elsewhere)]

    outcome = confirm_several(home=home, ids=ids, by=manager)

    assert {each.pk for each in outcome.done} == {first.pk, second.pk}
    assert [each.pk for each, _ in outcome.left] == [nameless.pk]
    assert "Bell ringers" in outcome.left[0][1]
    assert logged().count() == 2
    elsewhere.refresh_from_db()
    assert elsewhere.state == "waiting"


def test_undo_takes_the_whole_decision_back(home, note, choir, manager):
    ids = [note(partnership=choir).pk, note(partnership=choir, direction="out").pk]
    outcome = confirm_several(home=home, ids=ids, by=manager)
    apart = confirm(entry=note(partnership=choir, direction="letter"), by=manager)

    back = undo(entry=outcome.done[1], by=manager)

    assert {each.pk for each in back} == set(ids)
    assert list(logged()) == [apart]
    assert QuickEntry.objects.waiting().count() == 2
    assert undo(entry=outcome.done[0], by=manager) == []


def test_what_was_taken_back_can_be_confirmed_again(note, choir, manager):
    entry = note(partnership=choir)
    confirm(entry=entry, by=manager)
    undo(entry=entry, by=manager)

    row = confirm(entry=entry, by=manager)

    assert list(logged()) == [row]


def test_a_refusal_is_taken_back_too(home, note, manager):
    entry = note()
    refuse_several(home=home, ids=[entry.pk], by=manager)
    undo(entry=entry, by=manager)

    entry.refresh_from_db()
    assert (entry.state, entry.decided_by) == ("waiting", None)


def test_after_ten_minutes_it_stands(note, choir, manager):
    entry = note(partnership=choir)
    confirm(entry=entry, by=manager)

    with (
        time_machine.travel(timezone.now() + dt.timedelta(minutes=11)),
        pytest.raises(TooLateToTakeBackError),
    ):
        undo(entry=entry, by=manager)
    assert logged().count() == 1


@pytest.mark.parametrize("who", ["champion", "facilitator", "administrator", "stranger"])
def test_nobody_but_the_home_s_team_decides(request, who, note, choir):
    other, entry = request.getfixturevalue(who), note(partnership=choir)
    home = entry.code.home

    for act in (
        lambda: confirm(entry=entry, by=other),
        lambda: refuse(entry=entry, by=other),
        lambda: confirm_several(home=home, ids=[entry.pk], by=other),
        lambda: refuse_several(home=home, ids=[entry.pk], by=other),
        lambda: undo(entry=entry, by=other),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert not logged().exists()


@pytest.mark.django_db(transaction=True)
def test_two_who_confirm_the_same_at_once_make_one_row():
    home = HomeFactory()
    team = [member("manager", home=home), member("coordinator", home=home)]
    tie = PartnershipFactory(home=home)
    entry = QuickEntryFactory(code__home=home, partnership=tie, who="")
    both = Barrier(2)

    def press(by):
        try:
            both.wait(timeout=10)
            return confirm(entry=QuickEntry.objects.get(pk=entry.pk), by=by).pk
        except DecidedMeanwhileError as late:
            return type(late)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        answers = set(pool.map(press, team))

    assert answers == {Connection.objects.get().pk, DecidedMeanwhileError}


@pytest.mark.django_db(transaction=True)
def test_one_who_confirms_and_one_who_refuses_at_once_decide_once():
    home = HomeFactory()
    by = member("manager", home=home)
    tie = PartnershipFactory(home=home)
    entry = QuickEntryFactory(code__home=home, partnership=tie, who="")
    both = Barrier(2)

    def press(act):
        try:
            both.wait(timeout=10)
            return act(home=home, ids=[entry.pk], by=by).done != []
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(press, [confirm_several, refuse_several]))

    entry.refresh_from_db()
    assert answers == [False, True]
    assert Connection.objects.count() == (entry.state == "confirmed")


class AnyHistoryTest(TestCase):
    """Whatever is pressed in whatever order, the log holds what stands confirmed."""

    @settings(max_examples=12, deadline=None)
    @given(presses=st.lists(st.tuples(st.sampled_from("cru"), st.integers(0, 2)), max_size=9))
    def test_the_log_holds_exactly_what_stands_confirmed(self, presses):
        home = HomeFactory()
        by = member("manager", home=home)
        tie, code = PartnershipFactory(home=home), QuickCodeFactory(home=home)
        entries = [QuickEntryFactory(code=code, partnership=tie, who="") for _ in range(3)]
        expected = ["waiting"] * 3

        for press, number in presses:
            entry = entries[number]
            if press == "u":
                undo(entry=entry, by=by)
                expected[number] = "waiting"
                continue
            act = confirm_several if press == "c" else refuse_several
            act(home=home, ids=[entry.pk], by=by)
            if expected[number] == "waiting":
                expected[number] = "confirmed" if press == "c" else "refused"

        rows = Connection.objects.standing().filter(home=home)
        states = [QuickEntry.objects.get(pk=entry.pk).state for entry in entries]
        assert states == expected
        assert rows.count() == states.count("confirmed")
        assert set(rows.values_list("quick_entry", flat=True)) == {
            entry.pk
            for entry, state in zip(entries, states, strict=True)
            if state == "confirmed"
        }

"""What goes into the log, what is refused in words, and what can be taken back."""

import datetime as dt
import uuid
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.utils import timezone

from fans.connections.errors import (
    AlreadyLoggedError,
    NotAPartnerError,
    PartnershipOverError,
    TooLateToUndoError,
)
from fans.connections.models import Connection, Partnership
from fans.connections.services import log_connection, undo_connection
from fans.connections.signals import log_changed
from tests import factories
from tests.factories import NORWICH, AssetFactory, HomeFactory, PartnershipFactory

pytestmark = pytest.mark.django_db

WHOLE = {
    "until_on": None,
    "occurrences": 1,
    "type": "intergenerational",
    "origin": "resident",
    "arranged_by": "champion",
    "residents_count": 4,
    "community_count": 9,
    "children_count": 7,
    "home_gives": ["stories", "room"],
    "partner_gives": ["time"],
    "paid": True,
    "staff_roles": ["kitchen"],
    "rating": 4,
    "note": "In the garden room",
    "source": "log",
}


@pytest.fixture
def tie(home):
    return PartnershipFactory(home=home)


@pytest.fixture
def heard():
    """Home ids told of by the signal."""
    ids = []

    def hear(sender, home_ids, **kwargs):
        ids.append((sender, set(home_ids)))

    log_changed.connect(hear)
    yield ids
    log_changed.disconnect(hear)


def today():
    return timezone.localdate()


def log(home, **values):
    values = {"by": None, "happened_on": today(), "direction": "in"} | values
    return log_connection(home=home, **values)


def test_keeps_everything_that_was_said(home, tie, coordinator):
    row = log(home, partnership=tie, by=coordinator, direction="out", **WHOLE)

    kept = Connection.objects.get(pk=row.pk)
    assert {name: getattr(kept, name) for name in WHOLE} == WHOLE
    assert (kept.home, kept.partnership, kept.logged_by) == (home, tie, coordinator)
    assert (kept.happened_on, kept.direction, kept.undone_at) == (today(), "out", None)


def test_who_when_and_which_way_are_enough(home, tie):
    row = log(home, partnership=tie)

    assert (row.occurrences, row.source, row.home_gives) == (1, "log", [])
    assert row.rating is row.residents_count is None


@pytest.mark.parametrize(
    ("direction", "usual"),
    [("in", "visit"), ("out", "trip"), ("online", "online"), ("letter", "letter")],
)
def test_without_a_type_it_is_what_the_direction_usually_is(home, tie, direction, usual):
    assert log(home, partnership=tie, direction=direction).type == usual


def test_a_first_log_with_a_place_starts_a_tie_as_an_idea(home, coordinator):
    asset = AssetFactory()

    row = log(home, asset=asset, by=coordinator)

    tie = Partnership.objects.get()
    assert row.partnership == tie
    assert (tie.partner.asset, tie.status, tie.created_by) == (asset, "idea", coordinator)


def test_logging_never_says_yes_for_either_side(home, tie, coordinator):
    Partnership.objects.update(status="asked")

    log(home, asset=tie.partner.asset, by=coordinator)

    row = Partnership.objects.get()
    assert (row.status, row.home_confirmed_at, row.partner_confirmed_at) == (
        "asked",
        None,
        None,
    )


def test_tells_the_rooms_above_inside_the_transaction(home, tie, heard):
    log(home, partnership=tie)

    assert heard == [(Connection, {home.pk})]


def test_what_fails_above_leaves_nothing_in_the_log(home, tie):
    def fail(**kwargs):
        raise RuntimeError("score")

    log_changed.connect(fail)
    try:
        with pytest.raises(RuntimeError, match="score"):
            log(home, partnership=tie)
    finally:
        log_changed.disconnect(fail)

    assert not Connection.objects.exists()


def test_a_gift_named_twice_is_kept_once(home, tie):
    row = log(home, partnership=tie, home_gives=["tea", "room", "tea"])

    assert row.home_gives == ["tea", "room"]


@pytest.mark.parametrize("given", [{}, {"partnership": True, "asset": True}])
def test_needs_a_tie_or_a_place_and_not_both(home, tie, given):
    values = {"partnership": tie, "asset": tie.partner.asset}

    with pytest.raises(NotAPartnerError, match="Choose who it was with"):
        log(home, **{name: values[name] for name in given})


def test_refuses_another_home_s_tie(home):
    elsewhere = PartnershipFactory(home=HomeFactory(name="Elmbank"))

    with pytest.raises(NotAPartnerError, match="not a tie of Larkfield House"):
        log(home, partnership=elsewhere)


@pytest.mark.parametrize("status", ["ended", "declined"])
def test_refuses_a_partner_that_has_ended(home, tie, status):
    Partnership.objects.update(status=status)

    with pytest.raises(PartnershipOverError, match="is over"):
        log(home, asset=tie.partner.asset)


def test_what_is_refused_starts_no_tie(home):
    with pytest.raises(ValidationError):
        log(home, asset=AssetFactory(), direction="sideways")

    assert not Partnership.objects.exists()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"direction": "sideways"}, "direction"),
        ({"type": "raid"}, "type"),
        ({"origin": "stars"}, "origin"),
        ({"arranged_by": "nobody"}, "arranged_by"),
        ({"rating": 9}, "rating"),
        ({"residents_count": -1}, "residents_count"),
        ({"community_count": 99_999}, "community_count"),
        ({"note": "x" * 501}, "note"),
        ({"occurrences": 0}, "__all__"),
        ({"community_count": 2, "children_count": 3}, "__all__"),
    ],
)
def test_names_the_field_that_is_wrong(home, tie, values, field):
    with pytest.raises(ValidationError) as refusal:
        log(home, partnership=tie, **values)

    assert field in refusal.value.message_dict


def test_a_submission_sent_twice_is_one_row(home, tie, heard):
    sent = {"partnership": tie, "client_uuid": uuid.uuid4(), **WHOLE}

    first, second = log(home, **sent), log(home, **sent)

    assert first == second
    assert Connection.objects.count() == 1
    assert len(heard) == 1


def test_a_first_log_with_a_place_sent_twice_is_one_row(home):
    sent = {"asset": AssetFactory(), "client_uuid": uuid.uuid4()}

    assert log(home, **sent) == log(home, **sent)


def test_a_submission_changed_after_it_was_saved_is_not_dropped(home, tie):
    sent = {"partnership": tie, "client_uuid": uuid.uuid4()}
    log(home, **sent, residents_count=3)

    with pytest.raises(AlreadyLoggedError, match="saved before you changed it") as refusal:
        log(home, **sent, residents_count=4)

    assert refusal.value.field == "client_uuid"


def test_a_submission_taken_back_does_not_return_by_itself(home, tie, coordinator):
    sent = {"partnership": tie, "client_uuid": uuid.uuid4()}
    undo_connection(connection=log(home, **sent), by=coordinator)

    with pytest.raises(AlreadyLoggedError, match="You took this back"):
        log(home, **sent)


def test_another_home_s_submission_is_not_shown(home, tie):
    other = PartnershipFactory(home=HomeFactory(name="Elmbank"))
    key = uuid.uuid4()
    log(other.home, partnership=other, client_uuid=key)

    with pytest.raises(AlreadyLoggedError, match="did not save"):
        log(home, partnership=tie, client_uuid=key)


@pytest.mark.django_db(transaction=True)
def test_a_submission_sent_twice_at_once_is_one_row():
    home, asset, key, both = HomeFactory(), AssetFactory(), uuid.uuid4(), Barrier(2)

    def send(_):
        try:
            both.wait(timeout=10)
            return log(home, asset=asset, client_uuid=key).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        rows = set(pool.map(send, range(2)))

    assert rows == {Connection.objects.get().pk}


@pytest.mark.django_db(transaction=True)
def test_two_homes_that_send_one_key_at_once_are_told_apart():
    homes, both, key = [HomeFactory(), HomeFactory(name="Elmbank")], Barrier(2), uuid.uuid4()
    ties = [PartnershipFactory(home=home) for home in homes]

    def send(tie):
        try:
            both.wait(timeout=10)
            return log(tie.home, partnership=tie, client_uuid=key).home_id
        except AlreadyLoggedError as refusal:
            return type(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        answers = set(pool.map(send, ties))

    assert answers == {Connection.objects.get().home_id, AlreadyLoggedError}


def test_takes_a_row_back_and_keeps_it(home, tie, coordinator, heard):
    row = log(home, partnership=tie)

    undone = undo_connection(connection=row, by=coordinator)

    assert undone.undone_at
    assert Connection.objects.filter(pk=row.pk).exists()
    assert not Connection.objects.standing().exists()
    assert heard == [(Connection, {home.pk})] * 2


def test_taking_back_twice_changes_nothing(home, tie, coordinator, heard):
    row = log(home, partnership=tie)
    first = undo_connection(connection=row, by=coordinator).undone_at

    assert undo_connection(connection=row, by=coordinator).undone_at == first
    assert len(heard) == 2


def test_ten_minutes_are_enough_and_eleven_too_many(home, tie, coordinator, manager):
    early, late = log(home, partnership=tie), log(home, partnership=tie)

    with time_machine.travel(early.logged_at + dt.timedelta(minutes=9, seconds=59)):
        assert undo_connection(connection=early, by=manager).undone_at
    with (
        time_machine.travel(late.logged_at + dt.timedelta(minutes=11)),
        pytest.raises(TooLateToUndoError, match="ten minutes"),
    ):
        undo_connection(connection=late, by=coordinator)


def test_whoever_may_not_log_for_the_home_may_not_take_back(home, tie, facilitator, stranger):
    row = log(home, partnership=tie)
    far = HomeFactory(name="Elmbank", location=NORWICH)
    neighbour = factories.member("coordinator", home=far, name="Eve")

    for person in (facilitator, stranger, neighbour):
        with pytest.raises(PermissionDenied):
            undo_connection(connection=row, by=person)

    assert Connection.objects.standing().exists()

"""What a row of the log is checked for."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from fans.connections.errors import (
    NotRegisteredError,
    PersonNumberError,
    StillToComeError,
    TooManyResidentsError,
    UnknownGiftError,
    UnknownStaffRoleError,
)
from fans.connections.services import enter_tally, log_connection
from fans.connections.services.checks import check_note
from homes.models import Registration
from tests.factories import (
    HomeAssetFactory,
    HomeFactory,
    PartnershipFactory,
    RegistrationFactory,
)

DAY = dt.date(2026, 10, 10)


@pytest.fixture
def tie(home):
    return PartnershipFactory(home=home)


def log(tie, **values):
    values = {"by": None, "happened_on": DAY, "direction": "in"} | values
    return log_connection(home=tie.home, partnership=tie, **values)


def refused(error, words, field):
    class Refusal:
        def __enter__(self):
            self.raised = pytest.raises(error, match=words)
            self.info = self.raised.__enter__()

        def __exit__(self, *args):
            done = self.raised.__exit__(*args)
            assert self.info.value.field == field
            return done

    return Refusal()


# --- days ---------------------------------------------------------------------------


@time_machine.travel(dt.datetime(2026, 10, 10, 22, 30, tzinfo=dt.UTC))
def test_today_is_london_s_today(tie):
    """Half past eleven at night in London, in summer time."""
    assert log(tie, happened_on=dt.date(2026, 10, 10))

    with refused(StillToComeError, "11 October 2026 is still to come", "happened_on"):
        log(tie, happened_on=dt.date(2026, 10, 11))


@time_machine.travel(dt.datetime(2026, 10, 10, 12, tzinfo=dt.UTC))
def test_refuses_a_period_that_is_not_over(tie):
    with refused(StillToComeError, "11 October 2026 is still to come", "until_on"):
        log(tie, until_on=dt.date(2026, 10, 11))


# --- registrations ------------------------------------------------------------------


def registered(tie, *periods):
    Registration.objects.all().delete()
    for began, ended in periods:
        RegistrationFactory(home=tie.home, from_on=began, until=ended)


def test_refuses_a_home_that_had_closed(tie):
    registered(tie, (dt.date(2011, 1, 1), dt.date(2026, 10, 9)))

    with refused(NotRegisteredError, "Larkfield House was not registered", "happened_on"):
        log(tie)


def test_refuses_a_home_that_had_not_opened(tie):
    registered(tie, (dt.date(2026, 10, 11), None))

    with refused(NotRegisteredError, "on 10 October 2026", "happened_on"):
        log(tie)


def test_refuses_a_home_without_a_registration(tie):
    registered(tie)

    with refused(NotRegisteredError, "not registered", "happened_on"):
        log(tie)


def test_refuses_a_period_that_runs_past_the_closing(tie):
    registered(tie, (None, DAY))

    with refused(NotRegisteredError, "on 11 October 2026", "happened_on"):
        log(tie, until_on=DAY + dt.timedelta(days=1))


@pytest.mark.parametrize(
    "periods",
    [
        [(None, None)],
        [(DAY, DAY)],
        [(None, DAY)],
        [(dt.date(2011, 1, 1), dt.date(2026, 9, 30)), (dt.date(2026, 11, 1), None)],
        [(dt.date(2011, 1, 1), dt.date(2020, 1, 1)), (dt.date(2020, 1, 9), DAY)],
    ],
)
def test_takes_the_days_from_first_registration_to_last(tie, periods):
    registered(tie, *periods)

    assert log(tie).pk


# --- what was given -----------------------------------------------------------------


def test_takes_what_the_home_itself_lists(tie):
    garden = HomeAssetFactory(home=tie.home)

    row = log(tie, home_gives=["tea", f"asset:{garden.pk}"])

    assert row.home_gives == ["tea", f"asset:{garden.pk}"]


def test_takes_what_was_withdrawn_later_and_refuses_what_was_gone(tie):
    still = HomeAssetFactory(home=tie.home, withdrawn_on=DAY)
    gone = HomeAssetFactory(home=tie.home, withdrawn_on=DAY - dt.timedelta(days=1))

    assert log(tie, home_gives=[f"asset:{still.pk}"]).pk
    with refused(UnknownGiftError, "own list", "home_gives"):
        log(tie, home_gives=[f"asset:{gone.pk}"])


def test_refuses_another_home_s_garden(tie):
    theirs = HomeAssetFactory(home=HomeFactory(name="Elmbank"))

    with refused(UnknownGiftError, "own list", "home_gives"):
        log(tie, home_gives=[f"asset:{theirs.pk}"])


@pytest.mark.parametrize("gift", ["gold", "asset:", "asset:0", "asset:x", "asset:-1", ""])
def test_refuses_gifts_it_does_not_know(tie, gift):
    with refused(UnknownGiftError, "own list", "home_gives"):
        log(tie, home_gives=[gift])


def test_a_leading_nought_names_no_home_asset(tie):
    garden = HomeAssetFactory(home=tie.home)

    with refused(UnknownGiftError, "own list", "home_gives"):
        log(tie, home_gives=[f"asset:0{garden.pk}"])


def test_partners_give_plain_kinds_alone(tie):
    garden = HomeAssetFactory(home=tie.home)

    with refused(UnknownGiftError, f"asset:{garden.pk}", "partner_gives"):
        log(tie, partner_gives=[f"asset:{garden.pk}"])


def test_refuses_staff_roles_it_does_not_know(tie):
    with refused(UnknownStaffRoleError, "“Mrs Smith” is not in the list", "staff_roles"):
        log(tie, staff_roles=["kitchen", "Mrs Smith"])


# --- how many -----------------------------------------------------------------------


def test_refuses_more_people_than_live_there(tie):
    assert log(tie, residents_count=40).pk

    with refused(TooManyResidentsError, "40 people living here. Put 40", "residents_count"):
        log(tie, residents_count=41)


def test_the_same_people_may_come_again_over_a_period(tie):
    period = {"until_on": DAY + dt.timedelta(days=6), "occurrences": 3}

    assert log(tie, residents_count=90, **period).pk


def test_unknown_beds_set_no_limit(db):
    tie = PartnershipFactory(home=HomeFactory(beds=0))

    assert log(tie, residents_count=300).pk


def test_a_tally_above_the_register_is_believed(tie):
    enter_tally(by=None, home=tie.home, month=DAY, occupied_beds=43)

    assert log(tie, residents_count=43).pk


# --- notes --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "note",
    [
        "9434765919",
        "See 943 476 5919.",
        "(943-476-5919)",
        "NHS no.943.476.5919",
        "999 000 0018 and more",
        "first 123 456 7890, then 943 476 5919",
        "1000003000",  # nothing is left over: the check digit is 0
    ],
)
def test_nhs_numbers_are_recognised_by_their_check_digit(note):
    with refused(PersonNumberError, "looks like an NHS number", "note"):
        check_note(note)


@pytest.mark.parametrize(
    "note",
    [
        "",
        "Nine came, eight of them children",
        "9434765918",  # wrong check digit
        "94347659191",  # eleven digits
        "1234567890",
        "1000000010",  # 10 is no check digit: never given out
        "Ring 0161 496 0111",
        "Ring +44 943 476 5919",
        "Raised £943,476",
    ],
)
def test_other_numbers_may_stand_in_a_note(note):
    check_note(note)


def test_a_note_with_an_nhs_number_is_not_logged(tie):
    with refused(PersonNumberError, "never for anything that tells who", "note"):
        log(tie, note="Came with 943 476 5919", happened_on=timezone.localdate())

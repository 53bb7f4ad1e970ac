"""Open now or not, and when next, on the clock and the bank holidays of the country."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opening_hours import OpeningHours, State

from assets.hours.holidays import Nation, bank_holidays, nation_of
from assets.hours.now import LONDON, Closure, soon_closed, standing_at
from assets.hours.words import hours_in_words

WEEK = "Mo-Fr 09:00-17:00; Sa 10:00-12:00; PH off"


def at(text):
    return dt.datetime.fromisoformat(text).replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    ("hours", "moment", "words"),
    [
        (WEEK, "2026-11-23 08:00", "Closed now, opens at 9am"),
        (WEEK, "2026-11-23 10:00", "Open now, until 5pm"),
        (WEEK, "2026-11-23 18:00", "Closed now, opens at 9am tomorrow"),
        (WEEK, "2026-11-21 18:00", "Closed now, opens at 9am on Monday"),
        (WEEK, "2026-12-28 10:00", "Closed now, opens at 9am tomorrow"),  # for Boxing Day
        (WEEK, "2026-08-31 10:00", "Closed now, opens at 9am tomorrow"),
        ("Mo-Fr,PH 10:00-12:00", "2027-01-01 11:00", "Open now, until noon"),
        ("Apr-Sep Mo-Fr 09:00-17:00", "2026-11-22 10:00", "Closed until April"),
        ("Apr-Sep Mo-Fr 09:00-17:00", "2026-03-22 10:00", "Closed until 1 April"),
        ("2027 Apr 05 10:00-12:00", "2026-03-22 10:00", "Closed until April 2027"),
        ("24/7", "2026-03-22 10:00", "Open now"),
        ("Mo-Su 10:00-24:00", "2026-11-22 11:00", "Open now, until midnight"),
        ("Fr 20:00-26:00", "2026-11-20 23:00", "Open now, until 2am tomorrow"),
        ('Mo 10:00-11:00 "ring"', "2026-11-23 10:30", "Open now, until 11am (ring)"),
        ('"by appointment"', "2026-11-23 10:30", "By appointment"),
        ("Mo 10:00-11:00 unknown", "2026-11-23 10:30", "Ask whether it is open"),
        ("off", "2026-11-23 10:30", "Closed now"),
    ],
)
def test_says_how_it_stands_and_when_that_changes(hours, moment, words):
    assert standing_at(hours, at(moment)).words == words


@pytest.mark.parametrize("hours", ["", "   ", "rubbish", "9 to 5"])
def test_hours_that_say_nothing_say_nothing_of_now(hours):
    assert standing_at(hours, at("2026-11-23 10:00")) is None


def test_the_clock_is_londons_in_summer_too():
    nine_utc = dt.datetime(2026, 7, 6, 8, 30, tzinfo=dt.UTC)

    assert standing_at(WEEK, nine_utc).is_open


def test_bank_holidays_are_those_of_the_postcode():
    second = at("2026-01-02 10:00")

    assert standing_at(WEEK, second, postcode="M33 7EZ").is_open
    assert not standing_at(WEEK, second, postcode="EH1 1BB").is_open


@pytest.mark.parametrize(
    ("postcode", "nation"),
    [
        ("", Nation.ENGLAND_AND_WALES),
        ("GL1 1AA", Nation.ENGLAND_AND_WALES),
        ("G1 1AA", Nation.SCOTLAND),
        ("BT1 5GS", Nation.NORTHERN_IRELAND),
    ],
)
def test_a_postcode_tells_the_nation(postcode, nation):
    assert nation_of(postcode) == nation


@pytest.mark.parametrize(
    ("year", "nation", "days"),
    [
        (
            2026,
            Nation.ENGLAND_AND_WALES,
            "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
        ),
        (2026, Nation.SCOTLAND, "01-01 01-02 04-03 05-04 05-25 08-03 11-30 12-25 12-28"),
        (
            2026,
            Nation.NORTHERN_IRELAND,
            "01-01 03-17 04-03 04-06 05-04 05-25 07-13 08-31 12-25 12-28",
        ),
        (2021, Nation.SCOTLAND, "01-01 01-04 04-02 05-03 05-31 08-02 11-30 12-27 12-28"),
        (
            2027,
            Nation.ENGLAND_AND_WALES,
            "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28",
        ),
    ],
)
def test_bank_holidays_are_those_published(year, nation, days):
    assert [f"{day:%m-%d}" for day in bank_holidays(year, nation)] == days.split()


CLOSURE = Closure(dt.date(2026, 12, 24), dt.date(2027, 1, 3), "the roof is mended")


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2026-12-24 00:00", "Closed until 3 January: the roof is mended"),
        ("2027-01-03 23:59", "Closed until 3 January: the roof is mended"),
        ("2027-01-04 10:00", "Open now, until 5pm"),
        ("2026-12-23 10:00", "Open now, until 5pm"),
    ],
)
def test_closed_for_now_goes_before_the_hours_on_both_its_days_and_between(moment, words):
    assert standing_at(WEEK, at(moment), closure=CLOSURE).words == words


def test_a_closure_without_an_end_or_a_beginning_holds():
    day = at("2026-11-23 10:00")

    open_end = Closure(first=dt.date(2026, 11, 1))
    assert standing_at(WEEK, day, closure=open_end).words == "Closed for now"
    since_ever = Closure(last=dt.date(2026, 11, 30))
    assert standing_at("", day, closure=since_ever).words == "Closed until 30 November"
    assert standing_at("", day, closure=Closure()) is None


def test_a_closure_ahead_is_told_two_weeks_before():
    words = "Will be closed from 24 December to 3 January: the roof is mended"

    assert soon_closed(CLOSURE, dt.date(2026, 12, 10)) == words
    assert soon_closed(CLOSURE, dt.date(2026, 12, 9)) == ""
    assert soon_closed(CLOSURE, dt.date(2026, 12, 24)) == ""
    assert soon_closed(Closure(), dt.date(2026, 12, 24)) == ""


DAYS = ["Mo", "Tu-Th", "Fr,Sa", "Su", "Mo-Su", "Sa[1]", "We[-1]", "Mo,We[2,4]"]
MONTHS = ["", "Apr-Sep ", "Dec 24-Jan 3 ", "Jun ", "2026 Dec 20-26 "]
TIMES = ["09:00-17:00", "10:00-12:00,13:30-16:00", "22:00-02:00", "10:00+", "off", ""]
RULES = st.builds(
    "{}{} {}".format, st.sampled_from(MONTHS), st.sampled_from(DAYS), st.sampled_from(TIMES)
).map(str.strip)


@settings(max_examples=150)
@given(
    rules=st.lists(RULES, min_size=1, max_size=4),
    minutes=st.integers(0, 545 * 24 * 60),
)
def test_open_now_is_what_the_library_says_and_words_are_found_for_all(rules, minutes):
    text = "; ".join(rules)
    hours = OpeningHours(text, timezone=LONDON)
    moment = dt.datetime(2026, 1, 1, tzinfo=dt.UTC) + dt.timedelta(minutes=minutes)
    moment = moment.astimezone(LONDON)

    now = standing_at(text, moment)

    assert now.is_open == hours.is_open(moment)
    assert now.words
    assert len(hours_in_words(text)) == len(rules)
    if not now.is_open and now.words.startswith("Closed now, opens"):
        later = next(
            start
            for start, _, state, _ in hours.intervals(moment, moment + dt.timedelta(days=9))
            if state == State.OPEN
        )
        assert (later.date() - moment.date()).days < 7

"""Who fits a home is found by the rough place and the open rule, named where that may be."""

import datetime as dt

import pytest
from django.utils import timezone

from fans.connections.matches.models import Match, MatchStatus, Reason
from fans.connections.matches.suggesting import homes_that_fit, volunteers_for
from fans.connections.wishes.models import Wish
from tests import factories
from tests.factories import SALE, metres_east
from tests.fans.connections.matches.conftest import name_freely

pytestmark = pytest.mark.django_db


def wish(home, *tags, text="A song"):
    return Wish.objects.create(
        home=home, text=text, tags=list(tags), taken_on=timezone.localdate()
    )


def test_a_volunteer_who_shares_a_wish_leads_with_the_reasons(two):
    factories.active_volunteer(interests=["fixing"], travel_m=3219)
    wish(two.home, "music")

    first, second = volunteers_for(two.home, two.manager)

    assert first.volunteer_id == two.volunteer.pk
    assert first.fit.lead == (
        "Somebody here wishes for it: music and singing, less than 1 km away"
    )
    assert first.fit.total > second.fit.total
    assert first.enjoys == ("Music and singing",)


def test_the_first_name_is_told_to_whom_the_table_lets_and_who_agreed_alone(two):
    def label(person):
        (found,) = volunteers_for(two.home, person)
        return found.label, found.is_named

    assert label(two.manager) == ("A volunteer, less than 1 km away", False)
    name_freely(two.volunteer)
    assert label(two.manager) == ("Vera", True)
    assert label(two.coordinator) == ("A volunteer, less than 1 km away", False)
    assert label(two.champion) == ("A volunteer, less than 1 km away", False)
    assert label(two.lead) == ("Vera Vole", True)


def test_whoever_may_find_nobody_for_the_home_is_told_of_nobody(two):
    other = factories.member("manager", home=factories.HomeFactory())
    stranger = factories.PersonFactory()

    assert volunteers_for(two.home, other) == []
    assert volunteers_for(two.home, stranger) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"travel_m": 1200, "location": metres_east(SALE, 3_000)},
        {"stage": "resting"},
        {"stage": "inducted"},
        {"age_band": "16-17", "adult_confirmed_at": timezone.now(), "cell": "M33",
         "location_precision": "outcode", "role_slug": "young"},
    ],
    ids=["too far", "resting", "not there yet", "under 18"],
)  # fmt: skip
def test_who_would_not_come_is_not_suggested(two, fields):
    factories.VolunteerFactory(**{"stage": "active", "travel_m": 3219, **fields})

    assert [each.volunteer_id for each in volunteers_for(two.home, two.manager)] == [
        two.volunteer.pk
    ]


@pytest.mark.parametrize(
    ("status", "reason", "days_ago", "is_suggested"),
    [
        ("suggested", "", 0, False),
        ("declined", Reason.NOT_NOW, 89, False),
        ("declined", Reason.NOT_NOW, 91, True),
        ("declined", Reason.TOO_FAR, 400, False),
        ("declined", Reason.WITHDRAWN, 0, True),
        ("ended", Reason.ENOUGH, 10, False),
        ("ended", Reason.ENOUGH, 91, True),
    ],
)
def test_an_answer_is_remembered(two, status, reason, days_ago, is_suggested):
    match = Match.objects.create(
        home=two.home, volunteer=two.volunteer, status=status, reason=reason
    )
    at = timezone.now() - dt.timedelta(days=days_ago)
    Match.objects.filter(pk=match.pk).update(changed_at=at)

    assert bool(volunteers_for(two.home, two.manager)) is is_suggested
    assert bool(homes_that_fit(two.volunteer)) is is_suggested


def test_who_comes_already_makes_another_less_needed(two):
    def need():
        (found,) = volunteers_for(two.home, two.manager)
        return found.fit.part("need").value

    before = need()
    now = timezone.now()
    Match.objects.create(
        home=two.home, volunteer=factories.active_volunteer(interests=["music"]),
        status=MatchStatus.LIVE, home_yes_at=now, volunteer_yes_at=now, started_at=now,
    )  # fmt: skip

    assert (before, need()) == (1, 0.3)


def test_a_quiet_day_of_the_week_is_told_from_the_log(two):
    tie = factories.PartnershipFactory(home=two.home)
    day = two.today - dt.timedelta(days=two.today.weekday() + 7)  # a Monday
    factories.ConnectionFactory(partnership=tie, happened_on=day)
    two.volunteer.times = ["mon-am", "wed-pm"]
    two.volunteer.save()

    (found,) = volunteers_for(two.home, two.manager)

    assert found.fit.part("times").words == (
        "free on Wednesday afternoon, when little has happened here lately"
    )


def test_a_language_counts_where_the_words_of_a_wish_name_it(two):
    two.volunteer.languages, two.volunteer.interests = ["pl"], []
    two.volunteer.save()
    wish(two.home, "roots", text="To chat in Polish again")

    (found,) = volunteers_for(two.home, two.manager)

    assert "speaking Polish" in found.fit.part("interest").words


def test_a_home_is_suggested_without_a_word_of_what_anybody_there_wishes(two):
    before = homes_that_fit(two.volunteer)
    wish(two.home, "music")
    wish(two.home, "roots", text="To chat in English again")
    after = homes_that_fit(two.volunteer)

    assert [each.home for each in after] == [two.home]
    assert [each.fit for each in after] == [each.fit for each in before]


def test_a_house_of_few_beds_or_beyond_ones_way_is_suggested_to_nobody(two):
    factories.HomeFactory(location=two.home.location, beds=4)
    factories.HomeFactory(location=metres_east(SALE, 9_000), beds=30)

    assert [each.home for each in homes_that_fit(two.volunteer)] == [two.home]


def test_who_rests_is_shown_no_home(two):
    two.volunteer.stage = "resting"

    assert homes_that_fit(two.volunteer) == []


def test_the_number_of_queries_does_not_grow_with_the_volunteers(
    two, django_assert_num_queries
):
    wish(two.home, "music")
    volunteers_for(two.home, two.manager)  # reads who they are
    for _ in range(6):
        factories.active_volunteer(interests=["music"], travel_m=3219)

    with django_assert_num_queries(6):  # one's homes, rows; wishes, who comes, the log; names
        found = volunteers_for(two.home, two.manager)

    assert len(found) == 7


def test_the_number_of_queries_does_not_grow_with_the_homes(two, django_assert_num_queries):
    for metres in range(100, 600, 100):
        factories.HomeFactory(location=metres_east(SALE, metres), beds=20)

    with django_assert_num_queries(3):  # homes; cleared; who comes
        assert len(homes_that_fit(two.volunteer)) == 6

"""Circles are formed once and told of once: no month, area or newcomer gives more away."""

import datetime as dt

import pgtrigger
import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from fans.openness.aggregates.models import Circle, CircleHome, Figures
from fans.openness.aggregates.services import Released, release
from fans.openness.models import SCORE_FROZEN, Score, Wave
from tests import factories
from tests.fans.openness.aggregates.measured import BEGAN, close, measured

pytestmark = pytest.mark.django_db

CLOSED = BEGAN + dt.timedelta(days=27)  # 1 February
MARCH = dt.date(2026, 3, 1)


def homes(count, **of):
    return [measured(number, **of) for number in range(count)]


def test_eight_homes_of_an_authority_become_a_circle_and_are_told_of():
    homes(8)

    assert release(day=MARCH) == Released(circles=1, figures=1)
    body = Figures.objects.get().body
    assert body["homes"] == 10
    assert body["middles"]["overall"] != "*"


def test_seven_do_not():
    homes(7)

    assert release(day=MARCH) == Released(circles=0, figures=0)


def test_each_authority_has_its_own():
    homes(8)
    [measured(number, local_authority="Salford") for number in range(8, 15)]

    release(day=MARCH)

    assert [c.local_authority for c in Circle.objects.all()] == ["Trafford"]


def test_a_home_has_its_wave_to_itself_for_two_weeks_and_until_the_months_first_day():
    homes(8)

    assert dt.date(2026, 2, 1) == CLOSED
    assert release(day=dt.date(2026, 2, 28)) == Released(circles=0, figures=0)
    assert release(day=MARCH).circles == 1


def test_any_day_of_a_month_gives_the_same_and_the_second_run_makes_nothing():
    homes(8)

    release(day=dt.date(2026, 3, 17))
    first = list(Figures.objects.values())

    assert release(day=dt.date(2026, 3, 30)) == Released(circles=0, figures=0)
    assert list(Figures.objects.values()) == first
    assert first[0]["released_on"] == MARCH


def test_one_home_that_joins_later_changes_nothing_that_is_told():
    homes(8)
    release(day=MARCH)
    before = list(Figures.objects.values())

    measured(9, began=dt.date(2026, 2, 2))
    release(day=dt.date(2026, 5, 1))

    assert list(Figures.objects.values()) == before
    assert CircleHome.objects.count() == 8


def test_eight_later_homes_become_a_circle_of_their_own():
    homes(8)
    release(day=MARCH)
    [measured(number, began=dt.date(2026, 2, 2)) for number in range(10, 18)]

    release(day=dt.date(2026, 5, 1))

    assert [str(circle) for circle in Circle.objects.all()] == [
        "Trafford, group 1",
        "Trafford, group 2",
    ]


def test_a_home_that_takes_part_twice_is_told_of_once():
    made = homes(8)
    release(day=MARCH)
    for number, home in enumerate(made):
        second = factories.EnrolmentFactory(home=home, place=number + 1)
        old = Wave.objects.get(enrolment__home=home, month=0)
        Wave.objects.filter(enrolment=second).delete()
        factories.WaveFactory(enrolment=second, closed_at=old.closed_at)

    release(day=dt.date(2026, 12, 1))

    assert Circle.objects.count() == 1


def test_a_later_wave_is_told_once_the_last_home_has_closed_it():
    made = homes(8)
    release(day=MARCH)
    for home in made[:7]:
        close(home, 3, step=4)
    assert release(day=dt.date(2026, 6, 1)).figures == 0

    close(made[7], 3, step=4)

    assert release(day=dt.date(2026, 6, 1)).figures == 1
    assert list(Figures.objects.values_list("month", flat=True)) == [0, 3]


def test_a_wave_of_which_fewer_than_eight_have_a_score_is_told_as_nothing():
    made = homes(8)
    release(day=MARCH)
    waves = [close(home, 3, step=4) for home in made]
    with pgtrigger.ignore(f"openness.Score:{SCORE_FROZEN}"):
        Score.objects.filter(wave=waves[0]).delete()

    release(day=dt.date(2026, 6, 1))

    assert Figures.objects.get(month=3).body["homes"] == "*"


def test_what_was_told_stays_as_it_was():
    homes(8)
    release(day=MARCH)

    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        Figures.objects.update(body={})


def test_no_home_is_in_two_circles():
    homes(8)
    release(day=MARCH)
    other = Circle.objects.create(local_authority="Salford", number=1, formed_on=MARCH)

    with (
        pytest.raises(IntegrityError, match="aggregates_one_circle_each"),
        transaction.atomic(),
    ):
        CircleHome.objects.create(circle=other, enrolment=CircleHome.objects.first().enrolment)


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (lambda c: Circle.objects.create(**_circle(c)), "aggregates_circle_once"),
        (lambda c: Circle.objects.create(**_circle(c, number=0)), "aggregates_circle_from_1"),
        (lambda c: Figures.objects.create(**_figures(c, month=0)), "aggregates_told_once"),
        (
            lambda c: Figures.objects.create(**_figures(c, month=9)),
            "aggregates_figures_month_known",
        ),
    ],
)
def test_the_database_holds_the_rules(make, name):
    circle = Circle.objects.create(local_authority="Trafford", number=1, formed_on=MARCH)
    Figures.objects.create(**_figures(circle, month=0))

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        make(circle)


def _circle(like, **changes):
    return {"local_authority": "Trafford", "number": 1, "formed_on": MARCH, **changes}


def _figures(circle, month):
    return {"circle": circle, "month": month, "released_on": MARCH, "body": {}}

"""What an extract holds, and what it leaves out."""

import datetime as dt

import pytest

from fans.research.contents import Contents
from tests import factories
from tests.fans.research.scene import TODAY, extracted, score_month_6


@pytest.fixture
def contents(scene):
    return Contents(scene.study, TODAY.date())


def test_the_page_counts_what_the_file_holds(scene, contents):
    score_month_6(scene, of=scene.agreed[0])

    size, opened = contents.size(), extracted(scene.study)

    assert size == {
        "homes": len(opened.rows("homes")),
        "enrolled": 8,
        "ties": len(opened.rows("partnerships")),
        "rows": len(opened.rows("connections")),
        "waves": 1,
    }


def test_an_agreement_counts_from_its_day(scene):
    before = Contents(scene.study, dt.date(2026, 4, 19))
    on_the_day = Contents(scene.study, dt.date(2026, 4, 20))
    later = Contents(scene.study, dt.date(2027, 1, 1))

    assert [len(c.homes()) for c in (before, on_the_day, later)] == [0, 6, 7]


def test_told_and_left_out_make_up_the_whole(scene, contents):
    told = set(contents.ties().values_list("pk", flat=True))
    private = {scene.ties[name].pk for name in ("friend", "family", "gift")}

    assert told | private == set(contents.all_ties().values_list("pk", flat=True))
    assert told & private == set()


def test_counting_takes_few_queries(contents, django_assert_num_queries):
    with django_assert_num_queries(5):
        contents.size()
    with django_assert_num_queries(7):
        contents.left_out()


def test_rows_from_before_and_after_a_homes_part_stay_at_home(db):
    enrolment = factories.EnrolmentFactory(
        research_agreed_on=dt.date(2026, 5, 1),
        starts_on=dt.date(2026, 5, 1),
        ends_on=dt.date(2026, 10, 31),
    )
    tie = factories.PartnershipFactory(home=enrolment.home)
    for day in ("2026-03-05", "2026-03-06", "2026-10-31", "2026-11-01"):
        factories.ConnectionFactory(partnership=tie, happened_on=dt.date.fromisoformat(day))
    study = factories.StudyFactory(cohort=enrolment.cohort)

    told = Contents(study, dt.date(2026, 12, 1)).rows()

    days = sorted(told.values_list("happened_on", flat=True))
    assert days == [dt.date(2026, 3, 6), dt.date(2026, 10, 31)]

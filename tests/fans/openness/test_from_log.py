"""Evidence from the log: each rule just inside and just outside, and all on random logs."""

import datetime as dt
import random

import pytest
import time_machine

from fans.openness.from_log import day_of, evidence_for
from fans.openness.log_facts import Asked, log_facts
from fans.openness.services import plan_waves
from tests import factories
from tests.fans.openness.larkfield import V1
from tests.fans.openness.logs import (
    AS_OF,
    START,
    asset_at,
    days_before,
    met,
    outsider,
    random_home,
    tie,
)
from tests.fans.openness.plain_reading import as_read, read_log

pytestmark = pytest.mark.django_db


def seen(home, **kwargs):
    return evidence_for(home, as_of=kwargs.pop("as_of", AS_OF), **kwargs).observed


@pytest.fixture
def enrolment(home):
    return factories.EnrolmentFactory(home=home, starts_on=START)


@pytest.fixture
def wave_0(enrolment):
    return factories.WaveFactory(enrolment=enrolment, opens_on=days_before(27), closes_on=AS_OF)


def test_finds_nothing_in_an_empty_log(home):
    evidence = evidence_for(home, as_of=AS_OF)

    assert evidence.occupied_beds == 40
    assert evidence.months_since_start is None
    assert evidence.provenance.weeks_logged == 0
    assert not evidence.provenance.recall
    assert evidence.observed.visits_in == 0
    assert evidence.observed.active_partners_by_category == {}
    assert evidence.observed.residents_out is None
    assert evidence.observed.partnership_depths == ()
    assert evidence.assessed == {}


# --- the window -----------------------------------------------------------------------


@pytest.mark.parametrize(("days", "visits"), [(-1, 0), (0, 1), (27, 1), (28, 0)])
def test_counts_28_days_that_day_included(home, days, visits):
    met(tie(home), days)

    assert seen(home).visits_in == visits


@pytest.mark.parametrize(("days", "visits"), [(0, 0.5), (28, 0.5), (55, 0.5), (56, 0)])
def test_counts_56_days_in_a_small_home_and_halves_visits(days, visits):
    home = factories.HomeFactory(beds=19)
    met(tie(home), days)

    assert seen(home).visits_in == visits


@pytest.mark.parametrize(("beds", "trips"), [(0, 1), (1, 0.5), (19, 0.5), (20, 1)])
def test_takes_1_to_19_beds_for_a_small_home(beds, trips):
    home = factories.HomeFactory(beds=beds)
    met(tie(home), direction="out")

    assert seen(home).trips_out == trips


def test_halves_visits_and_trips_alone_in_a_small_home():
    home = factories.HomeFactory(beds=10)
    met(tie(home), occurrences=4, origin="resident")

    found = seen(home)

    assert (found.visits_in, found.occurrences, found.occurrences_from_residents) == (2, 4, 4)
    assert found.familiar_partners == 1


def test_counts_a_period_on_its_last_day(home):
    met(tie(home), 40, until_on=days_before(27), occurrences=3)
    met(tie(home), 50, until_on=days_before(28), occurrences=5)

    assert seen(home).visits_in == 3


def test_counts_a_row_with_its_occurrences(home):
    met(tie(home), occurrences=4)

    assert seen(home).visits_in == 4


def test_leaves_out_rows_that_were_taken_back(home):
    met(tie(home), undone_at=dt.datetime(2026, 10, 31, tzinfo=dt.UTC))

    assert seen(home).occurrences == 0


def test_leaves_out_other_homes(home):
    met(tie(factories.HomeFactory()))

    assert seen(home).occurrences == 0


# --- where the day, the start and the beds come from ------------------------------------


def test_scores_a_wave_at_its_closing_day_and_today_while_it_is_open(wave_0):
    with time_machine.travel(dt.datetime(2026, 10, 20, 12, tzinfo=dt.UTC), tick=False):
        assert day_of(wave_0) == dt.date(2026, 10, 20)
    with time_machine.travel(dt.datetime(2026, 12, 1, 12, tzinfo=dt.UTC), tick=False):
        assert day_of(wave_0) == AS_OF


def test_takes_whole_days_in_london(wave_0):
    with time_machine.travel(dt.datetime(2026, 10, 19, 23, 30, tzinfo=dt.UTC), tick=False):
        assert day_of(wave_0) == dt.date(2026, 10, 20)  # summer time


def test_scores_month_0_at_the_look_backs_last_day(wave_0):
    wave_0.look_back_until = dt.date(2026, 10, 3)

    assert day_of(wave_0) == dt.date(2026, 10, 3)


@pytest.mark.parametrize(
    ("starts_on", "months"),
    [
        (dt.date(2026, 10, 31), 0),
        (dt.date(2026, 10, 1), 0),
        (dt.date(2026, 9, 30), 1),
        (dt.date(2026, 8, 31), 2),
        (dt.date(2026, 5, 1), 5),
        (dt.date(2026, 4, 30), 6),
        (dt.date(2025, 10, 31), 12),
        (dt.date(2026, 11, 2), 0),
    ],
)
def test_counts_whole_calendar_months_from_the_enrolments_first_day(home, starts_on, months):
    enrolment = factories.EnrolmentFactory(home=home, starts_on=starts_on)

    evidence = evidence_for(home, enrolment=enrolment, as_of=AS_OF)

    assert evidence.months_since_start == months


def test_starts_without_an_enrolment_at_the_first_log_or_import_row(home):
    met(tie(home), happened_on=dt.date(2026, 6, 1), source="recall")
    met(tie(home), happened_on=dt.date(2026, 7, 31), source="import")
    met(tie(home), happened_on=dt.date(2026, 9, 1))

    assert evidence_for(home, as_of=AS_OF).months_since_start == 3


@pytest.mark.parametrize(
    ("as_of", "month"),
    [
        (dt.date(2026, 10, 31), dt.date(2026, 10, 1)),
        (dt.date(2026, 11, 13), dt.date(2026, 10, 1)),
        (dt.date(2026, 11, 14), dt.date(2026, 11, 1)),  # 14 days each: the later
        (dt.date(2027, 1, 13), dt.date(2026, 12, 1)),
        (dt.date(2027, 2, 28), dt.date(2027, 2, 1)),
    ],
)
def test_takes_the_tally_of_the_month_with_most_days(home, as_of, month):
    for n in (9, 10, 11, 12, 13, 14):
        first = dt.date(2026 + (n - 1) // 12, (n - 1) % 12 + 1, 1)
        factories.TallyFactory(
            home=home, month=first, residents_out=n, residents_reached=n, occupied_beds=20 + n
        )

    evidence = evidence_for(home, as_of=as_of)

    n = month.month + 12 * (month.year - 2026)
    assert evidence.observed.residents_out == n
    assert evidence.observed.residents_reached == n
    assert evidence.occupied_beds == 20 + n


def test_takes_beds_from_an_earlier_tally_but_residents_from_none(home):
    factories.TallyFactory(
        home=home, month=dt.date(2026, 7, 1), occupied_beds=31, residents_out=5
    )
    factories.TallyFactory(home=home, month=dt.date(2026, 8, 1), occupied_beds=33)
    factories.TallyFactory(home=home, month=dt.date(2026, 9, 1), residents_out=7)
    factories.TallyFactory(home=home, month=dt.date(2026, 11, 1), occupied_beds=39)

    evidence = evidence_for(home, as_of=AS_OF)

    assert evidence.occupied_beds == 33
    assert evidence.observed.residents_out is None


def test_takes_beds_from_the_register_where_no_tally_says():
    home = factories.HomeFactory(beds=25)
    factories.RegistrationFactory(home=home, beds=5)
    factories.RegistrationFactory(home=home, beds=90, until=dt.date(2026, 1, 1))

    assert evidence_for(home, as_of=AS_OF).occupied_beds == 30


def test_knows_no_beds_where_nobody_says():
    home = factories.HomeFactory(beds=0)

    assert evidence_for(home, as_of=AS_OF).occupied_beds is None


@pytest.mark.parametrize(
    ("first", "weeks"), [(5, 0), (6, 1), (12, 1), (13, 2), (26, 3), (27, 4), (300, 4)]
)
def test_counts_the_weeks_that_lie_wholly_after_the_first_row(home, first, weeks):
    met(tie(home), first)

    assert evidence_for(home, as_of=AS_OF).provenance.weeks_logged == weeks


# --- recall -----------------------------------------------------------------------------


def test_counts_recall_in_month_0_and_says_so(home, wave_0):
    met(tie(home), source="recall", occurrences=3)

    evidence = evidence_for(home, wave=wave_0, as_of=AS_OF)

    assert evidence.observed.visits_in == 3
    assert evidence.provenance.recall
    assert evidence.provenance.weeks_logged == 0


@pytest.mark.parametrize("month", [3, 6])
def test_counts_no_recall_in_later_waves(home, enrolment, month):
    wave = factories.WaveFactory(enrolment=enrolment, month=month)
    met(tie(home), source="recall")

    evidence = evidence_for(home, wave=wave, as_of=AS_OF)

    assert evidence.observed.occurrences == 0
    assert not evidence.provenance.recall


def test_counts_no_recall_without_a_wave(home, enrolment):
    met(tie(home), source="recall")

    assert seen(home, enrolment=enrolment).occurrences == 0


@pytest.mark.parametrize("source", ["log", "import"])
def test_prefers_a_row_of_the_log_to_memory(home, wave_0, source):
    choir = tie(home)
    met(choir, source="recall", occurrences=9)
    met(choir, 27, source=source)

    evidence = evidence_for(home, wave=wave_0, as_of=AS_OF)

    assert evidence.observed.visits_in == 1
    assert not evidence.provenance.recall


def test_counts_memory_where_the_log_lies_before_the_window(home, wave_0):
    choir = tie(home)
    met(choir, source="recall", occurrences=9)
    met(choir, 28)

    assert seen(home, wave=wave_0).visits_in == 9


# --- what is counted --------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["family", "professional"])
def test_leaves_family_and_professionals_out_of_the_community(home, kind):
    met(tie(home, partner=outsider(kind)), occurrences=5, origin="resident")

    found = seen(home)

    assert (found.visits_in, found.occurrences, found.occurrences_from_residents) == (0, 0, 0)
    assert found.active_partners_by_category == {}


def test_starts_the_log_with_a_family_visit_all_the_same(home):
    met(tie(home, partner=outsider("family")), 27)

    assert evidence_for(home, as_of=AS_OF).provenance.weeks_logged == 4


def test_counts_paid_visits_as_contact_but_not_as_visits(home):
    met(tie(home), occurrences=3, paid=True)

    found = seen(home)

    assert (found.visits_in, found.familiar_partners) == (0, 0)
    assert found.occurrences == 3
    assert found.active_partners_by_category == {"faith": 1}


@pytest.mark.parametrize(
    ("direction", "visits", "trips"),
    [("in", 2, 0), ("out", 0, 2), ("online", 0, 0), ("letter", 0, 0)],
)
def test_counts_by_direction_and_all_directions_as_occurrences(home, direction, visits, trips):
    met(tie(home), direction=direction, occurrences=2)

    found = seen(home)

    assert (found.visits_in, found.trips_out, found.occurrences) == (visits, trips, 2)


def test_counts_whose_idea_it_was_where_that_is_known(home):
    choir = tie(home)
    met(choir, origin="resident", occurrences=2)
    met(choir, origin="staff")
    met(choir, origin="")

    found = seen(home)

    assert found.occurrences == 4
    assert found.occurrences_with_origin == 3
    assert found.occurrences_from_residents == 2


def test_takes_a_partners_category_from_its_asset_else_its_own(home):
    met(tie(home, category="school"))
    met(tie(home, partner=outsider("group", own_category="sport")))
    met(tie(home, partner=outsider("person", own_category="individual_gift")))
    met(tie(home, category="school"), direction="online")

    assert seen(home).active_partners_by_category == {
        "school": 2,
        "sport": 1,
        "individual_gift": 1,
    }


@pytest.mark.parametrize(("last", "count"), [(27, 1), (28, 0)])
def test_takes_a_partner_as_active_by_its_rows_whatever_its_status(home, last, count):
    met(tie(home, status="idea"), last)

    assert sum(seen(home).active_partners_by_category.values()) == count


@pytest.mark.parametrize(
    ("rows", "familiar"),
    [
        ([{}], 0),
        ([{"occurrences": 2}], 1),
        ([{}, {"days": 27}], 1),
        ([{}, {"days": 28}], 0),
        ([{}, {"paid": True}], 0),
        ([{}, {"direction": "out"}], 0),
    ],
)
def test_takes_a_partner_as_familiar_from_two_visits_on(home, rows, familiar):
    choir = tie(home)
    for row in rows:
        met(choir, **row)

    assert seen(home).familiar_partners == familiar


@pytest.mark.parametrize(
    ("rows", "two_way"),
    [
        ([{"home_gives": ["tea"]}], 0),
        ([{"partner_gives": ["time"]}], 0),
        ([{"home_gives": ["tea"], "partner_gives": ["time"]}], 1),
        ([{"home_gives": ["tea"]}, {"partner_gives": ["time"], "days": 200}], 1),
        ([{"home_gives": ["tea"]}, {"partner_gives": ["time"], "days": -1}], 0),
        ([{"home_gives": ["tea"], "partner_gives": ["time"], "days": 28}], 0),
        (
            [{"home_gives": ["tea"], "partner_gives": ["time"], "days": 28}, {"days": 3}],
            1,
        ),
    ],
)
def test_takes_a_tie_as_two_way_over_all_its_rows_if_it_is_active(home, rows, two_way):
    choir = tie(home)
    for row in rows:
        met(choir, **row)

    assert seen(home).two_way_partners == two_way


def test_lists_the_rated_depths_of_active_ties(home):
    met(tie(home, depth=3))
    met(tie(home, depth=None))
    met(tie(home, depth=0))
    met(tie(home, depth=4), 28)

    assert seen(home).partnership_depths == (3, 0)


@pytest.mark.parametrize(
    ("days", "sustained"),
    [
        ((0, 28, 56), 1),
        ((27, 55, 83), 1),
        ((0, 28, 84), 1),
        ((28, 56, 84), 1),
        ((111, 28, 0), 1),
        ((112, 28, 0), 0),
        ((0, 28), 0),
        ((0, 27, 28), 0),
    ],
)
def test_takes_a_tie_as_sustained_in_three_of_the_last_four_blocks(
    home, enrolment, days, sustained
):
    choir = tie(home)
    for each in days:
        met(choir, each)

    assert seen(home, enrolment=enrolment).sustained_partners == sustained


@pytest.mark.parametrize(
    ("days", "sustained"),
    [
        ((0, 28, 56), 1),
        ((27, 55, 300), 1),
        ((0, 28), 0),
        ((0, 56, 84), 0),
        ((28, 56, 84), 0),
        ((0, 28, 55), 0),
    ],
)
@pytest.mark.parametrize("starts_on", [dt.date(2026, 7, 1), dt.date(2026, 9, 1)])
def test_takes_a_young_tie_as_sustained_by_both_last_blocks_and_an_earlier_day(
    home, starts_on, days, sustained
):
    enrolment = factories.EnrolmentFactory(home=home, starts_on=starts_on)
    choir = tie(home)
    for each in days:
        met(choir, each)

    assert seen(home, enrolment=enrolment).sustained_partners == sustained


@pytest.mark.parametrize(
    ("starts_on", "sustained"), [(dt.date(2026, 6, 30), 1), (dt.date(2026, 7, 1), 0)]
)
def test_asks_for_three_blocks_of_four_from_the_fourth_month_on(home, starts_on, sustained):
    enrolment = factories.EnrolmentFactory(home=home, starts_on=starts_on)
    choir = tie(home)
    for days in (0, 56, 84):
        met(choir, days)

    assert seen(home, enrolment=enrolment).sustained_partners == sustained


# --- reach and home assets --------------------------------------------------------------


@pytest.mark.parametrize(("metres", "reachable"), [(614, 1), (616, 0)])
def test_takes_what_lies_within_615_metres_as_reachable(home, metres, reachable):
    asset_at(metres)

    assert seen(home).reachable_assets == reachable


@pytest.mark.parametrize(
    "changes",
    [{"category": "transport_access"}, {"state": "closed"}, {"visibility": "hidden"}],
)
def test_leaves_out_what_cannot_be_reached(home, changes):
    asset_at(100, **changes)

    assert seen(home).reachable_assets == 0


@pytest.mark.parametrize(
    ("published_on", "days", "reachable", "tied"),
    [
        (START, None, 1, 0),
        (START, 0, 1, 1),
        (START, 28, 1, 0),
        (START + dt.timedelta(days=1), None, 0, 0),
        (START + dt.timedelta(days=1), 0, 1, 1),
        (START + dt.timedelta(days=1), 28, 0, 0),
    ],
)
def test_never_lets_mapping_cost_points_inside_an_enrolment(
    home, enrolment, published_on, days, reachable, tied
):
    asset = asset_at(300, published_on=published_on)
    if days is not None:
        met(tie(home, asset=asset), days)

    found = seen(home, enrolment=enrolment)

    assert (found.reachable_assets, found.reachable_assets_with_tie) == (reachable, tied)


def test_takes_what_lies_in_reach_today_without_an_enrolment(home):
    asset_at(100, published_on=dt.date(2026, 10, 1))
    met(tie(home, asset=asset_at(200, published_on=dt.date(2026, 10, 1))))

    found = seen(home)

    assert (found.reachable_assets, found.reachable_assets_with_tie) == (2, 1)


def offers(home, count, **changes):
    changes.setdefault("listed_on", START)
    return [factories.HomeAssetFactory(home=home, **changes) for _ in range(count)]


def use(home, offered, days=0):
    given = [f"asset:{offer.pk}" for offer in offered]
    met(tie(home), days, home_gives=[*given, "tea"])


@pytest.mark.parametrize(
    ("listed", "used", "expected"),
    [
        (0, 0, (0, 0)),
        (1, 0, (4, 0)),
        (3, 2, (4, 2)),
        (4, 4, (4, 4)),
        (6, 2, (6, 2)),
        (8, 8, (8, 8)),
        (9, 9, (8, 8)),
    ],
)
def test_takes_home_assets_as_listed_at_the_start_from_four_to_eight(
    home, enrolment, listed, used, expected
):
    use(home, offers(home, listed)[:used])

    found = seen(home, enrolment=enrolment)

    assert (found.home_assets_listed, found.home_assets_used) == expected


def test_counts_a_home_asset_listed_later_once_it_is_used(home, enrolment):
    after = START + dt.timedelta(days=1)
    offers(home, 3, listed_on=after)

    assert seen(home, enrolment=enrolment).home_assets_listed == 0

    use(home, offers(home, 1, listed_on=after))

    found = seen(home, enrolment=enrolment)
    assert (found.home_assets_listed, found.home_assets_used) == (4, 1)


def test_leaves_out_home_assets_withdrawn_before_the_start(home, enrolment):
    offers(home, 5, listed_on=dt.date(2026, 1, 1), withdrawn_on=START)
    offers(home, 6, withdrawn_on=START + dt.timedelta(days=1))

    assert seen(home, enrolment=enrolment).home_assets_listed == 6


def test_counts_home_assets_named_in_the_window_only_and_each_once(home, enrolment):
    [garden, hall, *_] = offers(home, 4)
    use(home, [garden], 27)
    use(home, [garden], 0)
    use(home, [hall], 28)

    assert seen(home, enrolment=enrolment).home_assets_used == 1


def test_counts_no_home_asset_of_another_home(home, enrolment):
    use(home, offers(factories.HomeFactory(), 2))

    assert seen(home, enrolment=enrolment).home_assets_used == 0


def test_takes_home_assets_as_they_stand_today_without_an_enrolment(home):
    garden, *_ = offers(home, 2)
    [gone] = offers(home, 1, withdrawn_on=dt.date(2026, 10, 1))
    use(home, [garden, gone])

    with time_machine.travel(dt.datetime(2026, 10, 31, 12, tzinfo=dt.UTC), tick=False):
        found = seen(home)

    assert (found.home_assets_listed, found.home_assets_used) == (2, 1)


# --- answers ----------------------------------------------------------------------------


def test_brings_the_answers_of_the_wave_by_group(wave_0):
    other = factories.WaveFactory(
        enrolment=factories.EnrolmentFactory(), opens_on=START, closes_on=AS_OF
    )
    for wave, group, answers in [
        (wave_0, "staff", {"A3": 4, "G1": 2}),
        (wave_0, "staff", {"A3": 1}),
        (wave_0, "residents", {"A3": 2}),
        (other, "residents", {"A3": 0}),
    ]:
        assessment = wave.assessments.create(group=group)
        for code, value in answers.items():
            indicator = wave.instrument.indicators.get(code=code)
            assessment.answers.create(indicator=indicator, value=value)

    assert evidence_for(wave_0.enrolment.home, wave=wave_0, as_of=AS_OF).assessed == {
        "A3": {"staff": (4, 1), "residents": (2,)},
        "G1": {"staff": (2,)},
    }


def test_asks_the_database_twice_at_most(wave_0, django_assert_max_num_queries):
    home = wave_0.enrolment.home
    for _ in range(5):
        met(tie(home))

    with django_assert_max_num_queries(2):
        evidence_for(home, wave=wave_0, as_of=AS_OF)


# --- all of it, on random logs ----------------------------------------------------------


def test_counts_many_homes_in_one_statement_as_it_counts_each(django_assert_num_queries):
    luck = random.Random(7)  # noqa: S311
    homes = [random_home(luck) for _ in range(5)]
    asked = [Asked(home.pk, AS_OF, START) for home in homes]

    with django_assert_num_queries(1):
        together = log_facts(asked, V1.window)

    alone = [log_facts([each], V1.window)[0] for each in asked]
    assert sorted(together, key=by_home) == sorted(alone, key=by_home)


def by_home(facts):
    return facts.home_id


@time_machine.travel(dt.datetime(2026, 11, 2, 12, tzinfo=dt.UTC), tick=False)
def test_counts_many_days_of_the_same_homes_in_one_statement(django_assert_num_queries):
    luck = random.Random(11)  # noqa: S311
    homes = [random_home(luck) for _ in range(3)]
    days = [days_before(28 * n) for n in range(6)]
    asked = [
        Asked(home.pk, day, starts_on, with_recall)
        for day in days
        for home in homes
        for starts_on, with_recall in [(None, False), (START, False), (START, True)]
    ]

    with django_assert_num_queries(1):
        together = log_facts(asked, V1.window)

    assert together == [log_facts([each], V1.window)[0] for each in asked]
    assert [(f.home_id, f.as_of) for f in together] == [(a.home_id, a.as_of) for a in asked]
    assert len({facts.occurrences for facts in together}) > 3


@pytest.mark.parametrize("seed", range(40))
@time_machine.travel(dt.datetime(2026, 11, 2, 12, tzinfo=dt.UTC), tick=False)
def test_agrees_with_a_plain_reading_of_the_rules(seed):
    luck = random.Random(seed)  # noqa: S311
    home = random_home(luck)
    starts_on = START + dt.timedelta(days=luck.choice([0, 61, 123, 180]))
    enrolment = factories.EnrolmentFactory(home=home, starts_on=starts_on)
    wave = plan_waves(enrolment=enrolment)[luck.choice([0, 0, 1])]
    as_of = days_before(luck.choice([0, 0, 1, 17]))
    today = dt.date(2026, 11, 2)

    in_wave = evidence_for(home, wave=wave, as_of=as_of)
    on_its_own = evidence_for(home, as_of=as_of)

    assert as_read(in_wave) == read_log(
        home, as_of, starts_on=starts_on, is_wave_0=wave.month == 0
    )
    assert as_read(on_its_own) == read_log(home, as_of, today=today)

"""The made-up locality: whole, believable, and made from real postcodes."""

import datetime as dt
import re
from collections import Counter

import pytest
import time_machine
from django.db.models import Count
from django.utils import timezone

from assets import categories
from assets.checking.renewing import renew_all
from assets.models import Asset, AssetSource, CheckState, Visibility
from config.demo.programme import COHORT
from fans.cohorts.models import Cohort, Enrolment
from fans.connections.models import Connection, LogSource, Partner, Partnership, Tally
from fans.openness import services as openness
from fans.openness.models import Answer, Assessment, ContextEvent, RespondentGroup, Wave
from fans.openness.waves.beside import beside_of
from fans.people.models import Person
from geo.models import Area, Postcode
from homes.models import SMALL_HOME_BEDS, Home, Registration

pytestmark = pytest.mark.usefixtures("demo_loaded")

FICTION = re.compile(r"0161 496 0\d{3}")
"""Ofcom keeps these for fiction. Source: ofcom.org.uk, telephone numbers for drama use."""


def _larkfield() -> Home:
    return Home.objects.get(name="Larkfield House")


def test_twenty_homes_of_every_size_stand_on_real_postcodes():
    homes = Home.objects.filter(is_demo=True).with_beds()
    beds = sorted(home.beds for home in homes)
    codes = {home.postcode.replace(" ", "") for home in homes}

    assert len(homes) == 20
    assert beds[0] == 4 < SMALL_HOME_BEDS
    assert beds[-1] == 80
    assert any(SMALL_HOME_BEDS <= each <= 19 for each in beds)
    assert Postcode.objects.filter(code__in=codes).count() == 20
    assert not Registration.objects.exclude(regulator_id__regex=r"^DEMO-\d{3}$").exists()


def test_three_hundred_places_in_all_kinds_and_all_check_states():
    assets = Asset.objects.filter(source=AssetSource.DEMO)

    assert assets.count() == 300
    assert set(assets.values_list("category", flat=True)) == set(categories.SLUGS)
    assert set(assets.values_list("check_state", flat=True)) == set(CheckState.values)
    assert assets.values("name").distinct().count() == 300
    assert not assets.filter(could_give="").exists()
    assert {"yes", "no", "limited", "unknown"} == set(
        assets.values_list("wheelchair", flat=True)
    )


def test_nothing_leads_to_anybody_real():
    phones = [*Home.objects.values_list("phone", flat=True)]
    phones += Asset.objects.exclude(phone="").values_list("phone", flat=True)
    websites = [*Home.objects.values_list("website", flat=True)]
    websites += Asset.objects.exclude(website="").values_list("website", flat=True)

    assert all(FICTION.fullmatch(phone) for phone in phones)
    assert len(set(phones)) == len(phones)
    assert all(address.startswith("https://example.org/") for address in websites)
    assert not Asset.objects.exclude(email="").exists()


def test_check_states_are_what_the_nightly_job_would_say():
    assert renew_all(today=timezone.localdate()) == 0
    states = Asset.objects.order_by().values_list("check_state", flat=True).distinct()
    assert set(states) == {"fresh", "due", "stale"}


def test_a_neighbours_gift_has_no_place_and_is_not_public():
    gifts = Asset.objects.filter(category=categories.INDIVIDUAL_GIFT)

    assert gifts.count() == 6
    assert not gifts.filter(location__isnull=False).exists()
    assert not gifts.filter(visibility=Visibility.PUBLISHED).exists()


def test_some_places_wait_for_the_champion():
    champion = Person.objects.get(memberships__role="champion")
    waiting = list(Asset.objects.filter(visibility=Visibility.DRAFT))

    assert len(waiting) >= 3
    located = [asset for asset in waiting if asset.location]
    assert all(champion.has_perm("assets.publish", asset) for asset in located)


def test_neighbourhoods_cover_the_ground_without_overlapping():
    cells = list(Area.objects.filter(kind="neighbourhood", is_demo=True))
    whole = Area.objects.get(name="Trafford").boundary
    together = cells[0].boundary
    for cell in cells[1:]:
        together = together.union(cell.boundary)

    assert len(cells) > 20
    assert together.area == pytest.approx(whole.area, rel=1e-6)
    assert sum(cell.boundary.area for cell in cells) == pytest.approx(whole.area, rel=1e-6)


def test_one_person_for_each_role_that_signs_in_here():
    signing_in = Person.objects.filter(is_demo=True).exclude(password__startswith="!")
    roles = signing_in.values_list("memberships__role", flat=True)

    assert sorted(roles) == [
        *("administrator", "champion", "commissioner", "coordinator"),
        *("facilitator", "manager", "researcher", "volunteer", "volunteer_lead"),
    ]


def test_the_roles_reach_what_they_are_for():
    home = _larkfield()
    cohort = Cohort.objects.get(name=COHORT)

    def may(role, action, obj):
        return Person.objects.get(memberships__role=role).has_perm(action, obj)

    assert may("manager", "openness.view_score", home)
    assert may("coordinator", "connections.log", home)
    assert may("champion", "connections.log", home)
    assert may("facilitator", "cohorts.view", cohort)
    assert may("researcher", "research.extract", cohort.studies.get())


def test_three_homes_take_part_and_agreed_to_research():
    enrolments = Enrolment.objects.filter(cohort__name=COHORT)

    assert enrolments.count() == 3
    assert not enrolments.filter(research_agreed_on__isnull=True).exists()
    assert {e.home.home_assets.count() for e in enrolments} == {7}


def test_six_months_of_ties_at_a_believable_rhythm():
    log = Connection.objects.filter(source=LogSource.LOG)
    today = timezone.localdate()

    assert Partnership.objects.count() >= 30
    assert 300 <= log.count() <= 900
    assert not log.filter(happened_on__gt=today).exists()
    assert set(Partnership.objects.values_list("status", flat=True)) >= {
        *("idea", "asked", "agreed", "active", "ended", "declined")
    }
    directions = Counter(log.values_list("direction", flat=True))
    assert set(directions) == {"in", "out", "online", "letter"}


def test_every_row_keeps_the_rules_that_forms_keep():
    for model in (Partner, Partnership, Connection, Tally, Asset, Home):
        for row in model.objects.all():
            row.full_clean(validate_unique=False, validate_constraints=False)


def test_nobody_can_undo_what_was_logged_months_ago():
    fresh = Connection.objects.filter(logged_at__gte=timezone.now() - dt.timedelta(minutes=10))

    assert not fresh.filter(happened_on__lt=timezone.localdate()).exists()


def test_one_home_began_its_log_in_the_third_week():
    enrolment = Enrolment.objects.get(home__name="Seven Sycamores")
    logged = Connection.objects.filter(home=enrolment.home, source=LogSource.LOG)
    first = logged.earliest("happened_on")

    assert 14 <= (first.happened_on - enrolment.starts_on).days <= 21
    assert "part_logged" in enrolment.waves.get(month=0).score.result["flags"]


def test_one_home_closed_for_an_outbreak_and_calls_went_on():
    enrolment = Enrolment.objects.get(home__name="Weavers Rest")
    begun = enrolment.starts_on + dt.timedelta(weeks=15)
    closed = Connection.objects.filter(
        home=enrolment.home, happened_on__range=(begun, begun + dt.timedelta(days=20))
    )

    assert not closed.filter(direction__in=("in", "out")).exists()
    assert closed.filter(direction="online").exists()


def test_two_homes_looked_back_at_the_start():
    began = min(Wave.objects.filter(month=0).values_list("opens_on", flat=True))
    recalled = Connection.objects.filter(source=LogSource.RECALL, until_on__lte=began)
    flagged = Wave.objects.filter(month=0, score__result__flags__contains="from_memory")

    assert recalled.values("home").distinct().count() == 2
    assert flagged.count() == 2
    assert all(row.until_on == row.home.enrolments.get().starts_on for row in recalled)


def test_every_month_has_its_tally():
    months = Tally.objects.values("home").annotate(months=Count("month"))

    assert {row["months"] for row in months} <= {7, 8}
    assert len(months) == 3


def test_every_wave_has_answers_and_a_score_that_can_be_given():
    waves = Wave.objects.select_related("score")

    assert waves.count() == 9
    assert all(wave.score.overall is not None for wave in waves)
    groups = set(Answer.objects.values_list("assessment__group", flat=True))
    assert groups >= {RespondentGroup.RESIDENTS, RespondentGroup.STAFF, RespondentGroup.MANAGER}


def test_residents_and_staff_see_the_welcome_differently():
    waves = Wave.objects.filter(enrolment__home__name="Larkfield House")

    assert all("groups_differ:A3" in wave.score.result["flags"] for wave in waves)


def test_each_home_has_come_further_than_where_it_began():
    for enrolment in Enrolment.objects.all():
        scores = [wave.score.overall for wave in enrolment.waves.order_by("month")]
        assert scores == sorted(scores)


def _log_visit(partnership: Partnership) -> None:
    Connection.objects.create(
        partnership=partnership,
        home=partnership.home,
        happened_on=timezone.localdate(),
        direction="in",
        type="visit",
    )


def _current() -> Wave:
    return Wave.objects.get(enrolment__home__name="Larkfield House", month=6)


@pytest.mark.parametrize("days_later", [0, 1, 3, 7])
def test_one_more_visit_by_a_partner_moves_the_open_waves_score(days_later):
    later = timezone.now() + dt.timedelta(days=days_later)
    with time_machine.travel(later, tick=False):
        before = openness.score_wave(wave=_current())
        active = _larkfield().partnerships.filter(partner__asset__isnull=False, status="active")
        _log_visit(active.earliest("pk"))
        after = openness.score_wave(wave=_current())

    assert before.evidence["observed"]["visits_in"] == 19
    assert after.overall > before.overall


@pytest.mark.parametrize("days_later", [0, 1, 3, 7])
def test_a_first_visit_by_a_new_partner_moves_it_too(days_later):
    later = timezone.now() + dt.timedelta(days=days_later)
    with time_machine.travel(later, tick=False):
        before = openness.score_wave(wave=_current())
        asset = Asset.objects.published().filter(partner__isnull=True).first()
        partner = Partner.objects.create(kind="asset", asset=asset)
        _log_visit(Partnership.objects.create(home=_larkfield(), partner=partner))
        after = openness.score_wave(wave=_current())

    assert after.overall > before.overall


def test_the_current_wave_is_open_for_weeks():
    wave = _current()
    today = timezone.localdate()

    assert wave.opens_on < today
    assert wave.is_open_on(today + dt.timedelta(days=50))


def test_the_home_that_began_late_has_memory_beside_its_log():
    waves = Wave.objects.filter(enrolment__home__name="Seven Sycamores").order_by("month")
    start, middle, _ = (beside_of([wave])[wave.pk] for wave in waves)

    assert start.is_part_logged
    assert start.recalled > start.logged > 0  # memory tells of the weeks before the log
    assert not middle.is_part_logged
    # The log alone would tell of a rise greater than the one that is remembered.
    assert middle.logged / start.logged > middle.recalled / start.recalled
    assert not waves.filter(score__result__flags__contains="from_memory").exists()


def test_waves_that_are_over_are_closed_and_one_has_an_addendum():
    today = timezone.localdate()
    over = Wave.objects.filter(closes_on__lt=today)

    assert over.count() == 6
    assert not over.filter(closed_at=None).exists()
    assert not Wave.objects.filter(closes_on__gte=today).exclude(closed_at=None).exists()
    late = Assessment.objects.get(is_late=True)
    assert (late.wave.enrolment.home.name, late.wave.month) == ("Larkfield House", 3)
    assert late.wave.closed_by.email == "moira.hughes@example.org"
    assert late.submitted_at > late.wave.closed_at
    assert late.answers.count() == 3


def test_each_home_notes_what_went_on():
    events = ContextEvent.objects.values_list("home__name", "kind")

    assert set(events) == {
        ("Weavers Rest", "outbreak"),
        ("Larkfield House", "refurbishment"),
        ("Seven Sycamores", "new_manager"),
    }

"""Whom a home knew: sorted into ties, remembered as from memory, put right, taken back."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from assets.twins.merging import merge
from fans.connections.errors import ConnectionsError, PartnershipOverError
from fans.connections.models import Connection, Partner, Partnership
from fans.connections.services import log_connection
from fans.connections.steps import services
from fans.connections.steps.errors import KnownAlreadyError, NothingAskedError
from fans.connections.steps.models import Acquaintance, Pick, Step, StepDone
from fans.connections.steps.progress import progress_of, steps_to_take, wanted_ties
from fans.connections.steps.retention import old_names
from fans.openness.from_log import evidence_for
from homes.merging import merge_homes
from tests import factories
from tests.factories import AssetFactory

pytestmark = pytest.mark.django_db

GROUP = {"name": "Ukulele group", "kind": "group", "category": "arts_culture"}


@pytest.fixture
def put_down(home, coordinator):
    def _put_down(**said):
        return services.put_down(by=coordinator, home=home, **said)

    return _put_down


@pytest.fixture
def change(coordinator):
    def _change(row, **said):
        return services.change_known(acquaintance=row, by=coordinator, **said)

    return _change


def standing():
    return Connection.objects.standing()


def test_what_is_remembered_counts_in_month_0_as_from_memory(put_down, wave, home):
    put_down(**GROUP, times=3, direction="in")

    evidence = evidence_for(home, wave=wave)

    assert evidence.provenance.recall is True


def test_once_is_a_day_and_more_often_a_period_inside_the_days_asked(put_down, wave, today):
    once = put_down(**GROUP, times=1, direction="in", last_on=today - dt.timedelta(days=3))
    often = put_down(name="Baker", kind="person", times=4, direction="out")

    assert once.recalled.happened_on == today - dt.timedelta(days=3)
    assert once.recalled.until_on is None
    assert often.recalled.happened_on == today - dt.timedelta(days=27)
    assert often.recalled.until_on == today


def test_a_small_home_is_asked_about_eight_weeks_and_a_row_keeps_to_a_month(
    put_down, wave, home, today
):
    home.registrations.update(beds=12)

    row = put_down(**GROUP, times=6, direction="in")

    assert row.recalled.happened_on == today - dt.timedelta(days=30)
    assert row.recalled.until_on == today


def test_none_at_all_puts_nothing_into_the_log(put_down, wave):
    put_down(**GROUP, times=0)

    assert not Connection.objects.exists()


def test_putting_right_replaces_what_the_log_says_and_nothing_else(put_down, change, wave):
    row = put_down(**GROUP, times=3, direction="in")
    first = row.recalled

    row = change(row, how_often="weekly")
    assert row.recalled == first
    row = change(row, times=5)
    assert standing().get().occurrences == 5
    change(row, times=0)
    assert not standing().exists()
    assert Connection.objects.count() == 2


def test_once_month_0_is_over_what_was_remembered_stays(put_down, change, wave, today):
    row = put_down(**GROUP, times=3, direction="in")

    with time_machine.travel(timezone.now() + dt.timedelta(days=40), tick=False):
        row = change(row, how_often="monthly")
        assert row.recalled.occurrences == 3
        for times in (4, 0):
            with pytest.raises(NothingAskedError, match="is closed"):
                change(row, times=times)
        with pytest.raises(NothingAskedError):
            services.take_out(acquaintance=row, by=row.added_by)
    assert standing().get().occurrences == 3


def test_without_a_programme_nobody_is_asked_how_often(put_down):
    with pytest.raises(NothingAskedError):
        put_down(**GROUP, times=3, direction="in")
    assert not Partner.objects.exists()


def test_what_the_log_refuses_keeps_nothing(put_down, wave, home):
    home.registrations.update(from_on=timezone.localdate() - dt.timedelta(days=2))

    with pytest.raises(ConnectionsError, match="was not registered"):
        put_down(**GROUP, times=3, direction="in")
    assert not Acquaintance.objects.exists()


def test_a_neighbour_known_already_is_not_put_down_twice(put_down):
    put_down(**GROUP)

    with pytest.raises(KnownAlreadyError, match="Ukulele group already"):
        put_down(**GROUP)


def test_a_tie_that_is_over_is_not_known_anew(put_down, home):
    tie = factories.PartnershipFactory(home=home, status="ended")

    with pytest.raises(PartnershipOverError):
        put_down(who=tie)


def test_taking_out_and_bringing_back_is_as_it_was(put_down, wave, coordinator):
    place = AssetFactory(name="Corner shop")
    rows = [
        put_down(**GROUP, times=3, direction="in"),
        put_down(who=place, times=2, direction="out", known_by=["kitchen"]),
        put_down(name="Postwoman"),
    ]
    for row in rows:
        services.take_out(acquaintance=row, by=coordinator)
    assert not Partnership.objects.exists()
    assert not standing().exists()

    for row in rows:
        services.restore_known(acquaintance=row, by=coordinator)

    known = {str(row): row for row in Acquaintance.objects.standing()}
    assert known["Corner shop"].partnership.partner.asset == place
    assert known["Corner shop"].known_by == ["kitchen"]
    assert known["Postwoman"].partnership is None
    assert sorted(standing().values_list("occurrences", flat=True)) == [2, 3]


def test_a_tie_in_use_stays_when_its_neighbour_is_taken_out(put_down, home, coordinator, today):
    row = put_down(**GROUP)
    log_connection(
        by=coordinator, home=home, partnership=row.partnership, happened_on=today,
        direction="in",
    )  # fmt: skip

    services.take_out(acquaintance=row, by=coordinator)

    assert Partnership.objects.get() == row.partnership


def test_a_tie_that_was_there_before_is_never_taken_away(put_down, home, coordinator):
    tie = factories.PartnershipFactory(home=home)

    services.take_out(acquaintance=put_down(who=tie), by=coordinator)
    services.take_off(
        partnership=services.pick(by=coordinator, home=home, who=tie).partnership,
        by=coordinator,
    )

    assert Partnership.objects.get() == tie


def test_whoever_was_asked_stays_a_tie_when_taken_off_the_shortlist(home, coordinator):
    row = services.pick(by=coordinator, home=home, who=AssetFactory())
    Partnership.objects.update(status="asked")

    assert services.take_off(partnership=row.partnership, by=coordinator) is False
    assert Partnership.objects.exists()
    assert not Pick.objects.exists()


def test_the_shortlist_is_of_those_not_known_and_not_met(put_down, home, coordinator, today):
    wanted = services.pick(by=coordinator, home=home, who=AssetFactory(), themes=["music", "x"])
    known = put_down(**GROUP).partnership
    met = factories.PartnershipFactory(home=home)
    factories.ConnectionFactory(partnership=met, happened_on=today)

    assert list(wanted_ties(home)) == [wanted.partnership]
    assert known not in wanted_ties(home)
    assert wanted.themes == ["music"]


def test_nobody_does_anything_at_another_home(home):
    other = factories.HomeFactory(name="Ash House")
    by = factories.member("coordinator", home=other, name="Olu")
    row = factories.AcquaintanceFactory(home=home)
    tie = factories.PartnershipFactory(home=home)
    for attempt in (
        lambda: services.put_down(by=by, home=home, name="Baker"),
        lambda: services.put_down_many(by=by, home=home, names=["Baker"]),
        lambda: services.sort_known(acquaintance=row, by=by, **GROUP),
        lambda: services.take_out(acquaintance=row, by=by),
        lambda: services.restore_known(acquaintance=row, by=by),
        lambda: services.pick(by=by, home=home, who=tie),
        lambda: services.take_off(partnership=tie, by=by),
        lambda: services.say_done(by=by, home=home, step="know"),
        lambda: services.say_not_done(by=by, home=home, step="know"),
    ):
        with pytest.raises(PermissionDenied):
            attempt()


def test_progress_says_how_far_and_what_comes_next(put_down, home, coordinator, wave):
    assert progress_of(home).next.step == Step.KNOW
    put_down(**GROUP)
    put_down(name="Postwoman")
    services.pick(by=coordinator, home=home, who=AssetFactory())
    services.say_done(by=coordinator, home=home, step="know")
    services.say_done(by=coordinator, home=home, step="know")

    know, like, ask = progress_of(home).stages
    assert (know.count, know.waiting, know.done) == (1, 1, True)
    assert (like.count, ask.count, ask.waiting) == (1, 0, 1)
    assert progress_of(home).next == like


def test_progress_costs_three_queries(home, django_assert_num_queries):
    with django_assert_num_queries(3):
        progress_of(home)


def test_a_home_is_led_to_its_steps_while_young_or_begun_until_all_are_done(
    home, coordinator, enrolment
):
    assert steps_to_take(home) is not None
    enrolment.starts_on -= dt.timedelta(days=120)
    enrolment.save()
    assert steps_to_take(home) is None
    for step in Step:
        services.say_done(by=coordinator, home=home, step=step)
        assert (steps_to_take(home) is None) == (step == Step.ASK)


def test_names_nobody_sorted_go_after_a_year(put_down):
    sorted_one, name = put_down(**GROUP), put_down(name="Postwoman")
    Acquaintance.objects.update(added_at=timezone.now() - dt.timedelta(days=400))

    assert list(old_names(timezone.localdate() - dt.timedelta(days=366))) == [name]
    assert sorted_one.partnership is not None


def test_where_two_places_become_one_a_home_knows_it_once(put_down, home, coordinator):
    one, two = AssetFactory(name="St Anne"), AssetFactory(name="St Anne's")
    put_down(who=one, known_by=["kitchen"])
    put_down(who=two, known_by=["care"])
    services.pick(by=coordinator, home=home, who=one, themes=["music"])
    services.pick(by=coordinator, home=home, who=two, themes=["faith"])
    champion = factories.member("administrator")

    merge(keep=one, lose=two, by=champion, choices={})

    row = Acquaintance.objects.get(removed_at=None, partnership__partner__asset=one)
    assert row.known_by == ["kitchen", "care"]
    assert Pick.objects.get().themes == ["music", "faith"]


def test_where_two_homes_become_one_their_steps_do_too(home):
    leaving = factories.HomeFactory(name="Ash House")
    for at, step in ((home, "know"), (leaving, "know"), (leaving, "like")):
        StepDone.objects.create(home=at, step=step)
    factories.AcquaintanceFactory(home=leaving)

    merge_homes(kept=home, leaving=leaving)

    assert set(home.steps_done.values_list("step", flat=True)) == {"know", "like"}
    assert home.acquaintances.count() == 1

"""Planning a round, sharing rounds out, handing one on, ending it."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from assets.checking.services import check_facts
from assets.choices import CheckMethod, Fact, Visibility
from assets.rounds import registry, services, stops
from assets.rounds.errors import (
    NobodyToWalkError,
    NothingToCheckError,
    RoundOverError,
    RoundTakenError,
)
from assets.rounds.finding import Reach
from assets.rounds.loads import loads_of
from assets.rounds.models import Round, Stop
from tests import factories
from tests.assets.rounds.conftest import EVERYWHERE
from tests.factories import NORWICH, SALE, metres_east


def plan(by, near=SALE, reach=EVERYWHERE, **more) -> Round:
    return services.plan_round(by=by, near=near, reach=reach, **more)


def names(planned: Round) -> list[str]:
    return [stop.asset.name for stop in planned.stops.select_related("asset")]


def check(asset, by, days: int = 0) -> None:
    day = timezone.localdate() - dt.timedelta(days=days)
    facts = [Fact.PLACE, Fact.HOURS, Fact.ACCESS]
    check_facts(by=by, asset=asset, facts=facts, how=CheckMethod.VISIT, checked_on=day)


def test_a_round_is_the_nearest_eight_in_the_order_of_the_walk(street, champion):
    planned = plan(champion)

    assert names(planned) == [f"Shop {n}" for n in range(1, 9)]
    assert planned.assigned_to == planned.made_by == champion
    assert planned.is_open


def test_what_was_checked_lately_is_left_out_and_what_is_due_again_is_not(street, champion):
    check(street[0], champion)
    other = factories.member("champion", area=champion.memberships.get().area, name="Bea")
    check(street[1], other, days=3_000)

    assert names(plan(champion, size=3)) == ["Shop 2", "Shop 3", "Shop 4"]


def test_what_is_hidden_merged_closed_a_draft_or_has_no_place_is_left_out(street, champion):
    other = street[9]
    changes = (
        {"visibility": Visibility.HIDDEN, "merged_into": other},
        {"visibility": Visibility.HIDDEN},
        {"visibility": Visibility.DRAFT, "published_on": None},
        {"state": "closed"},
        {"location": None, "location_precision": "", "location_source": ""},
    )
    for asset, change in zip(street, changes, strict=False):
        for column, value in change.items():
            setattr(asset, column, value)
        asset.save()

    assert names(plan(champion)) == [f"Shop {n}" for n in range(6, 11)]


def test_a_place_is_on_one_open_round_at_most(street, champion):
    first, second = plan(champion), plan(champion)

    assert names(second) == ["Shop 9", "Shop 10"]
    assert not set(names(first)) & set(names(second))
    with pytest.raises(NothingToCheckError, match="No place there waits"):
        plan(champion)


def test_what_somebody_left_out_is_not_put_to_them_again_but_to_another(street, champion):
    planned = plan(champion, size=1)
    stops.leave_out(by=champion, stop=planned.stops.get(), reason="road closed")

    assert "Shop 1" not in names(plan(champion, size=2))
    other = factories.member("champion", area=champion.memberships.get().area, name="Bea")
    assert "Shop 1" in names(plan(other, size=1))


def test_what_goes_first_is_on_the_round_though_it_is_further(street, champion, monkeypatch):
    last = street[9].pk
    monkeypatch.setattr(registry, "_first", [lambda ids: {last} & set(ids)])

    assert "Shop 10" in names(plan(champion, size=2))


def test_only_places_within_reach_are_planned(street, champion):
    factories.AssetFactory(name="Far", location=NORWICH)
    reach = Reach(False, frozenset({champion.memberships.get().area_id}))

    assert len(names(plan(champion, reach=reach))) == 8
    with pytest.raises(NothingToCheckError):
        plan(champion, near=NORWICH, reach=reach)


def test_a_round_of_an_area_starts_where_the_longest_wait_is(street, champion):
    area = champion.memberships.get().area
    for days, asset in enumerate(street, start=3_000):
        check(asset, champion, days=days)

    planned = plan(champion, near=area, size=3)

    assert names(planned)[0] == "Shop 10"


def test_who_may_not_walk_plans_nothing(street, coordinator):
    with pytest.raises(PermissionDenied):
        plan(coordinator)

    assert not Round.objects.exists()


def test_where_somebody_set_out_is_not_kept(street, champion):
    planned = plan(champion, near=metres_east(SALE, 7.7))

    kept = {field.name for field in Round._meta.fields}
    assert kept == {"id", "assigned_to", "made_by", "created_at", "ended_at", "ended_how"}
    assert planned.pk


def test_an_area_is_shared_out_evenly(street, champion):
    area = champion.memberships.get().area
    other = factories.member("champion", area=area, name="Bea")

    made = services.share_out(
        by=champion, area=area, people=[champion, other], reach=EVERYWHERE, size=5
    )

    assert sorted(each.stops.count() for each in made) == [5, 5]
    assert {each.assigned_to for each in made} == {champion, other}


def test_who_did_much_lately_gets_less(street, champion):
    area = champion.memberships.get().area
    other = factories.member("champion", area=area, name="Bea")
    walked = Round.objects.create(created_at=timezone.now(), assigned_to=champion)
    for position in range(1, 21):
        factories.StopFactory(
            round=walked, position=position, state="done", found="right",
            done_at=timezone.now(), done_by=champion, asset__location=NORWICH,
        )  # fmt: skip

    made = services.share_out(
        by=champion, area=area, people=[champion, other], reach=EVERYWHERE, size=5
    )

    assert {each.assigned_to for each in made} == {other}
    assert loads_of([champion, other], today=timezone.localdate())[champion.pk].seen == 20


def test_nobody_from_elsewhere_gets_a_round(street, champion):
    area = champion.memberships.get().area
    far = factories.member(
        "champion", area=factories.AreaFactory(boundary=factories.box(NORWICH))
    )

    with pytest.raises(NobodyToWalkError):
        services.share_out(by=champion, area=area, people=[far], reach=EVERYWHERE)
    planned = plan(champion)
    with pytest.raises(NobodyToWalkError):
        services.hand_over(by=champion, round=planned, to=far)


def test_a_round_is_given_back_taken_once_and_handed_over(street, champion):
    other = factories.member("champion", area=champion.memberships.get().area, name="Bea")
    planned = plan(champion)

    services.hand_over(by=champion, round=planned, to=None)
    assert list(Round.objects.free()) == [planned]
    services.take(by=other, round=planned)
    with pytest.raises(RoundTakenError, match="Bea has this round"):
        services.take(by=champion, round=planned)
    assert services.hand_over(by=other, round=planned, to=champion).assigned_to == champion


def test_finished_early_the_rest_waits_for_another_round(street, champion):
    planned = plan(champion)
    stops.still_right(by=champion, stop=planned.stops.first(), facts=[Fact.PLACE])

    services.finish_early(by=champion, round=planned)

    planned.refresh_from_db()
    assert (planned.is_open, planned.ended_how) == (False, "early")
    assert Stop.objects.waiting().count() == 0
    with pytest.raises(RoundOverError):
        services.hand_over(by=champion, round=planned, to=None)
    other = factories.member("champion", area=champion.memberships.get().area, name="Bea")
    assert "Shop 2" in names(plan(other))


def test_who_runs_the_site_is_not_put_among_those_who_walk(street, champion, administrator):
    area = champion.memberships.get().area

    assert registry.walkers(area) == [champion]

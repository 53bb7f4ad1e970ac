"""What somebody found at a place of a round."""

import pytest
from django.core.exceptions import PermissionDenied

from assets.checking.models import SourceQuestion
from assets.choices import Fact
from assets.errors import AssetError
from assets.rounds import services, stops
from assets.rounds.errors import NoReasonError, StopSeenError
from tests import factories
from tests.assets.rounds.conftest import EVERYWHERE
from tests.factories import SALE


@pytest.fixture
def planned(street, champion):
    return services.plan_round(by=champion, near=SALE, reach=EVERYWHERE, size=2)


def test_still_right_is_a_check_of_the_facts_that_were_ticked_and_of_no_other(
    planned, champion
):
    stop = planned.stops.first()

    done = stops.still_right(by=champion, stop=stop, facts=[Fact.PLACE])

    assert (done.state, done.found, done.done_by) == ("done", "right", champion)
    checks = stop.asset.fact_checks.values_list("fact", "how", "by")
    assert list(checks) == [("place", "visit", champion.pk)]
    stop.asset.refresh_from_db()
    assert stop.asset.check_state == "fresh"


def test_nothing_ticked_is_no_check_and_the_place_waits(planned, champion):
    stop = planned.stops.first()

    with pytest.raises(AssetError, match="Tick what you have checked"):
        stops.still_right(by=champion, stop=stop, facts=[])

    stop.refresh_from_db()
    assert stop.waits


def test_the_last_place_ends_the_round(planned, champion):
    first, last = planned.stops.all()
    stops.put_right(by=champion, stop=first, facts=[Fact.PLACE])
    stops.leave_out(by=champion, stop=last, reason="  road   closed ")

    planned.refresh_from_db()
    last.refresh_from_db()
    assert (planned.ended_how, last.reason) == ("done", "road closed")


def test_left_out_without_a_reason_it_waits(planned, champion):
    with pytest.raises(NoReasonError):
        stops.leave_out(by=champion, stop=planned.stops.first(), reason="   ")


def test_of_two_people_at_once_the_second_is_told_what_the_first_said(planned, champion):
    stop = planned.stops.first()
    other = factories.member("champion", area=champion.memberships.get().area, name="Bea")
    stops.still_right(by=other, stop=stop, facts=[Fact.PLACE])

    with pytest.raises(StopSeenError, match="Bea has seen to Shop 1 already: “Still right”"):
        stops.gone(by=champion, stop=stop)

    stop.asset.refresh_from_db()
    assert stop.asset.state == "open"


def test_a_champion_closes_what_is_gone(planned, champion):
    stop = planned.stops.first()

    stops.gone(by=champion, stop=stop)

    stop.asset.refresh_from_db()
    assert stop.asset.state == "closed"
    assert not SourceQuestion.objects.exists()


def test_who_may_correct_a_place_and_not_close_it_asks_a_champion(planned):
    stop = planned.stops.first()
    partner = factories.member("partner", asset=stop.asset, name="Pat")

    stops.gone(by=partner, stop=stop)

    stop.asset.refresh_from_db()
    question = SourceQuestion.objects.get()
    assert stop.asset.state == "open"
    assert (question.kind, question.source, question.asked_by) == ("gone", "local", partner)


def test_who_may_not_correct_a_place_checks_nothing(planned, coordinator):
    with pytest.raises(PermissionDenied):
        stops.still_right(by=coordinator, stop=planned.stops.first(), facts=[Fact.PLACE])

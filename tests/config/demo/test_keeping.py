"""What waits in the demo for whoever keeps the register right."""

import pytest
from django.utils import timezone

from assets.checking.models import SourceQuestion
from assets.models import Asset
from assets.proposals.models import Proposal, State
from assets.rounds.models import Round
from assets.twins.models import Pair
from fans.people.models import Membership
from fans.people.permissions import reach_of

pytestmark = pytest.mark.usefixtures("demo_loaded")


@pytest.fixture
def champion():
    return Membership.objects.get(role="champion").person


def test_suggestions_of_each_kind_wait_for_the_champion(champion):
    waiting = Proposal.objects.filter(state=State.WAITING)

    assert set(waiting.values_list("kind", flat=True)) == {"new", "change", "gone"}
    assert all(champion.has_perm("proposals.decide", each) for each in waiting)
    assert not Asset.objects.filter(name="Puddle Lane Repair Café").exists()


def test_the_one_place_that_is_there_twice_is_found_and_no_other():
    pair = Pair.objects.get()

    assert {pair.low.name, pair.high.name} == {
        "Kestrel Road Neighbourhood Centre",
        "Kestrel Neighbourhood Centre",
    }


def test_the_champion_has_a_round_to_walk_and_questions_to_answer(champion):
    reach = reach_of(champion, "assets.publish")
    asked = SourceQuestion.objects.waiting().about_assets_in(
        everywhere=reach.everywhere, area_ids=reach.area_ids
    )

    assert Round.objects.get().assigned_to == champion
    assert Round.objects.get().stops.count() == 8
    assert asked.due(timezone.localdate()).count() == 2

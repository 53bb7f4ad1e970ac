"""Where two records of one thing become one, the story of a tie goes along whole."""

import pytest

from assets.twins.merging import merge
from assets.twins.undoing import undo
from fans.connections.models import Partnership
from fans.connections.ties.models import Approach, TieEvent
from homes.merging import merge_homes
from tests import factories

pytestmark = pytest.mark.django_db


def test_two_ties_that_become_one_keep_both_stories_and_part_again(home):
    ann = factories.member("administrator")
    keep, lose = factories.AssetFactory(), factories.AssetFactory()
    kept, lost = (
        factories.PartnershipFactory(home=home, partner=factories.PartnerFactory(asset=asset))
        for asset in (keep, lose)
    )
    for tie in (kept, lost):
        asked = factories.ApproachFactory(partnership=tie)
        factories.TieEventFactory(partnership=tie, approach=asked)

    made = merge(by=ann, keep=keep, lose=lose, choices={})

    assert Partnership.objects.get() == kept
    assert (kept.approaches.count(), kept.events.count()) == (2, 2)
    undo(by=ann, merge=made)
    for tie in (kept, lost):
        assert (tie.approaches.count(), tie.events.count()) == (1, 1)


def test_the_story_follows_a_home_that_turns_out_to_be_another(home):
    other = factories.HomeFactory(name="Larkfield House again")
    tie = factories.PartnershipFactory(home=other)
    factories.ApproachFactory(partnership=tie)
    factories.TieEventFactory(partnership=tie)

    merge_homes(kept=home, leaving=other)

    tie.refresh_from_db()
    assert tie.home == home
    assert (Approach.objects.get().partnership, TieEvent.objects.get().partnership) == (
        tie,
        tie,
    )

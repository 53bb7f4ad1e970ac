"""What is suggested to each home of the demo, against the rule in plain Python."""

import pytest
from django.utils import timezone

from fans.connections.gaps.facts import facts_of
from fans.connections.gaps.fairness import shares_of
from fans.connections.gaps.suggesting import ranked_for, suggestions_for
from fans.connections.wishes.models import Wish
from homes.models import Home
from tests import factories
from tests.fans.connections.gaps.reference import TAGS, ranking


@pytest.fixture
def wishing(demo_loaded):
    """The demo, in which some more homes have wishes; every theme is wished somewhere."""
    slugs = list(TAGS)
    for number, home in enumerate(Home.objects.order_by("pk")):
        for more in range(number % 4):
            tags = {slugs[(3 * number + 5 * more) % len(slugs)], slugs[number % len(slugs)]}
            factories.WishFactory(home=home, tags=sorted(tags))
        if number % 3 == 0:
            factories.HomeAssetFactory(home=home, kind="minibus")


def test_the_ranking_of_every_home_is_that_of_the_rule_in_plain_python(wishing):
    today = timezone.localdate()
    homes = list(Home.objects.filter(location__isnull=False))
    assert len(homes) > 10

    for home in homes:
        _, ranked = ranked_for(home, facts_of(home), today=today)
        expected = ranking(home, today)

        assert len(ranked) > 50
        assert [one.place.pk for one in ranked] == [pk for pk, _ in expected], home
        for one, (_, match) in zip(ranked, expected, strict=True):
            assert one.score.total == pytest.approx(match, abs=1e-9)


def test_every_suggestion_shows_all_five_parts_in_words_and_they_add_up(wishing):
    home = Home.objects.get(pk=Wish.objects.latest("pk").home_id)

    shown = suggestions_for(home, today=timezone.localdate()).shown

    assert len(shown) == 50
    for suggestion in shown:
        parts = suggestion.fit.parts
        assert [part.name for part in parts] == [
            *("interest", "reach", "novelty", "capacity", "access")
        ]
        assert all(part.words for part in parts)
        assert suggestion.fit.lead.endswith(".")


def test_small_groups_and_unchecked_places_are_neither_starved_nor_favoured(wishing):
    """Among the fifty suggested first they are as many as among all looked at, or nearly."""
    shares = {share.slug: share for share in shares_of(Home.objects.all())}

    for slug in ("small", "unchecked"):
        share = shares[slug]
        assert share.candidates > 0
        assert 0.6 <= share.parity(50) <= 1.4, (slug, share)

"""Which assets somebody of ours vouches for: by a check, an answer, or a home's tie."""

from collections import defaultdict
from collections.abc import Callable, Collection

from assets.checking.models import Answer, SourceQuestion
from assets.models import FactCheck

Holders = Callable[[Collection[int]], set[int]]

_holders: list[Holders] = []


def register(holders: Holders) -> None:
    """Let a higher room say which of some assets matter to it; in ``AppConfig.ready``."""
    if holders not in _holders:
        _holders.append(holders)


def checked_facts(asset_ids: Collection[int]) -> dict[int, frozenset[str]]:
    """Return the facts that somebody has ever checked, by asset."""
    found: dict[int, set[str]] = defaultdict(set)
    rows = FactCheck.objects.filter(asset__in=asset_ids).order_by()
    for asset_id, fact in rows.values_list("asset_id", "fact").distinct():
        found[asset_id].add(fact)
    return {asset_id: frozenset(facts) for asset_id, facts in found.items()}


def that_matter(asset_ids: Collection[int]) -> set[int]:
    """Return those of which somebody has said whether they are there, or that are tied."""
    answered = SourceQuestion.objects.filter(
        asset__in=asset_ids, answer__in=(Answer.GONE, Answer.THERE)
    )
    found = set(answered.values_list("asset_id", flat=True))
    for holders in _holders:
        found |= holders(asset_ids)
    return found

"""What is wished for around: themes of a locality, and nothing that leads to a home. Pure.

A locality is a local authority: they do not overlap, so nothing comes out by taking one
board from another. Themes that tell of faith, origin or health are on none. A theme stands
there once at least three homes wish for it, and its count is published as one of people.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from fans.connections.wishes.tags import SHOWN_OUTSIDE, TAGS, Tag
from fans.disclosure import Shown, publish_count

FEWEST_HOMES: Final = 3
"""Of fewer homes each could tell the others' wishes from its own."""


@dataclass(frozen=True)
class Theme:
    """One theme, and how many wishes are about it as it may be said."""

    tag: Tag
    count: Shown


def themes(wishes: Iterable[tuple[int, Sequence[str]]]) -> list[Theme] | None:
    """Return the themes of open wishes, each given as (home id, tags), in the list's order.

    None where fewer than three homes of the locality wish for anything. No total is given:
    a wish may have several themes.
    """
    by_tag: dict[str, list[int]] = defaultdict(list)
    homes = set()
    for home, tags in wishes:
        homes.add(home)
        for tag in tags:
            by_tag[tag].append(home)
    if len(homes) < FEWEST_HOMES:
        return None
    return [
        Theme(TAGS[slug], publish_count(len(by_tag[slug])))
        for slug in SHOWN_OUTSIDE
        if len(set(by_tag[slug])) >= FEWEST_HOMES
    ]

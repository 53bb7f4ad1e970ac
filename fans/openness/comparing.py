"""Whether two waves may be compared, and in words why not. Pure.

A home that begins to log looks busier than one that remembers, and a log of two weeks
quieter than one of four. Neither is a change of the home.
"""

from collections.abc import Sequence
from itertools import combinations

from fans.openness.evidence import WEEKS_OF_A_FULL_LOG
from fans.openness.picture import Picture
from fans.openness.signs_shown import SideShown

SO = "So what differs between them in what was counted is not drawn as a rise or a fall."


def counts_compare(one: Picture, other: Picture) -> bool:
    """Say whether what was counted in two waves was counted alike."""
    return not _why_counts_differ(one, other)


def sides_compare(one: Picture, other: Picture, side: SideShown) -> bool:
    """Say whether a side's values of two waves may be read as a rise or a fall."""
    if one.instrument.version != other.instrument.version:
        return False
    return not side.is_counted or counts_compare(one, other)


def cautions(pictures: Sequence[Picture]) -> list[str]:
    """Say of each two waves that differ in how they were counted that they do."""
    found = []
    for one, other in combinations(pictures, 2):
        if one.instrument.version != other.instrument.version:
            found.append(
                f"{one.title} was measured with instrument {one.instrument.version},"
                f" {other.title.lower()} with {other.instrument.version}: the two are not"
                " compared."
            )
        elif why := _why_counts_differ(one, other):
            found.append(f"{why} {SO}")
    return found


def _why_counts_differ(one: Picture, other: Picture) -> str:
    if one.from_memory != other.from_memory:
        memory, log = (one, other) if one.from_memory else (other, one)
        return (
            f"{memory.title} was counted from memory, {log.title.lower()} from the log:"
            " memory and a log do not count alike."
        )
    weeks = (one.evidence.provenance.weeks_logged, other.evidence.provenance.weeks_logged)
    if one.from_memory or weeks[0] == weeks[1]:
        return ""
    short, other_one = (one, other) if weeks[0] < weeks[1] else (other, one)
    return (
        f"The log of {short.title.lower()} covers {min(weeks):g} of {WEEKS_OF_A_FULL_LOG}"
        f" weeks, that of {other_one.title.lower()} {max(weeks):g}."
    )

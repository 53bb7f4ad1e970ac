"""Whether two waves may be compared, and in words why not. Pure.

A home that begins to log looks busier than one that remembers, and a log of two weeks
quieter than one of four. Neither is a change of the home.
"""

from collections.abc import Sequence

from fans.openness.evidence import WEEKS_OF_A_FULL_LOG
from fans.openness.picture import Picture
from fans.openness.signs_shown import SideShown

SO = "So what differs between them in what was counted is not drawn as a rise or a fall."


def counts_compare(one: Picture, other: Picture) -> bool:
    """Say whether what was counted in two waves was counted alike."""
    return not _counted_differently(one, other)


def sides_compare(one: Picture, other: Picture, side: SideShown) -> bool:
    """Say whether a side's values of two waves may be read as a rise or a fall."""
    if one.instrument.version != other.instrument.version:
        return False
    return not side.is_counted or counts_compare(one, other)


def cautions(pictures: Sequence[Picture]) -> list[str]:
    """Say which waves were counted in different ways, so that they do not compare."""
    found = [*_by_instrument(pictures), *_by_memory(pictures), *_by_weeks(pictures)]
    return [f"{words} {SO}" for words in found]


def _by_instrument(pictures: Sequence[Picture]) -> list[str]:
    versions = dict.fromkeys(picture.instrument.version for picture in pictures)
    if len(versions) < 2:
        return []
    said = [
        f"{_titles([p for p in pictures if p.instrument.version == version])} with {version}"
        for version in versions
    ]
    return [f"Measured with different instruments: {', '.join(said)}."]


def _by_memory(pictures: Sequence[Picture]) -> list[str]:
    memory = [picture for picture in pictures if picture.from_memory]
    log = [picture for picture in pictures if not picture.from_memory]
    if not memory or not log:
        return []
    return [
        f"{_titles(memory).capitalize()} was counted from memory, {_titles(log)} from the log:"
        " memory and a log do not count alike."
    ]


def _by_weeks(pictures: Sequence[Picture]) -> list[str]:
    log = [picture for picture in pictures if not picture.from_memory]
    if len({_weeks(picture) for picture in log}) < 2:
        return []
    return [
        f"The log of {picture.title.lower()} covers {_weeks(picture):g} of"
        f" {WEEKS_OF_A_FULL_LOG} weeks only."
        for picture in log
        if picture.part_logged
    ]


def _titles(pictures: Sequence[Picture]) -> str:
    months = [str(picture.month) for picture in pictures]
    if len(months) == 1:
        return f"month {months[0]}"
    return f"months {', '.join(months[:-1])} and {months[-1]}"


def _weeks(picture: Picture) -> float:
    return picture.evidence.provenance.weeks_logged


def _counted_differently(one: Picture, other: Picture) -> bool:
    if one.from_memory or other.from_memory:
        return one.from_memory != other.from_memory
    return _weeks(one) != _weeks(other)

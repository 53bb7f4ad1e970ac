"""The questions that one group is asked, in one language."""

from dataclasses import dataclass

from fans.openness.from_log import instrument_of
from fans.openness.instrument import Group, Instrument
from fans.openness.instruments.texts import texts_of
from fans.openness.models import Wave


@dataclass(frozen=True)
class Question:
    """One question, as it is put on a screen or on paper."""

    number: int  # from 1
    code: str  # of its indicator
    words: str
    answers: tuple[str, ...]  # five, from 0 to 4
    skip: str  # what somebody says who gives none of them


def questions_for(instrument: Instrument, group: str, language: str) -> list[Question]:
    """Return what is asked of a group, in order."""
    texts = texts_of(instrument, language)
    asked = [indicator.id for indicator in instrument.asked if group in indicator.asked]
    return [
        Question(
            number=number,
            code=id,
            words=texts.question(id),
            answers=texts.anchors(id),
            skip=texts.skip,
        )
        for number, id in enumerate(asked, start=1)
    ]


def open_groups(wave: Wave) -> list[Group]:
    """Return the groups that answer without an account, in the instrument's order."""
    groups = instrument_of(wave.instrument).groups.values()
    return [group for group in groups if not group.in_office]

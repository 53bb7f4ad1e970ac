"""What changed between two versions of the instrument, in words and side by side. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from fans.openness.instrument import Indicator, Instrument, Texts
from fans.openness.instruments.in_words import (
    counted_as,
    groups_asked,
    level_in_words,
    listed,
    seen_how,
    steps_of,
    where_not,
    window_in_words,
)

Facts = Mapping[str, str]
"""What an instrument says, by what it is about."""


@dataclass(frozen=True)
class Change:
    """One thing that two versions say differently; "" where one says nothing of it."""

    about: str
    before: str
    after: str


@dataclass(frozen=True)
class Changed:
    """All that is different in one part: a sign, a side, the levels."""

    title: str
    changes: tuple[Change, ...]
    is_new: bool
    is_gone: bool


def compare(
    old: Instrument, new: Instrument, old_texts: list[Texts], new_texts: list[Texts]
) -> list[Changed]:
    """Return what is different, part by part; nothing where both say the same.

    The name of the version itself is no difference.
    """
    before, after = dict(_parts(old, old_texts)), dict(_parts(new, new_texts))
    gone = [about for about in before if about not in after]
    titles = dict(_titles(old)) | dict(_titles(new))
    found = (
        _changed(titles.get(about, about), before.get(about), after.get(about))
        for about in (*after, *gone)
    )
    return [part for part in found if part.changes]


def _titles(instrument: Instrument) -> Iterator[tuple[str, str]]:
    """Give the parts that have a name of their own."""
    for side in instrument.dimensions:
        yield f"Side {side.id}", f"Side {side.id}: {side.name}"
    for indicator in instrument.indicators:
        yield f"Sign {indicator.id}", f"Sign {indicator.id}: {indicator.name}"


def _changed(title: str, before: Facts | None, after: Facts | None) -> Changed:
    was, is_now = before or {}, after or {}
    abouts = [*was, *(about for about in is_now if about not in was)]
    changes = tuple(
        Change(about, was.get(about, ""), is_now.get(about, ""))
        for about in abouts
        if was.get(about, "") != is_now.get(about, "")
    )
    return Changed(title, changes, is_new=before is None, is_gone=after is None)


def _parts(instrument: Instrument, texts: list[Texts]) -> Iterator[tuple[str, Facts]]:
    yield "The whole", _whole(instrument)
    yield "Levels", {level.id: level_in_words(level) for level in instrument.levels}
    yield "Words beside a score", _words_beside(instrument)
    yield "Who is asked", _groups(instrument)
    for side in instrument.dimensions:
        yield f"Side {side.id}", {"Name": side.name, "Weight": f"{side.weight:g}"}
    for indicator in instrument.indicators:
        yield f"Sign {indicator.id}", dict(_sign(instrument, indicator))
    for each in texts:
        yield f"In other words: {each.language_name}", dict(_texts(each))


def _whole(instrument: Instrument) -> Facts:
    return {
        "Title": instrument.title,
        "Way of scoring": f"algorithm {instrument.algorithm}",
        "Counted over": window_in_words(instrument.window),
        "Enough is known with": f"{instrument.least_indicators} signs on "
        f"{instrument.least_dimensions} sides",
    }


def _words_beside(instrument: Instrument) -> Facts:
    flags = instrument.flags
    return {
        "A full log": f"{flags.weeks_for_a_full_log:g} weeks",
        "Groups differ": f"from {flags.groups_differ_by:g} steps on",
        **{f"Flag {name}": words for name, words in flags.words.items()},
        "What moves an answer": instrument.answer_moves,
        "At the top step": instrument.at_the_top,
        "Far from the next step": instrument.far_off,
    }


def _groups(instrument: Instrument) -> Facts:
    return {
        group.id: f"{group.name}{', answering in office' if group.in_office else ''}"
        for group in instrument.groups.values()
    }


def _sign(instrument: Instrument, indicator: Indicator) -> Iterator[tuple[str, str]]:
    side = next(d for d in instrument.dimensions if d.id == indicator.dimension)
    yield "Name", indicator.name
    yield "Side", side.name
    yield "Question", indicator.question
    yield "Known how", seen_how(indicator)
    yield "Weight", f"{indicator.weight:g}"
    if indicator.counted:
        yield "Counted", counted_as(indicator.counted.raw)
        yield "Unit", indicator.counted.unit
        steps = enumerate(steps_of(indicator.counted), start=1)
        yield "Steps", listed([f"{n} {words}" for n, words in steps])
        yield "One more", indicator.counted.moves.one
        yield "Several more", indicator.counted.moves.more
    for step, anchor in enumerate(indicator.anchors):
        yield f"Answer {step}", anchor
    if indicator.is_asked:
        yield "Asked of", groups_asked(instrument, indicator)
    yield "Where not known", indicator.not_known
    for number, rule in enumerate(indicator.not_applicable, start=1):
        yield f"Does not apply, {number}", where_not(rule)
    if indicator.beside:
        yield "Shown beside", indicator.beside


def _texts(texts: Texts) -> Iterator[tuple[str, str]]:
    if texts.draft_note:
        yield "Note", texts.draft_note
    yield "To skip", texts.skip
    for id, name in texts.groups.items():
        yield f"Group {id}", name
    for id, question in texts.questions.items():
        yield f"{id}, question", question
        for step, answer in enumerate(texts.answers[id]):
            yield f"{id}, answer {step}", answer

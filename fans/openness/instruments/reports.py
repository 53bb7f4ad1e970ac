"""Versions of the instrument, read for a page."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count

from fans.openness.instrument import Dimension, Indicator, Instrument, Texts
from fans.openness.instrument_file import published
from fans.openness.instruments.canonical import fingerprint
from fans.openness.instruments.in_words import (
    counted_as,
    groups_asked,
    seen_how,
    steps_of,
    where_not,
)
from fans.openness.instruments.models import Choice
from fans.openness.instruments.services import FIRST_VERSION, instrument_of
from fans.openness.instruments.texts import LANGUAGES, texts_of
from fans.openness.models import Instrument as Row


@dataclass(frozen=True)
class Version:
    """One version: a draft, or published and frozen."""

    instrument: Instrument
    is_draft: bool
    published_at: dt.datetime | None
    is_current: bool
    waves: int
    fingerprint: str = ""

    @property
    def name(self) -> str:
        """What the version is called."""
        return self.instrument.version


def versions(*, with_drafts: bool) -> list[Version]:
    """Return the versions, the newest first. Two queries.

    A published file that this site has not used yet is a version as well.
    """
    choice = Choice.objects.values_list("instrument__version", flat=True).first()
    current = choice or FIRST_VERSION
    rows = {row.version: row for row in Row.objects.annotate(waves_using=Count("waves"))}
    found = [
        Version(
            instrument=instrument_of(row),
            is_draft=row.published_at is None,
            published_at=row.published_at,
            is_current=row.version == current,
            waves=row.waves_using,
            fingerprint=fingerprint(row.body),
        )
        for row in rows.values()
        if with_drafts or row.published_at is not None
    ]
    found += [
        Version(pure, is_draft=False, published_at=None, is_current=name == current, waves=0)
        for name, pure in published().items()
        if name not in rows
    ]
    return sorted(found, key=_place, reverse=True)


def version(name: str, *, with_drafts: bool) -> Version | None:
    """Return one version, or None where there is none that may be read."""
    found = (each for each in versions(with_drafts=with_drafts) if each.name == name)
    return next(found, None)


@dataclass(frozen=True)
class SignRead:
    """One sign as its page says it; ``question`` and ``answers`` in the words chosen."""

    indicator: Indicator
    question: str
    how: str
    counted: str
    steps: tuple[str, ...]
    answers: tuple[str, ...]
    asked: str
    not_in: tuple[str, ...]


@dataclass(frozen=True)
class SideRead:
    """One side and its signs."""

    dimension: Dimension
    signs: tuple[SignRead, ...]


def sides_of(instrument: Instrument, texts: Texts) -> list[SideRead]:
    """Return an instrument as a page shows it, in the words of ``texts``."""
    return [
        SideRead(
            side, tuple(_sign(instrument, i, texts) for i in instrument.indicators_of(side.id))
        )
        for side in instrument.dimensions
    ]


def _sign(instrument: Instrument, indicator: Indicator, texts: Texts) -> SignRead:
    is_asked, counted = indicator.is_asked, indicator.counted
    return SignRead(
        indicator=indicator,
        question=texts.question(indicator.id) if is_asked else indicator.question,
        how=seen_how(indicator),
        counted=counted_as(counted.raw) if counted else "",
        steps=tuple(steps_of(counted)) if counted else (),
        answers=texts.anchors(indicator.id) if is_asked else indicator.anchors,
        asked=groups_asked(instrument, indicator) if is_asked else "",
        not_in=tuple(where_not(rule) for rule in indicator.not_applicable),
    )


def other_texts(instrument: Instrument) -> list[Texts]:
    """Return the texts in every language but the instrument's own English."""
    found = (texts_of(instrument, language) for language in LANGUAGES[1:])
    return [texts for texts in found if texts.language != "en"]


def _place(version: Version) -> tuple[int, str]:
    """Put v10 after v9, and v2-pilot after v2."""
    return int("".join(_leading_digits(version.name[1:])) or 0), version.name


def _leading_digits(text: str) -> Iterator[str]:
    for character in text:
        if not character.isdigit():
            return
        yield character

"""A group's questions on paper, with the code for those who would rather use a phone."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

import segno
from django.conf import settings
from django.urls import reverse

from fans.openness.from_log import instrument_of
from fans.openness.instruments.screens import screen_words
from fans.openness.instruments.texts import texts_of
from fans.openness.models import Language, Wave
from fans.openness.respond.letters import spaced
from fans.openness.respond.models import RespondCode
from fans.openness.respond.questions import Question, questions_for
from fans.openness.respond.reading import day_in, lang_of


@dataclass(frozen=True)
class Sheet:
    """What stands on one sheet."""

    home_name: str
    group: str  # its id
    group_name: str  # in the sheet's language
    month: int
    closes_on: dt.date
    language: str
    lang: str  # as browsers and screen readers name it
    is_large: bool
    is_easy: bool
    by: str  # until when it is answered
    words: Mapping[str, str]
    draft_note: str
    questions: list[Question]
    code: str  # in groups of three; "" where the group has none
    scan: str  # the sentence that says where to go
    qr: str  # a QR code as the address of an image that holds it: black on white SVG


def sheet_of(
    wave: Wave, group: str, *, code: RespondCode | None, language: str, is_large: bool
) -> Sheet:
    """Lay out a group's sheet; easy read is always in large letters."""
    instrument = instrument_of(wave.instrument)
    texts, words = texts_of(instrument, language), screen_words(language)
    letters = code.letters if code else ""
    return Sheet(
        home_name=wave.enrolment.home.name,
        group=group,
        group_name=texts.group(group),
        month=wave.month,
        closes_on=wave.closes_on,
        language=language,
        lang=lang_of(language),
        is_large=is_large or language == Language.EASY,
        is_easy=language == Language.EASY,
        by=words["paper_by"].format(date=day_in(language, wave.closes_on)),
        words=words,
        draft_note=texts.draft_note,
        questions=questions_for(instrument, group, language),
        code=spaced(letters),
        scan=words["paper_scan"].format(address=typed_address()),
        qr=_drawn(letters, language) if letters else "",
    )


def typed_address() -> str:
    """Return where a code is typed, as people write it down."""
    return f"{urlsplit(settings.SITE_URL).netloc}{reverse('respond:enter')}".rstrip("/")


def _drawn(letters: str, language: str) -> str:
    page = reverse("respond:start", args=[letters], query={"language": language})
    code = segno.make(f"{settings.SITE_URL}{page}", error="q", micro=False)
    return str(code.svg_data_uri(border=4, scale=8))

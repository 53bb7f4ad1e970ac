"""In which words, and how large, somebody reads the questions."""

import datetime as dt
from typing import Any, Final

from django.utils import translation
from django.utils.formats import date_format

from fans.openness.from_log import instrument_of
from fans.openness.instruments.screens import screen_words
from fans.openness.instruments.texts import languages_of, texts_of
from fans.openness.models import Language, Wave

_LANG: Final = {Language.WELSH.value: "cy"}


def lang_of(language: str) -> str:
    """Return a language as browsers and screen readers name it."""
    return _LANG.get(language, "en-GB")


def day_in(language: str, day: dt.date) -> str:
    """Write a day in a language."""
    with translation.override("cy" if language == "cy" else "en-gb"):
        return date_format(day, "j F Y")


def language_or_english(wanted: str, wave: Wave) -> str:
    """Return the language asked for, if the wave's questions are there in it."""
    return wanted if wanted in languages_of(instrument_of(wave.instrument)) else "en"


def reading(
    language: str, *, is_large: bool = False, wave: Wave | None = None
) -> dict[str, Any]:
    """Return what every screen's template needs to speak this language."""
    context: dict[str, Any] = {
        "words": screen_words(language),
        "language": language,
        "lang": lang_of(language),
        "is_large": is_large,
        "is_easy": language == Language.EASY,
    }
    if wave is not None:
        texts = texts_of(instrument_of(wave.instrument), language)
        context |= {"texts": texts, "wave": wave, "home": wave.enrolment.home}
    return context

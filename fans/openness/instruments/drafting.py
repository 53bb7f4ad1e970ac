"""Begin a draft from a version that there is. Pure."""

from typing import Any

from fans.openness.instrument import Instrument
from fans.openness.instrument_texts import OTHER_LANGUAGES, texts_as_json
from fans.openness.instruments.canonical import instrument_as_json
from fans.openness.instruments.texts import languages_of, texts_of


def as_draft(instrument: Instrument, version: str) -> dict[str, Any]:
    """Return the JSON of a draft that says what ``instrument`` says, other texts included.

    Texts that lie beside the old version come along: a draft brings its own.
    """
    body = instrument_as_json(instrument) | {"version": version}
    there = [language for language in OTHER_LANGUAGES if language in languages_of(instrument)]
    if there:
        body["texts"] = {each: texts_as_json(texts_of(instrument, each)) for each in there}
    return body

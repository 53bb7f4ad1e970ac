"""What respondents read: an instrument's questions and answers in every language it has."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from fans.openness.instrument import Instrument, Texts
from fans.openness.instrument_file import PUBLISHED
from fans.openness.instrument_texts import OTHER_LANGUAGES, parse_texts
from fans.openness.strict_json import Node, read

LANGUAGES = ("en", *OTHER_LANGUAGES)
FILES = PUBLISHED / "texts"
SKIP = "I would rather not say, or do not know"


def texts_of(instrument: Instrument, language: str) -> Texts:
    """Return an instrument's texts in ``language``; the English where it has no such texts.

    Texts come with the instrument's own file, or lie beside it as ``v1.easy.json``. They
    are there in full or not at all, so that nobody meets two languages on one screen.

    Raises:
        RefusedError: the texts beside it do not fit the instrument.
    """
    if language in instrument.texts:
        return instrument.texts[language]
    beside = _beside(instrument.version).get(language)
    if beside is None:
        return _english(instrument)
    asked = [i.id for i in instrument.asked]
    return parse_texts(beside, language, tuple(instrument.groups), asked)


def languages_of(instrument: Instrument) -> dict[str, str]:
    """Return the languages that an instrument has all its texts in, with their names."""
    found = {language: texts_of(instrument, language) for language in LANGUAGES}
    return {key: texts.language_name for key, texts in found.items() if texts.language == key}


@cache
def _beside(version: str) -> Mapping[str, Node]:
    """Return the texts that lie beside a published version, by language, as written."""
    files = {language: FILES / f"{version}.{language}.json" for language in OTHER_LANGUAGES}
    return MappingProxyType(
        {
            language: read(file.read_bytes())
            for language, file in files.items()
            if _is_plain(version) and file.is_file()
        }
    )


def _is_plain(version: str) -> bool:
    """Say whether a version names a file and no way to one."""
    return Path(version).name == version


def _english(instrument: Instrument) -> Texts:
    return Texts(
        language="en",
        language_name="English",
        draft_note="",
        skip=SKIP,
        groups={group.id: group.name for group in instrument.groups.values()},
        questions={i.id: i.question for i in instrument.asked},
        answers={i.id: i.anchors for i in instrument.asked},
    )

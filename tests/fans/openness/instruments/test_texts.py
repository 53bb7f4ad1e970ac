"""Every question can be read in easy words and in Welsh, in full or not at all."""

import json
import re

import pytest

from fans.openness.errors import RefusedError
from fans.openness.instrument_file import PUBLISHED, parse_instrument, published
from fans.openness.instrument_texts import parse_texts, texts_as_json
from fans.openness.instruments.texts import LANGUAGES, languages_of, texts_of
from fans.openness.strict_json import Node

V1 = published()["v1"]
BODY = json.loads((PUBLISHED / "v1.json").read_bytes())
ASKED = [i.id for i in V1.asked]
LONGEST_EASY_SENTENCE = 15  # words


def easy():
    return json.loads((PUBLISHED / "texts" / "v1.easy.json").read_bytes())


@pytest.mark.parametrize("language", LANGUAGES)
def test_says_every_question_answer_and_group_in_every_language(language):
    texts = texts_of(V1, language)

    assert texts.language == language
    assert list(texts.questions) == list(texts.answers) == ASKED
    assert all(len(set(texts.anchors(id))) == 5 for id in ASKED)
    assert list(texts.groups) == list(V1.groups)
    assert len(set(texts.groups.values())) == len(V1.groups)
    assert texts.skip


def test_takes_the_english_from_the_instrument():
    texts = texts_of(V1, "en")

    assert texts.question("G4") == V1.indicator("G4").question
    assert texts.anchors("G4") == V1.indicator("G4").anchors
    assert texts.group("residents") == "People who live here"


def test_says_no_two_languages_alike():
    for id in ASKED:
        said = {texts_of(V1, language).question(id) for language in LANGUAGES}
        assert len(said) == len(LANGUAGES)


def test_easy_read_has_short_sentences():
    texts = texts_of(V1, "easy")
    said = [*texts.questions.values(), *(a for five in texts.answers.values() for a in five)]
    sentences = [s for words in said for s in re.split(r"[.?!:]", words) if s.strip()]

    assert max(len(s.split()) for s in sentences) <= LONGEST_EASY_SENTENCE


def test_only_the_unchecked_translation_says_that_it_is_a_draft():
    notes = {language: texts_of(V1, language).draft_note for language in LANGUAGES}

    assert notes["cy"].startswith("Cyfieithiad drafft")
    assert (notes["en"], notes["easy"]) == ("", "")


def test_names_the_languages_that_there_are():
    assert languages_of(V1) == {"en": "English", "easy": "Easy read", "cy": "Cymraeg"}


def test_an_instrument_without_other_texts_is_read_in_english():
    other = parse_instrument(Node({**BODY, "version": "v9"}))

    assert texts_of(other, "cy").language == "en"
    assert languages_of(other) == {"en": "English"}


def test_an_instrument_brings_its_own_texts_along():
    own = {**easy(), "skip": "Pass"}
    other = parse_instrument(Node({**BODY, "version": "v9", "texts": {"easy": own}}))

    assert texts_of(other, "easy").skip == "Pass"
    assert list(languages_of(other)) == ["en", "easy"]
    assert texts_as_json(other.texts["easy"]) == own


def test_a_version_that_names_a_way_out_of_the_folder_has_no_texts():
    other = parse_instrument(Node({**BODY, "version": "texts/../../texts/v1"}))

    assert languages_of(other) == {"en": "English"}


def without(*path):
    body = easy()
    place = body
    for key in path[:-1]:
        place = place[key]
    del place[path[-1]]
    return body


def changed(value, *path):
    body = easy()
    place = body
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return body


@pytest.mark.parametrize(
    ("body", "path", "problem"),
    [
        (without("questions", "G4"), "questions", "lacks G4"),
        (without("groups", "staff"), "groups", "lacks staff"),
        (without("skip"), "", "lacks skip"),
        (without("questions", "G4", "anchors", 2), "questions.G4.anchors", "must be 5 texts"),
        (without("questions", "G4", "question"), "questions.G4", "lacks question"),
        (changed("", "questions", "A3", "anchors", 1), "questions.A3.anchors[1]", "a text"),
        (changed("x", "questions", "Z9"), "questions.Z9", "not"),
        (changed("x", "hint"), "hint", "not"),
        (changed(3, "name"), "name", "a text"),
    ],
)
def test_refuses_texts_that_are_not_complete_and_says_where(body, path, problem):
    with pytest.raises(RefusedError) as refused:
        parse_texts(Node(body), "easy", tuple(V1.groups), ASKED)

    assert refused.value.path == path
    assert problem in refused.value.problem


def test_refuses_an_instrument_whose_texts_are_not_complete_and_says_where():
    body = {**BODY, "version": "v9", "texts": {"easy": without("questions", "G4")}}

    with pytest.raises(RefusedError, match=r"^texts\.easy\.questions: lacks G4"):
        parse_instrument(Node(body))


def test_refuses_a_language_that_is_not_known():
    body = {**BODY, "version": "v9", "texts": {"fr": easy()}}

    with pytest.raises(RefusedError, match=r"^texts\.fr: "):
        parse_instrument(Node(body))

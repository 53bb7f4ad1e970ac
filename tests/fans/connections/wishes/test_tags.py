"""The list of tags: what each fits, what a wish's words speak of, what stays in the home."""

import json
from pathlib import Path

import pytest

from assets import categories
from fans.connections.wishes.tags import MOST_TAGS, SHOWN_OUTSIDE, TAGS, labels_of, suggested
from fans.people.volunteers.lists import INTERESTS

FILE = Path(__file__).resolve().parents[4] / "fixtures" / "wishes" / "tags.json"


@pytest.mark.parametrize("tag", TAGS.values(), ids=TAGS)
def test_a_tag_names_kinds_of_place_and_interests_that_there_are(tag):
    assert set(tag.categories) <= set(categories.SLUGS)
    assert set(tag.interests) <= set(INTERESTS)
    assert tag.categories
    assert tag.words == tuple(word.lower() for word in tag.words)


def test_a_tag_stands_in_the_file_once():
    slugs = [row["slug"] for row in json.loads(FILE.read_text(encoding="utf-8"))["tags"]]

    assert sorted(slugs) == sorted(TAGS)


def test_a_tag_that_leads_to_worship_or_health_stays_in_the_home():
    for slug, tag in TAGS.items():
        if {"faith", "health_wellbeing"} & set(tag.categories):
            assert tag.only_if_wished, slug
    assert {TAGS[slug].tells_of for slug in TAGS} == {"", "faith", "origin", "health"}
    assert not {"faith", "roots", "health"} & set(SHOWN_OUTSIDE)


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("to hear an accordion again", ["music"]),
        ("A fish supper by the sea", ["nature"]),
        ("to go to Mass on Sundays", ["faith"]),
        ("knitting, and to teach children to knit", ["crafts", "children", "helping"]),
        ("catering for a party", []),
        ("a cat on my lap", ["animals"]),
        ("", []),
        ("something quite different", []),
    ],
)
def test_the_words_of_a_wish_speak_of_tags(text, tags):
    assert suggested(text) == tags


def test_a_wish_about_everything_gets_the_few_tags_that_it_speaks_of_most():
    text = "songs, songs, songs, a dog, a dog, a garden, a book, a film, a quiz"

    assert suggested(text)[:2] == ["music", "animals"]
    assert len(suggested(text)) == MOST_TAGS


def test_tags_are_named_in_words_and_unknown_ones_left_out():
    assert labels_of(["music", "gone", "faith"]) == ["Music and singing", "Faith and worship"]

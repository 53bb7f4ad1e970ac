"""A text about somebody in a home: first names, rooms and illnesses are asked about."""

import pytest

from intake.free_text import Kind
from intake.resident_text import resident_doubts


def found(text):
    return {(doubt.kind, doubt.found) for doubt in resident_doubts(text)}


@pytest.mark.parametrize(
    ("text", "doubts"),
    [
        ("Doris would love tea", {(Kind.NAME, "Doris")}),
        ("to take Margaret’s dog out", {(Kind.NAME, "Margaret’s")}),
        ("tea with Stan, and with Mavis too", {(Kind.NAME, "Mavis")}),
        ("B. misses her piano", {(Kind.NAME, "B.")}),
        ("Jolanta misses the sea", {(Kind.NAME, "Jolanta")}),
        ("Mrs Patel would love a curry", {(Kind.NAME, "Mrs Patel")}),
        ("the lady in room 14 wants a cat", {(Kind.ROOM, "room 14")}),
        ("flowers for bed 3", {(Kind.ROOM, "bed 3")}),
        ("somebody with dementia would love to sing", {(Kind.HEALTH, "dementia")}),
        ("a walk, since the stroke", {(Kind.HEALTH, "the stroke")}),
        (
            "Ethel in room 2 has diabetes",
            {(Kind.NAME, "Ethel"), (Kind.ROOM, "room 2"), (Kind.HEALTH, "diabetes")},
        ),
    ],
)
def test_what_may_tell_who_is_asked_about(text, doubts):
    assert found(text) == doubts


@pytest.mark.parametrize(
    "text",
    [
        "to hear an accordion again",
        "Somebody would love to see the sea",
        "We would like a room with a view",
        "two hundred roses, and one violet",
        "films with Fred Astaire",
        "to watch Coronation Street with company",
        "the church of St Margaret, from outside",
        "a bed of lettuces",
        "Ladies would love a dance",
        "12 people for bingo",
        "to stroke a dog",
        "",
    ],
)
def test_a_plain_wish_is_kept_without_a_question(text):
    assert found(text) == set()


def test_what_is_found_stands_in_the_order_of_the_text_and_once():
    text = "room 4: Doris, Doris and Mr Jones"

    kinds = [doubt.found for doubt in resident_doubts(text)]

    assert kinds == ["room 4", "Doris", "Mr Jones"]


def test_words_say_what_is_meant():
    (doubt,) = resident_doubts("for room 9")

    assert doubt.words == "“room 9” tells where somebody lives."

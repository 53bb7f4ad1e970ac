"""What changed between two versions is said in words, side by side."""

from fans.openness.instruments.comparing import Change, compare
from fans.openness.instruments.drafts import read_draft
from fans.openness.instruments.reports import other_texts
from fans.openness.models import RespondentGroup
from tests.fans.openness.instruments.versions import V1, as_file, v2


def parsed(body):
    return read_draft(as_file(body), groups=RespondentGroup.values)


def changed(body, old=V1):
    new = parsed(body)
    parts = compare(old, new, other_texts(old), other_texts(new))
    named = [(part.title.partition(":")[0], part) for part in parts]
    return {
        part.title if short.startswith("In other") else short: part for short, part in named
    }


def test_a_draft_that_says_the_same_differs_in_nothing():
    body = v2()
    again = parsed(v2(version="v3"))

    assert changed(body, old=again) == {}


def test_names_weights_steps_and_the_new_sign():
    parts = changed(v2())

    assert parts["Sign G3"].changes == (Change("Weight", "1", "2"),)
    assert parts["Sign D1"].changes == (
        Change(
            "Steps",
            "1 from 1, 2 from 3, 3 from 6 and 4 from 10",
            "1 from 1, 2 from 5, 3 from 9 and 4 from 14",
        ),
    )
    assert parts["Sign H2"].is_new
    assert parts["Sign H2"].title == "Sign H2: Found by newcomers"
    assert Change("Name", "", "Found by newcomers") in parts["Sign H2"].changes
    assert {c.about for c in parts["In other words: Easy read"].changes} == {
        "H2, question",
        *(f"H2, answer {n}" for n in range(5)),
    }
    assert set(parts) == {
        "Sign G3",
        "Sign D1",
        "Sign H2",
        "In other words: Easy read",
        "In other words: Cymraeg",
    }


def test_names_questions_answers_levels_and_what_was_left_out():
    body = v2()
    body["indicators"] = [i for i in body["indicators"] if i["id"] not in ("C2", "H2")]
    for texts in body["texts"].values():
        del texts["questions"]["H2"]
    by_id = {i["id"]: i for i in body["indicators"]}
    by_id["G1"]["question"] = "Who leads?"
    by_id["G1"]["anchors"][4] = "All do."
    by_id["G1"]["asked"] = ["staff", "manager"]
    body["levels"][1]["from"] = 30
    body["dimensions"][0]["name"] = "Coming in"
    body["coverage"]["indicators"] = 11
    parts = changed(body)

    assert parts["Sign C2"].is_gone
    assert {c.about: c.after for c in parts["Sign G1"].changes} == {
        "Question": "Who leads?",
        "Answer 4": "All do.",
        "Asked of": "staff and manager",
    }
    assert parts["Levels"].changes[0].after == "opening the door, from 30 of 100"
    assert parts["Side A"].changes == (Change("Name", "People coming in", "Coming in"),)
    assert parts["The whole"].changes[0].after == "11 signs on 6 sides"
    assert Change("Side", "People coming in", "Coming in") in parts["Sign A1"].changes


def test_every_fact_of_a_version_is_compared():
    """Change each text and number in turn: none may slip by."""
    body = v2()
    old = parsed(body)
    silent = []
    for indicator in range(len(body["indicators"])):
        for key, value in body["indicators"][indicator].items():
            other = other_value(value)
            if key in (
                "id",
                "kind",
                "answered",
                "dimension",
                "raw",
                "anchors",
                "asked",
                "moves",
            ):
                continue
            new = v2(version="v3")
            new["indicators"][indicator][key] = other
            if not changed(new, old=old):
                silent.append((indicator, key))

    assert silent == []


def other_value(value):
    if isinstance(value, str):
        return f"{value} indeed"
    if isinstance(value, list):
        return [each + 1 if not isinstance(each, str) else f"{each}!" for each in value]
    return value + 1 if not isinstance(value, dict) else value

"""What too few people answered, and all from which it could be worked out."""

import datetime as dt

import pytest

from fans.openness.picture import TOO_FEW, picture
from fans.openness.score import score
from tests.fans.openness.larkfield import V1, evidence, larkfield

OFFICE_ALONE = {"A3": {}, "D4": {}, "F2": {}}


def shown(**assessed):
    found = evidence(larkfield(assessed={**OFFICE_ALONE, **assessed}))
    return picture(V1, found, score(V1, found), as_of=dt.date(2026, 8, 20))


def scored(picture):
    """The score itself, with everything in it."""
    return score(V1, picture.evidence)


def side(picture, id):
    return next(side for side in picture.sides if side.id == id)


@pytest.mark.parametrize(
    "h1",
    [
        {"residents": [1]},
        {"residents": [1, 3]},
        {"residents": [1], "manager": [4]},
        {"residents": [1], "relatives": [3]},
        {"residents": [0], "staff": [0, 0, 0]},
        {"residents": [0], "staff": [0, 0, 1, 1]},
        {"residents": [4, 4], "relatives": [4]},
        {"residents": [1, 2], "relatives": [2]},
    ],
)
def test_hides_what_would_tell_a_hidden_answer(h1):
    found = shown(H1=h1)

    known = side(found, "H")
    assert (known.value, known.words) == (None, TOO_FEW)
    assert (known.signs[0].step, known.signs[0].moves) == (None, "")
    assert found.felt is None
    assert found.gap == ""
    assert found.keeps_back
    assert scored(found).felt is not None
    assert side(found, "G").value is not None


@pytest.mark.parametrize(
    "h1",
    [
        {"manager": [2]},
        {"residents": [1, 1, 1]},
        {"residents": [0, 0, 0], "relatives": [4, 4, 4], "champion": [1]},
        {"residents": [1], "staff": [3, 3, 3]},
        {"residents": [1, 2], "relatives": [2, 2]},
    ],
)
def test_shows_what_tells_nobodys_answer(h1):
    found = shown(H1=h1)

    assert side(found, "H").value == scored(found).dimensions["H"]
    assert found.felt == scored(found).felt
    assert found.level_id == scored(found).level
    assert not found.keeps_back


@pytest.mark.parametrize("answer", range(5))
def test_says_the_level_where_no_hidden_answer_could_change_it(answer):
    found = shown(H1={"residents": [answer]})

    assert found.level == "out and about"
    assert found.level_number == 3


@pytest.mark.parametrize("answer", range(5))
def test_hides_the_level_where_a_hidden_answer_could_change_it(answer):
    on_the_edge = {sign: {"manager": [0]} for sign in ("A3", "G1", "G2", "G3", "G4")}

    found = shown(**on_the_edge, H1={"residents": [answer]})

    assert scored(found).level == ("opening" if answer < 1 else "out")
    assert (found.level, found.level_number) == (TOO_FEW, 0)

"""Which places make a round: close together, those that wait longest before others."""

from assets.rounds.choosing import Candidate, choose
from tests.factories import SALE, metres_east

START = (SALE.x, SALE.y)


def place(number: int, metres: float, months: float = 12, **more) -> Candidate:
    point = metres_east(SALE, metres)
    return Candidate(number, (point.x, point.y), months, **more)


def chosen(*candidates: Candidate, size: int = 2) -> set[int]:
    return {each.id for each in choose(candidates, size=size, start=START)}


def test_the_near_ones_are_taken_and_no_more_than_asked():
    assert chosen(place(1, 100), place(2, 200), place(3, 900)) == {1, 2}


def test_somebody_goes_further_for_what_has_waited_longer():
    assert chosen(place(1, 100), place(2, 500, months=1), place(3, 700, months=24)) == {1, 3}


def test_nobody_goes_to_the_end_of_town_however_long_it_waited():
    assert chosen(place(1, 100), place(2, 300, 1), place(3, 1400, months=99)) == {1, 2}


def test_what_somebody_was_asked_about_by_mail_goes_first():
    assert chosen(place(1, 100), place(2, 200), place(3, 900, first=True)) >= {3}


def test_another_person_looks_at_what_i_looked_at_last():
    assert chosen(place(1, 100), place(2, 200, mine=True), place(3, 400)) == {1, 3}


def test_what_is_reached_from_another_place_is_near():
    """A round grows along the street: the third is far from the start and near the second."""
    assert chosen(place(1, 300), place(2, 600), place(3, -550), size=2) == {1, 2}

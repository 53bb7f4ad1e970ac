"""What a change makes of a line: pure."""

from hypothesis import given
from hypothesis import strategies as st

from fans.connections.grid.cells import PEOPLE, RATING
from fans.connections.grid.lines import Line, Own, plan, undone

DAYS = st.dictionaries(st.integers(1, 31), st.integers(1, 50), max_size=31)


def test_a_total_is_shown_and_typed():
    line = Line(Own({3: 1}), elsewhere={3: 2})

    assert line.shown(3) == 3
    assert plan(line, {3: 3}, {3: 5}).own.days == {3: 3}


def test_a_total_that_the_log_holds_already_adds_nothing():
    line = Line(elsewhere={3: 2})
    made = plan(line, {3: None}, {3: 2})

    assert (made.own.days, made.edited, made.clashes) == ({}, [], [])


def test_a_number_below_what_is_logged_otherwise_leaves_that_and_is_told():
    made = plan(Line(elsewhere={3: 2}), {3: 2}, {3: 1})

    assert (made.own.days, made.kept) == ({}, [3])


def test_an_untouched_cell_keeps_what_somebody_else_put():
    made = plan(Line(Own({3: 4, 5: 1})), {3: None, 5: None}, {3: None, 5: 2})

    assert made.own.days == {3: 4, 5: 1}
    assert made.clashes == [5]


def test_two_who_put_the_same_agree():
    made = plan(Line(Own({3: 4})), {3: None}, {3: 4})

    assert (made.own.days, made.clashes) == ({3: 4}, [])


def test_nobody_took_part_in_what_did_not_happen():
    made = plan(Line(Own({3: 1}, people=6, rating=4)), {3: 1, PEOPLE: 6, RATING: 4}, {3: None})

    assert made.own == Own()


def test_people_who_are_logged_otherwise_are_not_counted_twice():
    line = Line(Own({3: 1}), elsewhere={4: 1}, people_elsewhere=4)

    assert line.shown(PEOPLE) == 4
    assert plan(line, {PEOPLE: 4}, {PEOPLE: 12}).own.people == 8


def test_nobody_is_something_else_than_not_said():
    line = Line(Own({3: 1}))

    assert plan(line, {PEOPLE: None}, {PEOPLE: 0}).own.people == 0
    assert Line(Own({3: 1}, people=0)).shown(PEOPLE) == 0


@given(days=DAYS, people=st.none() | st.integers(0, 5000))
def test_shares_add_up_to_the_people_and_follow_the_times(days, people):
    shares = Own(days, people).shares()

    assert shares.keys() == days.keys()
    if people is None:
        assert set(shares.values()) <= {None}
    elif days:
        assert sum(shares.values()) == people
        fair = {day: people * times / sum(days.values()) for day, times in days.items()}
        assert all(abs(shares[day] - fair[day]) < 1 for day in days)


def test_taking_back_leaves_what_changed_again_since():
    own, left = undone(Own({3: 5, 4: 2}), [(3, None, 1), (4, 7, 2)])

    assert (own.days, left) == ({3: 5, 4: 7}, 1)

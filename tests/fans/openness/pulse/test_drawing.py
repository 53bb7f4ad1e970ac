"""Where the marks stand."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from fans.openness.pulse.bars import MOST_BARS, bars_of
from fans.openness.pulse.drawing import NARROW, WIDE, Stretch, WaveFigure, draw
from fans.openness.pulse.months import Covered, Month, month_ends

ENDS = month_ends(dt.date(2026, 5, 5), dt.date(2026, 11, 22))


def months_of(values):
    return [
        Month(end, Covered.GAP if v is None else Covered.WHOLE, v, {"visits_in": v})
        for end, v in zip(ENDS, values, strict=False)
    ]


def test_a_gap_is_hatched_and_has_no_mark():
    drawing = draw(months_of([20, None, 40, 60]), [], [], WIDE)
    assert len(drawing.gaps) == 1
    assert len(drawing.squares) == 3
    assert len(drawing.lines) == 1  # May stands alone; July and August are joined


def test_more_lived_is_higher_up_and_later_is_further_right():
    first, second = draw(months_of([20, 60]), [], [], WIDE).squares
    assert float(second.y) < float(first.y)
    assert float(second.x) > float(first.x)


def test_a_wave_from_memory_or_part_of_a_log_is_hollow():
    figures = [
        WaveFigure(0, dt.date(2026, 6, 1), 15.0, is_in_part=True),
        WaveFigure(3, dt.date(2026, 9, 1), 45.0, is_in_part=False),
        WaveFigure(12, dt.date(2027, 9, 1), 45.0, is_in_part=False),  # not in these months
    ]
    hollow = [spot.hollow for spot in draw(months_of([20] * 7), figures, [], WIDE).diamonds]
    assert hollow == [True, False]


def test_two_numbers_never_stand_on_each_other():
    on = dt.date(2026, 7, 1)
    stretches = [Stretch(1, on, on), Stretch(2, on, on + dt.timedelta(days=2))]
    one, other = draw(months_of([20] * 7), [], stretches, NARROW).bands
    assert one.y != other.y


@given(st.lists(st.none() | st.floats(0, 100), min_size=1, max_size=7))
def test_everything_stays_inside_the_frame(values):
    for frame in (WIDE, NARROW):
        drawing = draw(months_of(values), [], [Stretch(1, ENDS[0], ENDS[-1])], frame)
        for spot in drawing.squares:
            assert frame.left <= float(spot.x) <= frame.right
            assert frame.top <= float(spot.y) <= frame.bottom
        for band in (*drawing.gaps, *drawing.bands):
            assert float(band.x) + float(band.width) <= frame.right + 3


def test_the_tallest_bar_is_the_greatest_count_and_a_gap_has_none():
    bars = bars_of("Visits", "visits_in", months_of([2, None, 8])).bars
    assert [float(bar.height) for bar in bars] == [16, 0, 64]
    assert [bar.number for bar in bars] == ["2", "", "8"]


def test_a_count_never_known_is_not_drawn():
    assert bars_of("Got out", "residents_out", months_of([2, 3])) is None


def test_the_latest_months_are_drawn_where_there_are_many():
    many = [Month(end, Covered.WHOLE, 5, {"n": 1}) for end in ENDS * 3]
    assert len(bars_of("N", "n", many).bars) == MOST_BARS


def test_the_words_say_what_the_bars_show():
    assert bars_of("Visits", "visits_in", months_of([2, None])).in_words == (
        "May 2; June not known"
    )

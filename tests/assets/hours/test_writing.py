"""Hours as people type them become hours that everybody can reckon with."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opening_hours import validate

from assets.hours.writing import HoursError, write_hours


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("", ""),
        ("  Mo-Fr  09:00-17:00 ", "Mo-Fr 09:00-17:00"),
        ("Monday to Friday 9am to 5pm", "Mo-Fr 09:00-17:00"),
        ("Mon-Fri 9.30am-5pm, Sat 10am-noon", "Mo-Fr 09:30-17:00; Sa 10:00-12:00"),
        ("Tues & Thurs 10am - 12.30pm", "Tu,Th 10:00-12:30"),
        ("Tuesdays 2pm to 4pm; bank holidays closed", "Tu 14:00-16:00; PH off"),
        ("weekdays 10:00-12:00", "Mo-Fr 10:00-12:00"),
        ("April to September: Mon 09.00-17.00", "Apr-Sep: Mo 09:00-17:00"),
        ("Fri 12pm-3pm", "Fr 12:00-15:00"),
        ('Mo 10:00-11:00 "ring to enter"', 'Mo 10:00-11:00 "ring to enter"'),
    ],
)
def test_plain_words_are_written_as_hours(typed, written):
    assert write_hours(typed) == written


@pytest.mark.parametrize("typed", ["Mon-Fri 9-5", "by appointment", "always", "Mo 26:00"])
def test_what_could_mean_two_things_is_asked_for_by_an_example(typed):
    with pytest.raises(HoursError, match="Mo-Fr 09:00-17:00"):
        write_hours(typed)


@given(st.text(max_size=80))
def test_whatever_is_typed_is_written_right_or_refused_in_words(typed):
    written, words = "", "."
    try:
        written = write_hours(typed)
    except HoursError as error:
        words = str(error)

    assert words.endswith(".")
    assert not written or validate(written)

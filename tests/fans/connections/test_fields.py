"""Months as people and addresses write them."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from fans.connections.fields import MonthField


@pytest.mark.parametrize(
    ("written", "first"),
    [
        ("2026-10", dt.date(2026, 10, 1)),
        ("2000-01", dt.date(2000, 1, 1)),
        ("2100-12", dt.date(2100, 12, 1)),
        ("", None),
        (None, None),
    ],
)
def test_a_month_is_its_first_day(written, first):
    assert MonthField(required=False).clean(written) == first


@pytest.mark.parametrize(
    "written",
    ["2026-13", "2026-00", "2026-1", "1999-12", "2101-01", "26-10", "x", "2026-10-01"],
)
def test_anything_else_is_refused_with_an_example(written):
    with pytest.raises(ValidationError, match="such as 2026-10"):
        MonthField().clean(written)


def test_a_first_day_is_written_back_as_a_month():
    field = MonthField()

    assert field.prepare_value(dt.date(2026, 3, 1)) == "2026-03"
    assert field.prepare_value("nonsense") == "nonsense"

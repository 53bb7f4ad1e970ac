"""Form fields of this room."""

import datetime as dt
import re
from typing import Any, Final

from django import forms

YEARS: Final = (2000, 2100)
"""Months outside these years are slips of the finger."""

_MONTH: Final = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")


class MonthField(forms.Field):
    """A month written as 2026-10; its value is the month's first day."""

    default_error_messages = {"invalid": "Put a month as year and month, such as 2026-10."}

    def to_python(self, value: Any) -> dt.date | None:
        """Read the month."""
        if value in self.empty_values:
            return None
        match = _MONTH.fullmatch(str(value))
        if match is None or not YEARS[0] <= int(match[1]) <= YEARS[1]:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return dt.date(int(match[1]), int(match[2]), 1)

    def prepare_value(self, value: Any) -> Any:
        """Write a first day back as a month."""
        return f"{value:%Y-%m}" if isinstance(value, dt.date) else value

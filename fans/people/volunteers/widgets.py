"""How volunteers are asked: chips with a symbol, and a table of the week."""

from typing import Any

from django import forms

from fans.people.volunteers.lists import DAYS, INTERESTS, PARTS_OF_DAY


class InterestChips(forms.CheckboxSelectMultiple):
    """One chip an interest, with the symbol of the places that share it."""

    template_name = "volunteers/widgets/chips.html"

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the symbol to what the template is given."""
        option: dict[str, Any] = super().create_option(*args, **kwargs)
        interest = INTERESTS.get(str(option["value"]))
        option["symbol"] = interest.categories[0] if interest and interest.categories else ""
        return option


class Chips(forms.CheckboxSelectMultiple):
    """Checks as a row of chips."""

    template_name = "volunteers/widgets/chips.html"


class WeekTable(forms.CheckboxSelectMultiple):
    """A check for each part of each day: days across, parts of the day down."""

    template_name = "volunteers/widgets/week.html"

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Lay the checks out in rows."""
        context = super().get_context(name, value, attrs)
        options = {
            str(option["value"]): option
            for _, group, _ in context["widget"]["optgroups"]
            for option in group
        }
        context["widget"]["days"] = DAYS.values()
        context["widget"]["rows"] = [
            (label, [options[f"{day}-{part}"] for day in DAYS])
            for part, label in PARTS_OF_DAY.items()
        ]
        return context


class DayInput(forms.DateInput):
    """The browser's own day field, which wants days as 2026-10-31."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")

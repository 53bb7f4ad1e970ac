"""How the questions of the log are shown: boxes with a picture, chips, steps."""

from typing import Any, ClassVar, Final

from django import forms

STEPS: Final = {"data-stepper": "", "inputmode": "numeric"}
"""Attributes of a number field that scripts give two big buttons."""


class Boxes(forms.RadioSelect):
    """One box an answer, with a symbol of the sprite over its words where it has one."""

    template_name = "connections/widgets/boxes.html"

    def __init__(self, *, narrowest: str, symbols: dict[str, str] | None = None) -> None:
        self.narrowest = narrowest  # the class of the smallest width a box may have
        self.symbols = symbols or {}
        super().__init__()

    def get_context(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add how narrow a box may get."""
        context = super().get_context(*args, **kwargs)
        context["widget"]["narrowest"] = self.narrowest
        return context

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the answer's symbol to what the template is given."""
        option: dict[str, Any] = super().create_option(*args, **kwargs)
        option["symbol"] = self.symbols.get(str(option["value"]), "")
        return option


class RatingBoxes(forms.RadioSelect):
    """Five boxes, each with as many bars filled as it stands for."""

    template_name = "connections/widgets/rating_boxes.html"
    bars: ClassVar = (  # left and top of each bar in a picture 44 by 30
        (2, 24, 4),
        (10.5, 19, 9),
        (19, 14, 14),
        (27.5, 9, 19),
        (36, 4, 24),
    )

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the bars to what the template is given."""
        option: dict[str, Any] = super().create_option(*args, **kwargs)
        option["bars"] = [
            {"x": x, "y": y, "height": height, "full": number <= int(option["value"])}
            for number, (x, y, height) in enumerate(self.bars, start=1)
        ]
        return option


class Chips(forms.CheckboxSelectMultiple):
    """Checks as a row of chips."""

    template_name = "connections/widgets/chips.html"


class DayInput(forms.DateInput):
    """The browser's own day field, which wants days as 2026-10-31."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")

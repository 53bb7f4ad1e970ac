"""Forms of this part."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms

from fans.connections.nudges.models import Reason, Wanted, Weekday
from fans.connections.nudges.rules import RULES
from fans.connections.nudges.services import Later
from fans.connections.nudges.weeks import How
from homes.models import Home

DUE: Final = "due"
OPEN: Final = "open"
ASIDE: Final = "aside"


class WorkForm(forms.Form):
    """Which part of the list to look at."""

    home = forms.TypedChoiceField(
        label="Home", required=False, coerce=int, empty_value=None,
        error_messages={"invalid_choice": "Choose one of your homes."},
    )  # fmt: skip
    kind = forms.ChoiceField(
        label="What",
        required=False,
        error_messages={"invalid_choice": "Choose one of the kinds on the list."},
    )

    def __init__(self, *args: Any, homes: Mapping[int, Home], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["home"].choices = [  # type: ignore[attr-defined]
            ("", "All homes"),
            *[(pk, str(home)) for pk, home in homes.items()],
        ]
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            ("", "Everything"),
            (DUE, "Due today"),
            *[(kind.value, rule.label) for kind, rule in RULES.items()],
            (OPEN, "Invitations open"),
            (ASIDE, "Put off or closed"),
        ]


class AsideForm(forms.Form):
    """Putting one reminder off, or closing it."""

    kind = forms.ChoiceField(choices=[(kind.value, rule.label) for kind, rule in RULES.items()])
    thing = forms.IntegerField(min_value=1, max_value=2**63 - 1)
    word = forms.ChoiceField(
        choices=[
            (Later.WEEK.value, "In a week"),
            (Later.MONTH.value, "In a month"),
            *Reason.choices,
        ],
        error_messages={"required": "Choose when to be reminded, or why to close it."},
    )

    @property
    def word_said(self) -> Later | Reason:
        """What was chosen."""
        word = self.cleaned_data["word"]
        return Later(word) if word in list(Later) else Reason(word)


class WantedForm(forms.Form):
    """How often somebody is reminded by mail."""

    how = forms.ChoiceField(
        label="How often?",
        choices=Wanted.HOW,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how often."},
    )
    weekday = forms.TypedChoiceField(
        label="On which day, if once a week?",
        choices=Weekday,
        coerce=int,
        error_messages={"required": "Choose a day."},
    )

    @property
    def how_said(self) -> How:
        """What was chosen."""
        return How(self.cleaned_data["how"])

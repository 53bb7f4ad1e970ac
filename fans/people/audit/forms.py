"""What an auditor asks for: whose doing, what kind of row, which days."""

import datetime as dt
from typing import Any, Final

from django import forms
from django.apps import apps
from django.db.models import Q
from django.utils import timezone

from fans.people.audit.finding import Place, Wanted, by_kind
from fans.people.audit.models import AccessLog
from fans.people.models import Person

MOST_PEOPLE: Final = 20
_LARGEST: Final = 2**63 - 1


def kind_in_words(kind: str) -> str:
    """Return what a model's rows are called, with the room they belong to."""
    try:
        model = apps.get_model(kind)
    except (LookupError, ValueError):
        return kind
    words = str(model._meta.verbose_name_plural)
    return f"{words[:1].upper()}{words[1:]} ({model._meta.app_label})"


def _choices(kinds: list[str]) -> list[tuple[str, str]]:
    named = sorted((kind_in_words(kind), kind) for kind in kinds)
    return [("", "Everything"), *((kind, words) for words, kind in named)]


def _day(label: str) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date", "class": "in"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget)


class _Asked(forms.Form):
    """What both pages ask for."""

    who = forms.CharField(
        required=False, max_length=100, widget=forms.TextInput(attrs={"class": "in"})
    )
    kind = forms.ChoiceField(
        label="What", required=False, widget=forms.Select(attrs={"class": "in"})
    )
    since = _day("From")
    until = _day("Until")

    def clean_who(self) -> list[int] | None:
        """Return the ids of the people meant; None where nobody was named."""
        return _people_called(self.cleaned_data["who"].strip())

    def clean(self) -> dict[str, Any]:
        """Refuse days that run backwards."""
        said = super().clean() or {}
        if said.get("since") and said.get("until") and said["until"] < said["since"]:
            self.add_error("until", "The last day lies before the first.")
        return said

    def moments(self) -> tuple[dt.datetime | None, dt.datetime | None]:
        """Return when the first day begins and the last has ended."""
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        return (
            _begins(since) if since else None,
            _begins(until + dt.timedelta(days=1)) if until else None,
        )


class ChangesForm(_Asked):
    """Which changes to show."""

    row = forms.IntegerField(
        required=False, min_value=1, max_value=_LARGEST, widget=forms.HiddenInput
    )
    below = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].label = "Who did it"
        kind: Any = self.fields["kind"]
        kind.choices = _choices(list(by_kind()))

    def clean(self) -> dict[str, Any]:
        """Demand the kind where one row is asked for."""
        said = super().clean()
        if said.get("row") and not said.get("kind"):
            self.add_error("kind", "Say what kind of row it is.")
        return said

    def clean_below(self) -> Place | None:
        """Return where the page before ended."""
        text = self.cleaned_data["below"]
        place = Place.read(text) if text else None
        if text and place is None:
            raise forms.ValidationError("This page of changes does not exist.")
        return place

    def wanted(self) -> Wanted:
        """Return what was asked for, of a form that is valid."""
        said = self.cleaned_data
        since, before = self.moments()
        return Wanted(
            by=said["who"],
            kind=said["kind"],
            row=said["row"],
            since=since,
            before=before,
            below=said["below"],
        )


class ReadsForm(_Asked):
    """Which looks at people's rows to show."""

    about = forms.CharField(
        label="At whom they looked",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"class": "in"}),
    )
    below = forms.IntegerField(
        required=False, min_value=1, max_value=_LARGEST, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].label = "Who looked"
        seen = AccessLog.objects.order_by("kind").values_list("kind", flat=True).distinct()
        kind: Any = self.fields["kind"]
        kind.choices = _choices(list(seen))

    def clean_about(self) -> list[int] | None:
        """Return the ids of the people meant; None where nobody was named."""
        return _people_called(self.cleaned_data["about"].strip())


def _people_called(words: str) -> list[int] | None:
    """Find people by name, address or number.

    Raises:
        ValidationError: nobody is called so, or too many are.
    """
    if not words:
        return None
    if words.isdecimal() and len(words) < len(str(_LARGEST)):
        return [int(words)]  # also of somebody erased since
    called = Person.objects.filter(Q(name__icontains=words) | Q(email__icontains=words))
    found = list(called.values_list("pk", flat=True)[: MOST_PEOPLE + 1])
    if not found:
        raise forms.ValidationError("Nobody here is called so.")
    if len(found) > MOST_PEOPLE:
        raise forms.ValidationError("More than 20 people are called so: say more of the name.")
    return found


def _begins(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))

"""The questions asked of somebody new, who is no place on the map."""

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

from assets import categories
from fans.connections.alike import Alike
from fans.connections.asking import choice_field
from fans.connections.candidates import Candidate, candidate_of, value_of
from fans.connections.errors import AlikeError, ConnectionsError
from fans.connections.models import PartnerKind
from fans.connections.widgets import Boxes
from fans.people.models import Person
from homes.models import Home
from intake.guarded import GuardedText

NONE_OF_THESE: Final = "new"

KINDS: Final = [
    (PartnerKind.GROUP, "A group"),
    (PartnerKind.PERSON, "A neighbour"),
    (PartnerKind.FAMILY, "A relative"),
    (PartnerKind.PROFESSIONAL, "A professional"),
]
GROUP_CATEGORIES: Final = [
    ("", "Choose"),
    *(
        (category.slug, category.label)
        for category in categories.CATEGORIES
        if category.slug not in (categories.INDIVIDUAL_GIFT, categories.TRANSPORT_ACCESS)
    ),
]


class NewcomerForm(GuardedText, forms.Form):
    """A group, a neighbour, a relative or a professional that a home knows."""

    guarded = ("name",)

    kind = choice_field(
        "Who is it?",
        KINDS,
        widget=Boxes(narrowest="min-9"),
        initial=PartnerKind.GROUP,
        help_text="Relatives and professionals are part of life here. They do not count as "
        "neighbours.",
    )
    name = forms.CharField(
        label="What do you call them?",
        max_length=200,
        error_messages={"required": "Say what you call them."},
        help_text="A group by its name. A person by what they do, such as “Accordion player” "
        "or “A resident’s daughter”: never by name.",
    )
    category = choice_field(
        "What kind of group?", GROUP_CATEGORIES, required=False, help_text="For groups only."
    )
    same_as = choice_field("Is it one of these?", [], required=False, widget=forms.RadioSelect)

    def __init__(self, *args: Any, home: Home, person: Person, **kwargs: Any) -> None:
        self.home, self.person = home, person
        super().__init__(*args, **kwargs)
        self.offer([])

    def offer(self, found: list[Alike]) -> None:
        """Ask whether one of these is meant; with none there is nothing to ask."""
        field = self.fields["same_as"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (typed above)
        known = [(value_of(each.candidate), each.name) for each in found]
        field.choices = [*known, (NONE_OF_THESE, "None of these: somebody else")]
        self.alike = found

    def clean_same_as(self) -> str:
        """Take an answer back as it was given: it is looked up with the roles held now."""
        return str(self.cleaned_data.get("same_as") or "")

    def full_clean(self) -> None:
        """Let an answer stand that the first look at the form could not offer."""
        said = str(self.data.get(self.add_prefix("same_as"), "")) if self.is_bound else ""
        found = candidate_of(said, home=self.home, person=self.person) if said else None
        if found is not None:
            name = str(getattr(found, "partner", found))
            self.offer([Alike(found, name, 1.0)])
        super().full_clean()

    def clean(self) -> dict[str, Any]:
        """Ask what kind of group it is."""
        cleaned: dict[str, Any] = super().clean() or {}
        named = cleaned.get("same_as") not in (None, "", NONE_OF_THESE)
        unsaid = not (named or cleaned.get("category") or "category" in self.errors)
        if cleaned.get("kind") == PartnerKind.GROUP and unsaid:
            self.add_error("category", "Choose what kind of group it is.")
        return cleaned

    @property
    def chosen(self) -> Candidate | None:
        """The tie or place that they said it is; None where it is somebody new."""
        said = self.cleaned_data.get("same_as", "")
        return candidate_of(said, home=self.home, person=self.person)

    def someone(self) -> dict[str, Any]:
        """Give what was said as the arguments of ``start_tie_with_new``."""
        said = self.cleaned_data
        return {
            "kind": said["kind"],
            "name": said["name"],
            "category": said["category"],
            "seen_alike": said["same_as"] == NONE_OF_THESE,
        }

    def refuse(self, error: ConnectionsError | ValidationError) -> None:
        """Say what was refused beside the question that is meant."""
        if isinstance(error, AlikeError):
            self.offer(error.found)
        if isinstance(error, ConnectionsError):
            field = error.field if error.field in self.fields else None
            self.add_error(field, str(error))
            return
        for words in error.messages:
            self.add_error(None, words)

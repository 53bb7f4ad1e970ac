"""What somebody who offers is asked, in four steps: who, what they like, where, and a yes."""

import re
import unicodedata
from typing import Any, ClassVar, Final

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator

from fans.people.volunteers.answers import Adult, Answers
from fans.people.volunteers.lists import INTERESTS, LANGUAGES, TIMES
from fans.people.volunteers.models import AgeBand, Guardian, Travel, VolunteerKind
from fans.people.volunteers.placing import find_place
from fans.people.volunteers.templatetags.volunteer_tags import wording
from fans.people.volunteers.widgets import Chips, InterestChips, WeekTable
from geo.masking import MaskedPlace
from intake.guarded import GuardedText

MOST_IN_GROUP: Final = 200
# Letters, and what stands between them: a name goes into mails to people whom the writer
# only names, and must not carry an address or a message there.
_NAME: Final = re.compile(r"[^\W\d_]+(?:[ '’-][^\W\d_]+)*")
PHONE: Final = RegexValidator(
    r"^\+?[0-9 ]{7,19}$", "Put a telephone number: digits and spaces alone."
)
_CHOOSE: Final = {"required": "Choose one.", "invalid_choice": "Choose one of these."}
_MAIL: Final = {
    "required": "Put an e-mail address, such as sam@example.org.",
    "invalid": "Put an e-mail address in full, such as sam@example.org.",
}
_PICK: Final = {"invalid_choice": "“%(value)s” is not on the list."}


class NameField(forms.CharField):
    """A name as people say it: letters, spaces, hyphens and apostrophes."""

    default_error_messages: ClassVar = {"required": "Put a name."}

    def clean(self, value: Any) -> str:
        """Refuse what is no name."""
        name = " ".join(unicodedata.normalize("NFC", str(super().clean(value))).split())
        if name and not _NAME.fullmatch(name):
            raise ValidationError("Put a name: letters, spaces and hyphens alone.")
        return name


class WhoForm(forms.Form):
    """How old, and alone or with a group."""

    age_band = forms.ChoiceField(
        label="How old are you?",
        choices=AgeBand.choices,
        widget=forms.RadioSelect,
        error_messages=_CHOOSE,
    )
    kind = forms.ChoiceField(
        label="Would you come by yourself?",
        choices=VolunteerKind.choices,
        widget=forms.RadioSelect,
        error_messages=_CHOOSE,
    )
    group_name = forms.CharField(
        label="What is your group called?",
        max_length=120,
        required=False,
        help_text="Such as “Sale Sings” or “Year 9 of Ashton School”.",
    )
    group_people_count = forms.IntegerField(
        label="How many people would come?",
        min_value=2,
        max_value=MOST_IN_GROUP,
        required=False,
        widget=forms.NumberInput({"inputmode": "numeric"}),
        help_text="With you, about how many at once.",
    )
    group_children_count = forms.IntegerField(
        label="How many of them are under 18?",
        min_value=0,
        max_value=MOST_IN_GROUP,
        required=False,
        widget=forms.NumberInput({"inputmode": "numeric"}),
        help_text="We count them. We never ask who they are.",
    )

    def clean(self) -> dict[str, Any]:
        """Demand of a group its name, its number and a grown-up who leads it."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("kind") != VolunteerKind.GROUP:
            said.update(group_name="", group_people_count=None, group_children_count=None)
            return said
        if said.get("age_band") in (AgeBand.YOUNG, AgeBand.CHILD):
            self.add_error("kind", "Somebody of 18 or over leads a group and signs it up.")
        self._demand(said, "group_name", "Put the name of your group.")
        self._demand(said, "group_people_count", "Put how many would come.")
        self._demand(said, "group_children_count", "Put how many are under 18; 0 is fine.")
        people, children = said.get("group_people_count"), said.get("group_children_count")
        if people is not None and children is not None and children >= people:
            words = "At least one of you is 18 or over: put fewer than come in all."
            self.add_error("group_children_count", words)
        return said

    def _demand(self, said: dict[str, Any], name: str, words: str) -> None:
        if said.get(name) in (None, "") and name not in self.errors:
            self.add_error(name, words)


class LikesForm(forms.Form):
    """What they would enjoy, when, and how far they would go."""

    interests = forms.MultipleChoiceField(
        label="Pick anything that sounds like you",
        choices=[(one.slug, one.label) for one in INTERESTS.values()],
        widget=InterestChips,
        error_messages={**_PICK, "required": "Pick at least one."},
        help_text="One is enough. There is no promise to keep.",
    )
    languages = forms.MultipleChoiceField(
        label="Languages you are at home in",
        choices=list(LANGUAGES.items()),
        widget=Chips,
        required=False,
        error_messages=_PICK,
    )
    times = forms.MultipleChoiceField(
        label="When could you?",
        choices=list(TIMES.items()),
        widget=WeekTable,
        required=False,
        error_messages=_PICK,
    )
    postcode = forms.CharField(
        label="Your postcode",
        max_length=12,
        widget=forms.TextInput({"autocomplete": "postal-code", "class": "in short"}),
        error_messages={"required": "Put a postcode, such as M33 2DH."},
        help_text="Used once to find a rough area of about a mile, and not kept. Others "
        "see that area, always the same one.",
    )
    travel_m = forms.TypedChoiceField(
        label="How far would you go?",
        choices=Travel.choices,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages=_CHOOSE,
    )

    def __init__(self, *args: Any, age_band: str = AgeBand.ADULT, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.place: MaskedPlace | None = None
        self.is_young = age_band != AgeBand.ADULT
        if self.is_young:
            self.fields["postcode"].label = "The first half of your postcode"
            self.fields["postcode"].help_text = "Such as M33. The rest we do not want."
            self.fields["postcode"].error_messages["required"] = (
                "Put the first half of your postcode, such as M33."
            )

    def clean_postcode(self) -> str:
        """Find the rough place; of somebody under 18 the district alone."""
        typed: str = self.cleaned_data["postcode"]
        try:
            self.place = find_place(typed, is_young=self.is_young)
        except ValidationError as error:
            raise ValidationError(error.messages) from error
        return typed


class ReachForm(GuardedText, forms.Form):
    """A name, an address, and of the young the adult who answers for them."""

    guarded = ("offer",)

    name = NameField(
        label="Your first name",
        max_length=60,
        widget=forms.TextInput({"autocomplete": "given-name"}),
    )
    email = forms.EmailField(
        label="Your e-mail",
        widget=forms.EmailInput({"autocomplete": "email"}),
        error_messages=_MAIL,
        help_text="We send you a link, to see that it is yours.",
    )
    phone = forms.CharField(
        label="A telephone number",
        max_length=20,
        required=False,
        validators=[PHONE],
        widget=forms.TextInput({"type": "tel", "autocomplete": "tel"}),
        help_text="Only if you like to be rung.",
    )
    adult_name = NameField(
        label="The name of your parent, carer or group leader",
        max_length=120,
        help_text="They have to be 18 or over.",
    )
    adult_relation = forms.ChoiceField(
        label="Who are they to you?",
        choices=Guardian.Relation.choices,
        widget=forms.RadioSelect,
        error_messages=_CHOOSE,
    )
    adult_email = forms.EmailField(
        label="Their e-mail",
        error_messages=_MAIL,
        help_text="We ask them for a yes. Until they give it, nothing goes on.",
    )
    offer = forms.CharField(
        label="What could you offer?",
        max_length=300,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text="In your own words, if you like: “I play the accordion”. Nothing about "
        "anybody’s health, and nobody else’s name.",
    )

    def __init__(
        self, *args: Any, age_band: str = AgeBand.ADULT, own_email: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.own_email = own_email
        if age_band == AgeBand.ADULT:
            for name in ("adult_name", "adult_relation", "adult_email"):
                del self.fields[name]
        else:
            del self.fields["phone"]
        if age_band == AgeBand.CHILD:
            self._ask_the_adult()
        elif own_email:
            del self.fields["email"]

    def _ask_the_adult(self) -> None:
        del self.fields["email"]
        words = {
            "name": ("The child’s first name", "Only the first name."),
            "adult_name": ("Your own name", "You have to be 18 or over."),
            "adult_relation": ("Who are you to the child?", ""),
            "adult_email": ("Your e-mail", "We send you a link, to see that it is yours."),
            "offer": ("What could the child offer?", "“Plays the recorder.” Nobody’s name."),
        }
        for name, (label, hint) in words.items():
            self.fields[name].label, self.fields[name].help_text = label, hint
        self.fields["name"].widget.attrs["autocomplete"] = "off"
        self.fields["adult_email"].widget.attrs["autocomplete"] = "email"

    def clean(self) -> dict[str, Any] | None:
        """Refuse an adult with the young person's own address."""
        said = super().clean()
        found = said if said is not None else self.cleaned_data
        own = (self.own_email or str(found.get("email") or "")).lower()
        if "adult_email" in self.fields and own:
            adult = str(found.get("adult_email") or "").lower()
            if adult == own:
                self.add_error("adult_email", "Put the adult’s own address, not yours.")
        return said


class YesForm(forms.Form):
    """What they agree to, word for word; only what is needed is needed."""

    def __init__(self, *args: Any, age_band: str = AgeBand.ADULT, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = {"volunteer_profile": True}
        if age_band == AgeBand.CHILD:
            asked = {"young_volunteer": True}
        elif age_band == AgeBand.ADULT:
            asked["name_to_homes"] = False
        for purpose, is_needed in asked.items():
            self.fields[purpose] = forms.BooleanField(
                label=wording(purpose),
                required=is_needed,
                error_messages={"required": "Without this yes we may keep nothing."},
            )

    @property
    def agreed(self) -> list[str]:
        """Return the purposes that were ticked."""
        return [purpose for purpose in self.fields if self.cleaned_data.get(purpose)]


def answers_of(who: WhoForm, likes: LikesForm, reach: ReachForm, yes: YesForm) -> Answers:
    """Put the answers of the four steps together; each form is valid."""
    said = {**who.cleaned_data, **likes.cleaned_data, **reach.cleaned_data}
    adult = None
    if "adult_email" in reach.fields:
        adult = Adult(said["adult_name"], said["adult_email"].lower(), said["adult_relation"])
    return Answers(
        name=said["name"],
        age_band=said["age_band"],
        kind=said["kind"],
        group_name=said["group_name"],
        group_people_count=said["group_people_count"],
        group_children_count=said["group_children_count"],
        interests=said["interests"],
        languages=said["languages"],
        times=said["times"],
        travel_m=said["travel_m"],
        place=likes.place,
        offer=said["offer"],
        phone=said.get("phone", ""),
        adult=adult,
        agreed=yes.agreed,
    )

"""The steps of signing up as one form: what other steps hold travels along unseen.

Nothing is kept on the way, neither here nor in a session: each page carries the answers
of the others in hidden fields, and at the end every step is checked anew.
"""

from typing import Any, Final, cast

from django import forms
from django.http import QueryDict

from fans.people.models import Person
from fans.people.volunteers.answers import Answers
from fans.people.volunteers.forms.sign_up import (
    LikesForm,
    ReachForm,
    WhoForm,
    YesForm,
    answers_of,
)
from fans.people.volunteers.models import AgeBand
from intake.guarded import KEEP

FIRST: Final = 1
LAST: Final = 4
TRAP: Final = "website"
"""A field that people do not see, and that machines fill in."""

_OWN: Final = {"csrfmiddlewaretoken", "step", "go", TRAP}
_ALL: Final = (
    *WhoForm.base_fields,
    *LikesForm.base_fields,
    *ReachForm.base_fields,
    KEEP,
    "volunteer_profile",
    "name_to_homes",
    "young_volunteer",
)


class Steps:
    """The four forms over one set of data."""

    def __init__(self, data: QueryDict, *, person: Person | None) -> None:
        self.data = data
        age = data.get("age_band", "")
        self.age_band = age if age in AgeBand.values else AgeBand.ADULT.value
        self.own_email = (person.email or "") if person else ""
        self.name = person.name.split()[0] if person and person.name else ""

    @property
    def sent(self) -> int:
        """Return the step that was sent; the first for anything that is none."""
        step = self.data.get("step", "")
        return int(step) if step in {"1", "2", "3", "4"} else FIRST

    def filled(self, step: int) -> forms.Form:
        """Return a step's form as it was sent, to be checked."""
        return self._form(step, self.data)

    def shown(self, step: int) -> forms.Form:
        """Return a step's form with what was said of it so far, unchecked."""
        return self._form(step, None, initial=self._initial(step))

    def carried(self, step: int) -> list[tuple[str, str]]:
        """Return what the other steps hold, as names and values of hidden fields."""
        here = {*self.filled(step).fields, *([KEEP] if step == 3 else [])}
        return [
            (name, value)
            for name in _ALL
            if name not in here
            for value in self.data.getlist(name)
        ]

    def first_wrong(self) -> int | None:
        """Return the first step that does not hold; None where all do."""
        steps = range(FIRST, LAST + 1)
        return next((step for step in steps if not self.filled(step).is_valid()), None)

    def answers(self) -> Answers:
        """Return what was said in all; every step holds."""
        found = [self.filled(step) for step in range(FIRST, LAST + 1)]
        for form in found:
            form.is_valid()
        who, likes, reach, yes = found
        return answers_of(
            cast(WhoForm, who),
            cast(LikesForm, likes),
            cast(ReachForm, reach),
            cast(YesForm, yes),
        )

    def email(self) -> str:
        """Return the address that the offer is confirmed from."""
        name = "adult_email" if self.age_band == AgeBand.CHILD else "email"
        return self.data.get(name, "").strip().lower()

    def _form(self, step: int, data: Any, **more: Any) -> forms.Form:
        if step == FIRST:
            return WhoForm(data, **more)
        more["age_band"] = self.age_band
        if step == 2:
            return LikesForm(data, **more)
        if step == LAST:
            return YesForm(data, **more)
        return ReachForm(data, own_email=self.own_email, **more)

    def _initial(self, step: int) -> dict[str, Any]:
        initial: dict[str, Any] = {"kind": "alone", "name": self.name}
        for name, field in self.filled(step).fields.items():
            if name in self.data:
                many = isinstance(field, forms.MultipleChoiceField)
                initial[name] = self.data.getlist(name) if many else self.data[name]
        return initial

"""The form of the kinds of mail that somebody wants."""

from typing import Any

from django import forms

from fans.people.models import Person
from fans.people.post import receivers
from fans.people.post.addresses import hash_of_address
from fans.people.post.models import EVERY_KIND, STOPPABLE


class WantedForm(forms.Form):
    """One box for each kind that can be stopped."""

    kinds = forms.MultipleChoiceField(
        label="Which mail do you want?",
        choices=[(kind.value, kind.label) for kind in STOPPABLE],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Codes, links and news of your account always come: you ask for them.",
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stopped = receivers.stopped_kinds(hash_of_address(person.email or ""))
        every = EVERY_KIND in stopped
        self.fields["kinds"].initial = [
            kind.value for kind in STOPPABLE if not every and kind not in stopped
        ]

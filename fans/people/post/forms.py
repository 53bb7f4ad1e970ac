"""The form of the kinds of mail that somebody wants."""

from typing import Any

from django import forms

from fans.people.models import Person
from fans.people.post import receivers
from fans.people.post.addresses import hash_of_address
from fans.people.post.models import EVERY_KIND, STOPPABLE


class WantedForm(forms.Form):
    """One box for each kind that can be stopped."""

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stopped = receivers.stopped_kinds(hash_of_address(person.email or ""))
        for kind in STOPPABLE:
            self.fields[kind.value] = forms.BooleanField(
                label=kind.label,
                required=False,
                initial=EVERY_KIND not in stopped and kind not in stopped,
            )

    def wanted(self) -> set[str]:
        """Return the kinds that were chosen."""
        return {kind for kind, chosen in self.cleaned_data.items() if chosen}

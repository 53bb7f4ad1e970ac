"""What adults who answer for somebody under 18 are asked, and the young of them."""

from typing import Any

from django import forms

from fans.people.volunteers.answers import Adult
from fans.people.volunteers.forms.sign_up import NameField
from fans.people.volunteers.models import Guardian


class AddressForm(forms.Form):
    """Where to send a new link."""

    email = forms.EmailField(
        label="Your e-mail",
        widget=forms.EmailInput({"autocomplete": "email"}),
        help_text="The one that we wrote to before.",
    )


class AskAdultForm(forms.Form):
    """Whom to ask for a yes."""

    name = NameField(
        label="Their name", max_length=120, help_text="They have to be 18 or over."
    )
    relation = forms.ChoiceField(
        label="Who are they to you?",
        choices=Guardian.Relation.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one.", "invalid_choice": "Choose one of these."},
    )
    email = forms.EmailField(label="Their e-mail")

    def __init__(self, *args: Any, own_email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.own_email = own_email.lower()

    def clean_email(self) -> str:
        """Refuse the young person's own address."""
        address = str(self.cleaned_data["email"]).lower()
        if address == self.own_email:
            raise forms.ValidationError("Put the adult’s own address, not yours.")
        return address

    def adult(self) -> Adult:
        """Return whom to ask; the form is valid."""
        said = self.cleaned_data
        return Adult(said["name"], said["email"], said["relation"])

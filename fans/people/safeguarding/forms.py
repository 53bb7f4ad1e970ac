"""What is asked on the page "Worried about someone?": where, and nothing else."""

from django import forms


class FindForm(forms.Form):
    """A postcode or the name of a council."""

    q = forms.CharField(
        label="Where is the person?",
        max_length=80,
        required=False,
        help_text="A postcode, or the name of the council. Nothing else: do not tell us "
        "what happened.",
        widget=forms.TextInput({"autocomplete": "off"}),
    )

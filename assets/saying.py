"""Puts a service's refusal where the person who filled the form can see it."""

from django.core.exceptions import ValidationError
from django.forms import Form

from assets.errors import AssetError


def say(form: Form, error: AssetError | ValidationError) -> None:
    """Add a refusal to the form's errors, beside its field where it names one."""
    if isinstance(error, AssetError):
        form.add_error(error.field if error.field in form.fields else None, str(error))
        return
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, said in error.message_dict.items():
        form.add_error(name if name in form.fields else None, said)

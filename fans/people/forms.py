"""The forms of signing in, in this site's own words."""

from typing import Any, Final

from allauth.account import forms

LABELS: Final = {
    "login": "E-mail",
    "email": "E-mail",
    "password": "Password",
    "oldpassword": "Your password now",
    "password1": "New password",
    "password2": "New password once more",
    "remember": "Stay signed in on this device for two weeks",
    "code": "Code",
}
HINTS: Final = {
    "password1": "10 characters or more. Three or four words that do not belong together "
    "are good. Not the name of the programme or of your home.",
    "code": "From the message that we sent you.",
}


class PlainWords:
    """Gives the fields our labels and hints, and no placeholders that vanish on typing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields  # type: ignore[attr-defined]
        for name, field in fields.items():
            field.label = LABELS.get(name, field.label)
            field.help_text = HINTS.get(name, "")
            field.widget.attrs.pop("placeholder", None)
            if name in ("login", "email"):
                field.widget.attrs["autocomplete"] = "username"


class SignInForm(PlainWords, forms.LoginForm):  # type: ignore[misc]
    """E-mail and password."""


class ChangePasswordForm(PlainWords, forms.ChangePasswordForm):  # type: ignore[misc]
    """The password now, and the new one."""


class SetPasswordForm(PlainWords, forms.SetPasswordForm):  # type: ignore[misc]
    """A first password for somebody who signed in by code."""


class ResetPasswordForm(PlainWords, forms.ResetPasswordForm):  # type: ignore[misc]
    """Where to send the link for a new password."""


class ResetPasswordKeyForm(PlainWords, forms.ResetPasswordKeyForm):  # type: ignore[misc]
    """The new password, after following the link."""


class RequestLoginCodeForm(PlainWords, forms.RequestLoginCodeForm):  # type: ignore[misc]
    """Where to send the code."""


class ConfirmLoginCodeForm(PlainWords, forms.ConfirmLoginCodeForm):  # type: ignore[misc]
    """The code."""


class ReauthenticateForm(PlainWords, forms.ReauthenticateForm):  # type: ignore[misc]
    """The password once more."""

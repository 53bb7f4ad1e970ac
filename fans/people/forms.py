"""The forms of signing in, in this site's own words."""

from collections.abc import Callable
from typing import Any, Final

from allauth.account import forms
from allauth.mfa.base import forms as second_step
from allauth.mfa.totp import forms as app
from allauth.mfa.webauthn import forms as keys
from django.core.exceptions import ValidationError

LABELS: Final = {
    "login": "E-mail",
    "email": "E-mail",
    "password": "Password",
    "oldpassword": "Your password now",
    "password1": "New password",
    "password2": "New password once more",
    "remember": "Stay signed in on this device for two weeks",
    "code": "Code",
    "name": "What shall we call it?",
    "passwordless": "Sign in with it alone",
}
HINTS: Final = {
    "password1": "10 characters or more. Three or four words that do not belong together "
    "are good. Not the name of the programme or of your home.",
    "code": "From the message that we sent you.",
    "name": "So that you know it among several: my phone, the office computer.",
    "passwordless": "Your device asks for your finger, face or PIN instead of a password.",
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


class SecondStepForm(PlainWords, second_step.AuthenticateForm):  # type: ignore[misc]
    """The code of the app, or one kept for the day that the phone is lost."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[
            "code"
        ].help_text = "Six figures from your app, or one of the codes that you put away."
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class SecondStepAgainForm(SecondStepForm, second_step.ReauthenticateForm):  # type: ignore[misc]
    """The same, before something that changes the account."""


class AddAppForm(PlainWords, app.ActivateTOTPForm):  # type: ignore[misc]
    """The first code of a new app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = "The code that the app shows"
        self.fields["code"].help_text = "Six figures; a new one every half minute."
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class WholeCredential:
    """Refuses what no browser sends, where allauth would look for parts that are missing."""

    def clean(self) -> Any:
        """Check a new passkey."""
        return _whole(super().clean)  # type: ignore[misc]

    def clean_credential(self) -> Any:
        """Check the answer of a passkey; a new one is checked as a whole."""
        check = getattr(super(), "clean_credential", None)
        fields: dict[str, Any] = self.cleaned_data  # type: ignore[attr-defined]
        return _whole(check) if check else fields["credential"]


def _whole(check: Callable[[], Any]) -> Any:
    try:
        return check()
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        raise ValidationError("This is not what a passkey answers. Try once more.") from error


class PasskeySignInForm(WholeCredential, keys.LoginWebAuthnForm):  # type: ignore[misc]
    """A passkey's answer, in place of address and password."""


class PasskeyStepForm(WholeCredential, keys.AuthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey's answer, as the second step."""


class PasskeyAgainForm(WholeCredential, keys.ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """The same, before something that changes the account."""


class AddKeyForm(WholeCredential, PlainWords, keys.AddWebAuthnForm):  # type: ignore[misc]
    """A new passkey; one that signs in alone unless somebody says otherwise."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].initial = True
        self.fields["name"].required = True
        self.fields["name"].initial = self.initial["name"] = ""


class RenameKeyForm(PlainWords, keys.EditWebAuthnForm):  # type: ignore[misc]
    """Another name for a passkey."""

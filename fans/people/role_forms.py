"""The forms of inviting somebody, and of saying yes."""

import datetime as dt
from typing import Any, Final

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone

from fans.people.giving import scopes_to_give
from fans.people.models import Invitation, Person, Role, scope_key

MOST_SHOWN: Final = 12
A_YEAR: Final = dt.timedelta(days=365)
LONGEST: Final = dt.timedelta(days=2 * 366)
WHERE: Final = {"home": "Which home?", "cohort": "Which cohort?", "area": "Which area?"}
NOT_THERE: Final = "You may not give this role there, or it is gone. Choose one of these."


class InviteForm(forms.Form):
    """Whom, for what, and until when; the role was chosen before."""

    email = forms.EmailField(
        label="E-mail",
        help_text="Of one person. Only whoever reads this mailbox can say yes.",
        widget=forms.EmailInput({"autocomplete": "off"}),
    )
    until = forms.DateField(
        label="Until",
        required=False,
        help_text="The last day. You can let it run on later.",
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(
        self, *args: Any, by: Person, role: str, words: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        self.fields["until"].initial = today + A_YEAR
        # Whoever administers the site may do so until somebody ends it.
        self.fields["until"].required = role != Role.ADMINISTRATOR
        if role == Role.ADMINISTRATOR:
            self.fields["until"].initial = None
        self.words, self.count = words, 0
        if scope_key(role):
            self._offer(by, role, words)
        self.order_fields(["scope", "email", "until"])

    def _offer(self, by: Person, role: str, words: str) -> None:
        """Offer the first of what may be chosen; anything allowed is taken."""
        allowed = scopes_to_give(by, role).order_by("name", "pk")
        found = allowed.filter(name__icontains=words) if words else allowed
        self.count = found.count()
        field = forms.ModelChoiceField(
            allowed,
            label=WHERE.get(scope_key(role), "Which place?"),
            empty_label=None,
            widget=forms.RadioSelect,
            error_messages={"required": "Choose one.", "invalid_choice": NOT_THERE},
        )
        self.fields["scope"] = field
        offered = list(found[:MOST_SHOWN])
        sent = str(self.data.get("scope", ""))
        if sent.isdecimal() and len(sent) < 18 and all(str(o.pk) != sent for o in offered):
            offered += list(allowed.filter(pk=sent))
        field.widget.choices = [(one.pk, str(one)) for one in offered]
        if len(offered) == 1:
            field.initial = offered[0].pk

    @property
    def is_cut(self) -> bool:
        """Say whether there is more to choose from than is shown."""
        return self.count > MOST_SHOWN

    def clean_until(self) -> dt.date | None:
        """Refuse a day that is over, and one so far off that nobody would look again."""
        until: dt.date | None = self.cleaned_data["until"]
        today = timezone.localdate()
        if until and until < today:
            raise ValidationError("This day is over.")
        if until and until > today + LONGEST:
            raise ValidationError("Two years at most; it can be let run on.")
        return until


class AcceptForm(forms.Form):
    """A name, and a password for those who want one."""

    name = forms.CharField(
        label="Your name",
        max_length=120,
        widget=forms.TextInput({"autocomplete": "name"}),
        help_text="As the people you work with know you.",
    )
    password = forms.CharField(
        label="A password",
        required=False,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        help_text="Leave it open to sign in with a code by mail each time. "
        "Otherwise 10 characters or more: three or four words that do not belong together.",
    )

    def __init__(self, *args: Any, invitation: Invitation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.invitation = invitation

    def clean_password(self) -> str | None:
        """Refuse a weak password; none at all means signing in by code."""
        password: str = self.cleaned_data["password"]
        if not password:
            return None
        somebody = Person(email=self.invitation.email, name=self.cleaned_data.get("name", ""))
        validate_password(password, somebody)
        return password

"""Who needs a second step at sign-in, who has one, and how its secrets are kept."""

import base64
import hashlib
from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.utils.encoding import force_bytes

from fans.people.models import Person
from fans.people.permissions import memberships_of
from fans.people.table import PERSON_LEVEL

STRONG = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""What counts as a second step; recovery codes only stand in for one."""


def needs_second_factor(person: Person) -> bool:
    """Say whether one of a person's roles today needs a second step; the demo's never."""
    if not settings.SECOND_FACTOR_REQUIRED or person.is_demo:
        return False
    return any(membership.role in PERSON_LEVEL for membership in memberships_of(person))


def has_second_factor(person: Person) -> bool:
    """Say whether a person has set up an app, a passkey or a security key."""
    return bool(Authenticator.objects.filter(user=person, type__in=STRONG).exists())


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Keeps secrets unreadable in the database, and the last second step where it is needed."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": "Your role needs a second step. "
        "Add another one before you remove this.",
        "incorrect_code": "This code is not right, or it was used already.",
    }

    def encrypt(self, text: str) -> str:
        """Encrypt with a key that follows from SECRET_KEY."""
        return _fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Decrypt, also what an earlier SECRET_KEY (SECRET_KEY_FALLBACKS) encrypted."""
        return _fernet().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Refuse to remove the last second step of somebody whose role needs one."""
        if authenticator.type not in STRONG or not needs_second_factor(authenticator.user):
            return True
        others = Authenticator.objects.filter(user=authenticator.user, type__in=STRONG)
        return bool(others.exclude(pk=authenticator.pk).exists())

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        """Name a key that somebody left without a name."""
        held = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return f"Passkey {held + 1}"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Show the site's own name where a device asks for the passkey."""
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return {**entity, "name": settings.MFA_TOTP_ISSUER}


def _fernet() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_key(secret)) for secret in keys])


def _key(secret: str | bytes) -> bytes:
    # Its own purpose, so that the same secret signs and encrypts with different keys.
    digest = hashlib.sha256(b"fans.people.second_factor:" + force_bytes(secret)).digest()
    return base64.urlsafe_b64encode(digest)

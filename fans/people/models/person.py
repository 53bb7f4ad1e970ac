"""People, with an account or without."""

from typing import Any, ClassVar

import pghistory
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower


class PersonManager(BaseUserManager["Person"]):
    """Makes people; an e-mail address is kept in lower case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        """Make a person who can sign in with ``email``."""
        if not email:
            raise ValueError("An account needs an e-mail address.")
        person = self.model(email=email.lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def get_by_natural_key(self, username: str | None) -> "Person":
        """Find a person by address, whatever its case."""
        return self.get(email=(username or "").lower())


@pghistory.track(exclude=["password", "last_login"])
class Person(AbstractBaseUser):
    """Somebody who takes part. Residents have no account and are never named.

    Someone without an account (a child under 16, an invited guest) has no address
    and cannot sign in. What a person may do follows from memberships alone.
    """

    email = models.EmailField("e-mail address", unique=True, null=True, blank=True)
    name = models.CharField(max_length=120, blank=True)
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    date_joined = models.DateTimeField(auto_now_add=True)

    objects = PersonManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name_plural = "people"
        constraints = [
            models.CheckConstraint(
                condition=Q(email__isnull=True) | ~Q(email=""),
                name="people_person_email_or_null",
            ),
            models.CheckConstraint(
                condition=Q(email__isnull=True) | Q(email=Lower("email")),
                name="people_person_email_lower_case",
                violation_error_message="An e-mail address is kept in lower case.",
            ),
        ]

    def __str__(self) -> str:
        return display_name(self)

    @property
    def is_staff(self) -> bool:
        """Say whether Django's admin opens: for administrators."""
        return self.has_perm("site.administer")

    def has_perm(self, action: str, obj: object = None) -> bool:
        """Ask the permission table; see ``fans.people.permissions``."""
        from fans.people.permissions import allows  # noqa: PLC0415 (the table names models)

        return self.is_active and allows(self, action, obj)

    def has_perms(self, actions: "list[str]", obj: object = None) -> bool:
        """Say whether every one of ``actions`` is allowed."""
        return all(self.has_perm(action, obj) for action in actions)

    def has_module_perms(self, app_label: str) -> bool:
        """Say whether the admin shows an application: for administrators."""
        return self.has_perm("site.administer")


def display_name(person: Person) -> str:
    """Return how a person is greeted: their name, else the first half of the address."""
    return person.name or (person.email or "").partition("@")[0] or "Somebody"

"""People with an account, and the roles they hold for a time and a scope."""

import datetime as dt
from typing import Any, ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from assets.models import Asset
from fans.cohorts.models import Cohort
from geo.models import Area
from homes.models import Home


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


class Role(models.TextChoices):
    """What somebody does in the programme."""

    MANAGER = "manager", "Home manager"
    COORDINATOR = "coordinator", "Activity coordinator"
    CHAMPION = "champion", "Community champion"
    NAVIGATOR = "navigator", "Community navigator"
    VOLUNTEER = "volunteer", "Volunteer"
    VOLUNTEER_LEAD = "volunteer_lead", "Volunteer lead"
    PARTNER = "partner", "Community partner"
    RELATIVE = "relative", "Relative or friend"
    FACILITATOR = "facilitator", "Facilitator"
    COMMISSIONER = "commissioner", "Commissioner"
    RESEARCHER = "researcher", "Researcher"
    PROVIDER = "provider", "Provider head office"
    ADMINISTRATOR = "administrator", "Administrator"


HOME_ROLES = ("manager", "coordinator", "relative", "navigator", "provider")
COHORT_ROLES = ("facilitator", "researcher")
AREA_ROLES = ("champion", "volunteer_lead", "commissioner")
ASSET_ROLES = ("partner",)
UNSCOPED_ROLES = ("volunteer", "administrator")


def _scoped(roles: tuple[str, ...], scope: str) -> models.CheckConstraint:
    """Demand that exactly ``scope`` is set for ``roles`` ('' for none)."""
    keys = {f"{key}__isnull": key != scope for key in ("home", "cohort", "area", "asset")}
    return models.CheckConstraint(
        condition=~Q(role__in=roles) | Q(**keys),
        name=f"people_membership_{scope or 'no'}_scope",
        violation_error_message="This role needs another scope.",
    )


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Memberships by time."""

    def on(self, day: dt.date) -> Self:
        """Keep memberships that hold on ``day``, both ends included."""
        not_over = Q(until__isnull=True) | Q(until__gte=day)
        return self.filter(not_over, from_on__lte=day)


class Membership(models.Model):
    """One role of one person, for one scope, from a day until a day (included)."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=14, choices=Role)
    home = models.ForeignKey(Home, models.CASCADE, null=True, blank=True, related_name="+")
    cohort = models.ForeignKey(Cohort, models.CASCADE, null=True, blank=True, related_name="+")
    area = models.ForeignKey(Area, models.CASCADE, null=True, blank=True, related_name="+")
    asset = models.ForeignKey(Asset, models.CASCADE, null=True, blank=True, related_name="+")
    from_on = models.DateField("from", db_column="from")
    until = models.DateField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["person", "role", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=Role.values), name="people_membership_role_known"
            ),
            _scoped(HOME_ROLES, "home"),
            _scoped(COHORT_ROLES, "cohort"),
            _scoped(AREA_ROLES, "area"),
            _scoped(ASSET_ROLES, "asset"),
            _scoped(UNSCOPED_ROLES, ""),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("from_on")),
                name="people_membership_ordered",
            ),
            models.UniqueConstraint(
                fields=["person", "role", "home", "cohort", "area", "asset"],
                condition=Q(until__isnull=True),
                nulls_distinct=False,
                name="people_membership_held_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_role_display()}"


class OutboxMail(models.Model):
    """A mail that did not leave: the demo, or an installation without a transport."""

    to = models.CharField(max_length=500)
    subject = models.CharField(max_length=300)
    body = models.TextField()
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-written_at", "-pk"]

    def __str__(self) -> str:
        return self.subject

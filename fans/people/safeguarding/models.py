"""The councils' own numbers."""

from typing import Self

import pghistory
from django.contrib.gis.geos import Point
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from geo.models import Area, AreaKind

# Digits and spaces as people write them, in the country or from abroad.
PHONE = r"^\+?[0-9][0-9 ]{1,18}[0-9]$"


class ContactQuerySet(models.QuerySet["Contact"]):
    """Contacts by place and by name."""

    def responsible(self, *, at: Point | None, council: str = "") -> Self:
        """Keep contacts whose area holds a point, or whose council is called so.

        The likeliest first: a council by its area, then a county, then a mere name.
        """
        named = Q(council__iexact=council) | Q(council__iexact=f"{council} Council")
        here = Q(area__boundary__intersects=at) if at else Q(pk__in=[])
        rank = models.Case(
            models.When(here & Q(area__kind=AreaKind.LOCAL_AUTHORITY), then=0),
            models.When(here & Q(area__kind=AreaKind.COUNTY), then=1),
            models.When(here, then=2),
            default=3,
        )
        wanted = here | named if council else here
        return self.filter(wanted).order_by(rank, "pk")

    def called(self, words: str) -> Self:
        """Keep contacts in whose council's or area's name every word occurs."""
        found = self
        for word in words.split():
            found = found.filter(Q(council__icontains=word) | Q(area__name__icontains=word))
        return found.order_by("council", "pk")


@pghistory.track()
class Contact(models.Model):
    """Whom to call at one council when an adult may be at risk."""

    council = models.CharField(max_length=120, help_text="Such as: Trafford Council")
    area = models.OneToOneField(
        Area,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="Pages about homes and places in it show these numbers.",
    )
    phone = models.CharField("in office hours", max_length=20, blank=True)
    phone_out_of_hours = models.CharField("at other times", max_length=20, blank=True)
    web = models.URLField("page", max_length=300, blank=True, help_text="Begins with https://")
    checked_on = models.DateField(help_text="The day somebody last called or looked it up.")
    is_demo = models.BooleanField(default=False, editable=False)

    objects = ContactQuerySet.as_manager()

    class Meta:
        ordering = ["council", "pk"]
        constraints = [
            models.UniqueConstraint(Lower("council"), name="safeguarding_contact_council_once"),
            models.CheckConstraint(
                condition=~Q(council=""), name="safeguarding_contact_council_named"
            ),
            models.CheckConstraint(
                condition=~Q(phone="") | ~Q(phone_out_of_hours=""),
                name="safeguarding_contact_has_a_number",
                violation_error_message="Put one telephone number at least.",
            ),
            models.CheckConstraint(
                condition=Q(phone="") | Q(phone__regex=PHONE),
                name="safeguarding_contact_phone_shape",
                violation_error_message="Put a telephone number: digits and spaces alone.",
            ),
            models.CheckConstraint(
                condition=Q(phone_out_of_hours="") | Q(phone_out_of_hours__regex=PHONE),
                name="safeguarding_contact_other_phone_shape",
                violation_error_message="Put a telephone number: digits and spaces alone.",
            ),
            models.CheckConstraint(
                condition=Q(web="") | Q(web__startswith="https://"),
                name="safeguarding_contact_web_safe",
                violation_error_message="The page must begin with https://",
            ),
        ]

    def __str__(self) -> str:
        return self.council

    @property
    def dial(self) -> str:
        """Return the digits of the first number, for a link."""
        return self.phone.replace(" ", "")

    @property
    def dial_out_of_hours(self) -> str:
        """Return the digits of the second number, for a link."""
        return self.phone_out_of_hours.replace(" ", "")

    def clean(self) -> None:
        """Write the numbers with single spaces."""
        self.phone = " ".join(self.phone.split())
        self.phone_out_of_hours = " ".join(self.phone_out_of_hours.split())

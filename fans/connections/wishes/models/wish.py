"""A wish of somebody in a home, pegged up without a name."""

import datetime as dt
from typing import Any, Final, Self

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from fans.connections.models import Connection
from fans.connections.wishes.tags import MOST_TAGS, SLUGS, labels_of
from homes.models import Home

UNDO_WINDOW: Final = dt.timedelta(minutes=10)
"""How long a wish can be taken off again as if it had never hung there."""


class FromWhom(models.TextChoices):
    """Whose voice it is."""

    RESIDENT = "resident", "Somebody who lives here"
    RELATIVE = "relative", "A relative or friend"
    STAFF = "staff", "Staff"


class HowMany(models.TextChoices):
    """For how many people: a band, for a number could tell who."""

    ONE = "one", "One person"
    FEW = "few", "A few people"
    MANY = "many", "Many people"


class WishStatus(models.TextChoices):
    """Where it hangs."""

    OPEN = "open", "Open"
    GRANTED = "granted", "Granted"
    LET_GO = "let_go", "Let go"


class LetGoWhy(models.TextChoices):
    """Why nobody waits for it any more: one of these, never words."""

    NO_LONGER = "no_longer", "It is no longer wished"
    DONE = "done", "It came true another way"
    TWICE = "twice", "It hung there twice"
    CANNOT = "cannot", "We can’t make it happen"


class WishQuerySet(models.QuerySet["Wish"]):
    """Wishes by home, state and theme."""

    def open(self) -> Self:
        """Keep those that wait."""
        return self.filter(status=WishStatus.OPEN)

    def granted(self) -> Self:
        """Keep those that came true."""
        return self.filter(status=WishStatus.GRANTED)

    def let_go(self) -> Self:
        """Keep those that nobody waits for any more."""
        return self.filter(status=WishStatus.LET_GO)

    def of_home(self, home: Home) -> Self:
        """Keep one home's."""
        return self.filter(home=home)

    def of_homes(self, homes: Any) -> Self:
        """Keep those of some homes: a queryset, or ids."""
        return self.filter(home__in=homes)

    def about(self, tag: str) -> Self:
        """Keep those with one tag."""
        return self.filter(tags__contains=[tag])

    def waiting_since(self, day: dt.date) -> Self:
        """Keep open ones that were pegged up on ``day`` or before."""
        return self.open().filter(taken_on__lte=day)


@pghistory.track()
class Wish(models.Model):
    """What somebody in a home would love: their words, and nothing that tells who."""

    home = models.ForeignKey(Home, models.PROTECT, related_name="wishes")
    # Empty once it is kept no longer: the counts stay.
    text = models.CharField(max_length=200, blank=True)
    tags = ArrayField(models.CharField(max_length=12), default=list, blank=True)
    from_whom = models.CharField(max_length=8, choices=FromWhom, default=FromWhom.RESIDENT)
    how_many = models.CharField(max_length=4, choices=HowMany, default=HowMany.ONE)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    taken_on = models.DateField()
    pegged_at = models.DateTimeField(auto_now_add=True)
    status = models.CharField(max_length=7, choices=WishStatus, default=WishStatus.OPEN)
    granted_on = models.DateField(null=True, blank=True)
    # Only where a log entry granted it; a day alone will do.
    connection = models.ForeignKey(
        Connection, models.PROTECT, null=True, blank=True, related_name="granted_wishes"
    )
    let_go_on = models.DateField(null=True, blank=True)
    let_go_why = models.CharField(max_length=9, choices=LetGoWhy, blank=True)
    # The day on which its words went: they are kept for a time only.
    words_gone_on = models.DateField(null=True, blank=True)
    # The same form sent twice is one wish.
    client_uuid = models.UUIDField(null=True, blank=True, unique=True)

    objects = WishQuerySet.as_manager()

    class Meta:
        ordering = ["-taken_on", "-pk"]
        verbose_name_plural = "wishes"
        indexes = [
            models.Index(fields=["home", "status", "-taken_on"], name="wishes_home_status"),
            models.Index(
                fields=["taken_on"], condition=Q(status="open"), name="wishes_open_since"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=WishStatus.values), name="wishes_wish_status_known"
            ),
            models.CheckConstraint(
                condition=Q(from_whom__in=FromWhom.values), name="wishes_wish_voice_known"
            ),
            models.CheckConstraint(
                condition=Q(how_many__in=HowMany.values), name="wishes_wish_band_known"
            ),
            models.CheckConstraint(
                condition=Q(tags__contained_by=list(SLUGS)),
                name="wishes_wish_tags_known",
                violation_error_message="Choose tags of the list.",
            ),
            models.CheckConstraint(
                condition=Q(tags__len__lte=MOST_TAGS),
                name="wishes_wish_few_tags",
                violation_error_message=f"Choose at most {MOST_TAGS} tags.",
            ),
            models.CheckConstraint(
                condition=~Q(text="") | Q(words_gone_on__isnull=False),
                name="wishes_wish_has_words",
                violation_error_message="Put what would be lovely.",
            ),
            # A wish that waits cannot be read without its words.
            models.CheckConstraint(
                condition=Q(words_gone_on__isnull=True) | (~Q(status="open") & Q(text="")),
                name="wishes_wish_words_gone_when_over",
            ),
            models.CheckConstraint(
                condition=Q(status="granted", granted_on__isnull=False)
                | (~Q(status="granted") & Q(granted_on__isnull=True)),
                name="wishes_wish_granted_when",
            ),
            models.CheckConstraint(
                condition=Q(granted_on__isnull=True) | Q(granted_on__gte=F("taken_on")),
                name="wishes_wish_granted_after",
                violation_error_message="A wish is granted after it was pegged up.",
            ),
            models.CheckConstraint(
                condition=Q(connection__isnull=True) | Q(status="granted"),
                name="wishes_wish_entry_grants",
            ),
            models.CheckConstraint(
                condition=Q(status="let_go", let_go_on__isnull=False)
                & Q(let_go_why__in=LetGoWhy.values)
                | (~Q(status="let_go") & Q(let_go_on__isnull=True, let_go_why="")),
                name="wishes_wish_let_go_when",
            ),
            models.CheckConstraint(
                condition=Q(let_go_on__isnull=True) | Q(let_go_on__gte=F("taken_on")),
                name="wishes_wish_let_go_after",
            ),
        ]

    def __str__(self) -> str:
        return f"A wish at {self.home}"  # never its words: this may reach a log

    def permission_scope(self) -> dict[str, set[int]]:
        """Name the scope that a permission on this wish is asked in."""
        return {"home": {self.home_id}}

    @property
    def is_open(self) -> bool:
        """Say whether it waits."""
        return self.status == WishStatus.OPEN

    @property
    def over_on(self) -> dt.date | None:
        """The day it was granted or let go."""
        return self.granted_on or self.let_go_on

    @property
    def tag_labels(self) -> list[str]:
        """Its tags in words."""
        return labels_of(self.tags)

    def can_be_taken_back(self, at: dt.datetime) -> bool:
        """Say whether it waits and hangs so freshly that it may come off as a slip."""
        return self.is_open and at - self.pegged_at <= UNDO_WINDOW

    def days_waited(self, today: dt.date) -> int:
        """Count the days from pegging up to its end, or to today."""
        return ((self.over_on or today) - self.taken_on).days

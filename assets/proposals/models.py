"""What people without a say suggest, apart from the assets themselves.

Nothing that the public sees is read from here: what waits is by its place nowhere public.
"""

import uuid
from collections.abc import Iterable
from typing import Self

import pghistory
from django.conf import settings
from django.contrib.gis.db import models
from django.contrib.postgres.indexes import GistIndex
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from assets import categories
from assets.models import Asset, OpenState, Visibility
from geo.constraints import location_complete, location_in_uk
from geo.inside import inside_areas
from geo.models import Area, Located
from geo.querysets import LocatedQuerySet


class Kind(models.TextChoices):
    """What is suggested."""

    NEW = "new", "New place"
    CHANGE = "change", "Correction"
    GONE = "gone", "Gone or closed"


class State(models.TextChoices):
    """What became of it."""

    WAITING = "waiting", "Waiting"
    APPROVED = "approved", "Taken"
    REFUSED = "refused", "Not taken"
    WITHDRAWN = "withdrawn", "Taken back by whoever sent it"
    UNDONE = "undone", "Taken, and undone"


def drafts() -> QuerySet[Asset]:
    """Return places that wait for a champion; a person's own gift never can."""
    return Asset.objects.filter(
        visibility=Visibility.DRAFT, state=OpenState.OPEN, merged_into__isnull=True
    ).exclude(category=categories.INDIVIDUAL_GIFT)


class ProposalQuerySet(LocatedQuerySet["Proposal"]):
    """Suggestions by what became of them, and where."""

    def waiting(self) -> Self:
        """Keep what somebody has to decide; a draft that went public needs nobody."""
        of_draft = Q(kind=Kind.NEW, asset__isnull=False)
        return self.filter(
            ~of_draft | Q(asset__in=drafts()),
            Q(asset__isnull=True) | Q(asset__merged_into__isnull=True),
            state=State.WAITING,
        )

    def in_reach(self, *, everywhere: bool, area_ids: Iterable[int]) -> Self:
        """Keep those in the areas named; those without any place only for ``everywhere``."""
        if everywhere:
            return self
        ids = list(area_ids)
        return self.filter(
            Q(inside_areas(ids, column="asset__location"), asset__isnull=False)
            | Q(inside_areas(ids), asset__isnull=True)
        )


# The address leaves no trace: it goes once it was written to.
@pghistory.track(exclude=["contact", "token_hash", "client_uuid"])
class Proposal(Located):
    """A new place, a correction, or that a place is gone, as somebody said it.

    ``location`` is where a new place is said to be, or to where a place is said to have
    moved. A new place with an ``asset`` is one that its writer put in as a draft: its
    facts stand there, and none here.
    """

    kind = models.CharField(max_length=6, choices=Kind)
    asset = models.ForeignKey(
        Asset, models.CASCADE, null=True, blank=True, related_name="proposals"
    )
    # Facts by column, as proposed; and as the writer saw them when proposing.
    values = models.JSONField(default=dict, blank=True)
    before = models.JSONField(default=dict, blank=True)
    # Where it is, for somebody who has neither map nor postcode.
    where_words = models.CharField(max_length=200, blank=True)
    note = models.TextField(max_length=1000, blank=True)
    # The part of the country that it is about: the smallest area there is.
    area = models.ForeignKey(Area, models.SET_NULL, null=True, blank=True, related_name="+")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # A stranger's address, for one mail that tells them the outcome.
    contact = models.EmailField(null=True, blank=True)
    client_uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    refused_words = models.TextField(max_length=600, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    # What an approval wrote, and over what: for undoing just that.
    done = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]
        indexes = [
            GistIndex(fields=["location"], name="proposals_proposal_point_gist"),
            models.Index(
                fields=["created_at"],
                condition=Q(state="waiting"),
                name="proposals_proposal_waiting",
            ),
        ]
        constraints = [
            location_in_uk(),
            location_complete(),
            models.CheckConstraint(
                condition=Q(kind__in=Kind.values), name="proposals_proposal_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=State.values), name="proposals_proposal_state_known"
            ),
            models.CheckConstraint(
                condition=Q(kind="new") | Q(asset__isnull=False),
                name="proposals_proposal_about_something",
            ),
            models.CheckConstraint(
                condition=~Q(kind="new") | Q(before={}),
                name="proposals_proposal_new_was_nothing",
            ),
            models.CheckConstraint(
                condition=~Q(kind="new")
                | Q(asset__isnull=False)
                | Q(values__has_keys=["name", "category"]),
                name="proposals_proposal_new_has_name",
            ),
            models.CheckConstraint(
                condition=~Q(kind="change")
                | ~Q(values={})
                | ~Q(note="")
                | Q(location__isnull=False),
                name="proposals_proposal_change_says_what",
            ),
            models.CheckConstraint(
                condition=~Q(kind="gone") | Q(values={}, location__isnull=True),
                name="proposals_proposal_gone_changes_nothing",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", decided_at__isnull=True)
                | (~Q(state="waiting") & Q(decided_at__isnull=False)),
                name="proposals_proposal_decided_dated",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(refused_words=""),
                name="proposals_proposal_refused_with_words",
            ),
            models.CheckConstraint(
                condition=Q(contact__isnull=True) | Q(state="waiting", made_by__isnull=True),
                name="proposals_proposal_contact_of_stranger_waiting",
            ),
            models.CheckConstraint(
                condition=Q(contact__isnull=True) | Q(contact=Lower("contact")),
                name="proposals_proposal_contact_lower",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.title}"

    @property
    def title(self) -> str:
        """The name of the place, as it stands or as it is said to be."""
        return self.asset.name if self.asset else str(self.values.get("name", ""))

    @property
    def category(self) -> str:
        """The kind of place."""
        return self.asset.category if self.asset else str(self.values.get("category", ""))

    @property
    def is_draft(self) -> bool:
        """Whether it is a place that its writer put in, and nobody has published."""
        return self.kind == Kind.NEW and self.asset_id is not None

    def permission_scope(self) -> dict[str, set[int]]:
        """Name the scope that a permission on it is asked in: the place's own."""
        if self.asset is not None:
            return self.asset.permission_scope()
        if self.location is None:
            return {}
        areas = Area.objects.filter(boundary__intersects=self.location)
        return {"area": set(areas.values_list("pk", flat=True))}

"""A wave's codes, one a group; and sheets that are begun and not sent."""

import datetime as dt
import uuid
from collections.abc import Iterator
from typing import Any, Final, Self

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from fans.openness.models import Language, RespondentGroup, Wave, Way
from fans.openness.respond.letters import letters_from
from fans.people.models import Person

_HASH: Final = "^[0-9a-f]{64}$"

CODE_LENGTH: Final = 8
"""23 letters to choose from: 36 bits, and guessing is slowed (``limits.py``)."""

COME_BACK_LENGTH: Final = 5
"""Of a sheet that is begun; they open it only together with its group's code."""

UNDO_WINDOW: Final = dt.timedelta(minutes=10)

RESTS_AFTER: Final = dt.timedelta(minutes=20)
"""A sheet on a device that others use too is put out of sight after so long."""


def hash_of_code(letters: str, *, secret: str | None = None) -> str:
    """Return what is kept of a code: it is short, so the hash is made under our own key."""
    return _under_key("fans.respond.code", letters, secret)


def hashes_of_code(letters: str) -> list[str]:
    """Return what may be kept of a code, under our key and those that went before it."""
    return [hash_of_code(letters, secret=key) for key in _keys()]


def hash_of_device(wave: Wave, token: str) -> str:
    """Return what is kept of a device: another in each wave, so that it is not followed."""
    return _under_key("fans.respond.device", f"{wave.pk}:{token}", None)


def _under_key(salt: str, text: str, secret: str | None) -> str:
    return salted_hmac(salt, text, secret=secret, algorithm="sha256").hexdigest()


def _keys() -> Iterator[str]:
    yield settings.SECRET_KEY
    yield from map(str, settings.SECRET_KEY_FALLBACKS)


class RespondCodeQuerySet(models.QuerySet["RespondCode"]):
    """Codes by whether somebody has ended them."""

    def live(self) -> Self:
        """Keep those that nobody has ended."""
        return self.filter(ended_at__isnull=True)


@pghistory.track(exclude=["code_hash", "seed"])
class RespondCode(models.Model):
    """The code of one group in one wave.

    The code itself is kept nowhere: it is worked out from ``seed`` and our secret key, so
    that a sheet can be printed again and a copy of the database opens nothing.
    """

    wave = models.ForeignKey(Wave, models.PROTECT, related_name="respond_codes")
    group = models.CharField(max_length=14, choices=RespondentGroup)
    seed = models.UUIDField(default=uuid.uuid4, editable=False)
    code_hash = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = RespondCodeQuerySet.as_manager()

    class Meta:
        ordering = ["wave", "group", "-made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["wave", "group"],
                condition=Q(ended_at__isnull=True),
                name="respond_code_one_a_group",
            ),
            models.CheckConstraint(
                condition=Q(group__in=RespondentGroup.values), name="respond_code_group_known"
            ),
            models.CheckConstraint(
                condition=Q(code_hash__regex=_HASH), name="respond_code_hash_only"
            ),
            models.CheckConstraint(
                condition=Q(ended_by__isnull=True) | Q(ended_at__isnull=False),
                name="respond_code_ended_when",
            ),
        ]

    def __str__(self) -> str:
        return f"Code of {self.get_group_display().lower()}"

    def permission_scope(self) -> dict[str, set[int]]:
        """Name the scopes that a permission on this code is asked in."""
        return self.wave.permission_scope()

    @property
    def letters(self) -> str:
        """The code; "" where the secret key has changed since it was made."""
        for key in _keys():
            letters = letters_of(self.seed, secret=key)
            if constant_time_compare(hash_of_code(letters, secret=key), self.code_hash):
                return letters
        return ""

    def can_be_restored(self, at: dt.datetime) -> bool:
        """Say whether it was ended so lately that this can be taken back."""
        return self.ended_at is not None and at - self.ended_at <= UNDO_WINDOW


def letters_of(seed: uuid.UUID, *, secret: str | None = None) -> str:
    """Return the code that belongs to a seed."""
    return letters_from(_under_key("fans.respond.seed", seed.hex, secret), CODE_LENGTH)


class DraftQuerySet(models.QuerySet["Draft"]):
    """Sheets that are begun."""

    def with_wave(self) -> Self:
        """Read the wave, its home and its instrument along."""
        return self.select_related("code", "wave__enrolment__home", "wave__instrument")


class Draft(models.Model):
    """A sheet that is begun and not sent: by a code, or by somebody in office.

    Not recorded by history: what is sent is, and what is thrown away shall be gone.
    """

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="drafts")
    group = models.CharField(max_length=14, choices=RespondentGroup)
    code = models.ForeignKey(RespondCode, models.CASCADE, null=True, blank=True)
    person = models.ForeignKey(
        Person, models.CASCADE, null=True, blank=True, related_name="sheets_begun"
    )
    token_hash = models.CharField(max_length=64, blank=True, editable=False)
    seed = models.UUIDField(default=uuid.uuid4, editable=False)
    language = models.CharField(max_length=4, choices=Language, default=Language.ENGLISH)
    is_large = models.BooleanField(default=False)
    is_shared = models.BooleanField(default=True)  # the device; nobody else's, if not
    answers = models.JSONField(default=dict, blank=True)  # 0 to 4, or null: rather not said
    how_known = models.JSONField(default=dict, blank=True)
    device = models.CharField(max_length=64, blank=True, editable=False)
    client_uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    begun_at = models.DateTimeField(default=timezone.now)
    touched_at = models.DateTimeField(default=timezone.now)

    objects = DraftQuerySet.as_manager()

    class Meta:
        ordering = ["wave", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(code__isnull=False, token_hash__regex=_HASH, person__isnull=True)
                | Q(code__isnull=True, token_hash="", person__isnull=False),
                name="respond_draft_by_code_or_person",
            ),
            models.UniqueConstraint(
                fields=["token_hash"],
                condition=~Q(token_hash=""),
                name="respond_draft_token_once",
            ),
            models.UniqueConstraint(
                fields=["wave", "group", "person"], name="respond_draft_one_a_person"
            ),
            models.CheckConstraint(
                condition=Q(group__in=RespondentGroup.values), name="respond_draft_group_known"
            ),
            models.CheckConstraint(
                condition=Q(language__in=Language.values), name="respond_draft_language_known"
            ),
        ]

    def __str__(self) -> str:
        return f"A sheet of {self.get_group_display().lower()}, begun"

    def permission_scope(self) -> dict[str, set[int]]:
        """Name the scopes that a permission on this sheet is asked in."""
        return self.wave.permission_scope()

    @property
    def come_back(self) -> str:
        """The letters that open it again, together with its group's code."""
        digest = _under_key("fans.respond.come-back", self.seed.hex, None)
        return letters_from(digest, COME_BACK_LENGTH)

    @property
    def way(self) -> str:
        """How these answers come in."""
        if self.person_id is not None:
            return Way.OFFICE
        return Way.TABLET if self.is_shared else Way.PHONE

    @property
    def given(self) -> dict[str, int]:
        """The answers that were given, without those skipped."""
        answers: dict[str, Any] = self.answers
        return {code: value for code, value in answers.items() if value is not None}

    def rests(self, at: dt.datetime) -> bool:
        """Say whether it lay untouched for so long that another may stand before it."""
        return self.is_shared and at - self.touched_at > RESTS_AFTER

"""A sheet without an account: begun, filled in screen by screen, sent or thrown away."""

import secrets
from collections.abc import Iterable, Mapping

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from fans.openness.models import Assessment, Wave
from fans.openness.respond.errors import (
    CodeRefusedError,
    NothingAnsweredError,
)
from fans.openness.respond.letters import tidied
from fans.openness.respond.models import Draft, RespondCode, hash_of_device
from fans.openness.respond.services.codes import check_works
from fans.openness.services import submit_assessment
from fans.people.models import Person, hash_of
from fans.people.permissions import roles_for


@transaction.atomic
def begin(
    *, code: RespondCode, language: str, is_large: bool, is_shared: bool, device_token: str
) -> tuple[Draft, str]:
    """Begin a sheet; return it with its token, which is kept in the browser alone.

    Raises:
        CodeRefusedError: the code does not work today.
    """
    check_works(code)
    token = secrets.token_urlsafe(32)
    draft = Draft(
        wave=code.wave,
        group=code.group,
        code=code,
        token_hash=hash_of(token),
        language=language,
        is_large=is_large,
        is_shared=is_shared,
        device=hash_of_device(code.wave, device_token),
    )
    draft.full_clean()
    draft.save()
    return draft, token


def draft_of(token: str) -> Draft | None:
    """Return the sheet that a browser holds the token of; None where there is none."""
    if not token:
        return None
    return Draft.objects.with_wave().filter(token_hash=hash_of(token)).first()


@transaction.atomic
def put_answer(
    *, draft: Draft, code: str, value: int | None, how_known: str | None = None
) -> Draft:
    """Keep one answer, or that it was skipped. None for ``how_known`` leaves that as it is."""
    held = Draft.objects.select_for_update().get(pk=draft.pk)
    held.answers = {**held.answers, code: value}
    if how_known is not None:
        said = {**held.how_known, code: how_known}
        held.how_known = {question: words for question, words in said.items() if words}
    held.touched_at = timezone.now()
    held.save(update_fields=["answers", "how_known", "touched_at"])
    return held


def touch(draft: Draft) -> None:
    """Note that somebody looks at a sheet."""
    Draft.objects.filter(pk=draft.pk).update(touched_at=timezone.now())


@transaction.atomic
def set_reading(*, draft: Draft, language: str, is_large: bool, is_shared: bool) -> Draft:
    """Change the language, the letters, and whose device it is; the answers stay."""
    held = Draft.objects.select_for_update().get(pk=draft.pk)
    held.language, held.is_large, held.is_shared = language, is_large, is_shared
    held.touched_at = timezone.now()
    held.full_clean()
    held.save(update_fields=["language", "is_large", "is_shared", "touched_at"])
    return held


@transaction.atomic
def send(*, draft: Draft) -> Assessment:
    """Store a sheet's answers and let go of the sheet; a second press stores nothing more.

    Raises:
        CodeRefusedError: its code was ended, or the wave takes no answers any more.
        NothingAnsweredError: every question was skipped.
        Draft.DoesNotExist: it was sent or thrown away a moment ago.
    """
    held = Draft.objects.select_for_update(of=("self",)).with_wave().get(pk=draft.pk)
    if held.code is not None:
        check_works(held.code)
    given = held.given
    if not given:
        raise NothingAnsweredError("Answer one question at least.")
    sent = submit_assessment(
        wave=held.wave,
        group=held.group,
        answers=given,
        how_known={code: words for code, words in held.how_known.items() if code in given},
        by=held.person,
        client_uuid=held.client_uuid,
        language=held.language,
        way=held.way,
        device=held.device,
    )
    held.delete()
    return sent


@transaction.atomic
def keep_own(
    *,
    wave: Wave,
    group: str,
    by: Person,
    language: str,
    answers: Mapping[str, int],
    how_known: Mapping[str, str],
) -> Draft:
    """Keep what somebody in office has answered so far, until they come back.

    Raises:
        PermissionDenied: ``by`` does not hold this office for the wave's home.
    """
    if group not in roles_for(by, wave):
        raise PermissionDenied("Only who holds the office answers for it.")
    draft, _ = Draft.objects.select_for_update().get_or_create(
        wave=wave, group=group, person=by, defaults={"is_shared": False}
    )
    draft.language, draft.touched_at = language, timezone.now()
    draft.answers = dict(answers)
    draft.how_known = {code: words for code, words in how_known.items() if words}
    draft.full_clean()
    draft.save()
    return draft


def own_draft(*, wave: Wave, group: str, by: Person) -> Draft | None:
    """Return what somebody in office has kept of their answers."""
    return Draft.objects.filter(wave=wave, group=group, person=by).first()


@transaction.atomic
def throw_away(*, draft: Draft) -> None:
    """Let go of a sheet unsent."""
    Draft.objects.filter(pk=draft.pk).delete()


@transaction.atomic
def come_back(*, code: RespondCode, typed: str) -> tuple[Draft, str]:
    """Return the sheet that somebody put away, with a new token: it leaves the old device.

    Raises:
        CodeRefusedError: none of this code's sheets has these letters.
    """
    letters = tidied(typed)
    draft = _with_letters(code.draft_set.select_for_update().order_by("pk"), letters)
    if draft is None:
        raise CodeRefusedError("unknown", "We do not know these letters.")
    token = secrets.token_urlsafe(32)
    draft.token_hash, draft.touched_at = hash_of(token), timezone.now()
    draft.save(update_fields=["token_hash", "touched_at"])
    return draft, token


def _with_letters(drafts: Iterable[Draft], letters: str) -> Draft | None:
    # Worked out and not stored: a group has a few sheets begun at once, never thousands.
    for draft in drafts:
        if constant_time_compare(draft.come_back, letters):
            return draft
    return None

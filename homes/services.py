"""Writes with a rule: is this new registration the home whose old one has gone?"""

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from homes.errors import AlreadyAnsweredError
from homes.merging import merge_homes
from homes.models import Home, RegisterChangeQuerySet, Registration, RegistrationQuestion
from homes.register_facts import is_placed_by_hand, said_before, take_over


@transaction.atomic
def answer_question(
    *, question: RegistrationQuestion, same_home: bool, by: AbstractBaseUser
) -> RegistrationQuestion:
    """Answer "same home, new registration?".

    Yes keeps the older home with all that hangs on it, and gives it the new registration
    and what the register says now. No leaves two homes and is remembered.

    Raises:
        AlreadyAnsweredError: somebody was faster.
        HomesOverlapError: both homes have what only one can have.
    """
    question = (
        RegistrationQuestion.objects.select_for_update(of=("self",))
        .select_related("gone__home", "new__home")
        .get(pk=question.pk)
    )
    if question.same_home is not None:
        raise AlreadyAnsweredError
    if same_home:
        _become_one(question)
    question.same_home, question.answered_at = same_home, timezone.now()
    question.answered_by = by  # type: ignore[assignment]  # the user model is a higher room's
    question.full_clean()
    question.save()
    return question


def mark_seen(*, changes: RegisterChangeQuerySet, by: AbstractBaseUser) -> int:
    """Mark changes of the register as seen; say how many were not before."""
    return changes.unseen().update(seen_at=timezone.now(), seen_by=by)


def _become_one(question: RegistrationQuestion) -> None:
    kept, leaving = question.gone.home, question.new.home
    if kept == leaving:
        return  # another answer has brought them together
    take_over(kept, said_before(question.gone), said_before(question.new))
    if leaving.location is not None and not is_placed_by_hand(kept):
        _place_as(kept, leaving)
    kept.full_clean()
    kept.save()
    merge_homes(kept=kept, leaving=leaving)
    question.new.home = kept
    _count_beds_once(question)


def _count_beds_once(question: RegistrationQuestion) -> None:
    """Let one of two registrations that both stand be the second of the home."""
    pair = (question.gone, question.new)
    for second, first in (pair, pair[::-1]):
        if second.source_values.get("primary_id") == first.regulator_id:
            Registration.objects.filter(pk=second.pk).update(dual_of=first.pk, beds=None)
            return


def _place_as(kept: Home, leaving: Home) -> None:
    kept.location = leaving.location
    kept.location_precision = leaving.location_precision
    kept.location_source = leaving.location_source

"""What a group said is kept and put right, and groups are laid side by side."""

import datetime as dt
import uuid
from typing import Any

from django.db import transaction
from django.utils import timezone

from fans.learning.errors import ChangedMeanwhileError, LearningError
from fans.learning.models import Comparison, Plan, Talk
from fans.learning.services.asking import (
    check_words,
    hold,
    hold_open,
    refuse_if_changed,
    require,
    sent_before,
    tidied,
)
from fans.people.models import Person


@transaction.atomic
def keep_talk(
    *,
    plan: Plan,
    by: Person,
    group: str,
    said: str,
    matters: str = "",
    people_count: int | None = None,
    talked_on: dt.date | None = None,
    client_uuid: uuid.UUID | None = None,
) -> Talk:
    """Keep what a group said; the same form sent again gives the same talk.

    Raises:
        PlanIsOverError: the plan is laid by.
        LearningError: a person's number in it, or a day to come.
        ValidationError: no words, no such group, a count that cannot be.
    """
    require(by, plan)
    held = hold_open(plan)
    before: Talk | None = sent_before(Talk, client_uuid)
    if before is not None and before.plan_id == plan.pk:
        return before
    talk = Talk(
        plan=held,
        group=group,
        people_count=people_count,
        talked_on=talked_on or timezone.localdate(),
        said=tidied(said),
        matters=tidied(matters),
        written_by=by,
        client_uuid=client_uuid,
    )
    return _keep(talk)


@transaction.atomic
def change_talk(
    *,
    talk: Talk,
    by: Person,
    version: int,
    said: str,
    matters: str,
    people_count: int | None,
    talked_on: dt.date,
) -> Talk:
    """Put right what a group said.

    Raises:
        ChangedMeanwhileError: somebody else has written since ``version``.
        PlanIsOverError: the plan is laid by.
    """
    require(by, talk)
    hold_open(talk.plan)
    row = hold(talk)
    refuse_if_changed(row, version)
    row.said, row.matters = tidied(said), tidied(matters)
    row.people_count, row.talked_on = people_count, talked_on
    row.version += 1
    return _keep(row)


def _keep(talk: Talk) -> Talk:
    if talk.talked_on > timezone.localdate():
        raise LearningError("That day is still to come.", field="talked_on")
    check_words(talk, "said", "matters")
    talk.full_clean()
    talk.save()
    return talk


@transaction.atomic
def compare(*, plan: Plan, by: Person, version: int, alike: str, differs: str) -> Comparison:
    """Keep what the groups see alike and what differs; ``version`` 0: nothing stood there.

    Raises:
        ChangedMeanwhileError: somebody else has written since ``version``.
        ValidationError: neither is said.
    """
    require(by, plan)
    held = hold_open(plan)
    row = Comparison.objects.filter(plan=held).first()
    if (row.version if row else 0) != version:
        raise ChangedMeanwhileError(row)
    said: dict[str, Any] = {"alike": tidied(alike), "differs": tidied(differs)}
    row = row or Comparison(plan=held, version=0)
    row.alike, row.differs = said["alike"], said["differs"]
    row.compared_on, row.written_by = timezone.localdate(), by
    row.words_gone_on = None
    row.version += 1
    check_words(row, "alike", "differs")
    row.full_clean()
    row.save()
    return row

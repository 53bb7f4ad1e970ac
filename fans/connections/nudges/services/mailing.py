"""Mailing people what waits for them: one mail a day at most, about one thing once a week.

Every person is a transaction of their own: the book of mails, what stood in it and the mail
itself are written together or not at all. Where a run breaks off, the next one goes on.
"""

import datetime as dt
import logging
from dataclasses import dataclass, replace
from typing import Final

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from fans.connections.nudges.errors import AlreadyMailedError
from fans.connections.nudges.models import Mailing, Told, Wanted
from fans.connections.nudges.waiting import Nudge, nudges_for
from fans.connections.nudges.weeks import A_WEEK, How, due_on, is_due, may_be_told
from fans.people.models import Membership, Person
from fans.people.post import receivers
from fans.people.post.models import Kind
from fans.people.post.services import send
from fans.people.table import ACTIONS

logger = logging.getLogger(__name__)

ACTION: Final = "nudges.work"
MOST_IN_A_MAIL: Final = 20
"""More are counted, and stand on the work list."""


@dataclass(frozen=True)
class Run:
    """What one run did: mails, people with nothing to hear, people it failed for."""

    mails: int = 0
    nothing: int = 0
    failed: int = 0


def send_due(now: dt.datetime) -> Run:
    """Mail everybody whose mail is due, between the hours that the operator set."""
    local, (first, until) = timezone.localtime(now), settings.NUDGE_MAIL_HOURS
    run = Run()
    if not first <= local.hour < until:
        return run
    for pk in _people(local.date()):
        try:
            count = remind(person_id=pk, today=local.date())
        except AlreadyMailedError:
            continue
        except Exception:  # one person's trouble is not everybody's
            logger.exception("Reminders: person %d could not be written to.", pk)
            run = replace(run, failed=run.failed + 1)
        else:
            mailed, silent = bool(count), count == 0
            run = replace(run, mails=run.mails + mailed, nothing=run.nothing + silent)
    return run


def _people(today: dt.date) -> list[int]:
    """Return who has a work list and an address."""
    held = Membership.objects.on(today).filter(role__in=ACTIONS[ACTION].roles)
    people = Person.objects.filter(is_active=True, email__isnull=False)
    return list(people.filter(pk__in=held.values("person")).values_list("pk", flat=True))


@transaction.atomic
def remind(*, person_id: int, today: dt.date) -> int | None:
    """Mail one person what waits for them; return how many things stand in it.

    0: there was nothing to say, and no mail. None: no mail is due to them.

    Raises:
        AlreadyMailedError: another worker has written today's.
    """
    person = Person.objects.get(pk=person_id)
    due = due_for(person, today)
    if due is None or receivers.why_not(Kind.PROGRAMME, person.email or ""):
        return None
    try:
        with transaction.atomic():  # waits for another worker, and is refused after it
            mailing = Mailing.objects.create(person=person, day=today, due_on=due)
    except IntegrityError as error:
        raise AlreadyMailedError("Somebody else has written today's mail.") from error
    nudges = _not_told_lately(person, due, nudges_for(person, today)[0])
    if not nudges:
        return 0
    Told.objects.bulk_create(
        Told(mailing=mailing, person=person, kind=kind, thing_id=thing_id, due_on=due)
        for kind, thing_id in (nudge.key for nudge in nudges)
    )
    mailing.things_count = len(nudges)
    mailing.save(update_fields=["things_count"])
    _mail(person, nudges)
    return len(nudges)


def due_for(person: Person, today: dt.date) -> dt.date | None:
    """Return the day that a mail is due for; None where none is."""
    if person.nudges_mailings.filter(day=today).exists():
        return None
    wanted = Wanted.objects.filter(person=person).first()
    how = How(wanted.how) if wanted else How.WEEKLY
    due = due_on(how, wanted.weekday if wanted else 0, today)
    if due is None:
        return None
    done = person.nudges_mailings.filter(due_on__gte=due).values_list("due_on", flat=True)
    chosen_on = max(
        timezone.localdate(wanted.chosen_at) if wanted else dt.date.min,
        _part_began(person, today),
    )
    return due if is_due(due, today=today, chosen_on=chosen_on, done=done) else None


def _part_began(person: Person, today: dt.date) -> dt.date:
    held = person.memberships.on(today).filter(role__in=ACTIONS[ACTION].roles)
    return min(held.values_list("from_on", flat=True), default=today)


def _not_told_lately(person: Person, due: dt.date, nudges: list[Nudge]) -> list[Nudge]:
    told: dict[tuple[str, int], list[dt.date]] = {}
    near = person.nudges_told.filter(due_on__gt=due - A_WEEK, due_on__lt=due + A_WEEK)
    for kind, thing_id, day in near.values_list("kind", "thing_id", "due_on"):
        told.setdefault((kind, thing_id), []).append(day)
    return [nudge for nudge in nudges if may_be_told(due, told.get(nudge.key, []))]


def _mail(person: Person, nudges: list[Nudge]) -> None:
    count = len(nudges)
    send(
        kind=Kind.PROGRAMME,
        to=person.email or "",
        person=person,
        subject="One thing waits for you" if count == 1 else f"{count} things wait for you",
        template="nudges/mail/reminders.txt",
        context={
            "nudges": nudges[:MOST_IN_A_MAIL],
            "more_count": max(0, count - MOST_IN_A_MAIL),
            "site": settings.SITE_URL,
        },
    )

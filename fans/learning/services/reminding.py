"""Mailing whoever sees to it that a first step, or a look back, is due: each once.

One mail a day at most to anybody, whatever it is about: ``fans.connections.nudges`` keeps
the book. No word of a plan stands in a mail, which leaves the site.
"""

import datetime as dt
import logging
from collections import defaultdict
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from fans.connections.nudges.services import take_day
from fans.learning.models import Action, Reminded
from fans.learning.reports import reviews_due, steps_to_take
from fans.learning.services.asking import KEEP
from fans.people.colleagues import who_may
from fans.people.models import Person
from fans.people.post.models import Kind
from fans.people.post.services import send

logger = logging.getLogger(__name__)

FIRST_STEP: Final = 0
"""As a month of ``Reminded``: the first step itself."""


@dataclass(frozen=True)
class Due:
    """One thing that is due: an action's first step (month 0), or a look back at it."""

    action: Action
    month: int
    day: dt.date

    @property
    def is_step(self) -> bool:
        """Say whether it is the first step."""
        return self.month == FIRST_STEP


def send_due(now: dt.datetime) -> int:
    """Mail everybody whom something is due for today, within the operator's hours.

    Returns how many mails there were. One person's trouble is not everybody's.
    """
    local, (first, until) = timezone.localtime(now), settings.NUDGE_MAIL_HOURS
    if not first <= local.hour < until:
        return 0
    mails = 0
    for person, due in _whom(local.date()).items():
        try:
            mails += remind(person=person, due=due, today=local.date())
        except Exception:
            logger.exception("Plans: person %d could not be written to.", person.pk)
    return mails


def _whom(today: dt.date) -> dict[Person, list[Due]]:
    """Return what is due on a day or before, by who sees to it."""
    found: dict[Person, list[Due]] = defaultdict(list)
    team: dict[int, list[Person]] = {}
    for each in _due_by(today):
        plan = each.action.plan
        if plan.home_id not in team:
            team[plan.home_id] = list(who_may(KEEP, plan))
        owner = each.action.owner
        for person in [owner] if owner in team[plan.home_id] else team[plan.home_id]:
            found[person].append(each)
    return found


def _due_by(today: dt.date) -> list[Due]:
    steps = steps_to_take().select_related("plan__home", "owner")
    last = dt.datetime.combine(today, dt.time.max, timezone.get_current_timezone())
    due = [
        Due(action, FIRST_STEP, timezone.localdate(action.first_due_at))
        for action in steps.filter(first_due_at__lte=last)
    ]
    reviews = reviews_due(today).select_related("action__plan__home", "action__owner")
    return [*due, *(Due(row.action, row.month, row.due_on) for row in reviews)]


@transaction.atomic
def remind(*, person: Person, due: list[Due], today: dt.date) -> bool:
    """Mail one person what they have not heard of yet; say whether a mail was written."""
    told = set(Reminded.objects.filter(person=person).values_list("action", "month"))
    news = [each for each in due if (each.action.pk, each.month) not in told]
    if not news or not take_day(person=person, today=today, things_count=len(news)):
        return False
    Reminded.objects.bulk_create(
        Reminded(person=person, action=each.action, month=each.month, on=today) for each in news
    )
    send(
        kind=Kind.PROGRAMME,
        to=person.email or "",
        person=person,
        subject="A plan of your home waits for you",
        template="learning/mail/due.txt",
        context={"due": news, "site": settings.SITE_URL},
    )
    return True

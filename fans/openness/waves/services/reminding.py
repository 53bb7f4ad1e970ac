"""Mailing a home's team what a wave wants of it, and facilitators a digest a week.

One mail a day at most to anybody, whatever it is about: ``fans.connections.nudges`` keeps
the book. Each stage of a wave is told once. In mails, which leave the site, few answers
are told as outside the home.
"""

import datetime as dt
import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from fans.connections.nudges.services import take_day
from fans.openness.errors import WaveClosedError
from fans.openness.models import Wave
from fans.openness.waves.errors import RemindedLatelyError, WindowError
from fans.openness.waves.missing import Piece, missing_of
from fans.openness.waves.models import DIGEST, Asking, Told
from fans.openness.waves.services.holding import held
from fans.openness.waves.stages import WEEK, Stage, stage_on
from fans.openness.waves.words import moment_words, state_words
from fans.people.colleagues import who_may
from fans.people.models import Person
from fans.people.post.models import Kind
from fans.people.post.services import send

logger = logging.getLogger(__name__)

TEAM: Final = "connections.tally"
"""Whoever may count a home's month is its team."""

FACILITATORS: Final = "waves.open"
AGAIN_AFTER: Final = dt.timedelta(days=5)
"""So long a home is left alone after a facilitator had it reminded."""


@dataclass(frozen=True)
class News:
    """What there is to tell of one wave."""

    wave: Wave
    stage: Stage
    missing: Sequence[Piece]


def send_due(now: dt.datetime) -> int:
    """Mail whoever has something to hear, within the operator's hours; return how many.

    One person's trouble is not everybody's.
    """
    local, (first, until) = timezone.localtime(now), settings.NUDGE_MAIL_HOURS
    if not first <= local.hour < until:
        return 0
    today, mails = local.date(), 0
    news = news_on(today)
    for whom, tell in ((TEAM, _tell_team), (FACILITATORS, _tell_facilitator)):
        for person, theirs in _by_person(whom, news).items():
            try:
                mails += tell(person, theirs, today)
            except Exception:
                logger.exception("Waves: person %d could not be written to.", person.pk)
    return mails


def news_on(today: dt.date) -> list[News]:
    """Return what there is to tell on a day: a handful of queries, however many waves."""
    near = Q(closed_at=None, opens_on__lte=today + WEEK, closes_on__gte=today)
    closed = Q(closed_at__date__gte=today - WEEK)
    rows = Wave.objects.filter(near | closed).select_related(
        "enrolment__home", "enrolment__cohort", "opened_by", "closed_by"
    )
    staged = [(wave, stage) for wave in rows if (stage := _stage(wave, today)) is not None]
    missing = missing_of([wave for wave, _ in staged])
    return [
        News(wave, stage, missing[wave.pk])
        for wave, stage in staged
        # Half-time is told for what is missing; without it, all is well.
        if stage != Stage.HALF or missing[wave.pk]
    ]


def _stage(wave: Wave, today: dt.date) -> Stage | None:
    closed_on = timezone.localdate(wave.closed_at) if wave.closed_at else None
    return stage_on(
        today, opens_on=wave.opens_on, closes_on=wave.closes_on, closed_on=closed_on
    )


def _by_person(action: str, news: Iterable[News]) -> Mapping[Person, list[News]]:
    found: dict[Person, list[News]] = defaultdict(list)
    asked: dict[int, list[Person]] = {}
    for each in news:
        enrolment = each.wave.enrolment_id
        if enrolment not in asked:
            asked[enrolment] = list(who_may(action, each.wave))
        for person in asked[enrolment]:
            found[person].append(each)
    return found


@transaction.atomic
def _tell_team(person: Person, news: Sequence[News], today: dt.date) -> bool:
    """Tell one person what they have not heard yet; say whether there was a mail."""
    told = set(Told.objects.filter(person=person).values_list("wave", "stage"))
    fresh = [each for each in news if (each.wave.pk, str(each.stage)) not in told]
    if not fresh or not take_day(person=person, today=today, things_count=len(fresh)):
        return False
    Told.objects.bulk_create(
        Told(wave=each.wave, person=person, stage=each.stage, on=today) for each in fresh
    )
    _mail(person, "waves/mail/team.txt", _subject(fresh), fresh, today)
    return True


@transaction.atomic
def _tell_facilitator(person: Person, news: Sequence[News], today: dt.date) -> bool:
    """Tell a facilitator of all waves at once, once a week; say whether there was a mail."""
    monday = today - dt.timedelta(days=today.weekday())
    if Told.objects.filter(person=person, stage=DIGEST, on__gte=monday).exists():
        return False
    if not take_day(person=person, today=today, things_count=len(news)):
        return False
    Told.objects.bulk_create(
        Told(wave=each.wave, person=person, stage=DIGEST, on=today) for each in news
    )
    _mail(person, "waves/mail/digest.txt", "This week’s months of your homes", news, today)
    return True


@transaction.atomic
def remind(*, wave: Wave, by: Person | None) -> int:
    """Mail a home's team what an open wave lacks, because a facilitator asks; say how many.

    Raises:
        WindowError: it has not opened, or nothing is missing.
        WaveClosedError: it is closed.
        RemindedLatelyError: the home was reminded within five days, or all have had a
            mail today, or want none.
    """
    row, today = held(wave), timezone.localdate()
    if not row.is_open_on(today):
        closed = today > row.closes_on or row.closed_at is not None
        raise (WaveClosedError if closed else WindowError)(state_words(row, today))
    missing = missing_of([row])[row.pk]
    if not missing:
        raise WindowError(f"Nothing of month {row.month} is missing.")
    last = Asking.objects.filter(wave=row, at__gt=timezone.now() - AGAIN_AFTER).first()
    if last is not None:
        raise RemindedLatelyError(
            f"The home was reminded on {moment_words(last.at)}. Ring them, or wait five days."
        )
    news, mails = [News(row, Stage.HALF, missing)], 0
    for person in who_may(TEAM, row):
        if take_day(person=person, today=today, things_count=1):
            asker = by.name if by else ""
            _mail(person, "waves/mail/asked.txt", _subject(news), news, today, asker=asker)
            mails += 1
    if not mails:
        raise RemindedLatelyError(
            "Nobody there can be written to today: each has a mail of today already, or wants "
            "none. Ring them."
        )
    Asking.objects.create(wave=row, by=by, mails_count=mails)
    return mails


def _subject(news: Sequence[News]) -> str:
    if len(news) > 1:
        return "Months of your homes"
    wave = news[0].wave
    said = {
        Stage.SOON: "opens soon",
        Stage.OPEN: "is open",
        Stage.HALF: "still lacks something",
        Stage.LAST: "closes soon",
        Stage.CLOSED: "is closed",
    }
    return f"Month {wave.month} of {wave.enrolment.home} {said[news[0].stage]}"


def _mail(
    person: Person,
    template: str,
    subject: str,
    news: Sequence[News],
    today: dt.date,
    **more: str,
) -> None:
    told = [(each, state_words(each.wave, today)) for each in news]
    send(
        kind=Kind.PROGRAMME,
        to=person.email or "",
        person=person,
        subject=subject,
        template=template,
        context={"news": told, "site": settings.SITE_URL, **more},
    )

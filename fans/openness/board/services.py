"""Writes of this part: homes join a cohort with their waves, and are taken out again."""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from fans.cohorts import services as cohorts
from fans.cohorts.errors import ElsewhereError, LongEndedError
from fans.cohorts.models import Cohort, Enrolment
from fans.openness.board.errors import BegunError
from fans.openness.models import Assessment, Wave, WaveState
from fans.openness.services import plan_waves
from fans.people.models import Membership, Person, Role
from fans.people.permissions import allows
from fans.people.post.models import Kind
from fans.people.post.services import send
from homes.models import Home

SLIP = dt.timedelta(days=31)
"""So long after its last day whoever runs a cohort lets a home's part go on themselves."""


@transaction.atomic
def enrol_home(
    *,
    home: Home,
    cohort: Cohort,
    starts_on: dt.date,
    looks_back: bool = True,
    by: Person,
) -> Enrolment:
    """Give a home a place in a cohort, and its waves; its managers hear of it by mail.

    ``looks_back``: month 0 asks what was there before ``starts_on``. A facilitator sees
    the log of each home that takes part, so nobody brings a home out of another cohort
    into theirs: an administrator does.

    Raises:
        ElsewhereError: the home takes part in another cohort that goes on.
        CohortError: the cohort is full, or the home is in it.
    """
    Home.objects.select_for_update(no_key=True).get(pk=home.pk)  # two cohorts at once
    if not allows(by, "cohorts.make"):
        _refuse_elsewhere(home, cohort)
    enrolment = cohorts.enrol(home=home, cohort=cohort, starts_on=starts_on, by=by)
    plan_waves(enrolment=enrolment, look_back_until=starts_on if looks_back else None)
    _tell_managers(enrolment, by)
    return enrolment


def _tell_managers(enrolment: Enrolment, by: Person) -> None:
    """Mail the home's managers who sees its log from now on; such a mail nobody stops."""
    managers = Membership.objects.on(timezone.localdate()).filter(
        role=Role.MANAGER, home=enrolment.home, person__is_active=True
    )
    for membership in managers.select_related("person"):
        if membership.person.email:
            send(
                kind=Kind.ACCOUNT,
                to=membership.person.email,
                person=membership.person,
                by=by,
                subject=f"{enrolment.home} takes part in {enrolment.cohort}",
                template="board/mail/joined.txt",
                context={"enrolment": enrolment, "asker": by.name, "site": settings.SITE_URL},
            )


def _refuse_elsewhere(home: Home, cohort: Cohort) -> None:
    going_on = Q(ends_on__isnull=True) | Q(ends_on__gte=timezone.localdate())
    others = Enrolment.objects.filter(going_on, home=home).exclude(cohort=cohort)
    if others.exists():
        raise ElsewhereError(
            f"{home} takes part in another cohort. Whoever administers the site can move it."
        )


@transaction.atomic
def let_go_on(*, enrolment: Enrolment, by: Person) -> Enrolment:
    """Take back that a home's part ends.

    Who runs the cohort undoes a slip of theirs: a home that left long ago, or that takes
    part elsewhere since, does not come back into their reach by it.

    Raises:
        ElsewhereError: the home takes part in another cohort that goes on.
        LongEndedError: its last day was more than a month ago.
    """
    Home.objects.select_for_update(no_key=True).get(pk=enrolment.home_id)
    row = Enrolment.objects.select_related("home", "cohort").get(pk=enrolment.pk)
    if not allows(by, "cohorts.make"):
        _refuse_elsewhere(row.home, row.cohort)
        if row.ends_on is not None and row.ends_on < timezone.localdate() - SLIP:
            raise LongEndedError(
                f"The part of {row.home} ended on {row.ends_on:%-d %B %Y}. Whoever administers "
                "the site can let it go on."
            )
    return cohorts.let_go_on(enrolment=row)


@transaction.atomic
def take_out(*, enrolment: Enrolment) -> None:
    """Undo that a home joined, with its planned waves: as long as nothing has come of it.

    Raises:
        BegunError: somebody answered, a wave was closed, or the home agreed to research.
    """
    row = Enrolment.objects.select_for_update(of=("self",)).get(pk=enrolment.pk)
    # An answer that arrives meanwhile waits for the wave, and then finds none.
    waves = Wave.objects.select_for_update(of=("self",)).filter(enrolment=row)
    if row.research_agreed_on or not is_untouched(list(waves)):
        raise BegunError(
            "Its part has begun: there are answers, a closed wave or an agreement. "
            "Say when it ends instead; what is there stays."
        )
    waves.delete()
    row.delete()


def is_untouched(waves: list[Wave]) -> bool:
    """Say whether nobody has answered in these waves, and none of them is over."""
    today = timezone.localdate()
    over = any(wave.state_on(today) == WaveState.CLOSED for wave in waves)
    return not over and not Assessment.objects.filter(wave__in=waves).exists()

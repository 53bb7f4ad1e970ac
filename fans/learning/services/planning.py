"""A plan begins, is called otherwise, is laid by and gone on with."""

import uuid
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from fans.learning.models import Plan
from fans.learning.services.asking import (
    check_words,
    hold,
    hold_open,
    refuse_if_changed,
    require,
    sent_before,
    tidied,
)
from fans.learning.services.linking import Links, set_links
from fans.openness.models import Wave
from fans.people.models import Person
from homes.models import Home


@transaction.atomic
def start(
    *,
    by: Person,
    home: Home,
    topic: str,
    title: str,
    signs: Iterable[str] = (),
    client_uuid: uuid.UUID | None = None,
) -> Plan:
    """Begin a plan, today; the same form sent again gives the same plan.

    It remembers the wave whose answers it may have grown from: the home's latest.

    Raises:
        PermissionDenied: ``by`` may not write this home's plans.
        LearningError: the title holds a person's number.
        ValidationError: no such topic, or no title.
    """
    require(by, home)
    Home.objects.select_for_update(no_key=True).only("pk").get(pk=home.pk)
    before: Plan | None = sent_before(Plan, client_uuid)
    if before is not None and before.home_id == home.pk:
        return before
    plan = Plan(
        home=home,
        wave=_latest_wave(home),
        topic=topic,
        title=tidied(title),
        written_by=by,
        client_uuid=client_uuid,
    )
    check_words(plan, "title")
    plan.full_clean()
    plan.save()
    set_links(plan=plan, action=None, links=Links(signs=tuple(signs)))
    return plan


def _latest_wave(home: Home) -> Wave | None:
    begun = Wave.objects.filter(enrolment__home=home, opens_on__lte=timezone.localdate())
    return begun.order_by("-opens_on", "-pk").first()


@transaction.atomic
def change_plan(*, plan: Plan, by: Person, version: int, title: str, links: Links) -> Plan:
    """Call a plan otherwise, and say anew what it has to do with.

    Raises:
        ChangedMeanwhileError: somebody else has written since ``version``.
        PlanIsOverError: it is laid by.
        UnknownLinkError: a link leads to another home's, or nowhere.
    """
    require(by, plan)
    row = hold_open(plan)
    refuse_if_changed(row, version)
    row.title = tidied(title)
    row.version += 1
    check_words(row, "title")
    row.full_clean()
    row.save(update_fields=["title", "version"])
    set_links(plan=row, action=None, links=links)
    return row


@transaction.atomic
def lay_by(*, plan: Plan, by: Person) -> Plan:
    """Lay a plan by; one that is laid by already stays so."""
    require(by, plan)
    row = hold(plan)
    if row.ended_on is None:
        row.ended_on = timezone.localdate()
        row.full_clean()
        row.save(update_fields=["ended_on"])
    return row


@transaction.atomic
def go_on(*, plan: Plan, by: Person) -> Plan:
    """Open a plan again."""
    require(by, plan)
    row = hold(plan)
    row.ended_on = None
    row.save(update_fields=["ended_on"])
    return row

"""The rules about volunteers: hours stay, without whose they were."""

import datetime as dt
from typing import Any, Final

from django.db.models import F, QuerySet

from fans.people.models import Person
from fans.people.privacy.forgetting import delete_with_history
from fans.people.privacy.retention import RowsRule, end_of, register, rule_named
from fans.people.privacy.retention_rules import unused_accounts
from fans.people.volunteers.models import AgeBand, Application, Stage, Vetting, Volunteer


def applications(last: dt.date) -> QuerySet[Application]:
    """Return offers whose link nobody opened in time, and what is left of the others."""
    return Application.objects.filter(expires_at__lt=end_of(last))


def young_unconfirmed(last: dt.date) -> QuerySet[Volunteer]:
    """Return people under 18 for whom no adult said yes while they could."""
    waiting = Volunteer.objects.exclude(age_band=AgeBand.ADULT)
    return waiting.filter(
        adult_confirmed_at__isnull=True, guardian__expires_at__lt=end_of(last)
    )


def volunteers_left(last: dt.date) -> QuerySet[Volunteer]:
    """Return volunteers who have left."""
    return Volunteer.objects.filter(stage=Stage.LEFT, stage_since__lt=end_of(last))


def vettings(last: dt.date) -> QuerySet[Vetting]:
    """Return decisions on volunteers who have left."""
    left = Vetting.objects.filter(volunteer__stage=Stage.LEFT)
    return left.filter(volunteer__stage_since__lt=end_of(last))


def delete_volunteers(rows: QuerySet[Any]) -> None:
    """Delete profiles, and the people behind them where nothing else is theirs."""
    people = list(rows.values_list("person_id", flat=True))
    delete_with_history(rows)
    rule = rule_named("volunteers_left")
    if rule is not None:
        unused = unused_accounts(rule.last_day_due())
        delete_with_history(Person.objects.filter(pk__in=unused.filter(pk__in=people)))


def delete_vettings(rows: QuerySet[Any]) -> None:
    """Delete decisions, and what only a decision lets somebody do."""
    of_those = Volunteer.objects.filter(pk__in=rows.values_list("volunteer_id", flat=True))
    of_those.filter(may_be_alone=True).update(may_be_alone=False)
    delete_with_history(rows)


def register_rules() -> None:
    """Add the rules of this module; again changes nothing."""
    for rule in _RULES:
        register(rule)


_RULES: Final = (
    RowsRule(
        slug="applications",
        label="Offers to volunteer whose link nobody opened",
        why="Nobody knows whose address it really is.",
        setting="APPLICATIONS_DAYS",
        done="Deleted, counted from the end of the link.",
        rows=applications,
        dated_by="expires_at",
    ),
    RowsRule(
        slug="young_unconfirmed",
        label="Offers of people under 18 to which no adult said yes",
        why="Of the young as little as can be.",
        setting="YOUNG_UNCONFIRMED_DAYS",
        done="Deleted, with their history, counted from the end of the adult’s link.",
        rows=young_unconfirmed,
        dated_by="created_at",
        act=delete_volunteers,
    ),
    RowsRule(
        slug="volunteers_left",
        label="Profiles of volunteers who have left",
        why="Some come back within the year.",
        setting="VOLUNTEERS_LEFT_MONTHS",
        done=(
            "Deleted, with their history, and the account where nothing else is theirs; "
            "the hours that they gave stay, without whose they were."
        ),
        rows=volunteers_left,
        dated_by="stage_since",
        act=delete_volunteers,
    ),
    RowsRule(
        slug="vettings",
        label="Decisions about checks, once the volunteer has left",
        why="A decision may be asked about for a while.",
        setting="VETTING_MONTHS",
        done="Deleted, with their history.",
        rows=lambda last: vettings(last).annotate(left_at=F("volunteer__stage_since")),
        dated_by="left_at",
        act=delete_vettings,
    ),
)

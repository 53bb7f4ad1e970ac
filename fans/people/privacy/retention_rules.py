"""The rules about accounts, mail, jobs, imports and consents."""

import datetime as dt
from typing import Any, Final

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone

from fans.people import inviting
from fans.people.consent.models import Consent
from fans.people.consent.wordings import ANYBODY, purposes
from fans.people.models import Invitation, Membership, Person
from fans.people.post.models import Mail, State
from fans.people.privacy.links import links_to
from fans.people.privacy.models import RetentionRun
from fans.people.privacy.retention import RowsRule, TableRule, end_of, register
from intake import jobs
from intake.models import ImportJob, JobState, StagedRow

OF_AN_ACCOUNT: Final = {
    "people.Membership",
    "people.Invitation",
    "consent.Consent",
    "account.EmailAddress",
    "mfa.Authenticator",
    "usersessions.UserSession",
    "post.Mail",
}
"""Rows that go with an account, and are no reason to keep it."""


def mail(last: dt.date) -> QuerySet[Mail]:
    """Return mail that waits for nothing any more."""
    waiting = (State.QUEUED, State.LEAVING)
    return Mail.objects.exclude(state__in=waiting).filter(written_at__lt=end_of(last))


def unanswered_invitations(last: dt.date) -> QuerySet[Invitation]:
    """Return invitations that nobody said yes to, and nobody can any more."""
    end = end_of(last)
    return inviting.unanswered().filter(Q(expires_at__lt=end) | Q(revoked_at__lt=end))


def answered_invitations(last: dt.date) -> QuerySet[Invitation]:
    """Return invitations that somebody took up: their role says it all."""
    return Invitation.objects.filter(accepted_at__lt=end_of(last))


def ended_roles(last: dt.date) -> QuerySet[Membership]:
    """Return roles that are over; annotated with the day of their end."""
    over = Coalesce(TruncDate("ended_at"), "until")
    return Membership.objects.annotate(over_on=over).filter(over_on__lte=last)


def unused_accounts(last: dt.date) -> QuerySet[Person]:
    """Return people without a role since, who have not signed in since.

    Whatever else is about somebody and stands on its own (a volunteer's profile) keeps
    them, and so does a yes to what anybody is asked for, such as news.
    """
    end = end_of(last)
    people: QuerySet[Person] = Person.objects.filter(
        Q(last_login__isnull=True) | Q(last_login__lt=end), date_joined__lt=end
    )
    over = Q(until__lte=last) | Q(ended_at__lt=end)
    people = people.filter(~Exists(Membership.objects.filter(~over, person=OuterRef("pk"))))
    of_anybody = [slug for slug, each in purposes().items() if ANYBODY in each.asked_of]
    wanted = Consent.objects.standing().filter(person=OuterRef("pk"), purpose__in=of_anybody)
    people = people.filter(~Exists(wanted))
    for link in links_to(Person):
        if link.owned and link.model._meta.label not in OF_AN_ACCOUNT:
            rows = link.model._base_manager.filter(**{link.key: OuterRef("pk")})
            people = people.filter(~Exists(rows))
    return people


def ended_sessions(last: dt.date) -> QuerySet[Session]:
    """Return sessions that open nothing any more."""
    return Session.objects.filter(expire_date__lt=end_of(last))


def old_sign_ins(last: dt.date) -> QuerySet[UserSession]:
    """Return from where people were signed in, once the session is gone."""
    live = Session.objects.filter(
        session_key=OuterRef("session_key"), expire_date__gt=timezone.now()
    )
    old: QuerySet[UserSession] = UserSession.objects.filter(last_seen_at__lt=end_of(last))
    return old.filter(~Exists(live))


def import_previews(last: dt.date) -> QuerySet[ImportJob]:
    """Return try-outs of imports that nobody brought in."""
    standing = (JobState.PREVIEW, JobState.FAILED)
    return ImportJob.objects.filter(state__in=standing, created_at__lt=end_of(last))


def imported_rows(last: dt.date) -> QuerySet[StagedRow]:
    """Return the rows of imports that are over; their reports keep the counts."""
    return StagedRow.objects.filter(job__state=JobState.DONE, job__finished_at__lt=end_of(last))


def ended_consents(last: dt.date) -> QuerySet[Consent]:
    """Return yeses that were taken back, or replaced by a newer one."""
    over = Coalesce("withdrawn_at", "replaced_at")
    ended = Consent.objects.ended_before(last + dt.timedelta(days=1))
    return ended.annotate(over_at=over)


def throw_away(rows: QuerySet[Any]) -> None:
    """Forget files and rows of imports, as their page does."""
    for job_id in rows.values_list("pk", flat=True):
        jobs.throw_away(job_id=job_id)


def delete(rows: QuerySet[Any]) -> None:
    """Delete rows on which nothing hangs and of which there is no history."""
    rows.delete()


def register_rules() -> None:
    """Add the rules of this module; again changes nothing."""
    for rule in (*_ABOUT_PEOPLE, *_ABOUT_MACHINERY):
        register(rule)


_ABOUT_PEOPLE: Final = (
    RowsRule(
        slug="mail",
        label="Mail: to whom, what became of it; links and codes where it stayed here",
        why="Somebody may ask where a message is.",
        setting="MAIL_DAYS",
        done="Deleted.",
        rows=mail,
        dated_by="written_at",
    ),
    RowsRule(
        slug="unanswered_invitations",
        label="Invitations that nobody said yes to",
        why="The address was given by somebody else.",
        setting="UNANSWERED_INVITATIONS_DAYS",
        done="Deleted, counted from the end of the link.",
        rows=unanswered_invitations,
        dated_by="created_at",
    ),
    RowsRule(
        slug="answered_invitations",
        label="Invitations that were taken up",
        why="The role itself says who gave it, and when.",
        setting="ANSWERED_INVITATIONS_MONTHS",
        done="Deleted.",
        rows=answered_invitations,
        dated_by="accepted_at",
    ),
    RowsRule(
        slug="ended_roles",
        label="Roles that are over",
        why="For a while somebody may ask who looked after what.",
        setting="ENDED_ROLES_MONTHS",
        done="Deleted, with their history.",
        rows=ended_roles,
        dated_by="over_on",
    ),
    RowsRule(
        slug="unused_accounts",
        label="Accounts without a role that nobody signs in to",
        why="An account that nobody uses is only a risk.",
        setting="UNUSED_ACCOUNTS_MONTHS",
        done="Deleted, with their history; what they did stays without their name.",
        rows=unused_accounts,
        dated_by="date_joined",
    ),
    RowsRule(
        slug="ended_consents",
        label="Consents that were taken back or replaced",
        why="They show what somebody had agreed to while it counted.",
        setting="ENDED_CONSENTS_MONTHS",
        done="Deleted, with their history.",
        rows=ended_consents,
        dated_by="over_at",
    ),
)
_ABOUT_MACHINERY: Final = (
    RowsRule(
        slug="sessions",
        label="Sessions that have ended",
        why="They open nothing any more.",
        setting="SESSIONS_DAYS",
        done="Deleted.",
        rows=ended_sessions,
        dated_by="expire_date",
        act=delete,
    ),
    RowsRule(
        slug="sign_ins",
        label="From where somebody was signed in (network address, browser)",
        why="People look through them for a sign-in that was not theirs.",
        setting="SIGN_INS_DAYS",
        done="Deleted, once the session is over.",
        rows=old_sign_ins,
        dated_by="last_seen_at",
    ),
    TableRule(
        slug="limits",
        label="Counts of failed sign-ins and other limits",
        why="They hold network addresses, and count for minutes only.",
        setting="LIMITS_DAYS",
        done="Deleted.",
        table="django_cache",
        key="cache_key",
        day="expires",
    ),
    TableRule(
        slug="failed_jobs",
        label="Background jobs that are over",
        why="Somebody may want to see what went wrong.",
        setting="FAILED_JOBS_DAYS",
        done="Deleted.",
        table="procrastinate_jobs",
        key="id",
        day=(
            "(SELECT max(at) FROM procrastinate_events"
            " WHERE procrastinate_events.job_id = procrastinate_jobs.id)"
        ),
        also="status IN ('succeeded', 'failed', 'cancelled', 'aborted')",
    ),
    RowsRule(
        slug="import_previews",
        label="Try-outs of imports that nobody brought in",
        why="They hold a whole file of others.",
        setting="IMPORT_PREVIEWS_DAYS",
        done="Thrown away, with the file.",
        rows=import_previews,
        dated_by="created_at",
        act=throw_away,
    ),
    RowsRule(
        slug="imported_rows",
        label="Rows of imports that are done, one by one",
        why="Somebody may ask what became of a row.",
        setting="IMPORT_ROWS_MONTHS",
        done="Deleted; the report keeps its counts and refusals.",
        rows=imported_rows,
        dated_by="job__finished_at",
        act=delete,
    ),
    RowsRule(
        slug="retention_runs",
        label="Runs of this job",
        why="They show that it was done, and who asked for it.",
        setting="RETENTION_RUNS_MONTHS",
        done="Deleted.",
        rows=lambda last: RetentionRun.objects.filter(started_at__lt=end_of(last)),
        dated_by="started_at",
        act=delete,
    ),
)

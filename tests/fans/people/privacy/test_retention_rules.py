"""Each rule: what is due on its day and not the day before, what goes then, what stays."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from assets.photos.models import Photo
from fans.people.audit.erasing import erasing
from fans.people.audit.models import AccessLog
from fans.people.consent.models import Consent
from fans.people.consent.services import agree, withdraw
from fans.people.models import Invitation, Membership, Person
from fans.people.post.models import Mail
from fans.people.privacy.models import RetentionRun
from fans.people.privacy.retention import rule_named
from fans.people.volunteers.models import Application, Guardian, HoursEntry, Vetting, Volunteer
from intake.models import ImportJob, ImportReport, StagedRow
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


D = dt.datetime(2027, 3, 10, 12, tzinfo=dt.UTC)
"""The day from which everything below is counted."""


def _days(number: int) -> dt.date:
    return D.date() + dt.timedelta(days=number)


def _mail():
    return Mail.objects.create(
        to="a@example.org", state="kept", subject="Your code", body="ABC", written_at=D
    )


def _unanswered():
    return factories.InvitationFactory(expires_at=D + dt.timedelta(days=14))


def _answered():
    return factories.InvitationFactory(accepted_at=D)


def _role(**more):
    return factories.member("volunteer").memberships.create(
        role="administrator", from_on=dt.date(2026, 1, 1), **more
    )


def _role_until():
    return _role(until=D.date())


def _role_ended():
    return _role(ended_at=D)


def _account():
    return factories.PersonFactory(last_login=D)


def _withdrawn():
    person = factories.member("volunteer")
    agree(person=person, purpose="photo", how="web")
    return withdraw(person=person, purpose="photo")


def _replaced():
    person = factories.member("volunteer")
    old = agree(person=person, purpose="photo", how="paper", scope="supported")
    agree(person=person, purpose="photo", how="web")
    return old


def _session():
    return Session.objects.create(session_key="a" * 32, session_data="x", expire_date=D)


def _sign_in():
    place = UserSession.objects.create(
        user=factories.member("volunteer"),
        session_key="b" * 32,
        ip="192.0.2.1",
        user_agent="Firefox",
        data={},
    )
    UserSession.objects.filter(pk=place.pk).update(last_seen_at=D)
    return place


def _job(state, **more):
    return ImportJob.objects.create(
        importer="assets",
        title="Clubs",
        file_name="clubs.csv",
        state=state,
        size_bytes=1,
        rows_total=1,
        rows_done=1,
        **more,
    )


def _preview():
    return _job("preview")


def _imported():
    counts = dict.fromkeys(["new", "changed", "same", "unsure", "refused"], 0)
    rows = {f"rows_{name}": number for name, number in counts.items()}
    report = ImportReport.objects.create(importer="assets", rows_read=0, **rows)
    job = _job("done", report=report, confirmed_at=D, finished_at=D)
    return StagedRow.objects.create(job=job, number=2, title="Bowls", outcome="new")


def _run():
    return RetentionRun.objects.create(started_at=D, ended_at=D)


def _look():
    return AccessLog.objects.create(
        at=D, action="people.give_roles", kind="people.Membership", rows_count=1, row_ids=[1]
    )


def _application():
    return Application.objects.create(
        email="a@example.org",
        answers={"name": "Vera"},
        token_hash="h",
        created_at=D,
        expires_at=D,
    )


def _left():
    volunteer = factories.VolunteerFactory(stage="left", stage_since=D)
    HoursEntry.objects.create(volunteer=volunteer, day=D.date(), minutes=90, note="Tea")
    return volunteer


def _decision():
    volunteer = factories.VolunteerFactory(stage="left", stage_since=D)
    return factories.VettingFactory(volunteer=volunteer)


def _young():
    volunteer = factories.young_volunteer(adult_confirmed_at=None)
    Guardian.objects.create(
        volunteer=volunteer,
        name="Gail",
        email="gail@example.org",
        relation="parent",
        asked_at=D - dt.timedelta(days=14),
        expires_at=D,
    )
    return volunteer


def _refused_photo():
    return factories.PhotoFactory(state="refused", reason="Too dark", decided_at=D)


def _waiting_photo():
    photo = factories.PhotoFactory()
    Photo.objects.filter(pk=photo.pk).update(added_at=D)
    return photo


@dataclass(frozen=True)
class Case:
    """A thing made on day D, the rule that lets go of it, and from which day on."""

    slug: str
    make: Callable[[], Any]
    due_on: dt.date


CASES = [
    Case("mail", _mail, _days(30)),
    Case("unanswered_invitations", _unanswered, _days(15)),
    Case("answered_invitations", _answered, dt.date(2028, 3, 10)),
    Case("ended_roles", _role_until, dt.date(2029, 3, 10)),
    Case("ended_roles", _role_ended, dt.date(2029, 3, 10)),
    Case("unused_accounts", _account, dt.date(2029, 3, 10)),
    Case("ended_consents", _withdrawn, dt.date(2029, 3, 10)),
    Case("ended_consents", _replaced, dt.date(2029, 3, 10)),
    Case("sessions", _session, _days(1)),
    Case("sign_ins", _sign_in, _days(30)),
    Case("import_previews", _preview, _days(14)),
    Case("imported_rows", _imported, dt.date(2028, 3, 10)),
    Case("retention_runs", _run, dt.date(2029, 3, 10)),
    Case("reads", _look, dt.date(2029, 3, 10)),
    Case("applications", _application, _days(1)),
    Case("young_unconfirmed", _young, _days(30)),
    Case("volunteers_left", _left, dt.date(2028, 3, 10)),
    Case("vettings", _decision, dt.date(2027, 9, 10)),
    Case("refused_photos", _refused_photo, _days(30)),
    Case("waiting_photos", _waiting_photo, dt.date(2027, 9, 10)),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.make.__name__.strip("_"))
def test_is_due_on_its_day_and_not_a_minute_before(case):
    with time_machine.travel(D, tick=False):
        row = case.make()
    rule = rule_named(case.slug)
    midnight = timezone.make_aware(dt.datetime.combine(case.due_on, dt.time.min))

    with time_machine.travel(midnight - dt.timedelta(minutes=1), tick=False):
        early = rule.find()
        with erasing():
            assert rule.apply() == 0
        assert type(row).objects.filter(pk=row.pk).exists()
    with time_machine.travel(midnight + dt.timedelta(minutes=1), tick=False):
        found = rule.find()

    assert early.count == 0
    assert early.oldest_on is None
    assert found.count == 1
    assert len(found.examples) == 1


@pytest.mark.parametrize(
    "case",
    [case for case in CASES if case.slug != "import_previews"],
    ids=lambda case: case.make.__name__.strip("_"),
)
def test_what_is_due_goes_with_its_history(case):
    with time_machine.travel(D, tick=False):
        row = case.make()
    model = type(row)

    with time_machine.travel(_moment(case.due_on), tick=False), erasing():
        assert rule_named(case.slug).apply() == 1
        assert rule_named(case.slug).apply() == 0

    assert not model.objects.filter(pk=row.pk).exists()
    events = getattr(model, "pgh_event_model", None)
    assert events is None or not events.objects.filter(pgh_obj_id=row.pk).exists()


def _moment(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(3, 50)))


def _apply(slug: str, day: dt.date) -> int:
    with time_machine.travel(_moment(day), tick=False), erasing():
        return rule_named(slug).apply()


LONG_AFTER = dt.date(2040, 1, 1)


def test_mail_that_still_has_to_leave_stays():
    mail = Mail.objects.create(
        to="a@example.org", state="queued", subject="S", body="B", written_at=D
    )

    assert _apply("mail", LONG_AFTER) == 0
    assert Mail.objects.get() == mail


def test_an_invitation_that_was_accepted_is_not_forgotten_as_unanswered():
    with time_machine.travel(D):
        factories.InvitationFactory(accepted_at=D)

    assert _apply("unanswered_invitations", LONG_AFTER) == 0
    assert Invitation.objects.exists()


def test_roles_that_hold_or_begin_later_stay():
    held = factories.member("volunteer").memberships.get()

    assert _apply("ended_roles", LONG_AFTER) == 0
    assert Membership.objects.get() == held


@pytest.mark.parametrize("why", ["a role", "a sign-in", "a yes", "a profile"])
def test_an_account_in_use_stays(why):
    with time_machine.travel(D):
        person = factories.PersonFactory(last_login=D)
    if why == "a role":
        Membership.objects.create(person=person, role="volunteer", from_on=D.date())
    elif why == "a sign-in":
        Person.objects.filter(pk=person.pk).update(last_login=_moment(dt.date(2039, 1, 1)))
    elif why == "a yes":
        agree(person=person, purpose="mail_news", how="web")
    else:
        factories.VolunteerFactory(person=person)

    assert _apply("unused_accounts", LONG_AFTER) == 0
    assert Person.objects.filter(pk=person.pk).exists()


def test_what_somebody_did_stays_without_their_name():
    with time_machine.travel(D):
        person = factories.PersonFactory(last_login=D)
        asset = factories.AssetFactory(created_by=person)

    assert _apply("unused_accounts", LONG_AFTER) == 1

    asset.refresh_from_db()
    assert asset.created_by is None
    assert not Person.pgh_event_model.objects.filter(pgh_obj_id=person.pk).exists()


def test_a_yes_that_stands_stays():
    person = factories.member("volunteer")
    with time_machine.travel(D):
        row = agree(person=person, purpose="photo", how="web")

    assert _apply("ended_consents", LONG_AFTER) == 0
    assert Consent.objects.get() == row


def test_a_session_that_opens_something_keeps_its_trace():
    with time_machine.travel(D, tick=False):
        place = _sign_in()
    Session.objects.create(
        session_key=place.session_key,
        session_data="x",
        expire_date=_moment(LONG_AFTER) + dt.timedelta(days=1),
    )

    assert _apply("sign_ins", LONG_AFTER) == 0
    assert _apply("sessions", LONG_AFTER) == 0


def test_a_try_out_is_thrown_away_as_on_its_page():
    with time_machine.travel(D, tick=False):
        job = _preview()
        StagedRow.objects.create(job=job, number=2, title="Bowls", outcome="new")

    assert _apply("import_previews", _days(14)) == 1

    job.refresh_from_db()
    assert job.state == "thrown_away"
    assert not StagedRow.objects.exists()


def test_an_import_keeps_its_report_when_its_rows_go():
    with time_machine.travel(D, tick=False):
        _imported()

    assert _apply("imported_rows", LONG_AFTER) == 1
    assert ImportReport.objects.count() == ImportJob.objects.count() == 1


def test_hours_stay_without_whose_they_were():
    with time_machine.travel(D, tick=False):
        _left()

    assert _apply("volunteers_left", LONG_AFTER) == 1

    entry = HoursEntry.objects.get()
    assert (entry.minutes, entry.volunteer_id, entry.note) == (90, None, "")
    events = getattr(HoursEntry, "pgh_event_model", None)
    assert events is None or not events.objects.filter(pgh_obj_id=entry.pk).exists()


def test_whoever_was_only_a_volunteer_goes_with_the_profile_and_others_stay():
    with time_machine.travel(D, tick=False):
        only, also = _left().person, _left().person
        for purpose in ("volunteer_profile", "name_to_homes", "photo"):
            agree(person=only, purpose=purpose, how="web")
        Membership.objects.create(person=also, role="volunteer", from_on=D.date())

    assert _apply("volunteers_left", LONG_AFTER) == 2

    assert not Volunteer.objects.exists()
    assert list(Person.objects.filter(pk__in=[only.pk, also.pk])) == [also]


def test_volunteers_who_are_there_keep_their_profile_and_decisions():
    with time_machine.travel(D, tick=False):
        volunteer = factories.active_volunteer()

    assert _apply("volunteers_left", LONG_AFTER) == 0
    assert _apply("vettings", LONG_AFTER) == 0
    assert Vetting.objects.filter(volunteer=volunteer).exists()


def test_the_young_whose_adult_said_yes_stay():
    with time_machine.travel(D, tick=False):
        volunteer = _young()
    Volunteer.objects.filter(pk=volunteer.pk).update(adult_confirmed_at=D)

    assert _apply("young_unconfirmed", LONG_AFTER) == 0


def test_the_record_of_changes_goes_after_two_years_and_not_before():
    home = factories.HomeFactory()
    home.name = "Larkfield Court"
    home.save()
    lines = type(home).pgh_event_model.objects.filter(pgh_obj_id=home.pk)
    with erasing():
        lines.update(pgh_created_at=D.replace(year=2020))  # triggers go by the real clock
    before = lines.count()

    with time_machine.travel(_moment(dt.date(2022, 3, 9)), tick=False):
        early = rule_named("changes").find()
    assert (early.count, early.oldest_on) == (0, None)
    with time_machine.travel(_moment(dt.date(2022, 3, 10)), tick=False):
        found = rule_named("changes").find()
        with erasing():
            gone = rule_named("changes").apply()

    assert (found.count, found.oldest_on) == (before, dt.date(2020, 3, 10))
    assert gone == before
    assert not lines.exists()
    assert type(home).objects.filter(pk=home.pk).exists()


def test_background_jobs_that_are_over_go_and_waiting_ones_stay():
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
        for status in ("failed", "todo"):
            cursor.execute(
                "INSERT INTO procrastinate_jobs (queue_name, task_name, status)"
                " VALUES ('default', 'a task', %s) RETURNING id",
                [status],
            )
        cursor.execute("UPDATE procrastinate_events SET at = %s", [D])
        cursor.execute(
            "INSERT INTO procrastinate_events (job_id, type, at)"
            " SELECT id, 'failed', %s FROM procrastinate_jobs WHERE status = 'failed'",
            [D],
        )

    with time_machine.travel(_moment(_days(29)), tick=False):
        assert rule_named("failed_jobs").find().count == 0
    with time_machine.travel(_moment(_days(30)), tick=False):
        found = rule_named("failed_jobs").find()
        assert (found.count, found.oldest_on) == (1, D.date())
    assert _apply("failed_jobs", _days(30)) == 1
    assert list(ProcrastinateJob.objects.values_list("status", flat=True)) == ["todo"]


def test_counts_of_limits_go_once_they_count_no_more(settings):
    assert rule_named("limits").find().count == 0  # tests keep their cache in memory
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "django_cache",
        }
    }
    call_command("createcachetable")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_cache VALUES ('old:192.0.2.1', 'x', %s), ('new', 'x', %s)",
            [D, D + dt.timedelta(days=1)],
        )

    with time_machine.travel(_moment(_days(1)), tick=False):
        found = rule_named("limits").find()
    assert found.count == 1
    assert "192.0.2.1" not in " ".join(found.examples)
    assert _apply("limits", _days(1)) == 1
    assert _apply("limits", _days(1)) == 0

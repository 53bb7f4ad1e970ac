"""Somebody put into everything, and a search that knows nothing of how erasing works."""

import datetime as dt
import gzip
import json
import zipfile
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.conf import settings
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.mail import send_mail
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from psycopg import sql

from assets.models import Asset, FactCheck
from assets.rounds.models import Round
from assets.twins.merging import merge
from assets.twins.models import Pair, RowAnswer
from fans.connections.matches.models import Match
from fans.connections.models import Partner
from fans.connections.nudges.models import Mailing, Told, Wanted
from fans.connections.steps.models import Pick, StepDone
from fans.learning.models import Comparison, Reminded, Review
from fans.openness import services as openness
from fans.openness.instruments.models import Choice
from fans.openness.models import Answer, Assessment, ContextEvent, Indicator, Score, Wave
from fans.openness.respond.models import Draft
from fans.openness.waves import models as waves
from fans.people.audit.models import AccessLog
from fans.people.consent.models import Consent, Wording
from fans.people.models import Person
from fans.people.partners.models import Claim, Ending
from fans.people.post.addresses import hash_of_address
from fans.people.post.models import Approval, Kind, Mail, Stop
from fans.people.privacy.models import RetentionRun
from fans.people.volunteers import models as volunteers
from fans.research.models import Extract
from homes.models import HomeAsset, RegisterChange, Registration, RegistrationQuestion
from intake.models import ImportJob, ImportReport, StagedRow
from tests import factories
from tests.fans.people.privacy.conftest import EMAIL, NAME, PHONE

EARLIER = "Zelda Formerling"
TRACES = ("quimberley", "formerling", "zelda", "900461", "900 461")
"""Words that nobody and nothing else here has, in small letters."""

COUNTED = (
    *("assets_asset", "assets_factcheck", "connections_connection", "connections_partner"),
    *("connections_partnership", "connections_tally", "openness_answer", "openness_assessment"),
    *("openness_score", "volunteers_hoursentry", "intake_importreport", "intake_stagedrow"),
    *(
        "cohorts_enrolment",
        "research_extract",
        "homes_home",
        "homes_registration",
        "wishes_wish",
        "wishes_thanks",
    ),
)
"""What homes, funders and researchers count."""


def put_everywhere(zelda: Person, state: Path) -> dict[str, Any]:
    """Put somebody into every table that can hold a person, and into files."""
    Person.objects.filter(pk=zelda.pk).update(name=EARLIER)
    Person.objects.filter(pk=zelda.pk).update(name=NAME)
    lead = factories.member("volunteer_lead", area=factories.AreaFactory(), name="Lou Lead")
    home = factories.HomeFactory(address=f"c/o {NAME}, 1 The Green")
    _roles(zelda, lead, home)
    _sign_in(zelda)
    _volunteer(zelda, lead, home)
    _programme(zelda, home)
    _places(zelda, home)
    _imports(zelda)
    _mail(zelda)
    _files(state)
    AccessLog.objects.create(
        person=lead, action="people.give_roles", kind="people.Person", rows_count=1,
        row_ids=[zelda.pk], people_ids=[zelda.pk],
    )  # fmt: skip
    AccessLog.objects.create(person=zelda, action="today.view", kind="x.Y", rows_count=1)
    RetentionRun.objects.create(by=zelda)
    return {"lead": lead, "home": home}


def _roles(zelda: Person, lead: Person, home: Any) -> None:
    today = timezone.localdate()
    theirs = zelda.memberships.create(role="manager", home=home, from_on=today)
    zelda.memberships.create(role="volunteer", from_on=today).delete()
    lead.memberships.create(
        role="volunteer", from_on=today, given_by=zelda, ended_by=zelda, ended_at=timezone.now()
    )
    factories.InvitationFactory(
        email=EMAIL, home=home, invited_by=lead, accepted_by=zelda, accepted_at=timezone.now()
    )
    factories.InvitationFactory(home=home, invited_by=zelda)
    LogEntry.objects.create(
        user=lead, content_type=ContentType.objects.get_for_model(theirs), action_flag=CHANGE,
        object_repr=f"{NAME}: Home manager", change_message=f"for {EMAIL}",
    )  # fmt: skip
    LogEntry.objects.create(user=zelda, action_flag=CHANGE, object_repr="A home")


def _sign_in(zelda: Person) -> None:
    Client().force_login(zelda)
    UserSession.objects.create(
        user=zelda, ip="192.0.2.7", session_key="held", user_agent=f"Browser of {NAME}"
    )
    Authenticator.objects.create(user=zelda, type="totp", data={"secret": f"of {EMAIL}"})
    half = import_module(settings.SESSION_ENGINE).SessionStore()
    half["account_login"] = {"email": EMAIL}  # a code was sent, and not yet entered
    half.save()


def _volunteer(zelda: Person, lead: Person, home: Any) -> None:
    now, today = timezone.now(), timezone.localdate()
    facts = {"age_band": "18+", "stage_since": now, "last_heard_on": today}
    hers = volunteers.Volunteer.objects.create(
        person=zelda, phone=PHONE, offer=f"{NAME} plays the harp", **facts
    )
    hers.events.create(stage="applied", at=now, note="Zelda was met")
    hers.references.create(referee="Grey Referee", asked_on=today)
    hers.vettings.create(
        role_slug="visitor", level="basic", level_reason="as Zelda said", authority="dbs",
        asked_on=today, decided_by=lead,
    )  # fmt: skip
    hers.inductions.create(item="fire", done_on=today, by=lead)
    hers.hours.create(home=home, day=today, minutes=90, note="Zelda sang")
    other = volunteers.Volunteer.objects.create(person=factories.PersonFactory(), **facts)
    other.vettings.create(
        role_slug="visitor", level="none", level_reason="x", authority="dbs", asked_on=today,
        outcome="not_needed", decided_on=today, decided_by=zelda,
    )  # fmt: skip
    other.events.create(stage="applied", at=now, by=zelda, note=f"Came with {NAME}")
    other.references.create(referee=NAME, asked_on=today, taken_by=zelda)
    other.inductions.create(item="fire", done_on=today, by=zelda)
    _matches(zelda, hers, other, home)
    young = volunteers.Volunteer.objects.create(
        person=factories.PersonFactory(), **{**facts, "age_band": "16-17"}
    )
    volunteers.Guardian.objects.create(
        volunteer=young, name=NAME, email=EMAIL, relation="leader", asked_at=now,
        expires_at=now + dt.timedelta(days=1),
    )  # fmt: skip
    volunteers.Application.objects.create(
        email=EMAIL, answers={"name": NAME, "phone": PHONE}, token_hash="x" * 64,
        expires_at=now + dt.timedelta(days=1),
    )  # fmt: skip
    wording = Wording.objects.create(
        purpose="photo", version=99, text="Yes", published_on=today
    )
    Consent.objects.create(person=zelda, wording=wording, purpose="photo", how="web")
    Consent.objects.create(
        person=lead, wording=wording, purpose="photo", how="paper", recorded_by=zelda,
        given_by=zelda, withdrawn_by=zelda, withdrawn_how="paper",
        withdrawn_at=timezone.now() + dt.timedelta(hours=1),
    )  # fmt: skip


def _matches(zelda: Person, hers: Any, other: Any, home: Any) -> None:
    """A match of hers that goes with her, and one of somebody else's that she had a hand in."""
    now, today = timezone.now(), timezone.localdate()
    for volunteer in (hers, other):
        match = Match.objects.create(
            home=home, volunteer=volunteer, status="declined", reason="other",
            words=f"{NAME} rang {PHONE}",
        )  # fmt: skip
        match.steps.create(what="proposed", side="broker", at=now, by=zelda, after="suggested")
        match.ready_ticks.create(side="home", item="team-knows", done_on=today, by=zelda)


def _reminders(zelda: Person) -> None:
    today = timezone.localdate()
    factories.AsideFactory(person=zelda)
    Wanted.objects.create(person=zelda, how="daily")
    mailing = Mailing.objects.create(person=zelda, day=today, due_on=today, things_count=1)
    Told.objects.create(mailing=mailing, person=zelda, kind="wish", thing_id=1, due_on=today)


def _asked(zelda: Person, tie: Any) -> None:
    type(tie).objects.filter(pk=tie.pk).update(
        status="declined", declined_reason="other", declined_words=f"{NAME} said no"
    )
    asked = factories.ApproachFactory(
        partnership=tie, asked_by=zelda, words=f"Ask for {NAME}", reply=f"Ring {PHONE}"
    )
    factories.TieEventFactory(
        partnership=tie, by=zelda, undone_by=zelda, approach=asked,
        at=timezone.now() - dt.timedelta(days=1), undone_at=timezone.now(),
        kind="purpose", before={"purpose": f"{NAME} drives"}, after={"purpose": "Driving"},
        words=f"{NAME} was asked",
    )  # fmt: skip


def _first_steps(zelda: Person, home: Any, tie: Any) -> None:
    factories.AcquaintanceFactory(home=home, added_by=zelda, name=f"Choir of {NAME}")
    Pick.objects.create(partnership=tie, picked_by=zelda)
    StepDone.objects.create(home=home, step="know", done_by=zelda)
    factories.PictureFactory(
        connection__partnership=tie, added_by=zelda, shared_by=zelda, alt=f"{NAME} sings"
    )


def _programme(zelda: Person, home: Any) -> None:
    enrolment = factories.EnrolmentFactory(
        home=home, enrolled_by=zelda, research_noted_by=zelda,
        starts_on=timezone.localdate() - dt.timedelta(days=14),
    )  # fmt: skip
    tie = factories.PartnershipFactory(
        home=home, created_by=zelda, purpose=f"{NAME} drives the minibus"
    )
    factories.ConnectionFactory(partnership=tie, logged_by=zelda, note="A lovely tea")
    _asked(zelda, tie)
    note = factories.ConnectionFactory(partnership=tie, note=f"{NAME.upper()} rang {PHONE}")
    type(note).objects.filter(pk=note.pk).update(note=f"Ring {EMAIL}, or +44 7700 900461")
    Partner.objects.create(kind="person", name=f"{NAME}, harp", own_category="individual_gift")
    factories.TallyFactory(home=home, counted_by=zelda)
    factories.GridSaveFactory(home=home, saved_by=zelda)
    sheet = factories.QuickCodeFactory(
        home=home, made_by=zelda, revoked_by=zelda, revoked_at=timezone.now(),
        hangs_at=f"Room of {NAME}",
    )  # fmt: skip
    factories.QuickEntryFactory(
        code=sheet, who=f"Choir of {NAME}", note=f"{NAME} sang", state="refused",
        decided_by=zelda, decided_at=timezone.now(),
    )  # fmt: skip
    factories.DismissalFactory(home=home, by=zelda, words=f"{NAME} would not like it there")
    factories.WishFactory(home=home, taken_by=zelda, text=f"{NAME} would love tea")
    factories.ThanksFactory(partnership=tie, written_by=zelda, text=f"Dear {NAME}, you sang!")
    _plans(zelda, home)
    _first_steps(zelda, home, tie)
    _reminders(zelda)
    wave = openness.plan_waves(enrolment=enrolment)[0]
    factories.RespondCodeFactory(
        wave=wave, made_by=zelda, ended_by=zelda, ended_at=timezone.now()
    )
    Draft.objects.create(
        wave=wave, group="manager", person=zelda, how_known={"G1": f"told by {NAME}"}
    )
    said = Assessment.objects.create(wave=wave, group="manager", entered_by=zelda)
    indicator = Indicator.objects.filter(is_assessed=True).first()
    Answer.objects.create(
        assessment=said, indicator=indicator, value=3, how_known=f"told by {NAME}"
    )
    Score.objects.update_or_create(
        wave=wave,
        defaults={
            "instrument": wave.instrument, "as_of": timezone.localdate(), "result": {},
            "evidence": {"noted_by": NAME, "log": [{"by": EMAIL}]},
        },
    )  # fmt: skip
    Wave.objects.filter(pk=wave.pk).update(
        opened_by=zelda, closed_by=zelda, closed_at=timezone.now()
    )
    ContextEvent.objects.create(
        home=home, kind="other", from_on=timezone.localdate(), words=f"{NAME} left",
        noted_by=zelda,
    )  # fmt: skip
    waves.Told.objects.create(wave=wave, person=zelda, stage="open", on=timezone.localdate())
    waves.Asking.objects.create(wave=wave, by=zelda, mails_count=1)
    Choice.objects.create(instrument=wave.instrument, by=zelda)
    _replies(zelda, wave)
    study = factories.StudyFactory(cohort=enrolment.cohort)
    Extract.objects.create(study=study, by=zelda, sha256="0" * 64, counts={"asked by": NAME})


def _plans(zelda: Person, home: Any) -> None:
    today = timezone.localdate()
    plan = factories.PlanFactory(home=home, written_by=zelda, title=f"What {NAME} said")
    talked = {"plan": plan, "written_by": zelda, "said": f"{NAME} rang twice"}
    factories.TalkFactory(**talked, matters=f"To hear {NAME}")
    Comparison.objects.create(plan=plan, written_by=zelda, differs=f"{NAME} sees it alone")
    action = factories.ActionFactory(
        plan=plan, written_by=zelda, owner=zelda, what=f"Ask {NAME}",
        first_step=f"Ring {PHONE}", how_known=f"{NAME} comes",
    )  # fmt: skip
    Review.objects.filter(action=action, month=3).update(
        held_on=today, held_by=zelda, changed=f"{NAME} came", verdict="keep"
    )
    Reminded.objects.create(person=zelda, action=action, month=0, on=today)


def _replies(zelda: Person, wave: Wave) -> None:
    now = timezone.now()
    over = {"taken_back_by": zelda, "taken_back_at": now}
    wave.shares.create(
        audience="cohort", shared_by=zelda, shared_at=now, ended_by=zelda, ended_at=now
    )
    wave.replies.create(words=f"{NAME} was ill", written_by=zelda, written_at=now, **over)
    sign = Indicator.objects.filter(instrument=wave.instrument).first()
    wave.evidence_links.create(
        indicator=sign, kind="words", words=f"Ask {NAME}", linked_by=zelda, linked_at=now,
        **over,
    )  # fmt: skip


def _places(zelda: Person, home: Any) -> None:
    asset = factories.AssetFactory(
        created_by=zelda, description=f"Ask for {NAME}", who_to_ask=NAME, email=EMAIL,
        source_values={"contact": EMAIL}, name=f"Choir of {NAME}",
    )  # fmt: skip
    FactCheck.objects.create(
        asset=asset, fact="phone", checked_on=timezone.localdate(), by=zelda, how="call"
    )
    Approval.objects.create(asset=asset, address_hash="a" * 64, by=zelda)
    _merge(zelda, asset)
    _twins(zelda, asset)
    _rounds(zelda, asset)
    _partners(zelda, asset)
    factories.ProposalFactory(
        asset=asset, made_by=zelda, assigned_to=zelda, decided_by=zelda, note=f"Ask {NAME}",
        values={"phone": PHONE}, state="refused", decided_at=timezone.now(),
        refused_words=f"{NAME} says no",
    )  # fmt: skip
    factories.ProposalFactory(asset=asset, contact=EMAIL)
    factories.PhotoFactory(
        asset=asset, by=zelda, decided_by=zelda, decided_at=timezone.now(), state="refused",
        alt=f"{NAME} at the gate", reason=f"{NAME} says no",
    )  # fmt: skip
    factories.WelcomeCardFactory(home=home, written_by=zelda, inside=f"Ask for {NAME}")
    HomeAsset.objects.create(home=home, kind="garden", listed_on=timezone.localdate())
    old = Registration.objects.get(home=home)
    new = factories.RegistrationFactory()
    RegistrationQuestion.objects.create(
        gone=old, new=new, same_home=False, answered_at=timezone.now(), answered_by=zelda
    )
    RegisterChange.objects.create(
        registration=old, kind="renamed", before=f"{NAME} House", after="The Green",
        seen_at=timezone.now(), seen_by=zelda,
    )  # fmt: skip


def _partners(zelda: Person, asset: Asset) -> None:
    now = timezone.now()
    said = {"name": NAME, "role": f"with {NAME}", "own_hash": "c" * 64}
    Claim.objects.create(asset=asset, email=EMAIL, **said)
    Claim.objects.create(
        asset=asset, name="Grey", role=f"with {NAME}", own_hash="d" * 64, state="refused",
        words=f"{NAME} says no", decided_at=now, decided_by=zelda,
    )  # fmt: skip
    today = timezone.localdate()
    hers = zelda.memberships.create(role="partner", asset=asset, from_on=today, ended_at=now)
    Ending.objects.create(membership=hers, reason=f"{NAME} has left", by=zelda)
    theirs = factories.member("partner", asset=asset, name="Pat").memberships.get()
    Ending.objects.create(membership=theirs, reason=f"{NAME} told us so", by=zelda)


def _rounds(zelda: Person, asset: Asset) -> None:
    now = timezone.now()
    factories.SourceQuestionFactory(
        asset=asset, asked_by=zelda, answer="there", answered_at=now, answered_by=zelda,
        said={"who_to_ask": NAME}, before={"who_to_ask": NAME},
    )  # fmt: skip
    walked = Round.objects.create(assigned_to=zelda, made_by=zelda, created_at=now)
    factories.StopFactory(
        round=walked, asset=asset, state="skipped", reason=f"as {NAME} said", done_at=now,
        done_by=zelda,
    )  # fmt: skip


def _twins(zelda: Person, asset: Asset) -> None:
    now = timezone.now()
    Pair.objects.create(
        low=asset, high=factories.AssetFactory(), found_on=timezone.localdate(),
        state="distinct", decided_by=zelda, decided_at=now,
    )  # fmt: skip
    RowAnswer.objects.create(
        source="csv", source_ref="list/1", asset=asset, says="same", decided_by=zelda,
        decided_at=now,
    )  # fmt: skip


def _merge(zelda: Person, asset: Any) -> None:
    """Make two records one: the book of it keeps what a tie said that was taken out."""
    ann, home = factories.member("administrator"), factories.HomeFactory()
    other = factories.AssetFactory(who_to_ask=f"{NAME}, mornings")
    for each, words in ((asset, "Tea"), (other, f"{NAME} pours")):
        partner = factories.PartnerFactory(asset=each)
        factories.PartnershipFactory(home=home, partner=partner, purpose=words)
    made = merge(by=ann, keep=asset, lose=other, choices={"who_to_ask": "lose"})
    assert NAME in str(made.record)
    undone = factories.MergeFactory(by=zelda, undone_by=zelda)
    type(made).objects.filter(pk=made.pk).update(by=zelda, at=undone.at)


def _imports(zelda: Person) -> None:
    kinds = ("read", "new", "changed", "same", "unsure", "refused")
    ImportReport.objects.create(
        **dict.fromkeys([f"rows_{kind}" for kind in kinds], 0), importer="assets", by=zelda,
        file_name=f"list of {NAME}.csv", refusals=[{"row": 2, "column": "", "reason": EMAIL}],
    )  # fmt: skip
    job = ImportJob.objects.create(
        importer="assets", title="A list", file_name="x.csv", size_bytes=1, state="preview",
        rows_total=1, rows_done=1, by=zelda, confirmed_by=zelda, notes=[f"asked for by {NAME}"],
    )  # fmt: skip
    StagedRow.objects.create(
        job=job, number=2, title=f"Choir of {NAME}", outcome="unsure", reason=f"like {NAME}'s",
        payload={"contact": {"name": NAME, "phones": ["07700900461"]}},
        changes={"Whom to ask": ["", NAME]},
    )  # fmt: skip


def _mail(zelda: Person) -> None:
    send_mail(f"Dear {NAME}", f"Hello {NAME}", None, [EMAIL])
    send_mail(
        "A new neighbour", f"{NAME} <{EMAIL}> would like to help", None, ["lou@example.org"]
    )
    Mail.objects.create(to="zoe@example.org", subject="Of hers", person=zelda)
    Mail.objects.create(to="ben@example.org", subject="By her", by=zelda)
    Stop.objects.create(address_hash=hash_of_address(EMAIL), kind=Kind.PROGRAMME, how="link")
    with connection.cursor() as cursor:
        for args in ({"person_id": zelda.pk}, {"to": EMAIL}, {"note": ["to", {"name": NAME}]}):
            cursor.execute(
                "INSERT INTO procrastinate_jobs"
                " (queue_name, task_name, args, queueing_lock, status)"
                " VALUES ('default', 'x', %s, %s, 'succeeded')",
                [json.dumps(args), f"mail:{EMAIL}"],
            )


def _files(state: Path) -> None:
    for folder in ("log", "exports", "imports", "media/photos"):
        (state / folder).mkdir(parents=True, exist_ok=True)
    line = f"2026-11-22 INFO sign-in of {EMAIL} ({NAME})\n"
    (state / "log/web.log").write_text(f"started\n{line}stopped\n")
    with gzip.open(state / "log/web.log.1.gz", "wt") as packed:
        packed.write(line)
    with zipfile.ZipFile(state / "exports/extract.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("notes.csv", f"home,note\n1,{NAME} sang\n")
    (state / "imports/list.csv").write_text(f"name;contact\nChoir;{NAME}\n", encoding="cp1252")
    (state / "media/photos/Zelda_O'Quimberley.jpg").write_bytes(b"\xff\xd8\xff")


def grep_tables(traces: tuple[str, ...] = TRACES) -> dict[str, list[str]]:
    """Return the keys of the rows in which one of these words stands, by table and column.

    Every column of every table, whatever its type, cast to text; sessions unpacked.
    """
    found: dict[str, list[str]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.table_name, c.column_name, (SELECT min(k.column_name::text)"
            " FROM information_schema.key_column_usage k WHERE k.table_name = c.table_name"
            " AND k.constraint_name ~ '_pkey$') FROM information_schema.columns c"
            " JOIN information_schema.tables t USING (table_schema, table_name)"
            " WHERE t.table_type = 'BASE TABLE'"
            " AND c.table_schema NOT IN ('pg_catalog', 'information_schema')"
            " ORDER BY 1, 2"
        )
        columns = cursor.fetchall()
        for table, column, key in columns:
            query = sql.SQL("SELECT {}::text FROM {} WHERE {}::text ILIKE ANY(%s)").format(
                sql.Identifier(key or "ctid"), sql.Identifier(table), sql.Identifier(column)
            )
            cursor.execute(query, [[f"%{trace}%" for trace in traces]])
            if rows := [row[0] for row in cursor.fetchall()]:
                found[f"{table}.{column}"] = rows
    sessions = [
        session.pk
        for session in apps.get_model("sessions.Session").objects.all()
        if any(trace in str(session.get_decoded()).lower() for trace in traces)
    ]
    return {**found, **({"django_session.unpacked": sessions} if sessions else {})}


def grep_files(folder: Path) -> list[str]:
    """Return the files in which one of the words stands, packed or not, or in their name."""
    return sorted(
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.is_file()
        and any(trace in text.lower() for text in _texts(path) for trace in TRACES)
    )


def _texts(path: Path) -> Iterator[str]:
    yield path.name
    if path.suffix == ".gz":
        with gzip.open(path, "rt") as unpacked:
            yield unpacked.read()
    elif zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                yield name
                yield archive.read(name).decode()
    else:
        yield path.read_bytes().decode("utf-8", "replace")


def grep_api(client: Client) -> list[str]:
    """Return the lists of the API in which one of the words stands."""
    from tests.walk import OURS  # noqa: PLC0415

    lists = [route for route in OURS if route.startswith("api:") and route.endswith("-list")]
    assert lists
    return [
        route
        for route in lists
        if any(trace in client.get(reverse(route)).content.decode().lower() for trace in TRACES)
    ]


def counts() -> dict[str, int]:
    """Count the rows that have to stay."""
    with connection.cursor() as cursor:
        told = {}
        for table in COUNTED:
            cursor.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table)))
            told[table] = cursor.fetchone()[0]
    return told

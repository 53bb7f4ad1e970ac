"""What a walk over all addresses needs: one of everything, a cast, and how to ask.

A new address with arguments needs a line in ``EXAMPLES``, and nothing else.
"""

import datetime as dt
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from config import urls
from fans.openness import services as openness
from fans.openness.instrument_file import published
from fans.openness.instruments.drafting import as_draft
from fans.openness.instruments.services import draft_from_body
from fans.openness.models import Instrument
from fans.openness.replies.models import Audience
from fans.people import models as people
from fans.people.models import Person, Role
from fans.people.post.links import token_for
from fans.people.post.models import Kind, Mail, State
from fans.people.table import ACTIONS, action_of
from fans.people.volunteers.models import Stage
from intake.importers import all_importers
from intake.models import ImportJob, ImportReport, StagedRow
from tests import factories
from tests.factories import NORWICH, SALE, box

_COUNTS = ("read", "new", "changed", "same", "unsure", "refused")


def _staged_row(name: str) -> StagedRow:
    """A row in doubt, of a try-out."""
    facts = {"state": "preview", "rows_total": 1, "rows_done": 1, "size_bytes": 1}
    job = ImportJob.objects.create(importer="assets", title=name, file_name=name, **facts)
    return StagedRow.objects.create(job=job, number=2, title=name, outcome="unsure")


def _volunteer(point: Any) -> Any:
    """Somebody active, of whom a reference and a check wait."""
    volunteer = factories.VolunteerFactory(stage=Stage.ACTIVE, location=point)
    volunteer.references.create(referee="Mrs Bell", asked_on=timezone.localdate())
    factories.VettingFactory(volunteer=volunteer, outcome="waiting", decided_on=None)
    return volunteer


def _match(home: Any, volunteer: Any) -> Any:
    """Somebody and a home that are brought together."""
    match = factories.MatchFactory(home=home, volunteer=volunteer)
    match.steps.create(what="proposed", side="broker", at=timezone.now(), after="suggested")
    return match


def _closed(wave: Any) -> Any:
    """Turn a wave to come into one that closed a month ago, with its score."""
    ended = timezone.localdate() - dt.timedelta(days=30)
    wave.opens_on, wave.closes_on = ended - dt.timedelta(days=27), ended
    wave.save()
    openness.score_wave(wave=wave)
    wave.closed_at = timezone.now() - dt.timedelta(days=29)
    wave.save()
    for audience in Audience:  # so that whoever may be shown it is let in
        wave.shares.create(audience=audience, shared_at=timezone.now())
    return wave


def _reply(at: "Place") -> Any:
    """What the home says of its closed wave."""
    said = {"words": "It was a busy month.", "written_at": timezone.now()}
    found = at.closed.replies.filter(taken_back_at__isnull=True).first()
    return found or at.closed.replies.create(**said)


def _evidence(at: "Place") -> Any:
    """What the home points at."""
    sign = at.closed.instrument.indicators.get(code="A1")
    found, _ = at.closed.evidence_links.get_or_create(
        indicator=sign, kind="words", words="A book", defaults={"linked_at": timezone.now()}
    )
    return found


def _keyed_in(at: "Place") -> Any:
    """A sheet that somebody keyed in; the same each time."""
    sheet = at.wave.assessments.filter(client_uuid__isnull=False).first()
    return sheet or at.wave.assessments.create(group="relatives", client_uuid=uuid.uuid4())


def _draft_version() -> str:
    """The name of a draft that says what v1 says."""
    body = as_draft(published()["v1"], "v99")
    if not Instrument.objects.filter(version="v99").exists():
        draft_from_body(body=body)
    return "v99"


@dataclass(frozen=True)
class Place:
    """One of everything, in one part of the country and in one cohort."""

    area: Any
    home: Any
    asset: Any
    draft: Any
    cohort: Any
    wave: Any
    closed: Any
    event: Any
    connection: Any
    study: Any
    mail: Any
    membership: Any
    invitation: Any
    row: Any
    report: Any
    volunteer: Any
    photo: Any
    proposal: Any
    pair: Any
    merge: Any
    question: Any
    stop: Any
    match: Any
    wish: Any
    known: Any
    picture: Any
    thanks: Any
    noted: Any
    talk: Any
    action: Any
    respond_code: Any
    asked: Any
    step: Any

    @classmethod
    def around(cls, point: Any, name: str) -> "Place":
        home = factories.HomeFactory(name=name, location=point)
        factories.WelcomeCardFactory(home=home)
        asset = factories.AssetFactory(location=point)
        cohort = factories.CohortFactory()
        begun = timezone.localdate() - dt.timedelta(days=14)
        enrolment = factories.EnrolmentFactory(cohort=cohort, home=home, starts_on=begun)
        tie = factories.PartnershipFactory(
            home=home, partner=factories.PartnerFactory(asset=asset), status="asked"
        )
        volunteer = _volunteer(point)
        wave, earlier, _ = openness.plan_waves(enrolment=enrolment)
        return cls(
            area=factories.AreaFactory(name=f"Around {name}", boundary=box(point)),
            home=home,
            asset=asset,
            draft=factories.AssetFactory(
                name=f"Shed by {name}", location=point, visibility="draft", published_on=None
            ),
            cohort=cohort,
            wave=wave,
            closed=_closed(earlier),
            event=home.context_events.create(kind="outbreak", from_on=timezone.localdate()),
            asked=factories.ApproachFactory(partnership=tie),
            step=factories.TieEventFactory(partnership=tie),
            connection=factories.ConnectionFactory(
                partnership=tie, happened_on=timezone.localdate()
            ),
            study=factories.StudyFactory(cohort=cohort),
            mail=Mail.objects.create(
                to="a@example.org", subject="Hello", body="Hello", state=State.KEPT
            ),
            membership=factories.member("coordinator", home=home).memberships.get(),
            invitation=factories.InvitationFactory(home=home),
            row=_staged_row(name),
            report=ImportReport.objects.create(
                **dict.fromkeys([f"rows_{kind}" for kind in _COUNTS], 0), importer="assets"
            ),
            volunteer=volunteer,
            photo=factories.PhotoFactory(
                asset=asset, state="public", decided_at=timezone.now()
            ),
            proposal=factories.ProposalFactory(asset=asset),
            pair=factories.PairFactory(low=asset, high__location=point),
            merge=factories.MergeFactory(keep=asset, lose__location=point),
            question=factories.SourceQuestionFactory(asset=asset),
            stop=factories.StopFactory(asset=asset),
            match=_match(home, volunteer),
            wish=factories.WishFactory(home=home),
            talk=(talk := factories.TalkFactory(plan__home=home)),
            action=factories.ActionFactory(plan=talk.plan),
            known=factories.AcquaintanceFactory(home=home),
            picture=factories.PictureFactory(
                connection__partnership=tie,
                shows_people=False,
                is_public=True,
                shared_at=timezone.now(),
            ),
            thanks=factories.ThanksFactory(partnership=tie),
            noted=factories.QuickEntryFactory(code__home=home),
            respond_code=factories.RespondCodeFactory(wave=wave),
        )

    def member(self, role: str) -> Person:
        scopes = {
            **{each: {"home": self.home} for each in people.HOME_ROLES},
            **{each: {"cohort": self.cohort} for each in people.COHORT_ROLES},
            **{each: {"area": self.area} for each in people.AREA_ROLES},
            **{each: {"asset": self.asset} for each in people.ASSET_ROLES},
        }
        return factories.member(role, name=role, **scopes.get(role, {}))


Arguments = Callable[[Place], dict[str, Any]]
TALKED = {"topic": "coming_and_going", "group": "relatives"}
EXAMPLES: dict[str, Arguments] = {
    "account_confirm_email": lambda at: {"key": "none-such"},
    "account_reset_password_from_key": lambda at: {"uidb36": "1", "key": "none-such"},
    "api:areas-detail": lambda at: {"pk": at.area.pk},
    "api:assets-detail": lambda at: {"pk": at.asset.pk},
    "api:categories-detail": lambda at: {"slug": "faith"},
    "api:homes-detail": lambda at: {"pk": at.home.pk},
    "api:wishes-detail": lambda at: {"pk": at.wish.pk},
    "api:cohorts-detail": lambda at: {"pk": at.cohort.pk},
    "api:waves-detail": lambda at: {"pk": at.wave.pk},
    "api:scores-detail": lambda at: {"pk": at.closed.pk},
    "api:connections-detail": lambda at: {"pk": at.connection.pk},
    "api:partnerships-detail": lambda at: {"pk": at.connection.partnership_id},
    "api:volunteers-detail": lambda at: {"pk": at.volunteer.pk},
    "assets:edit": lambda at: {"pk": at.asset.pk},
    "checking:check": lambda at: {"pk": at.asset.pk},
    "checking:undo": lambda at: {"pk": at.asset.pk, "checks": "0"},
    "checking:undo_answer": lambda at: {"pk": at.question.pk},
    "rounds:finish": lambda at: {"pk": at.stop.round_id},
    "rounds:hand": lambda at: {"pk": at.stop.round_id},
    "rounds:round": lambda at: {"pk": at.stop.round_id},
    "rounds:stop": lambda at: {"pk": at.stop.round_id, "stop": at.stop.pk},
    "twins:merge": lambda at: {"pk": at.asset.pk},
    "twins:merged": lambda at: {"pk": at.merge.pk},
    "connections:log": lambda at: {"home_id": at.home.pk},
    "connections:rows": lambda at: {"home_id": at.home.pk},
    "connections:tally": lambda at: {"home_id": at.home.pk},
    "grid:month": lambda at: {"home_id": at.home.pk},
    "grid:paper": lambda at: {"home_id": at.home.pk},
    "grid:paper_pdf": lambda at: {"home_id": at.home.pk},
    "grid:undo": lambda at: {"save_id": factories.GridSaveFactory(home=at.home).pk},
    "gaps:home": lambda at: {"home_id": at.home.pk},
    "gaps:list": lambda at: {"home_id": at.home.pk, "asset_id": at.asset.pk},
    "gaps:no": lambda at: {"home_id": at.home.pk, "asset_id": at.asset.pk},
    "gaps:noes": lambda at: {"home_id": at.home.pk},
    "gaps:take_back": lambda at: {"pk": factories.DismissalFactory(home=at.home).pk},
    "gaps:take_off": lambda at: {"pk": at.connection.partnership_id},
    "connections:newcomer": lambda at: {"home_id": at.home.pk},
    "connections:take_back": lambda at: {"partnership_id": at.connection.partnership_id},
    "pictures:entry": lambda at: {"connection_id": at.connection.pk},
    "pictures:file": lambda at: {"pk": at.picture.pk, "size": "small"},
    "pictures:picture": lambda at: {"pk": at.picture.pk},
    "pictures:hide": lambda at: {"pk": at.picture.pk},
    "pictures:take_off": lambda at: {"pk": at.picture.pk},
    "pictures:put_back": lambda at: {"pk": at.picture.pk},
    "steps:start": lambda at: {"home_id": at.home.pk},
    "steps:know": lambda at: {"home_id": at.home.pk},
    "steps:names": lambda at: {"home_id": at.home.pk},
    "steps:known": lambda at: {"home_id": at.home.pk, "pk": at.known.pk},
    "steps:out": lambda at: {"home_id": at.home.pk, "pk": at.known.pk},
    "steps:bring_back": lambda at: {"home_id": at.home.pk, "pk": at.known.pk},
    "steps:like": lambda at: {"home_id": at.home.pk},
    "steps:pick": lambda at: {"home_id": at.home.pk},
    "steps:unpick": lambda at: {"home_id": at.home.pk, "pk": at.connection.partnership_id},
    "steps:ask": lambda at: {"home_id": at.home.pk},
    "steps:card": lambda at: {"home_id": at.home.pk, "pk": at.connection.partnership_id},
    "steps:done": lambda at: {"home_id": at.home.pk, "step": "know"},
    "steps:not_done": lambda at: {"home_id": at.home.pk, "step": "know"},
    "quick:open": lambda at: {"token": "none-such"},
    "quick:take_back": lambda at: {"client_uuid": at.noted.client_uuid},
    "quick:codes": lambda at: {"home_id": at.home.pk},
    "quick:sheet": lambda at: {"home_id": at.home.pk},
    "quick:sheet_pdf": lambda at: {"home_id": at.home.pk},
    "quick:end": lambda at: {"pk": at.noted.code_id},
    "quick:restore": lambda at: {"pk": at.noted.code_id},
    "quick:waiting": lambda at: {"home_id": at.home.pk},
    "quick:change": lambda at: {"pk": at.noted.pk},
    "quick:undo": lambda at: {"pk": at.noted.pk},
    "ties:list": lambda at: {"home_id": at.home.pk},
    "layers:ties": lambda at: {"home_id": at.home.pk},
    "ties:tie": lambda at: {"pk": at.asked.partnership_id},
    "ties:approach": lambda at: {"pk": at.asked.partnership_id},
    "ties:answer": lambda at: {"pk": at.asked.pk},
    "ties:about": lambda at: {"pk": at.asked.partnership_id},
    "ties:over": lambda at: {"pk": at.asked.partnership_id},
    "ties:do": lambda at: {"pk": at.asked.partnership_id},
    "ties:undo": lambda at: {"pk": at.step.pk},
    "ties:open_invitation": lambda at: {"token": "none-such"},
    "ties:own_answer": lambda at: {"pk": at.asked.partnership_id},
    "connections:undo": lambda at: {"connection_id": at.connection.pk},
    "consent:agree": lambda at: {"purpose": "photo"},
    "consent:of_person": lambda at: {"pk": at.volunteer.person_id},
    "consent:restore": lambda at: {"pk": 1},
    "consent:take_back": lambda at: {"purpose": "photo"},
    "frontend:asset": lambda at: {"pk": at.asset.pk},
    "frontend:home": lambda at: {"pk": at.home.pk},
    "frontend:tile": lambda at: {"layer": "assets", "z": 12, "x": 2021, "y": 1325},
    "intake:bring_in": lambda at: {"pk": at.row.job_id},
    "intake:decide": lambda at: {"pk": at.row.job_id, "number": at.row.number},
    "intake:job": lambda at: {"pk": at.row.job_id},
    "intake:job_csv": lambda at: {"pk": at.row.job_id},
    "intake:new": lambda at: {"slug": all_importers()[0].slug},
    "intake:points": lambda at: {"pk": at.row.job_id},
    "intake:report": lambda at: {"pk": at.report.pk},
    "intake:report_csv": lambda at: {"pk": at.report.pk},
    "intake:throw_away": lambda at: {"pk": at.row.job_id},
    "intake:try_again": lambda at: {"pk": at.row.job_id},
    "homes:offers": lambda at: {"pk": at.home.pk},
    "nudges:back": lambda at: {"pk": at.home.pk},  # of a reminder: whoever's
    "prints:certificate": lambda at: {"pk": at.volunteer.pk},
    "prints:own_thanks": lambda at: {"pk": at.thanks.pk},
    "prints:poster": lambda at: {"pk": at.home.pk},
    "prints:thanks": lambda at: {"pk": at.connection.partnership_id},
    "prints:welcome": lambda at: {"pk": at.home.pk},
    "prints:welcome_pdf": lambda at: {"pk": at.home.pk},
    "welcome:edit": lambda at: {"pk": at.home.pk},
    "photos:delete": lambda at: {"pk": at.photo.pk},
    "photos:file": lambda at: {"pk": at.photo.pk, "size": "small"},
    "photos:first": lambda at: {"pk": at.photo.pk},
    "photos:photo": lambda at: {"pk": at.photo.pk},
    "photos:undo": lambda at: {"pk": at.photo.pk},
    "board:cohort": lambda at: {"pk": at.cohort.pk},
    "board:rename": lambda at: {"pk": at.cohort.pk},
    "board:homes": lambda at: {"pk": at.cohort.pk},
    "board:enrol": lambda at: {"pk": at.cohort.pk},
    "board:enrolment": lambda at: {"pk": at.wave.enrolment_id},
    "board:end": lambda at: {"pk": at.wave.enrolment_id},
    "board:go_on": lambda at: {"pk": at.wave.enrolment_id},
    "board:take_out": lambda at: {"pk": at.wave.enrolment_id},
    "board:agree": lambda at: {"pk": at.wave.enrolment_id},
    "board:not_agree": lambda at: {"pk": at.wave.enrolment_id},
    "respond:codes": lambda at: {"pk": at.wave.pk},
    "respond:end": lambda at: {"pk": at.respond_code.pk},
    "respond:restore": lambda at: {"pk": at.respond_code.pk},
    "respond:sheet": lambda at: {"pk": at.wave.pk, "group": "relatives"},
    "respond:sheet_pdf": lambda at: {"pk": at.wave.pk, "group": "relatives"},
    "respond:key_in": lambda at: {"pk": at.wave.pk},
    "respond:take_back": lambda at: {"client_uuid": _keyed_in(at).client_uuid},
    "respond:start": lambda at: {"code": "none-such"},
    "respond:question": lambda at: {"number": 1},
    "learning:plans": lambda at: {"home_id": at.home.pk},
    "learning:new": lambda at: {"home_id": at.home.pk},
    "learning:paper": lambda at: {"home_id": at.home.pk} | TALKED,
    "learning:paper_pdf": lambda at: {"home_id": at.home.pk} | TALKED,
    "learning:plan": lambda at: {"pk": at.action.plan_id},
    "learning:edit": lambda at: {"pk": at.action.plan_id},
    "learning:talk": lambda at: {"pk": at.action.plan_id, "group": "staff"},
    "learning:edit_talk": lambda at: {"pk": at.talk.pk},
    "learning:compare": lambda at: {"pk": at.action.plan_id},
    "learning:act": lambda at: {"pk": at.action.plan_id},
    "learning:action": lambda at: {"pk": at.action.pk},
    "learning:move": lambda at: {"pk": at.action.pk},
    "learning:take_back": lambda at: {"pk": at.action.pk, "to": "reopen"},
    "learning:review": lambda at: {"pk": at.action.reviews.get(month=3).pk},
    "learning:review_back": lambda at: {"pk": at.action.reviews.get(month=3).pk},
    "learning:lay_by": lambda at: {"pk": at.action.plan_id},
    "learning:go_on": lambda at: {"pk": at.action.plan_id},
    "learning:printed": lambda at: {"pk": at.action.plan_id},
    "learning:printed_pdf": lambda at: {"pk": at.action.plan_id},
    "learning:remove_plan": lambda at: {"pk": at.action.plan_id},
    "learning:remove_talk": lambda at: {"pk": at.talk.pk},
    "learning:remove_action": lambda at: {"pk": at.action.pk},
    "learning:bring_back_plan": lambda at: {"pk": at.action.plan_id},
    "learning:bring_back_talk": lambda at: {"pk": at.talk.pk},
    "learning:bring_back_action": lambda at: {"pk": at.action.pk},
    "instruments:version": lambda at: {"version": "v1"},
    "instruments:json": lambda at: {"version": "v1"},
    "instruments:draft": lambda at: {"version": "v1"},
    "instruments:edit": lambda at: {"version": _draft_version()},
    "instruments:edit_sign": lambda at: {"version": _draft_version(), "code": "A1"},
    "instruments:add_sign": lambda at: {"version": _draft_version(), "side": "A"},
    "instruments:leave_out": lambda at: {"version": _draft_version(), "code": "A1"},
    "instruments:undo": lambda at: {"version": _draft_version()},
    "instruments:publish": lambda at: {"version": _draft_version()},
    "instruments:withdraw": lambda at: {"version": _draft_version()},
    "instruments:put_back": lambda at: {"version": "v1"},
    "instruments:choose": lambda at: {"version": "v1"},
    "waves:home": lambda at: {"home_id": at.home.pk},
    "waves:baseline": lambda at: {"home_id": at.home.pk},
    "waves:note": lambda at: {"home_id": at.home.pk},
    "waves:take_back": lambda at: {"pk": at.event.pk},
    "waves:wave": lambda at: {"pk": at.wave.pk},
    "waves:open": lambda at: {"pk": at.wave.pk},
    "waves:close": lambda at: {"pk": at.wave.pk},
    "waves:undo_close": lambda at: {"pk": at.wave.pk},
    "waves:move": lambda at: {"pk": at.wave.pk},
    "waves:remind": lambda at: {"pk": at.wave.pk},
    "waves:look_back": lambda at: {"pk": at.wave.enrolment.waves.get(month=3).pk},
    "openness:would_say": lambda at: {"pk": at.closed.pk},
    "openness:assess": lambda at: {"pk": at.wave.pk},
    "pulse:home": lambda at: {"home_id": at.home.pk},
    "openness:behind": lambda at: {"pk": at.home.pk, "code": "A1"},
    "openness:home": lambda at: {"pk": at.home.pk},
    **dict.fromkeys(
        (f"replies:{page}" for page in ("reply", "evidence", "share", "page", "page_pdf")),
        lambda at: {"pk": at.closed.pk},
    ),
    "replies:take_back": lambda at: {"pk": _reply(at).pk},
    "replies:put_back": lambda at: {"pk": _reply(at).pk},
    "replies:unlink": lambda at: {"pk": _evidence(at).pk},
    "replies:relink": lambda at: {"pk": _evidence(at).pk},
    "matches:answer": lambda at: {"pk": at.match.pk},
    "matches:ask": lambda at: {"home_id": at.home.pk},
    "matches:go": lambda at: {"pk": at.match.pk},
    "matches:home": lambda at: {"home_id": at.home.pk},
    "matches:lead": lambda at: {"pk": at.match.pk},
    "matches:lead_do": lambda at: {"pk": at.match.pk},
    "matches:match": lambda at: {"pk": at.match.pk},
    "matches:propose": lambda at: {"home_id": at.home.pk},
    "matches:undo": lambda at: {"pk": at.match.steps.get().pk},
    "mfa_edit_webauthn": lambda at: {"pk": 1},
    "mfa_remove_webauthn": lambda at: {"pk": 1},
    "partners:answer": lambda at: {"purpose": "right"},
    "partners:claim": lambda at: {"pk": at.asset.pk},
    "partners:decide": lambda at: {"pk": 1},
    "partners:end": lambda at: {"pk": 1},
    "partners:keep": lambda at: {"pk": at.asset.pk},
    "partners:mail": lambda at: {"pk": at.asset.pk},
    "partners:open": lambda at: {"purpose": "right", "token": "none-such"},
    "partners:open_claim": lambda at: {"token": "none-such"},
    "partners:open_own": lambda at: {"token": "none-such"},
    "partners:take_back": lambda at: {"pk": 1},
    "people:end_role": lambda at: {"pk": at.membership.pk},
    "people:keep_role": lambda at: {"pk": at.membership.pk},
    "people:open_invitation": lambda at: {"token": "none-such"},
    "people:outbox_mail": lambda at: {"pk": at.mail.pk},
    "people:restore_role": lambda at: {"pk": at.membership.pk},
    "people:send_again": lambda at: {"pk": at.invitation.pk},
    "people:take_back": lambda at: {"pk": at.invitation.pk},
    "post:stop": lambda at: {"token": token_for(Kind.VOLUNTEERING, "0" * 64)},
    "volunteers:alone": lambda at: {"pk": at.volunteer.pk},
    "volunteers:ask_reference": lambda at: {"pk": at.volunteer.pk},
    "volunteers:check": lambda at: {"pk": at.volunteer.pk},
    "volunteers:choose_role": lambda at: {"pk": at.volunteer.pk},
    "volunteers:decide": lambda at: {
        "pk": at.volunteer.pk,
        "vetting": at.volunteer.vettings.get().pk,
    },
    "volunteers:heard": lambda at: {"pk": at.volunteer.pk},
    "volunteers:move": lambda at: {"pk": at.volunteer.pk},
    "volunteers:role": lambda at: {"slug": "visitor"},
    "volunteers:take_reference": lambda at: {
        "pk": at.volunteer.pk,
        "reference": at.volunteer.references.get().pk,
    },
    "volunteers:tick": lambda at: {"pk": at.volunteer.pk},
    "volunteers:volunteer": lambda at: {"pk": at.volunteer.pk},
    "volunteers:open_adult": lambda at: {"token": "none-such"},
    "volunteers:open_offer": lambda at: {"token": "none-such"},
    "volunteers:undo_hours": lambda at: {"pk": at.volunteer.pk},
    "privacy:erase_person": lambda at: {"pk": at.membership.person_id},
    "privacy:person": lambda at: {"pk": at.membership.person_id},
    "privacy:person_json": lambda at: {"pk": at.membership.person_id},
    "privacy:person_page": lambda at: {"pk": at.membership.person_id},
    "privacy:person_pdf": lambda at: {"pk": at.membership.person_id},
    "proposals:draft": lambda at: {"pk": at.draft.pk},
    "proposals:proposal": lambda at: {"pk": at.proposal.pk},
    "proposals:status": lambda at: {"token": "none-such"},
    "proposals:suggest_change": lambda at: {"pk": at.asset.pk},
    "proposals:undo": lambda at: {"pk": at.proposal.pk},
    "wishes:board": lambda at: {"home_id": at.home.pk},
    "wishes:edit": lambda at: {"pk": at.wish.pk},
    "wishes:given": lambda at: {"pk": at.thanks.pk},
    "wishes:grant": lambda at: {"pk": at.wish.pk},
    "wishes:let_go": lambda at: {"pk": at.wish.pk},
    "wishes:not_given": lambda at: {"pk": at.thanks.pk},
    "wishes:peg": lambda at: {"home_id": at.home.pk},
    "wishes:reopen": lambda at: {"pk": at.wish.pk},
    "wishes:take_back": lambda at: {"pk": at.wish.pk},
    "wishes:tear_up": lambda at: {"pk": at.thanks.pk},
    "wishes:thank": lambda at: {"home_id": at.home.pk},
    "wishes:wish": lambda at: {"pk": at.wish.pk},
    "twins:decide": lambda at: {"pk": at.pair.pk},
    "research:extract": lambda at: {"pk": at.study.pk},
}


@dataclass(frozen=True)
class Address:
    """One pattern of the site, under the name that the permission table would know."""

    route: str
    arguments: frozenset[str]
    view: Any
    is_named: bool


def addresses_of(patterns: Any, prefix: str = "") -> Iterator[Address]:
    """Find every pattern, also one without a name: Django calls that by its view."""
    for pattern in patterns:
        arguments = {*pattern.pattern.converters, *pattern.pattern.regex.groupindex}
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            for each in addresses_of(pattern.url_patterns, inner):
                yield replace(each, arguments=each.arguments | arguments)
        elif isinstance(pattern, URLPattern):
            name = pattern.name or pattern.lookup_str
            yield Address(
                f"{prefix}{name}", frozenset(arguments), pattern.callback, bool(pattern.name)
            )


def without_row(addresses: Iterable[Address]) -> set[str]:
    """Return the routes that the permission table does not know."""
    return {each.route for each in addresses if action_of(each.route) not in ACTIONS}


def without_example(addresses: Iterable[Address]) -> set[str]:
    """Return the routes that no walk could ask: arguments without an example, or no name."""
    return {
        each.route
        for each in addresses
        if not each.route.startswith("admin:")
        and (not each.is_named or (each.arguments - {"format"} and each.route not in EXAMPLES))
    }


EVERY = sorted(addresses_of(get_resolver().url_patterns), key=lambda each: each.route)
ALL = {each.route: set(each.arguments) for each in EVERY if each.is_named}
ADMIN = [name for name in ALL if name.startswith("admin:")]
OURS = [name for name in ALL if not name.startswith("admin:")]
API = [each for each in EVERY if each.route.startswith("api:")]


def example(route: str) -> Arguments:
    if route.startswith("admin:"):
        missing = {**dict.fromkeys(ALL[route] - {"url"}, 1), "app_label": "people"}
        if "content_type_id" in missing:  # of a table: some of pghistory's kinds have none
            missing["content_type_id"] = ContentType.objects.get_for_model(Person).pk
        return lambda at: {name: missing[name] for name in ALL[route] - {"url"}}
    return EXAMPLES.get(route, lambda at: {})


def _leave_out_numbers() -> None:
    """Let what comes have numbers that no page holds by chance, and each table its own."""
    jump = (
        "SELECT setval(oid::regclass, nextval(oid::regclass)"
        " + 100000 + 1000 * row_number() OVER (ORDER BY relname))"
        " FROM pg_class WHERE relkind = 'S'"
    )
    with connection.cursor() as cursor:
        cursor.execute(jump)


@pytest.fixture(scope="module")
def country(django_db_setup, django_db_blocker, tmp_path_factory):
    """Here, where the roles are held; there, where they are not; and a session for each."""
    media = override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media"))
    with media, django_db_blocker.unblock(), transaction.atomic():
        here = Place.around(SALE, "Larkfield")
        _leave_out_numbers()
        there = Place.around(NORWICH, "Elmbank")
        cast = {role.value: here.member(role) for role in Role}
        cast["stranger"] = factories.PersonFactory(name="Cy")
        sessions = {"visitor": ""}
        for name, person in cast.items():
            client = Client()
            client.force_login(person)
            sessions[name] = client.cookies[settings.SESSION_COOKIE_NAME].value
        yield here, there, sessions
        transaction.set_rollback(True)


def _refuse(request: Any, exception: Exception) -> HttpResponse:
    return HttpResponse("no", status=403)


def _find_nothing(request: Any, exception: Exception) -> HttpResponse:
    return HttpResponse("no", status=404)


@pytest.fixture
def plain_refusals(monkeypatch):
    """Refuse in one word, for those who ask ten thousand times and look at the number only.

    The page around it is long, and the same for an address as for the next:
    ``test_a_refusal_is_a_page_for_everybody`` and ``tests.test_headers`` have it.
    """
    monkeypatch.setattr(urls, "handler403", _refuse)
    monkeypatch.setattr(urls, "handler404", _find_nothing)


@pytest.fixture
def here(country, db) -> Place:
    """Where the roles are held."""
    return country[0]


@pytest.fixture
def there(country, db) -> Place:
    """Where nobody holds a role."""
    return country[1]


@pytest.fixture
def send(country, db):
    """Send something to a URL as one of the cast, and undo what came of it."""
    _, _, sessions = country

    @contextmanager
    def send_as(name: str, method: str, url: str, data: Any = None, **more: Any) -> Any:
        client = Client(raise_request_exception=False)
        if sessions[name]:
            client.cookies[settings.SESSION_COOKIE_NAME] = sessions[name]
        block: Any = transaction.atomic()
        block._from_testcase = True  # so that views may ask for a transaction of their own
        with block:
            response = getattr(client, method)(url, data, **more)
            assert response.status_code < 500, f"{method} {url} as {name}"
            yield response
            if response.streaming:
                response.getvalue()  # the client closes it at its end
            transaction.set_rollback(True)

    return send_as


@pytest.fixture
def ask(country, send):
    """Ask an address by its route as one of the cast, and undo what came of it."""
    _, _, sessions = country

    def ask_as(name: str, method: str, route: str, place: Place, query: str = "") -> Any:
        return send(name, method, reverse(route, kwargs=example(route)(place)) + query)

    ask_as.cast = list(sessions)  # type: ignore[attr-defined]
    return ask_as

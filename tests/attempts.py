"""Ways to reach for what is another home's, cohort's or person's, one a line."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from fans.people.models import Membership
from fans.people.partners.models import Ending
from homes.models import RegisterChange, RegistrationQuestion
from tests import factories
from tests.walk import Place

MISSING = 987_654_321
LOGGED = {"when": "today", "direction": "in"}
HOME = ("manager", "coordinator")
TEAM = (*HOME, "champion")
READERS = (*HOME, "facilitator")
ANSWERS = {"A3": "3"}
DAYS = {"opens_on": "2030-01-01", "closes_on": "2030-02-01"}
RENAMED = {"title": "x", "version": "1"}
DONE_SOON = {"what": "x", "first_step": "x", "how_known": "x", "owner": "staff"}
WISH = {"text": "to see the sea", "from_whom": "staff", "how_many": "one"}


@dataclass(frozen=True)
class Attempt:
    """One way to reach for something: ``{n}`` is where its number goes."""

    url: str
    of: Callable[[Place], int]
    who: tuple[str, ...]
    data: dict[str, Any] | None = None
    own: Callable[[Place], int] = field(default=lambda at: at.home.pk)  # ``{own}``

    @property
    def method(self) -> str:
        return "get" if self.data is None else "post"

    def __str__(self) -> str:
        kept = "".join(f" {name}={value}" for name, value in (self.data or {}).items())
        return f"{self.method} {self.url}{kept}"[:90]


def _home(at: Place) -> int:
    return at.home.pk


def _grid_save(at: Place) -> int:
    return at.home.grid_saves.order_by("pk").first().pk


def tie_of(at: Place) -> int:
    return at.connection.partnership_id


def _no(at: Place) -> int:
    return factories.DismissalFactory(home=at.home).pk


def _wish(at: Place) -> int:
    return at.wish.pk


def _granted(at: Place) -> int:
    return at.home.wishes.granted().get().pk


def _thanks(at: Place) -> int:
    return at.thanks.pk


def _asked(at: Place) -> int:
    return at.asked.pk


def _step(at: Place) -> int:
    return at.step.pk


def _draft(at: Place) -> int:
    return at.draft.pk


def _asset(at: Place) -> int:
    return at.asset.pk


def _round(at: Place) -> int:
    return at.stop.round_id


def _stop(at: Place) -> int:
    return at.stop.pk


def _source_question(at: Place) -> int:
    return at.question.pk


def _pair(at: Place) -> int:
    return at.pair.pk


def _merge(at: Place) -> int:
    return at.merge.pk


def _offer(at: Place) -> int:
    return at.home.home_assets.get().pk


def _connection(at: Place) -> int:
    return at.connection.pk


def _noted(at: Place) -> int:
    return at.noted.pk


def _sheet(at: Place) -> int:
    return at.noted.code_id


def _closed(at: Place) -> int:
    return at.closed.pk


def _wave(at: Place) -> int:
    return at.wave.pk


def _wave_3(at: Place) -> int:
    return at.wave.enrolment.waves.get(month=3).pk


def _event(at: Place) -> int:
    return at.event.pk


def _closed(at: Place) -> int:
    return at.closed.pk


def _cohort(at: Place) -> int:
    return at.cohort.pk


def _plan(at: Place) -> int:
    return at.action.plan_id


def _talk(at: Place) -> int:
    return at.talk.pk


def _action(at: Place) -> int:
    return at.action.pk


def _review(at: Place) -> int:
    return at.action.reviews.get(month=3).pk


def _cohort(at: Place) -> int:
    return int(at.cohort.pk)


def _enrolment(at: Place) -> int:
    return int(at.wave.enrolment_id)


def _membership(at: Place) -> int:
    return at.membership.pk


def _invitation(at: Place) -> int:
    return at.invitation.pk


def _passkey(at: Place) -> int:
    return at.membership.person.authenticator_set.get().pk


def _change(at: Place) -> int:
    return RegisterChange.objects.get(registration__home=at.home).pk


def _question(at: Place) -> int:
    return RegistrationQuestion.objects.get(new__home=at.home).pk


def _job(at: Place) -> int:
    return at.row.job_id


def logged(**more: Any) -> dict[str, Any]:
    """An entry of the log, sent with ``{n}`` in it somewhere."""
    return LOGGED | more


def _volunteer(at: Place) -> int:
    return at.volunteer.pk


def _reference(at: Place) -> int:
    return at.volunteer.references.first().pk


def _vetting(at: Place) -> int:
    return at.volunteer.vettings.get().pk


def _hours(at: Place) -> int:
    return at.volunteer.hours.get().pk


def _volunteers_role(at: Place) -> int:
    return at.volunteer.person.memberships.get(role="volunteer").pk


def _known(at: Place) -> int:
    return int(at.known.pk)


def _picture(at: Place) -> int:
    return int(at.picture.pk)


def _photo(at: Place) -> int:
    return at.photo.pk


def _claim(at: Place) -> int:
    return at.asset.claims.get().pk


def _keeper(at: Place) -> int:
    return Membership.objects.get(asset=at.asset, role="partner", person__name="Pat").pk


def _ending(at: Place) -> int:
    return Ending.objects.get(membership__asset=at.asset).pk


def _proposal(at: Place) -> int:
    return at.proposal.pk


def _match(at: Place) -> int:
    return at.match.pk


def _matched(at: Place) -> int:
    return at.match.volunteer_id


def _aside(at: Place) -> int:
    """Return what a coordinator of the home put off: here, the cast's own."""
    whose = Membership.objects.filter(home=at.home, role="coordinator").latest("pk").person
    return factories.AsideFactory(person=whose, thing_id=at.home.pk).pk


LEAD = ("volunteer_lead",)
FINDERS = (*TEAM, "volunteer_lead")
NOT_ADMIN = ("manager", "coordinator", "champion", "facilitator", "researcher", "stranger")
GIVERS = ("manager", "facilitator", "champion", "volunteer_lead")
ATTEMPTS = [
    # another home's log
    Attempt("/homes/{n}/log/", _home, TEAM),
    Attempt("/homes/{n}/log/", _home, TEAM, logged(who="")),
    # another home's sheets, and what was noted from them
    Attempt("/homes/{n}/sheets/", _home, TEAM),
    Attempt("/homes/{n}/sheets/", _home, TEAM, {"months": "1"}),
    Attempt("/homes/{n}/sheets/print/", _home, TEAM),
    Attempt("/sheets/{n}/end/", _sheet, TEAM, {}),
    Attempt("/sheets/{n}/restore/", _sheet, TEAM, {}),
    Attempt("/homes/{n}/noted/", _home, TEAM),
    Attempt("/homes/{n}/noted/", _home, TEAM, {"confirm": "1"}),
    Attempt("/homes/{own}/noted/", _noted, HOME, {"confirm": "{n}"}),
    Attempt("/homes/{own}/noted/", _noted, HOME, {"refuse": "ticked", "entry": "{n}"}),
    Attempt("/noted/{n}/", _noted, TEAM),
    Attempt("/noted/{n}/", _noted, TEAM, logged(who="new")),
    Attempt("/noted/{n}/undo/", _noted, TEAM, {}),
    # another home's reminders, and another person's
    Attempt("/work-list/?home={n}", _home, TEAM),
    Attempt("/work-list/aside/{n}/back/", _aside, TEAM, {}),
    # what is suggested to a home
    Attempt("/homes/{n}/gaps/", _home, TEAM),
    Attempt("/gaps/?home={n}", _home, TEAM),
    Attempt("/homes/{n}/gaps/noes/", _home, TEAM),
    Attempt("/gaps/noes/{n}/take-back/", _no, TEAM, {}),
    Attempt("/gaps/ties/{n}/take-off/", tie_of, TEAM, {}),
    # wishes
    Attempt("/homes/{n}/wishes/", _home, TEAM),
    Attempt("/homes/{n}/wishes/new/", _home, (*TEAM, "relative"), WISH),
    Attempt("/homes/{n}/thanks/", _home, TEAM, {"text": "Thank you!"}),
    Attempt("/homes/{own}/thanks/", tie_of, TEAM, {"text": "Thanks!", "partnership": "{n}"}),
    Attempt("/homes/{own}/thanks/?wish={n}", _granted, TEAM),
    Attempt("/wishes/{n}/", _wish, TEAM),
    Attempt("/wishes/{n}/edit/", _wish, TEAM, WISH),
    Attempt("/wishes/{n}/take-back/", _wish, (*TEAM, "relative"), {}),
    Attempt("/wishes/{n}/granted/", _wish, TEAM, {"on": "2026-10-01"}),
    Attempt("/wishes/{n}/let-go/", _wish, TEAM, {"why": "twice"}),
    Attempt("/wishes/{n}/again/", _wish, TEAM, {}),
    Attempt("/thanks/{n}/card/", _thanks, TEAM),
    Attempt("/thanks/{n}/given/", _thanks, TEAM, {}),
    Attempt("/thanks/{n}/not-given/", _thanks, TEAM, {}),
    Attempt("/thanks/{n}/tear-up/", _thanks, TEAM, {}),
    Attempt("/api/v1/wishes/{n}/", _wish, TEAM),
    # plans
    Attempt("/homes/{n}/plans/", _home, READERS),
    Attempt("/homes/{n}/plans/new/", _home, HOME, {"title": "x", "topic": "team"}),
    Attempt("/homes/{n}/plans/paper/team/staff/", _home, READERS),
    Attempt("/homes/{n}/plans/paper/team/staff.pdf", _home, READERS),
    Attempt("/plans/{n}/", _plan, READERS),
    Attempt("/plans/{n}/edit/", _plan, HOME, {"title": "x", "version": "1"}),
    Attempt("/plans/{own}/edit/", _wish, HOME, RENAMED | {"wishes": "{n}"}, _plan),
    Attempt("/plans/{own}/edit/", tie_of, HOME, RENAMED | {"ties": "{n}"}, _plan),
    Attempt("/plans/{n}/talk/staff/", _plan, HOME, {"said": "x", "talked_on": "2026-10-01"}),
    Attempt("/plans/{n}/side-by-side/", _plan, READERS),
    Attempt("/plans/{n}/side-by-side/", _plan, HOME, {"alike": "x", "version": "0"}),
    Attempt("/plans/{n}/act/", _plan, HOME, DONE_SOON),
    Attempt("/plans/{n}/lay-by/", _plan, HOME, {}),
    Attempt("/plans/{n}/go-on/", _plan, HOME, {}),
    Attempt("/plans/{n}/print/", _plan, READERS),
    Attempt("/plans/{n}/print.pdf", _plan, READERS),
    Attempt("/plans/plan/{n}/remove/", _plan, HOME, {}),
    Attempt("/plans/plan/{n}/bring-back/", _plan, HOME, {}),
    Attempt("/plans/talk/{n}/remove/", _talk, HOME, {}),
    Attempt("/plans/talk/{n}/bring-back/", _talk, HOME, {}),
    Attempt("/plans/action/{n}/remove/", _action, HOME, {}),
    Attempt("/plans/action/{n}/bring-back/", _action, HOME, {}),
    Attempt("/plans/talks/{n}/", _talk, HOME, {"said": "x", "talked_on": "2026-10-01"}),
    Attempt("/plans/actions/{n}/", _action, READERS),
    Attempt("/plans/actions/{n}/", _action, HOME, DONE_SOON | {"version": "1"}),
    Attempt("/plans/actions/{n}/move/", _action, HOME, {"to": "done"}),
    Attempt("/plans/actions/{n}/take-back/reopen/", _action, HOME, {}),
    Attempt("/plans/reviews/{n}/", _review, HOME, {"changed": "x", "verdict": "keep"}),
    Attempt("/plans/reviews/{n}/back/", _review, HOME, {}),
    Attempt("/homes/{n}/connections/", _home, (*TEAM, "facilitator")),
    Attempt("/homes/{n}/month/", _home, TEAM),
    Attempt("/homes/{n}/month/", _home, TEAM, {"line": "tie-1-in"}),
    Attempt("/homes/{n}/month/paper/", _home, TEAM),
    Attempt("/month-saves/{n}/undo/", _grid_save, TEAM, {}),
    Attempt("/homes/{n}/tally/", _home, HOME),
    Attempt("/homes/{n}/tally/", _home, HOME, {"month": "2026-10", "occupied_beds": "3"}),
    Attempt("/connections/{n}/undo/", _connection, TEAM, {}),
    # another home's ties
    Attempt("/homes/{n}/ties/", _home, (*TEAM, "facilitator")),
    Attempt("/homes/{n}/ties/map/", _home, (*TEAM, "facilitator")),
    Attempt("/ties/{n}/", tie_of, (*TEAM, "facilitator")),
    Attempt("/ties/{n}/ask/", tie_of, TEAM),
    Attempt("/ties/{n}/ask/", tie_of, TEAM, {"channel": "phone", "words": "Hello"}),
    Attempt("/ties/asked/{n}/answer/", _asked, TEAM),
    Attempt("/ties/asked/{n}/answer/", _asked, TEAM, {"answer": "yes"}),
    Attempt("/ties/{n}/about/", tie_of, TEAM),
    Attempt("/ties/{n}/about/", tie_of, TEAM, {"depth": "4", "arranged_by": "home"}),
    Attempt("/ties/{n}/over/", tie_of, TEAM),
    Attempt("/ties/{n}/over/", tie_of, TEAM, {"how": "ended"}),
    Attempt("/ties/{n}/do/", tie_of, HOME, {"do": "yes-home"}),
    Attempt("/ties/{n}/do/", tie_of, ("champion",), {"do": "yes-partner"}),
    Attempt("/ties/{n}/do/", tie_of, TEAM, {"do": "to-partner"}),
    Attempt("/ties/steps/{n}/undo/", _step, TEAM, {}),
    Attempt("/my-places/ties/{n}/", tie_of, ("partner",)),
    Attempt("/my-places/ties/{n}/", tie_of, ("partner",), {"answer": "yes"}),
    Attempt("/api/v1/partnerships/{n}/", tie_of, (*TEAM, "facilitator")),
    Attempt("/api/v1/connections/{n}/", _connection, (*TEAM, "facilitator")),
    Attempt("/homes/{n}/someone-new/", _home, TEAM),
    # the three steps of another home
    Attempt("/homes/{n}/start/", _home, TEAM),
    Attempt("/homes/{n}/start/know/", _home, TEAM, {"name": "Postman"}),
    Attempt("/homes/{n}/start/know/names/", _home, TEAM, {"names": "Postman"}),
    Attempt("/homes/{own}/start/know/{n}/", _known, TEAM),
    Attempt("/homes/{own}/start/know/{n}/", _known, TEAM, {"name": "Mine"}),
    Attempt("/homes/{own}/start/know/{n}/out/", _known, TEAM, {}),
    Attempt("/homes/{own}/start/know/{n}/back/", _known, TEAM, {}),
    Attempt("/homes/{n}/start/like/", _home, TEAM),
    Attempt("/homes/{own}/start/like/pick/", tie_of, TEAM, {"who": "tie:{n}"}),
    Attempt("/homes/{own}/start/like/{n}/off/", tie_of, TEAM, {}),
    Attempt("/homes/{own}/start/ask/{n}/", tie_of, TEAM),
    Attempt("/homes/{own}/start/ask/{n}/", tie_of, TEAM, {"asked-channel": "phone"}),
    Attempt("/homes/{n}/start/know/done/", _home, TEAM, {}),
    # photos of another home's log
    Attempt("/connections/{n}/photos/", _connection, HOME),
    Attempt("/connections/{n}/photos/", _connection, HOME, {"alt": "Mine"}),
    Attempt("/log-photos/{n}/", _picture, HOME),
    Attempt("/log-photos/{n}/", _picture, HOME, {"alt": "Mine", "share": "1"}),
    Attempt("/log-photos/{n}/hide/", _picture, HOME, {}),
    Attempt("/log-photos/{n}/take-off/", _picture, HOME, {}),
    Attempt("/log-photos/{n}/put-back/", _picture, HOME, {}),
    Attempt("/homes/{n}/someone-new/", _home, TEAM, {"kind": "person", "name": "Baker"}),
    Attempt("/connections/ties/{n}/take-back/", tie_of, TEAM, {}),
    # another home's records in a form or a query of one's own home
    Attempt("/homes/{own}/month/", _draft, TEAM, {"add": "1", "add_who": "place:{n}"}),
    Attempt("/homes/{own}/log/", tie_of, TEAM, logged(who="tie:{n}")),
    Attempt("/homes/{own}/log/", _draft, TEAM, logged(who="place:{n}")),
    Attempt("/homes/{own}/log/", _offer, TEAM, logged(who="{tie}", home_gives="asset:{n}")),
    Attempt("/homes/{own}/log/?tie={n}", tie_of, TEAM),
    Attempt("/homes/{own}/log/?asset={n}", _draft, TEAM),
    Attempt("/homes/{own}/log/?again={n}", _connection, TEAM),
    Attempt("/homes/{own}/connections/?partner={n}", tie_of, (*TEAM, "facilitator")),
    Attempt("/homes/{own}/offers/", _offer, ("manager",), {"do": "withdraw", "offer": "{n}"}),
    Attempt("/homes/{own}/offers/", _offer, ("manager",), {"do": "show", "offer": "{n}"}),
    Attempt("/homes/{n}/offers/", _home, ("manager",)),
    Attempt("/homes/{n}/welcome/edit/", _home, HOME, {"come_by": "Any day."}),
    Attempt("/homes/{n}/poster/", _home, TEAM),
    Attempt("/ties/{n}/thank-you/", tie_of, TEAM),
    Attempt("/homes/{n}/offers/", _home, ("manager",), {"do": "add", "kind": "garden"}),
    # another home's openness
    Attempt("/homes/{n}/openness/", _home, (*HOME, "facilitator")),
    Attempt("/homes/{n}/openness/?wave=0&side=A", _home, (*HOME, "facilitator")),
    Attempt("/homes/{n}/openness/A1/", _home, (*HOME, "facilitator")),
    Attempt("/waves/{n}/page/", _closed, (*HOME, "facilitator", "champion", "relative")),
    Attempt("/waves/{n}/page.pdf", _closed, (*HOME, "facilitator", "champion", "relative")),
    Attempt("/waves/{n}/reply/", _closed, HOME),
    Attempt("/waves/{n}/reply/", _closed, HOME, {"words": "Theirs is better."}),
    Attempt("/waves/{n}/evidence/?sign=A1", _closed, HOME, {"words": "I saw it."}),
    Attempt("/waves/{n}/who-sees/", _closed, ("manager",), {"audience": "cohort"}),
    Attempt("/api/v1/cohorts/{n}/", _cohort, ("facilitator",)),
    Attempt("/api/v1/waves/{n}/", _wave, (*HOME, "facilitator")),
    Attempt("/api/v1/scores/{n}/", _closed, (*HOME, "facilitator")),
    Attempt("/homes/{n}/openness-by-month/", _home, (*HOME, "facilitator")),
    # another home's months, their days and what went on there
    Attempt("/waves/{n}/", _wave, READERS),
    Attempt("/homes/{n}/waves/", _home, READERS),
    Attempt("/homes/{n}/baseline/", _home, READERS),
    Attempt(
        "/homes/{n}/went-on/", _home, READERS, {"kind": "outbreak", "from_on": "2026-01-01"}
    ),
    Attempt("/went-on/{n}/take-back/", _event, READERS, {}),
    Attempt("/waves/{n}/open/", _wave, ("facilitator",), {}),
    Attempt("/waves/{n}/close/", _wave, ("manager", "facilitator")),
    Attempt("/waves/{n}/close/", _wave, ("manager", "facilitator"), {}),
    Attempt("/waves/{n}/undo-close/", _wave, ("manager", "facilitator"), {}),
    Attempt("/waves/{n}/days/", _wave, ("facilitator",), DAYS),
    Attempt("/waves/{n}/look-back/", _wave_3, HOME),
    Attempt("/waves/{n}/look-back/", _wave_3, HOME, {"tie_1_in": "1"}),
    Attempt("/waves/{n}/assess/?group=staff", _wave, (*TEAM, "facilitator")),
    Attempt("/waves/{n}/assess/?group=staff", _wave, (*TEAM, "facilitator"), ANSWERS),
    Attempt("/waves/{n}/codes/", _wave, (*TEAM, "facilitator")),
    Attempt("/waves/{n}/codes/", _wave, (*TEAM, "facilitator"), {"group": "relatives"}),
    Attempt("/waves/{n}/sheets/relatives/", _wave, (*TEAM, "facilitator")),
    Attempt("/waves/{n}/key-in/?group=staff", _wave, (*TEAM, "facilitator")),
    # another cohort's board, and who takes part in it
    Attempt("/cohorts/{n}/board/", _cohort, ("facilitator",)),
    Attempt("/cohorts/{n}/board/?order=missing", _cohort, ("facilitator",)),
    Attempt("/waves/{n}/remind/", _wave, (*TEAM, "facilitator"), {}),
    Attempt("/cohorts/{n}/homes/", _cohort, ("facilitator",)),
    Attempt("/cohorts/{n}/homes/add/?q=a", _cohort, ("facilitator",)),
    Attempt("/enrolments/{n}/", _enrolment, (*TEAM, "facilitator")),
    Attempt("/enrolments/{n}/end/", _enrolment, ("facilitator",), {"ends_on": "2099-01-01"}),
    Attempt("/enrolments/{n}/go-on/", _enrolment, ("facilitator",), {}),
    Attempt("/enrolments/{n}/take-out/", _enrolment, ("facilitator",), {}),
    Attempt(
        "/enrolments/{n}/research/", _enrolment, ("facilitator",), {"agreed_on": "2026-05-03"}
    ),
    Attempt("/enrolments/{n}/research/take-back/", _enrolment, ("facilitator",), {}),
    # drafts of another area
    Attempt("/places/{n}/", _draft, (*NOT_ADMIN, "visitor", "partner")),
    Attempt("/places/{n}/edit/", _draft, ("champion", "partner")),
    Attempt("/places/{n}/edit/", _draft, ("champion", "partner"), {"name": "Mine now"}),
    Attempt("/places/{n}/check/", _draft, ("champion", "partner")),
    Attempt(
        "/places/{n}/check/", _draft, ("champion", "partner"), {"facts": "place", "how": "web"}
    ),
    Attempt("/places/{n}/check/0/undo/", _draft, ("champion", "partner"), {}),
    Attempt("/api/v1/assets/{n}/", _draft, (*NOT_ADMIN, "visitor", "partner")),
    Attempt("/api/v1/assets/{n}/?format=geojson", _draft, (*NOT_ADMIN, "visitor")),
    # records of another area, and what became of two of them
    Attempt("/places/{n}/merge/", _draft, ("champion",)),
    Attempt("/places/{own}/merge/?with={n}", _draft, ("champion",), own=_asset),
    Attempt("/places/{own}/merge/", _draft, ("champion",), {"other": "{n}"}, own=_asset),
    Attempt("/twins/{n}/", _pair, ("champion",), {"decision": "distinct"}),
    Attempt("/merges/{n}/", _merge, ("champion",)),
    Attempt("/merges/{n}/", _merge, ("champion",), {}),
    # rounds of another area, and what sources say of its places
    Attempt("/rounds/{n}/", _round, ("champion",)),
    Attempt("/rounds/{n}/hand/", _round, ("champion",), {"take": "1"}),
    Attempt("/rounds/{n}/finish/", _round, ("champion",), {}),
    Attempt("/rounds/{own}/stops/{n}/", _stop, ("champion",), own=_round),
    Attempt("/rounds/{own}/stops/{n}/", _stop, ("champion",), {"found": "gone"}, own=_round),
    Attempt(
        "/questions/places/",
        _source_question,
        ("champion",),
        {"question": "{n}", "answer": "gone"},
    ),
    Attempt("/questions/places/{n}/undo/", _source_question, ("champion",), {}),
    # photos of another area, and of its drafts
    Attempt("/photos/{n}/", _photo, ("champion",)),
    Attempt("/photos/{n}/", _photo, ("champion",), {"alt": "Mine", "publish": "1"}),
    Attempt("/photos/{n}/", _photo, ("champion",), {"reason": "Mine", "refuse": "1"}),
    Attempt("/photos/{n}/undo/", _photo, ("champion",), {}),
    Attempt("/photos/{n}/first/", _photo, ("champion",), {}),
    Attempt("/photos/add/?place={n}", _draft, (*TEAM, "partner", "volunteer")),
    Attempt("/photos/add/", _draft, (*TEAM, "partner", "volunteer"), {"place": "{n}"}),
    # suggestions and drafts of another area, to decide about
    Attempt("/proposals/{n}/", _proposal, ("champion",)),
    Attempt("/proposals/{n}/", _proposal, ("champion",), {"do": "approve"}),
    Attempt("/proposals/{n}/", _proposal, ("champion",), {"do": "refuse", "reason": "twice"}),
    Attempt("/proposals/{n}/", _proposal, ("champion",), {"do": "assign", "to": ""}),
    Attempt("/proposals/{n}/undo/", _proposal, ("champion",), {}),
    Attempt("/proposals/places/{n}/", _draft, ("champion",)),
    Attempt("/proposals/places/{n}/", _draft, ("champion",), {"do": "approve"}),
    Attempt("/places/{n}/suggest/", _draft, NOT_ADMIN),
    # another cohort's study
    Attempt("/research/{n}/extract/", lambda at: at.study.pk, ("researcher",), {}),
    # other people's roles and invitations
    Attempt("/people/roles/{n}/end/", _membership, GIVERS, {}),
    Attempt("/people/roles/{n}/keep/", _membership, GIVERS, {}),
    Attempt("/people/roles/{n}/restore/", _membership, GIVERS, {}),
    Attempt("/people/invitations/{n}/send-again/", _invitation, GIVERS, {}),
    Attempt("/people/invitations/{n}/take-back/", _invitation, GIVERS, {}),
    # another area's claims, addresses and keepers; another place of its own people
    Attempt("/places/{n}/mail/", lambda at: at.asset.pk, ("champion",)),
    Attempt("/places/{n}/mail/", lambda at: at.asset.pk, ("champion",), {"do": "withdraw"}),
    Attempt("/places/claims/{n}/", _claim, ("champion",), {"do": "refuse", "words": "No"}),
    Attempt("/places/keepers/{n}/end/", _keeper, ("champion",), {"words": "No"}),
    Attempt("/places/endings/{n}/undo/", _ending, ("champion",), {}),
    Attempt("/my-places/{n}/", lambda at: at.asset.pk, ("champion", "partner")),
    Attempt("/my-places/{n}/", lambda at: at.asset.pk, ("partner",), {"do": "right"}),
    # other people's passkeys
    Attempt("/accounts/passkeys/{n}/rename/", _passkey, NOT_ADMIN),
    Attempt("/accounts/passkeys/{n}/remove/", _passkey, NOT_ADMIN, {}),
    # another home's volunteers, and a match that is somebody else's
    Attempt("/homes/{n}/volunteers/", _home, FINDERS),
    Attempt("/homes/{n}/volunteers/ask/", _home, HOME, {}),
    Attempt("/homes/{own}/volunteers/ask/", _matched, HOME, {"volunteer": "{n}"}),
    Attempt("/homes/{n}/volunteers/propose/", _home, ("champion", *LEAD), {}),
    Attempt(
        "/homes/{own}/volunteers/propose/", _matched, ("champion", *LEAD), {"volunteer": "{n}"}
    ),
    Attempt("/matches/{n}/", _match, FINDERS),
    Attempt("/matches/{n}/answer/", _match, HOME, {"do": "yes"}),
    Attempt("/matches/{n}/answer/", _match, HOME, {"do": "no", "reason": "not_now"}),
    Attempt("/matches/{n}/go/", _match, FINDERS, {"do": "start"}),
    Attempt("/matches/{n}/go/", _match, FINDERS, {"do": "no", "reason": "not_now"}),
    Attempt("/matches/{n}/lead/", _match, LEAD),
    Attempt("/matches/{n}/lead/do/", _match, LEAD, {"do": "alone"}),
    Attempt("/volunteer/me/homes/do/", _match, ("volunteer",), {"match": "{n}", "do": "yes"}),
    Attempt("/volunteer/me/homes/ask/", _home, ("volunteer",), {"home": "{n}"}),
    # another area's volunteers
    Attempt("/volunteers/{n}/", _volunteer, LEAD),
    Attempt("/volunteers/{n}/move/", _volunteer, LEAD, {"to": "resting", "seen": "active"}),
    Attempt("/volunteers/{n}/heard/", _volunteer, LEAD, {}),
    Attempt("/volunteers/{n}/role/", _volunteer, LEAD, {"role": "visitor", "seen": ""}),
    Attempt("/volunteers/{n}/references/", _volunteer, LEAD, {"referee": "Mrs Oak"}),
    Attempt("/volunteers/{n}/start/", _volunteer, LEAD, {"item": "safeguarding"}),
    Attempt("/volunteers/{n}/alone/", _volunteer, LEAD, {}),
    Attempt("/volunteers/{n}/check/", _volunteer, LEAD),
    Attempt("/volunteers/{n}/check/", _volunteer, LEAD, {"do": "ask"}),
    Attempt(
        "/volunteers/{own}/references/{n}/", _reference, LEAD, {"answer": "good"}, _volunteer
    ),
    Attempt("/volunteers/{own}/check/{n}/", _vetting, LEAD, {"outcome": "not_ok"}, _volunteer),
    Attempt("/api/v1/volunteers/{n}/", _volunteer, FINDERS),
    Attempt("/api/v1/volunteers/{n}/?format=geojson", _volunteer, FINDERS),
    Attempt("/people/roles/{n}/end/", _volunteers_role, LEAD, {}),
    Attempt("/people/roles/{n}/keep/", _volunteers_role, LEAD, {}),
    Attempt("/volunteer/me/hours/{n}/undo/", _hours, ("volunteer",), {}),
    Attempt("/people/{n}/consents/", lambda at: at.volunteer.person_id, LEAD),
    Attempt("/people/{n}/data/", lambda at: at.volunteer.person_id, NOT_ADMIN),
    Attempt("/people/{n}/data/pack.json", lambda at: at.volunteer.person_id, NOT_ADMIN),
    Attempt("/people/{n}/data/erase/", lambda at: at.volunteer.person_id, NOT_ADMIN, {}),
    # imports, and the rows of questions that registers leave
    Attempt("/imports/{n}/", _job, NOT_ADMIN),
    Attempt("/imports/{n}/report.csv", _job, NOT_ADMIN),
    Attempt("/imports/{n}/rows.geojson", _job, NOT_ADMIN),
    Attempt("/imports/{n}/bring-in/", _job, NOT_ADMIN, {}),
    Attempt("/imports/{n}/throw-away/", _job, NOT_ADMIN, {}),
    Attempt("/imports/{n}/rows/2/", _job, NOT_ADMIN, {"decision": "take"}),
    Attempt("/imports/reports/{n}/", lambda at: at.report.pk, NOT_ADMIN),
    Attempt("/homes/changes/", _change, ("champion",), {"change": "{n}"}),
    Attempt("/homes/questions/", _question, ("champion",), {"question": "{n}", "answer": "no"}),
    Attempt("/outbox/{n}/", lambda at: at.mail.pk, NOT_ADMIN),
]


def put_more_to_reach_for(at: Place) -> None:
    """Give a place what a walk over addresses does not need."""
    factories.HomeAssetFactory(home=at.home)
    factories.WishFactory(home=at.home, status="granted", granted_on="2026-10-01")
    factories.GridSaveFactory(home=at.home)
    _aside(at)
    at.membership.person.authenticator_set.create(
        type="webauthn", data={"name": "My phone", "credential": {}}
    )
    at.asset.claims.create(name="Dele", role="warden", own_hash=f"claim of {at.asset.pk}")
    factories.member("partner", asset=at.asset, name="Pat")
    left = factories.member("partner", asset=at.asset, name="Ola").memberships.get()
    left.endings.create(reason="They have left.")
    today = timezone.localdate()
    at.volunteer.hours.create(day=today, minutes=60)
    held = {"role": "volunteer", "from_on": today, "until": today}
    at.volunteer.person.memberships.create(**held)
    registration = at.home.registrations.get()
    RegisterChange.objects.create(registration=registration, kind="new")
    gone = factories.RegistrationFactory(home=at.home, until="2026-01-31")
    RegistrationQuestion.objects.create(gone=gone, new=registration)

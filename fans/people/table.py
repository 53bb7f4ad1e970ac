"""The one table: which role may do what, and which action each route is.

A role's reach is the scope of its membership: its home, its area (and the homes and
assets in it), its cohort (and the homes enrolled), its asset. Nothing else grants
anything. A route that is not named here answers 404.
"""

from dataclasses import dataclass, field
from typing import Final

from fans.people.models import Role


@dataclass(frozen=True)
class Action:
    """One thing that can be done, and by whom."""

    label: str
    roles: frozenset[str] = field(default_factory=frozenset)
    public: bool = False  # anybody, without an account
    signed_in: bool = False  # anybody with an account


def _public(label: str) -> Action:
    return Action(label, public=True)


def _signed_in(label: str) -> Action:
    return Action(label, signed_in=True)


def _roles(label: str, *roles: Role) -> Action:
    return Action(label, frozenset(roles))


R = Role
_HOME_TEAM: Final = (R.MANAGER, R.COORDINATOR)
_BROKERS: Final = (R.CHAMPION, *_HOME_TEAM, R.NAVIGATOR, R.ADMINISTRATOR)

_GIVERS: Final = (R.MANAGER, R.FACILITATOR, R.CHAMPION, R.VOLUNTEER_LEAD)

GIVES: Final[dict[str, frozenset[str]]] = {
    R.MANAGER: frozenset({R.COORDINATOR, R.RELATIVE, R.NAVIGATOR}),
    R.FACILITATOR: frozenset({R.MANAGER}),
    R.CHAMPION: frozenset({R.PARTNER}),
    R.VOLUNTEER_LEAD: frozenset({R.VOLUNTEER}),
    R.ADMINISTRATOR: frozenset(R),
}
"""Which roles each role may give and end, within its own reach."""

PERSON_LEVEL: Final = frozenset(
    {R.ADMINISTRATOR, R.VOLUNTEER_LEAD, R.MANAGER, R.FACILITATOR, R.RESEARCHER}
)
"""Roles that open pages about people, or whole data sets: they need a second step."""

ACTIONS: Final[dict[str, Action]] = {
    "site.view": _public("Read the public pages"),
    "site.sign_in": _public("Sign in and out"),
    "site.administer": _roles("Administer the site", R.ADMINISTRATOR),
    "today.view": _signed_in("See one's own page of the day"),
    "map.view": _public("See the map, the list and the tiles"),
    "homes.view": _public("See the register facts of homes"),
    "homes.edit": _roles("Change what a home says of itself", R.MANAGER, R.ADMINISTRATOR),
    "homes.welcome": _roles("Write a home's welcome card", *_HOME_TEAM, R.ADMINISTRATOR),
    "prints.make": _roles("Print posters and cards for a home", *_HOME_TEAM, R.CHAMPION),
    "homes.answer_question": _roles(
        "Say whether two registrations are one home", R.CHAMPION, R.ADMINISTRATOR
    ),
    "homes.see_changes": _roles(
        "See what the register of homes says anew", R.CHAMPION, R.ADMINISTRATOR
    ),
    "assets.view": _public("See published places and groups"),
    "assets.view_draft": _roles(
        "See places that wait for a champion", R.CHAMPION, R.ADMINISTRATOR
    ),
    "assets.view_contact": _roles("See whom to ask at a place", *_BROKERS),
    "assets.add": _roles(
        "Add a place or group", *_BROKERS, R.VOLUNTEER, R.VOLUNTEER_LEAD, R.FACILITATOR
    ),
    "assets.publish": _roles("Publish a place or group", R.CHAMPION, R.ADMINISTRATOR),
    "assets.edit": _roles("Correct a place or group", R.CHAMPION, R.PARTNER, R.ADMINISTRATOR),
    "rounds.walk": _roles(
        "Walk a round of places to check, and share rounds out", R.CHAMPION, R.ADMINISTRATOR
    ),
    "photos.view": _public("See photos of published places"),
    "photos.add": _roles(
        "Add a photo of a place",
        *(*_BROKERS, R.VOLUNTEER, R.VOLUNTEER_LEAD, R.FACILITATOR, R.PARTNER),
    ),
    "photos.publish": _roles(
        "Decide who may see a photo of a place", R.CHAMPION, R.ADMINISTRATOR
    ),
    "proposals.make": _public(
        "Suggest a place, or say what is wrong with one, without an account"
    ),
    "proposals.decide": _roles("Decide about what others suggest", R.CHAMPION, R.ADMINISTRATOR),
    "imports.run": _roles("Bring in files of others", R.ADMINISTRATOR),
    "connections.view": _roles(
        "See a home's ties and log", *_HOME_TEAM, R.CHAMPION, R.FACILITATOR
    ),
    "pictures.view": _public("See photos of a home's log that it shows to anybody"),
    "pictures.keep": _roles(
        "Add photos to a home's log, see them, show them with permission held", *_HOME_TEAM
    ),
    "connections.closed_homes": _roles("See the open ties of closed homes", R.CHAMPION),
    "connections.log": _roles("Log what happened", *_HOME_TEAM, R.CHAMPION),
    "connections.confirm_home": _roles("Say yes to a tie for the home", *_HOME_TEAM),
    "connections.confirm_partner": _roles(
        "Say yes to a tie for the partner", R.PARTNER, R.CHAMPION
    ),
    "gaps.see": _roles(
        "See what is suggested to a home, and what it said no to", *_HOME_TEAM, R.CHAMPION
    ),
    "gaps.answer": _roles("Answer a suggestion for a home", *_HOME_TEAM, R.CHAMPION),
    "gaps.areas": _roles(
        "See where places are many and ties few, in rounded counts",
        *(R.CHAMPION, R.FACILITATOR, R.COMMISSIONER),
    ),
    "layers.coverage": _roles(
        "See where champions and volunteers are, by square and in rounded counts",
        *(R.VOLUNTEER_LEAD, R.COMMISSIONER, R.ADMINISTRATOR),
    ),
    "connections.edit_tie": _roles(
        "Ask somebody for a home, change a tie, end it, hand it over",
        *(*_HOME_TEAM, R.CHAMPION),
    ),
    "connections.answer_home": _roles("Answer a home for one's own place", R.PARTNER),
    "connections.answer_invitation": _public("Answer a home's invitation by a mailed link"),
    "connections.tally": _roles("Enter a month's tally", *_HOME_TEAM),
    "nudges.work": _roles(
        "See the work list of one's homes, and be reminded by mail", *_HOME_TEAM, R.CHAMPION
    ),
    "wishes.view": _roles("See a home's wishes in their words", *_HOME_TEAM, R.CHAMPION),
    # A relative brings one in, and does not read those of others.
    "wishes.peg": _roles("Peg up a wish", *_HOME_TEAM, R.CHAMPION, R.RELATIVE),
    "wishes.keep": _roles(
        "Change, grant and let go of wishes, and thank for them", *_HOME_TEAM, R.CHAMPION
    ),
    "wishes.locality": _roles(
        "See what is wished for around, by theme and without homes",
        *(R.CHAMPION, R.VOLUNTEER_LEAD, R.VOLUNTEER),
    ),
    "quick.note": _public("Note what happened, from a home's printed code"),
    "quick.manage": _roles("Make and end a home's sheets with a code", *_HOME_TEAM),
    "quick.confirm": _roles("Put into the log what was noted from a sheet", *_HOME_TEAM),
    "openness.view_score": _roles("See a home's openness", *_HOME_TEAM, R.FACILITATOR),
    # Beyond the table, a home's choice decides: fans.openness.replies.seeing.
    "openness.view_shared": _roles(
        "See the one-page picture that a home shares",
        *(*_HOME_TEAM, R.FACILITATOR, R.CHAMPION, R.RELATIVE, R.PROVIDER),
    ),
    "openness.reply": _roles("Reply to one's home's picture, with evidence", *_HOME_TEAM),
    "openness.share": _roles("Choose who sees one's home's picture", R.MANAGER),
    "respond.answer": _public("Answer on openness by a group's code, without an account"),
    "respond.manage": _roles(
        "Make and end a wave's codes, and print its sheets", *_HOME_TEAM, R.FACILITATOR
    ),
    "openness.answer": _roles(
        "Enter answers on openness", *_HOME_TEAM, R.FACILITATOR, R.CHAMPION
    ),
    # Not the champion's: a plan tells what a home's score said, and groups in their words.
    "plans.view": _roles("Read a home's plans", *_HOME_TEAM, R.FACILITATOR),
    "plans.keep": _roles("Write a home's plans and what groups said", *_HOME_TEAM),
    "openness.areas": _roles(
        "See how open homes of an area are, eight and more together", R.COMMISSIONER
    ),
    "openness.read_instrument": _public("Read how openness is measured"),
    "openness.read_drafts": _roles(
        "Read drafts of how openness is measured", R.RESEARCHER, R.ADMINISTRATOR
    ),
    "openness.edit_instruments": _roles(
        "Draft, publish and choose how openness is measured", R.ADMINISTRATOR
    ),
    "waves.view": _roles(
        "See a home's months: when they are open and what they lack", *_HOME_TEAM, R.FACILITATOR
    ),
    "waves.open": _roles("Open a month before its day, and move its days", R.FACILITATOR),
    "waves.close": _roles("Close a month", R.MANAGER, R.FACILITATOR),
    "waves.remind": _roles("Have a home reminded of what a month lacks", R.FACILITATOR),
    "waves.note": _roles("Note what went on in a home besides", *_HOME_TEAM, R.FACILITATOR),
    "cohorts.view": _roles("See a cohort's homes and waves", R.FACILITATOR),
    "cohorts.run": _roles(
        "Say which homes take part in a cohort, and what they agreed to",
        *(R.FACILITATOR, R.ADMINISTRATOR),
    ),
    "cohorts.make": _roles("Make and name cohorts", R.ADMINISTRATOR),
    "research.extract": _roles("Take a research extract", R.RESEARCHER),
    "people.account": _signed_in("Look after one's own account"),
    "people.give_roles": _roles(
        "See who holds a role, invite people, end a role", *_GIVERS, R.ADMINISTRATOR
    ),
    "consent.record": _roles(
        "Record what somebody agreed to on paper or by phone", R.VOLUNTEER_LEAD, R.ADMINISTRATOR
    ),
    "privacy.retention": _roles("See and run what is kept no longer", R.ADMINISTRATOR),
    "privacy.on_request": _roles(
        "Hand over or erase what is held on somebody who asked", R.ADMINISTRATOR
    ),
    "volunteers.offer": _public(
        "Offer to volunteer, and answer for somebody under 18 by a mailed link"
    ),
    "volunteers.own": _signed_in(
        "See one's own way as a volunteer, log hours, rest, come back, leave"
    ),
    "volunteers.view": _roles(
        "Accompany volunteers: see them, move them on, decide about checks",
        *(R.VOLUNTEER_LEAD, R.ADMINISTRATOR),
    ),
    "volunteers.find": _roles(
        "Find volunteers by their rough place",
        *(R.CHAMPION, *_HOME_TEAM, R.VOLUNTEER_LEAD, R.ADMINISTRATOR),
    ),
    "volunteers.name": _roles(  # roles with a second step only
        "See the first name of a volunteer who agreed",
        *(R.MANAGER, R.VOLUNTEER_LEAD, R.ADMINISTRATOR),
    ),
    "matches.own": _signed_in("See which homes would fit oneself as a volunteer, and answer"),
    "matches.view": _roles(
        "See which volunteers come to a home, who is asked, and who would fit",
        *(*_HOME_TEAM, R.CHAMPION, R.VOLUNTEER_LEAD, R.ADMINISTRATOR),
    ),
    "matches.answer_home": _roles("Say yes or no to a volunteer for the home", *_HOME_TEAM),
    "matches.propose": _roles(
        "Bring volunteers and homes together",
        *(R.CHAMPION, R.VOLUNTEER_LEAD, R.ADMINISTRATOR),
    ),
    "matches.accompany": _roles(
        "See the matches of the volunteers one accompanies, and how they come",
        *(R.VOLUNTEER_LEAD, R.ADMINISTRATOR),
    ),
    "audit.view": _roles(
        "See who changed what, and who looked at rows about people", R.ADMINISTRATOR
    ),
    "partners.answer": _public("Answer for one's own place by a mailed link"),
    "partners.claim": _public("Ask to keep the entry of one's own place right"),
    "partners.keep": _roles("Keep the entry of one's own place right", R.PARTNER),
    "people.outbox": _public("See the demo's unsent mail (only where the demo runs)"),
    "people.stop_mail": _public("Stop mail by the link in it"),
    "people.mail_events": _public("Tell of mail that came back (a provider, with a secret)"),
    "people.see_stopped_mail": _roles(
        "See that a mail was not sent because somebody wants none",
        *(R.VOLUNTEER_LEAD, R.CHAMPION, R.FACILITATOR, R.ADMINISTRATOR),
    ),
}

ROUTES: Final[dict[str, str]] = {
    # public pages
    "frontend:landing": "site.view",
    "frontend:how_it_works": "site.view",
    "frontend:privacy": "site.view",
    "frontend:accessibility": "site.view",
    "frontend:cookies": "site.view",
    "frontend:help": "site.view",
    "frontend:sources": "site.view",
    "frontend:walk": "site.view",
    "frontend:no_signal": "site.view",
    "frontend:worker": "site.view",
    "frontend:manifest": "site.view",
    "healthz": "site.view",
    "readyz": "site.view",
    "frontend:map": "map.view",
    "frontend:map_list": "map.view",
    "frontend:search": "map.view",
    "frontend:tile": "map.view",
    "frontend:basemap": "map.view",
    "frontend:asset": "assets.view",
    "frontend:home": "homes.view",
    "homes:list": "homes.view",
    # signed in
    "frontend:today": "today.view",
    "homes:questions": "homes.answer_question",
    "homes:changes": "homes.see_changes",
    "homes:offers": "homes.edit",
    "welcome:edit": "homes.welcome",
    "prints:welcome": "homes.view",
    "prints:welcome_pdf": "homes.view",
    "prints:poster": "prints.make",
    "prints:thanks": "prints.make",
    "prints:own_thanks": "prints.make",
    "prints:certificate": "volunteers.view",
    "prints:my_certificate": "volunteers.own",
    "assets:add": "assets.add",
    "assets:alike": "assets.add",
    "assets:near": "assets.add",
    "assets:edit": "assets.edit",
    "twins:pairs": "assets.publish",
    "twins:points": "assets.publish",
    "twins:decide": "assets.publish",
    "twins:merge": "assets.publish",
    "twins:merges": "assets.publish",
    "twins:merged": "assets.publish",
    "assets:outbox": "assets.add",
    "assets:outbox_photo": "photos.add",
    "checking:check": "assets.edit",
    "checking:undo": "assets.edit",
    "checking:source_questions": "assets.publish",
    "checking:undo_answer": "assets.publish",
    "rounds:list": "rounds.walk",
    "rounds:plan": "rounds.walk",
    "rounds:share": "rounds.walk",
    "rounds:round": "rounds.walk",
    "rounds:hand": "rounds.walk",
    "rounds:finish": "rounds.walk",
    "rounds:stop": "rounds.walk",
    "photos:file": "photos.view",
    "photos:add": "photos.add",
    "photos:delete": "photos.add",
    "photos:waiting": "photos.publish",
    "photos:photo": "photos.publish",
    "photos:undo": "photos.publish",
    "photos:first": "photos.publish",
    "proposals:suggest": "proposals.make",
    "proposals:suggest_change": "proposals.make",
    "proposals:status": "proposals.make",
    "proposals:queue": "proposals.decide",
    "proposals:proposal": "proposals.decide",
    "proposals:draft": "proposals.decide",
    "proposals:undo": "proposals.decide",
    "intake:list": "imports.run",
    "intake:new": "imports.run",
    "intake:job": "imports.run",
    "intake:bring_in": "imports.run",
    "intake:decide": "imports.run",
    "intake:try_again": "imports.run",
    "intake:throw_away": "imports.run",
    "intake:points": "imports.run",
    "intake:job_csv": "imports.run",
    "intake:report": "imports.run",
    "intake:report_csv": "imports.run",
    "connections:log": "connections.log",
    "connections:undo": "connections.log",
    "connections:newcomer": "connections.log",
    "connections:take_back": "connections.log",
    "connections:rows": "connections.view",
    "pictures:file": "pictures.view",
    "pictures:entry": "pictures.keep",
    "pictures:picture": "pictures.keep",
    "pictures:hide": "pictures.keep",
    "pictures:take_off": "pictures.keep",
    "pictures:put_back": "pictures.keep",
    "steps:start": "connections.log",
    "steps:know": "connections.log",
    "steps:names": "connections.log",
    "steps:known": "connections.log",
    "steps:out": "connections.log",
    "steps:bring_back": "connections.log",
    "steps:like": "connections.log",
    "steps:pick": "connections.log",
    "steps:unpick": "connections.log",
    "steps:ask": "connections.log",
    "steps:card": "connections.log",
    "steps:done": "connections.log",
    "steps:not_done": "connections.log",
    "connections:tally": "connections.tally",
    "ties:list": "connections.view",
    "layers:ties": "connections.view",
    "ties:tie": "connections.view",
    "ties:approach": "connections.edit_tie",
    "ties:answer": "connections.edit_tie",
    "ties:about": "connections.edit_tie",
    "ties:over": "connections.edit_tie",
    "ties:do": "connections.edit_tie",
    "ties:undo": "connections.edit_tie",
    "ties:open_invitation": "connections.answer_invitation",
    "ties:invitation": "connections.answer_invitation",
    "ties:answered": "connections.answer_invitation",
    "ties:mine": "connections.answer_home",
    "ties:own_answer": "connections.answer_home",
    "connections:closed_homes": "connections.closed_homes",
    "learning:plans": "plans.view",
    "learning:new": "plans.keep",
    "learning:paper": "plans.view",
    "learning:paper_pdf": "plans.view",
    "learning:plan": "plans.view",
    "learning:edit": "plans.keep",
    "learning:talk": "plans.keep",
    "learning:edit_talk": "plans.keep",
    "learning:compare": "plans.view",
    "learning:act": "plans.keep",
    "learning:action": "plans.view",
    "learning:move": "plans.keep",
    "learning:take_back": "plans.keep",
    "learning:review": "plans.keep",
    "learning:review_back": "plans.keep",
    "learning:lay_by": "plans.keep",
    "learning:go_on": "plans.keep",
    "learning:printed": "plans.view",
    "learning:printed_pdf": "plans.view",
    "learning:remove_plan": "plans.keep",
    "learning:remove_talk": "plans.keep",
    "learning:remove_action": "plans.keep",
    "learning:bring_back_plan": "plans.keep",
    "learning:bring_back_talk": "plans.keep",
    "learning:bring_back_action": "plans.keep",
    "nudges:work": "nudges.work",
    "nudges:put_aside": "nudges.work",
    "nudges:back": "nudges.work",
    "nudges:wanted": "nudges.work",
    "grid:month": "connections.log",
    "grid:paper": "connections.log",
    "grid:paper_pdf": "connections.log",
    "grid:undo": "connections.log",
    "wishes:board": "wishes.view",
    "wishes:wish": "wishes.view",
    "wishes:peg": "wishes.peg",
    "wishes:take_back": "wishes.peg",
    "wishes:edit": "wishes.keep",
    "wishes:grant": "wishes.keep",
    "wishes:let_go": "wishes.keep",
    "wishes:reopen": "wishes.keep",
    "wishes:thank": "wishes.keep",
    "wishes:given": "wishes.keep",
    "wishes:not_given": "wishes.keep",
    "wishes:tear_up": "wishes.keep",
    "wishes:locality": "wishes.locality",
    "gaps:choose": "gaps.see",
    "gaps:home": "gaps.see",
    "gaps:noes": "gaps.see",
    "gaps:list": "gaps.answer",
    "gaps:no": "gaps.answer",
    "gaps:take_off": "gaps.answer",
    "gaps:take_back": "gaps.answer",
    "gaps:areas": "gaps.areas",
    "layers:gaps": "gaps.areas",
    "layers:coverage": "layers.coverage",
    "quick:open": "quick.note",
    "quick:note": "quick.note",
    "quick:take_back": "quick.note",
    "quick:codes": "quick.manage",
    "quick:sheet": "quick.manage",
    "quick:sheet_pdf": "quick.manage",
    "quick:end": "quick.manage",
    "quick:restore": "quick.manage",
    "quick:waiting": "quick.confirm",
    "quick:change": "quick.confirm",
    "quick:undo": "quick.confirm",
    "respond:enter": "respond.answer",
    "respond:start": "respond.answer",
    "respond:begin": "respond.answer",
    "respond:question": "respond.answer",
    "respond:check": "respond.answer",
    "respond:thanks": "respond.answer",
    "respond:stop": "respond.answer",
    "respond:come_back": "respond.answer",
    "respond:codes": "respond.manage",
    "respond:end": "respond.manage",
    "respond:restore": "respond.manage",
    "respond:sheet": "respond.manage",
    "respond:sheet_pdf": "respond.manage",
    "respond:key_in": "openness.answer",
    "respond:take_back": "openness.answer",
    "instruments:list": "openness.read_instrument",
    "instruments:version": "openness.read_instrument",
    "instruments:json": "openness.read_instrument",
    "instruments:compare": "openness.read_instrument",
    "instruments:import": "openness.edit_instruments",
    "instruments:draft": "openness.edit_instruments",
    "instruments:edit": "openness.edit_instruments",
    "instruments:edit_sign": "openness.edit_instruments",
    "instruments:add_sign": "openness.edit_instruments",
    "instruments:leave_out": "openness.edit_instruments",
    "instruments:undo": "openness.edit_instruments",
    "instruments:publish": "openness.edit_instruments",
    "instruments:withdraw": "openness.edit_instruments",
    "instruments:put_back": "openness.edit_instruments",
    "instruments:choose": "openness.edit_instruments",
    "openness:would_say": "openness.view_score",
    "openness:home": "openness.view_score",
    "openness:behind": "openness.view_score",
    "openness:assess": "openness.answer",
    "replies:shared": "openness.view_shared",
    "replies:page": "openness.view_shared",
    "replies:page_pdf": "openness.view_shared",
    "replies:reply": "openness.reply",
    "replies:evidence": "openness.reply",
    "replies:take_back": "openness.reply",
    "replies:put_back": "openness.reply",
    "replies:unlink": "openness.reply",
    "replies:relink": "openness.reply",
    "replies:share": "openness.share",
    "waves:home": "waves.view",
    "waves:baseline": "waves.view",
    "waves:note": "waves.note",
    "waves:take_back": "waves.note",
    "waves:wave": "waves.view",
    "waves:open": "waves.open",
    "waves:close": "waves.close",
    "waves:undo_close": "waves.close",
    "waves:move": "waves.open",
    "waves:remind": "waves.remind",
    "waves:look_back": "connections.tally",
    "aggregates:area": "openness.areas",
    "aggregates:area_csv": "openness.areas",
    "pulse:home": "openness.view_score",
    "board:list": "cohorts.run",
    "board:make": "cohorts.make",
    "board:cohort": "cohorts.view",
    "board:rename": "cohorts.make",
    "board:homes": "cohorts.run",
    "board:enrol": "cohorts.run",
    "board:enrolment": "cohorts.run",
    "board:end": "cohorts.run",
    "board:go_on": "cohorts.run",
    "board:take_out": "cohorts.run",
    "board:agree": "cohorts.run",
    "board:not_agree": "cohorts.run",
    "research:studies": "research.extract",
    "research:extract": "research.extract",
    "partners:open": "partners.answer",
    "partners:answer": "partners.answer",
    "partners:claim": "partners.claim",
    "partners:open_claim": "partners.claim",
    "partners:claim_answer": "partners.claim",
    "partners:open_own": "partners.claim",
    "partners:own_claim": "partners.claim",
    "partners:mail": "assets.publish",
    "partners:word": "assets.publish",
    "partners:decide": "assets.publish",
    "partners:end": "assets.publish",
    "partners:take_back": "assets.publish",
    "partners:mine": "partners.keep",
    "partners:keep": "partners.keep",
    "people:outbox": "people.outbox",
    "people:outbox_mail": "people.outbox",
    "post:stop": "people.stop_mail",
    "post:events": "people.mail_events",
    "post:wanted": "people.account",
    "people:demo_sign_in": "site.sign_in",
    "people:table": "site.view",
    "safeguarding:worried": "site.view",
    "people:open_invitation": "site.sign_in",
    "people:invitation": "site.sign_in",
    "people:roles": "people.give_roles",
    "people:invite": "people.give_roles",
    "people:send_again": "people.give_roles",
    "people:take_back": "people.give_roles",
    "people:end_role": "people.give_roles",
    "people:restore_role": "people.give_roles",
    "people:keep_role": "people.give_roles",
    "people:account": "people.account",
    "audit:changes": "audit.view",
    "audit:reads": "audit.view",
    "volunteers:roles": "site.view",
    "volunteers:role": "site.view",
    "volunteers:list": "volunteers.view",
    "volunteers:volunteer": "volunteers.view",
    "volunteers:move": "volunteers.view",
    "volunteers:heard": "volunteers.view",
    "volunteers:choose_role": "volunteers.view",
    "volunteers:ask_reference": "volunteers.view",
    "volunteers:take_reference": "volunteers.view",
    "volunteers:tick": "volunteers.view",
    "volunteers:alone": "volunteers.view",
    "volunteers:check": "volunteers.view",
    "volunteers:decide": "volunteers.view",
    "volunteers:sign_up": "volunteers.offer",
    "volunteers:sent": "volunteers.offer",
    "volunteers:confirm": "volunteers.offer",
    "volunteers:open_offer": "volunteers.offer",
    "volunteers:adult": "volunteers.offer",
    "volunteers:open_adult": "volunteers.offer",
    "volunteers:adult_link": "volunteers.offer",
    "volunteers:me": "volunteers.own",
    "volunteers:change": "volunteers.own",
    "volunteers:rest": "volunteers.own",
    "volunteers:come_back": "volunteers.own",
    "volunteers:still_here": "volunteers.own",
    "volunteers:leave": "volunteers.own",
    "volunteers:ask_adult": "volunteers.own",
    "volunteers:hours": "volunteers.own",
    "volunteers:undo_hours": "volunteers.own",
    "matches:home": "matches.view",
    "matches:match": "matches.view",
    "matches:go": "matches.view",
    "matches:ask": "matches.answer_home",
    "matches:answer": "matches.answer_home",
    "matches:propose": "matches.propose",
    "matches:list": "matches.accompany",
    "matches:lead": "matches.accompany",
    "matches:lead_do": "matches.accompany",
    "matches:undo": "matches.own",
    "matches:mine": "matches.own",
    "matches:mine_ask": "matches.own",
    "matches:mine_do": "matches.own",
    "consent:mine": "people.account",
    "consent:agree": "people.account",
    "consent:take_back": "people.account",
    "consent:restore": "people.account",
    "consent:of_person": "consent.record",
    "privacy:my_data": "people.account",
    "privacy:my_page": "people.account",
    "privacy:my_json": "people.account",
    "privacy:my_pdf": "people.account",
    "privacy:erase_me": "people.account",
    "privacy:erased": "site.view",
    "privacy:find": "privacy.on_request",
    "privacy:person": "privacy.on_request",
    "privacy:person_page": "privacy.on_request",
    "privacy:person_json": "privacy.on_request",
    "privacy:person_pdf": "privacy.on_request",
    "privacy:erase_person": "privacy.on_request",
    "privacy:retention": "privacy.retention",
    "privacy:run_retention": "privacy.retention",
    # accounts (allauth)
    "account_login": "site.sign_in",
    "account_logout": "site.sign_in",
    "account_request_login_code": "site.sign_in",
    "account_confirm_login_code": "site.sign_in",
    "account_reset_password": "site.sign_in",
    "account_reset_password_done": "site.sign_in",
    "account_reset_password_from_key": "site.sign_in",
    "account_reset_password_from_key_done": "site.sign_in",
    "account_inactive": "site.sign_in",
    "account_email_verification_sent": "site.sign_in",
    "account_confirm_email": "site.sign_in",
    "account_change_password": "people.account",
    "account_reauthenticate": "people.account",
    "account_set_password": "people.account",
    "mfa_authenticate": "site.sign_in",
    "mfa_login_webauthn": "site.sign_in",
    "mfa_reauthenticate": "people.account",
    "mfa_reauthenticate_webauthn": "people.account",
    "mfa_index": "people.account",
    "mfa_activate_totp": "people.account",
    "mfa_deactivate_totp": "people.account",
    "mfa_view_recovery_codes": "people.account",
    "mfa_generate_recovery_codes": "people.account",
    "mfa_download_recovery_codes": "people.account",
    "mfa_list_webauthn": "people.account",
    "mfa_add_webauthn": "people.account",
    "mfa_edit_webauthn": "people.account",
    "mfa_remove_webauthn": "people.account",
    "usersessions_list": "people.account",
    # the API
    "api:schema": "site.view",
    "api:docs": "site.view",
    "api:geocode": "map.view",
    "api:homes-list": "homes.view",
    "api:homes-detail": "homes.view",
    "api:assets-list": "assets.view",
    "api:assets-detail": "assets.view",
    "api:categories-list": "assets.view",
    "api:categories-detail": "assets.view",
    "api:areas-list": "homes.view",
    "api:areas-detail": "homes.view",
    "api:wishes-list": "wishes.view",
    "api:wishes-detail": "wishes.view",
    "api:cohorts-list": "cohorts.view",
    "api:cohorts-detail": "cohorts.view",
    "api:waves-list": "openness.view_score",
    "api:waves-detail": "openness.view_score",
    "api:scores-list": "openness.view_score",
    "api:scores-detail": "openness.view_score",
    "api:partnerships-list": "connections.view",
    "api:partnerships-detail": "connections.view",
    "api:connections-list": "connections.view",
    "api:connections-detail": "connections.view",
    "api:volunteers-list": "volunteers.find",
    "api:volunteers-detail": "volunteers.find",
}

METHODS: Final[dict[tuple[str, str], str]] = {
    ("api:connections-list", "POST"): "connections.log",
}
"""Addresses of which one method does something else than the others."""

ROUTE_PREFIXES: Final[dict[str, str]] = {"admin:": "site.administer"}


def action_of(route: str, method: str = "GET") -> str | None:
    """Return the action of a route's name; None where the table has no row for it."""
    if (route, method.upper()) in METHODS:
        return METHODS[route, method.upper()]
    if route in ROUTES:
        return ROUTES[route]
    return next(
        (action for prefix, action in ROUTE_PREFIXES.items() if route.startswith(prefix)),
        None,
    )

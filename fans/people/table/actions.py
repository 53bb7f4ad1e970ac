"""Every thing that can be done, and the roles that may do it."""

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

"""What this room, those below it and the libraries hold on people, in words."""

from typing import Any, Final

from fans.people.post.models import Returned, Stop
from fans.people.privacy import registry
from fans.people.privacy.files import Files
from fans.people.privacy.registry import Kind
from fans.people.privacy.sources import ChangesMade, Jobs, Looks, Sessions, Stops

_WHILE: Final = "As long as you have an account"
_PATHWAY: Final = "As long as you volunteer, and 12 months after"

KINDS: Final[dict[str, Kind]] = {
    "people.Person": Kind("Your account", "So that you can take part", _WHILE),
    "people.Membership": Kind(
        "Your roles",
        "So that you can do what your role allows, and nobody else",
        _WHILE,
        "Whoever invited you",
    ),
    "people.Invitation": Kind(
        "Invitations to you, or sent by you",
        "So that a role is given to the right person",
        "Two weeks without an answer; accepted ones as long as the role",
        "Whoever sent it",
    ),
    "account.EmailAddress": Kind(
        "Addresses you sign in with", "So that codes and links reach you alone", _WHILE
    ),
    "mfa.Authenticator": Kind(
        "Your second steps at sign-in", "So that nobody else can sign in as you", _WHILE
    ),
    "usersessions.UserSession": Kind(
        "Where you are signed in: network address and browser",
        "So that you see, and can end, what is not you",
        "At most 14 days, or until you sign out",
        "Your browser",
    ),
    "admin.LogEntry": Kind(
        "Changes that you made in the administrators' pages",
        "So that it can be seen who changed what",
        _WHILE,
        "This site",
    ),
    "post.Mail": Kind(
        "Mail to you",
        "So that mail is sent once, and it is known whether it arrived",
        "Its words until it has left; the rest 24 months",
        "This site",
    ),
    "consent.Consent": Kind(
        "What you agreed to, in which words, and when you took it back",
        "The law asks us to be able to show it",
        "As long as you have an account",
    ),
    "volunteers.Volunteer": Kind(
        "What you offer as a volunteer, and roughly where you live",
        "So that you and a home nearby can find each other",
        _PATHWAY,
    ),
    "volunteers.StageEvent": Kind(
        "How far you have come as a volunteer",
        "So that nobody visits before they are ready",
        _PATHWAY,
        "Your volunteer lead",
    ),
    "volunteers.Reference": Kind(
        "What came back from people whom you named",
        "So that homes can rely on who comes",
        _PATHWAY,
        "Your volunteer lead",
    ),
    "volunteers.Vetting": Kind(
        "What was decided about a check, and why",
        "So that people who live in homes are safe",
        "As long as you volunteer, and 6 months after",
        "Your volunteer lead",
    ),
    "volunteers.InductionTick": Kind(
        "What you were shown", "So that nothing is forgotten", _PATHWAY, "Your volunteer lead"
    ),
    "volunteers.HoursEntry": Kind(
        "Hours you gave",
        "So that homes and funders see what volunteers do",
        "The hours for good, without you once you leave",
    ),
    "volunteers.Guardian": Kind(
        "That a parent or leader answers for you",
        "Nobody under 18 volunteers without one",
        _PATHWAY,
    ),
    "volunteers.Application": Kind(
        "An offer whose address was not confirmed yet",
        "So that nobody is signed up by somebody else",
        "Until its link is used, or too old",
    ),
    "partners.Claim": Kind(
        "That you said a place is yours",
        "So that its entry comes into the right hands",
        "12 months",
    ),
    "partners.Ending": Kind(
        "Why you no longer keep the entry of a place",
        "So that it can be seen why somebody ended it",
        "As long as the role is kept: 24 months after its end",
        "A champion",
    ),
    "assets.Asset": Kind(
        "Places and groups on the map",
        "So that homes find neighbours",
        "As long as they are on the map",
        "Whoever put them on the map",
    ),
    "photos.Photo": Kind(
        "Photos of places that you took, or decided about",
        "So that people see where they are going, and nobody is shown who did not agree",
        "As long as the place shows them; 30 days once they are not shown",
    ),
    "proposals.Proposal": Kind(
        "What you suggested for the map, and what you decided about suggestions",
        "So that the map is right, and you hear what became of it",
        "Until somebody has decided, and 12 months after",
    ),
    "connections.Connection": Kind(
        "The log of homes",
        "So that homes see how they are tied to their neighbours",
        "Until 6 years after the programme",
        "Whoever logged it",
    ),
}

_PLACES: Final[dict[str, tuple[str, ...]]] = {
    "homes.Home": ("name", "shown_name", "address", "phone", "website"),
    "homes.Registration": ("name", "provider"),
    "homes.RegisterChange": ("before", "after"),
    "assets.Asset": ("name", "address", "phone", "website", "source_values"),
    "geo.Area": ("name",),
}


def register_all() -> None:
    """Tell the registry; once, when the site starts."""
    for label, kind in KINDS.items():
        registry.describe(label, kind)
    for label, columns in _PLACES.items():
        registry.public(label, *columns)
    registry.made_by("people.Invitation", "invited_by")
    registry.made_by("admin.LogEntry", "user")
    registry.identifies("people.Person", name="name", email="email")
    registry.identifies("account.EmailAddress", email="email")
    registry.identifies("volunteers.Volunteer", phone="phone")
    registry.address("people.Invitation", "email")
    registry.address("post.Mail", "to")
    registry.address("volunteers.Application", "email")
    registry.address("partners.Claim", "email")
    registry.stays("consent.Wording", "For good: others agreed to these very words")
    registry.stays("openness.Instrument", "For good: scores are made again from it")
    registry.hide("mfa.Authenticator", "data")
    registry.hide("sessions.Session", "session_data")
    registry.hide("research.Study", "key")
    registry.about_others("people.Invitation", "email")
    registry.about_others("volunteers.Guardian", "name", "email")
    registry.about_others("volunteers.Reference", "referee")
    _sources()


def _sources() -> None:
    sources: list[Any] = [
        Sessions(),
        Jobs(),
        Files(),
        ChangesMade(),
        Looks("looks_made", "Pages about people that you opened", "person"),
        Looks("looks_at_you", "Pages about you that were opened", "people_ids__contains"),
        Stops(Stop),
        Stops(Returned),
    ]
    for source in sources:
        registry.add_source(source)

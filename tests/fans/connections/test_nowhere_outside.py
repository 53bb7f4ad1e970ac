"""What a home's wishes, refusals and notes say is nowhere outside it, whoever asks.

Every free text of the ties of one home holds a word of its own that begins with the stem.
The stem is then looked for in every address of the site, in the API, tiles, files and
mails, as everybody who is not of the home's team; and its team finds every one of them.
"""

import datetime as dt
import re
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from fans.connections.matches.models import Match
from fans.connections.nudges.services.mailing import send_due
from fans.connections.pictures.models import Picture
from fans.connections.steps.models import Acquaintance
from fans.connections.ties.models import Approach, TieEvent
from fans.connections.wishes.models import Wish
from fans.people.models import Person
from fans.people.post.models import Mail
from fans.people.table import ACTIONS, action_of
from frontend.views.tiles import LAYERS
from tests import factories
from tests.factories import SALE
from tests.mvt import read_tile
from tests.test_every_export import agree_to_research, body
from tests.test_every_tile import address
from tests.walk import EVERY, OURS, country, example, here, send, there, without_example

__all__ = ["country", "here", "send", "there"]  # fixtures

STEM = "zquilli"
WORD = re.compile(STEM + "[a-z]+", re.IGNORECASE)

PRIVATE = {
    "connections.Connection": ("note",),
    "connections.Partner": ("name",),
    "connections.Partnership": ("declined_words", "purpose"),
    "connection_pictures.Picture": ("alt",),
    "gaps.Dismissal": ("words",),
    "matches.Match": ("words",),
    "quick.QuickEntry": ("note", "who"),
    "steps.Acquaintance": ("name",),
    "ties.Approach": ("words", "reply"),
    "ties.TieEvent": ("words",),
    "wishes.Thanks": ("text",),
    "wishes.Wish": ("text",),
}
ELSEWHERE = {
    "grid.GridSave.changes": "numbers of rows, and counts as they stood",
    "layers.VolunteerCount.body": "squares and rounded counts, as they are published",
    "matches.MatchStep.before": "dates and states, to undo by",
    "matches.ReadyTick.item": "one of a list",
    "quick.QuickCode.hangs_at": "where a sheet hangs; it is printed on it",
    "ties.TieEvent.after": "states, days and the words that PRIVATE has",
    "ties.TieEvent.before": "states, days and the words that PRIVATE has",
}
"""Free texts that are not marked here, and why."""

TEAM = ("manager", "coordinator", "champion")
THEIRS = ("manager", "champion", "partner", "facilitator")
TOLD = {
    # By the permission table they see the ties and the log of homes in their cohort.
    "facilitator": {"connections.", "ties."},
    # Whom a home asked reads what it asked, and nothing that it says of the answer.
    "partner": {"connections.Partnership.purpose", "ties.Approach.words"},
    # They bring the two together, and hear why it did not come about.
    "volunteer_lead": {"matches."},
}
"""What others than the home's team are shown on purpose."""


def word(label: str, column: str) -> str:
    """The word that stands in one column."""
    return f"{STEM}{label.split('.')[1]}{column}".replace("_", "").lower()


ALL = {word(label, column) for label, columns in PRIVATE.items() for column in columns}


def _fill(row: Any, *columns: str) -> None:
    label = row._meta.label
    marked = {column: word(label, column).title() for column in columns or PRIVATE[label]}
    type(row)._base_manager.filter(pk=row.pk).update(**marked)


class _Plain:
    """A print as the page that it is made of: a PDF packs its words, and takes its time."""

    def __init__(self, *, string: str, **options: Any) -> None:
        self.page = string

    def write_pdf(self, **options: Any) -> bytes:
        return self.page.encode()


@pytest.fixture(autouse=True)
def _plain_prints(monkeypatch):
    monkeypatch.setattr("weasyprint.HTML", _Plain)
    monkeypatch.setattr("weasyprint.CSS", lambda **options: None)


@pytest.fixture
def told(country, here, there):
    """Put the words everywhere, and let more people in: theirs, and those whom it is about."""
    now, today, home = timezone.now(), timezone.localdate(), here.home
    tie = here.connection.partnership
    refused = factories.AssetFactory(location=SALE, name="The one that was refused")
    no = factories.PartnershipFactory(
        home=home, partner=factories.PartnerFactory(asset=refused), status="declined",
        declined_reason="other", declined_side="home", declined_words="x",
    )  # fmt: skip
    gift = {"kind": "person", "asset": None, "own_category": "individual_gift"}
    neighbour = factories.PartnerFactory(name="x", **gift)
    over = {"status": "granted", "granted_on": today, "connection": here.connection}
    rows = [
        here.connection,
        neighbour,
        here.wish,
        factories.WishFactory(home=home, **over),
        factories.WishFactory(home=home, status="let_go", let_go_on=today, let_go_why="cannot"),
        here.thanks,
        here.picture,  # waits: nobody has said that it may be shown
        factories.ThanksFactory(partnership=tie, given_on=today),
        factories.DismissalFactory(home=home, reason="other"),
        factories.QuickEntryFactory(code__home=home),
        Acquaintance.objects.create(home=home, name="x"),
        here.match,
    ]
    over_it = {"status": "declined", "reason": "other"}
    Match.objects.filter(pk=here.match.pk).update(**over_it)
    Picture.objects.filter(pk=here.picture.pk).update(
        connection=here.connection, is_public=False, shared_at=None
    )
    for each in rows:
        _fill(each)
    factories.PartnershipFactory(home=home, partner=neighbour)
    _fill(tie, "purpose")
    _fill(no)
    for one in (tie, no):
        asked = Approach.objects.create(
            partnership=one, channel="visit", answer="later", answered_on=today
        )
        _fill(asked)
        event = {"partnership": one, "kind": "asked", "approach": asked}
        TieEvent.objects.create(at=now - dt.timedelta(days=1), **event)
        _fill(TieEvent.objects.create(at=now, **event))
    agree_to_research(here, there)
    more = {f"their {role}": there.member(role) for role in THEIRS}
    more["the one who was refused"] = factories.member("partner", asset=refused)
    more["the volunteer of the match"] = here.match.volunteer.person
    for name, person in more.items():
        client = Client()
        client.force_login(person)
        country[2][name] = client.cookies[settings.SESSION_COOKIE_NAME].value
    yield
    for name in more:
        del country[2][name]


OUTSIDE = (
    *("visitor", "stranger", "partner", "volunteer", "relative", "navigator", "provider"),
    *("commissioner", "researcher", "volunteer_lead", "facilitator"),
    *("their manager", "their champion", "their partner", "their facilitator"),
    *("the one who was refused", "the volunteer of the match"),
)


OF_THE_ROOM = (
    *("connections:", "gaps:", "grid:", "matches:", "nudges:", "prints:", "quick:"),
    *("pictures:", "steps:", "ties:", "wishes:"),
)
"""Routes that are sent an empty form as well: what a refusal says counts too."""
SHOWS_SEVERAL = (
    *("api:", "frontend:asset", "frontend:home", "frontend:map", "frontend:today"),
    *("homes:", "openness:", "privacy:my", "research:"),
)
"""Routes that show what several rooms hold."""
NEAR = (*OF_THE_ROOM, *SHOWS_SEVERAL)
WHOLE_SITE = {"visitor", "partner"}
"""Who asks for whatever is open to all, and sends; to others those pages are the same."""
MISSED = without_example(EVERY)  # tests.test_permission_matrix wants none
ROUTES = [each for each in OURS if each not in {"account_logout", "frontend:tile", *MISSED}]


def role_of(who: str) -> str:
    """The role in which one of the cast asks."""
    named = {"the one who was refused": "partner", "the volunteer of the match": "volunteer"}
    return named.get(who, who.removeprefix("their "))


def routes_for(who: str) -> list[str]:
    """The routes that the table opens to somebody; the others are not even asked."""
    role, found = role_of(who), []
    for route in ROUTES:
        action = ACTIONS[action_of(route) or ""]
        to_all = action.public or (action.signed_in and who != "visitor")
        by_role = role in action.roles and not (who.startswith("their") and not _near(route))
        if by_role or (to_all and (_near(route) or who in WHOLE_SITE)):
            found.append(route)
    return found


def _near(route: str) -> bool:
    return route.startswith(NEAR)


def urls_for(who: str, *places: Any) -> dict[str, bool]:
    """The addresses that somebody asks, and whether an empty form is sent there as well."""
    sends = who in WHOLE_SITE or who.startswith("the ")
    urls = {
        reverse(route, kwargs=example(route)(at)): sends and route.startswith(OF_THE_ROOM)
        for at in places
        for route in routes_for(who)
    }
    lists = [url for url in urls if re.fullmatch("/api/v1/[a-z]+/", url)]
    asked = (f"q={STEM}", f"home={places[0].home.pk}")
    urls |= {f"{url}?{query}": False for url in lists for query in asked}
    if who in WHOLE_SITE:
        urls |= {f"/map/?q={STEM}": False, f"/map/list/?q={STEM}": False}
    return urls


def words_in(content: bytes) -> set[str]:
    return {each.lower() for each in WORD.findall(content.decode("utf-8", "replace"))}


def found_by(send, who: str, urls: dict[str, bool]) -> dict[str, set[str]]:
    """Where somebody finds words: by what a page shows, and what sending it empty says."""
    found: dict[str, set[str]] = {}
    for url, sends in urls.items():
        for method in ("get", "post") if sends else ("get",):
            with send(who, method, url) as response:
                sent = body(response) + str(response.headers).encode()
            if words := words_in(sent):
                found[f"{method} {url}"] = words
    return found


def may_see(who: str) -> set[str]:
    """The words that somebody is shown on purpose who is not of the team."""
    return {
        word(label, column)
        for label, columns in PRIVATE.items()
        for column in columns
        if any(f"{label}.{column}".startswith(told) for told in TOLD.get(who, ()))
    }


@pytest.mark.parametrize("who", OUTSIDE)
def test_nobody_outside_finds_a_word_of_it(who, told, send, here, there):
    places = (here, there) if who.startswith("their") else (here,)

    found = found_by(send, who, urls_for(who, *places))

    allowed = may_see(who)
    assert {url: words - allowed for url, words in found.items() if words - allowed} == {}


def test_its_own_team_finds_every_word_of_it(told, send, here):
    found: set[str] = set()
    for who in TEAM[::-1]:
        near = [each for each in routes_for(who) if each.startswith(OF_THE_ROOM)]
        urls = {reverse(each, kwargs=example(each)(here)): False for each in near}
        for words in found_by(send, who, urls).values():
            found |= words
        if found >= ALL:
            break

    assert ALL - found == set()


def test_no_tile_holds_a_word_of_it(told, send):
    for layer in LAYERS:
        for zoom in (9, 14, 17):
            with send("visitor", "get", address(layer, zoom, SALE)) as response:
                data = response.content
            drawn = [f.properties for rows in read_tile(data).values() for f in rows]
            assert words_in(data) | words_in(str(drawn).encode()) == set()


def test_no_research_extract_holds_a_word_of_it(told, send, here):
    url = reverse("research:extract", args=[here.study.pk])
    with send("researcher", "post", url) as response:
        taken = body(response)

    assert taken.count(b"\n") > 20
    assert words_in(taken) == set()


def test_no_mail_to_anybody_outside_holds_a_word_of_it(told, here):
    morning = timezone.localtime().replace(hour=10)
    scopes = models.Q(memberships__home=here.home) | models.Q(memberships__area=here.area)
    inside = set(Person.objects.filter(scopes).values_list("pk", flat=True))
    Wish.objects.update(taken_on=dt.date(2026, 1, 1))

    run = send_due(morning)

    assert (run.failed, run.mails > 0) == (0, True)
    outside = Mail.objects.exclude(person__in=inside)
    assert words_in(str(list(outside.values_list("subject", "body"))).encode()) == set()


def test_every_free_text_of_the_room_is_marked_here_or_named_with_its_reason():
    known = {f"{label}.{column}" for label, columns in PRIVATE.items() for column in columns}
    texts = (models.CharField, models.TextField, models.JSONField)
    there_are = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("fans.connections")
        and not hasattr(model, "pgh_tracked_model")
        for field in model._meta.concrete_fields
        if isinstance(field, texts)
        and not field.choices
        and not field.name.endswith("_hash")
        and (field.max_length is None or field.max_length >= 30)
    }

    assert there_are - known - set(ELSEWHERE) == set()
    assert known | set(ELSEWHERE) == there_are | {"steps.Acquaintance.name"}


def test_everybody_of_the_cast_is_looked_at(country, told):
    assert set(country[2]) == {*OUTSIDE, *TEAM, "administrator"}
    assert Person.objects.filter(name="champion").exists()

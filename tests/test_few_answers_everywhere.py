"""What few people answered is nowhere: no page, PDF, API answer, tip or file tells it.

The demo's Larkfield House is given answers of small groups. Then these answers are changed,
and everything that anybody can open or take away is rendered again: what differs would
tell them. Two changes are tried. In the first, groups that are hidden together swap what
they say: their sum stays, so only what tells one of them differs. In the second a small
group alone changes its mind: whoever may not see a home's picture must see no difference
at all, and while the wave is open nobody must, however often they look.
"""

import difflib
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

import pgtrigger
import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from fans.openness import few_answers
from fans.openness.models import Answer, Assessment, ContextEvent, Wave
from fans.openness.models.wave import WAVE_STAYS_CLOSED
from fans.openness.replies.models import Audience, Share
from fans.openness.services import score_wave
from fans.people.models import Role
from fans.people.table import ACTIONS, action_of
from homes.models import Home
from tests import factories
from tests.config.demo.conftest import bare_ground, made
from tests.factories import NORWICH
from tests.pdfs import unpacked
from tests.test_every_export import EXPORTS
from tests.told import told
from tests.walk import OURS, Place, example

__all__ = ["bare_ground", "made"]  # fixtures

ODD = "Zquillibrium"
"""Stands beside every answer of a small group, as what it is known by."""

SEES_THE_PICTURE = {
    *("manager", "coordinator", "navigator", "facilitator"),
    *("champion", "relative", "provider", "neighbour"),
}
"""Who may see Larkfield's picture, once it is shared with everybody that it can be."""

_PART = {"neighbour": "manager", "elsewhere": "manager"}
_SHOWN_MOST = {"manager": 0, "facilitator": 1, "administrator": 2, "researcher": 3}
MONTHS = (0, 3, 6)
CLOSED, OPEN = (0, 3), (6,)

ASKED_FOR_ALL = ("visitor", "manager", "facilitator", "relative", "commissioner")
"""Who opens what everybody may."""

BY_QUERY = {"openness:home", "openness:behind", "replies:page"}
"""Addresses that take the wave from the query."""

OF_THE_SITE = {
    *("readyz", "frontend:tile", "frontend:worker", "api:schema", "api:docs"),
    "frontend:basemap",
    *(route for route in OURS if route.startswith(("account_", "mfa_"))),
}
"""What tells of the site and of one's account, and not of homes."""

Said = dict[tuple[str, str], list[int]]
AS_PLANTED: Said = {
    ("residents", "G3"): [0, 0],
    ("manager", "G3"): [2],
    ("residents", "A3"): [1, 1],
    ("staff", "A3"): [3] * 9,
    ("volunteers", "F2"): [1],
    ("relatives", "F2"): [3, 3],
    ("staff", "F2"): [2] * 3,
    ("residents", "H1"): [4],
    ("relatives", "G4"): [1] * 6,
    ("manager", "G4"): [2],
}
SWAPPED: Said = {
    ("residents", "G3"): [4, 4],
    ("residents", "A3"): [3, 3],
    ("staff", "A3"): [1] * 9,
    ("volunteers", "F2"): [3],
    ("relatives", "F2"): [1, 1],
    ("residents", "H1"): [0],
}
CHANGED: Said = {
    ("residents", "G3"): [4, 4],
    ("residents", "A3"): [4, 2],
    ("volunteers", "F2"): [4],
    ("relatives", "F2"): [0, 1],
    ("residents", "H1"): [0],
}
CHANGED_ELSEWHERE: Said = CHANGED | {("relatives", "G4"): [3] * 6}
"""Six are enough for the home's own team, and too few for anybody else."""

ANSWERS = re.compile(r"openness_(answer|assessment|score)")
PASSING = re.compile(
    r"""name="csrfmiddlewaretoken"\ value="[^"]*" | nonce="[^"]*" | "csrfToken":\ "[^"]*"
        | value="[0-9a-f]{8}-[0-9a-f-]{27}" """,
    re.VERBOSE,
)
"""What differs each time that a page is opened."""


@dataclass(frozen=True, order=True)
class Asked:
    """One address, as one of the cast, of one wave."""

    who: str
    route: str
    month: int
    method: str = "get"


@dataclass(frozen=True)
class Site:
    """The demo with what was planted, and a session for each of the cast."""

    places: dict[int, Place]  # by the month of the wave that addresses lead to
    sessions: dict[str, str]
    reading: list[Asked]  # what reads answers or scores at all
    first: dict[Asked, str]


@pytest.fixture(scope="module")
def site(made, django_db_blocker) -> Iterator[Site]:
    """Plant the answers, and open everything once."""
    one_step = override_settings(SECOND_FACTOR_REQUIRED=False)
    with one_step, django_db_blocker.unblock(), transaction.atomic():
        places = _places()
        _plant(places)
        sessions = _sessions(places[0])
        first: dict[Asked, str] = {}
        for route in sorted({*OURS} - OF_THE_SITE):
            everybody = _asking(route, places, sessions)
            if any(_reads_answers(asked, places, sessions) for asked in _probes(everybody)):
                for asked in everybody:
                    first[asked] = _open(asked, places, sessions)
        yield Site(places, sessions, sorted(first), first)
        transaction.set_rollback(True)


def _places() -> dict[int, Place]:
    home = Home.objects.get(name="Larkfield House", is_demo=True)
    enrolment = home.enrolments.get()
    waves = {wave.month: wave for wave in enrolment.waves.order_by("month")}
    around = Place.around(home.location, "Elsewhere")
    ContextEvent.objects.filter(home=home).delete()  # an address leads to the only one
    ContextEvent.objects.filter(home=around.home).update(home=home)
    place = replace(
        around,
        home=home,
        cohort=enrolment.cohort,
        study=enrolment.cohort.studies.get(),
        closed=waves[3],
        talk=factories.TalkFactory(plan__home=home),
    )
    return {month: replace(place, wave=waves[month]) for month in MONTHS}


def _plant(places: dict[int, Place]) -> None:
    """Give each wave the planted answers alone, and let everybody see what can be shared."""
    for place in places.values():
        Assessment.objects.filter(wave=place.wave).delete()
        codes = {i.code: i for i in place.wave.instrument.indicators.all()}
        for (group, code), values in AS_PLANTED.items():
            for value in values:
                row = Assessment.objects.create(
                    wave=place.wave, group=group, entered_by=place.membership.person
                )
                Answer.objects.create(
                    assessment=row, indicator=codes[code], value=value, how_known=ODD
                )
        _score(place.wave)
        if not place.wave.is_open_on(timezone.localdate()):
            for audience in Audience.values:
                Share.objects.create(
                    wave=place.wave, audience=audience, shared_at=timezone.now()
                )


def _score(wave: Wave) -> None:
    """Score a wave as if it had not been closed when the answers came."""
    wave = Wave.objects.get(pk=wave.pk)
    day = wave.score.as_of
    with _reopened(wave):
        score_wave(wave=wave, as_of=day)


@contextmanager
def _reopened(wave: Wave) -> Iterator[None]:
    ignored = [f"openness.Wave:{name}" for name in (WAVE_STAYS_CLOSED, "update_update")]
    closed = {"closed_at": wave.closed_at, "closed_by": wave.closed_by}
    with pgtrigger.ignore(*ignored):
        Wave.objects.filter(pk=wave.pk).update(closed_at=None, closed_by=None)
    yield
    with pgtrigger.ignore(*ignored):
        Wave.objects.filter(pk=wave.pk).update(**closed)


def _sessions(place: Place) -> dict[str, str]:
    cast = {role.value: place.member(role) for role in Role}
    other = place.cohort.enrolments.exclude(home=place.home).first().home
    cast["neighbour"] = factories.member("manager", home=other, name="neighbour")
    cast["elsewhere"] = factories.member(
        "manager", home=factories.HomeFactory(location=NORWICH), name="elsewhere"
    )
    cast["stranger"] = factories.PersonFactory(name="Cy")
    sessions = {"visitor": ""}
    for name, person in cast.items():
        client = Client()
        client.force_login(person)
        sessions[name] = client.cookies[settings.SESSION_COOKIE_NAME].value
    return sessions


def _asking(route: str, places: dict[int, Place], sessions: dict[str, str]) -> list[Asked]:
    """Return an address as everybody whom the table lets in; a file as it is asked for."""
    method = EXPORTS.get(route, "get")
    action = ACTIONS[action_of(route, method) or ""]
    by_wave = route in BY_QUERY or _differs(route, places)
    months = MONTHS if by_wave else MONTHS[1:2]
    people = ASKED_FOR_ALL if action.public or action.signed_in else sessions
    if route.endswith("_pdf"):  # slow to make, of the same parts as the page
        people, months = ("manager", "facilitator"), MONTHS[1:2]
    return [
        Asked(who, route, month, method)
        for who in people
        if told(route, _PART.get(who, who), in_scope=True, method=method) == "let in"
        for month in months
    ]


def _differs(route: str, places: dict[int, Place]) -> bool:
    """Say whether an address leads to one wave; what its example makes is taken away."""
    with _undone():
        return len({str(example(route)(place)) for place in places.values()}) > 1


@contextmanager
def _undone() -> Iterator[None]:
    """Let nothing of what is done inside stay done."""
    block: Any = transaction.atomic()
    block._from_testcase = True  # so that views may ask for a transaction of their own
    with block:
        yield
        transaction.set_rollback(True)


def _probes(everybody: list[Asked]) -> list[Asked]:
    """Return who tries whether an address reads answers: those who are shown most."""
    first = sorted(everybody, key=lambda asked: _SHOWN_MOST.get(asked.who, 9))
    return first[:1] + [asked for asked in first[1:] if asked.who == "facilitator"][:1]


def _reads_answers(asked: Asked, places: dict[int, Place], sessions: dict[str, str]) -> bool:
    """Say whether answers or scores are read: what does not read them cannot tell them."""
    found = False

    def watch(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        nonlocal found
        found = found or bool(ANSWERS.search(str(sql)))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        _open(asked, places, sessions)
    return found


def _open(asked: Asked, places: dict[int, Place], sessions: dict[str, str]) -> str:
    """Return all that is sent, without what differs each time; nothing stays done."""
    client = Client(raise_request_exception=False)
    client.cookies[settings.SESSION_COOKIE_NAME] = sessions[asked.who]
    with _undone():
        url = reverse(asked.route, kwargs=example(asked.route)(places[asked.month]))
        query = f"?wave={asked.month}" if asked.route in BY_QUERY else ""
        response = getattr(client, asked.method)(url + query)
        sent = response.getvalue() if response.streaming else response.content
    assert response.status_code < 500, asked
    return PASSING.sub("", f"{response.status_code} {_text(sent)}")


def _text(sent: bytes) -> str:
    if sent.startswith(b"%PDF"):
        return re.sub(r"/(ID|CreationDate|ModDate)[^\n]*", "", unpacked(sent).decode("latin1"))
    if zipfile.is_zipfile(io.BytesIO(sent)):
        archive = zipfile.ZipFile(io.BytesIO(sent))
        return "\n".join(archive.read(name).decode() for name in archive.namelist())
    return sent.decode("utf-8", "replace")


@contextmanager
def _said(site: Site, said: Said, months: Iterable[int]) -> Iterator[None]:
    """Let the planted groups have answered otherwise for a while; no record is kept of it."""
    with _undone():
        for month in months:
            wave = site.places[month].wave
            for (group, code), values in said.items():
                rows = Answer.objects.filter(
                    assessment__wave=wave, assessment__group=group, indicator__code=code
                )
                for row, value in zip(rows.order_by("pk"), values, strict=True):
                    with pgtrigger.ignore("openness.Answer:update_update"):
                        Answer.objects.filter(pk=row.pk).update(value=value)
            _score(wave)
        yield


def _differing(
    site: Site, asked: Iterable[Asked], said: Said, months: Iterable[int]
) -> list[tuple[Asked, list[str]]]:
    """Return what differs from the first time, with its first lines that do."""
    found = []
    with _said(site, said, months):
        for each in asked:
            now = _open(each, site.places, site.sessions)
            if now != site.first[each]:
                lines = difflib.unified_diff(site.first[each].split("\n"), now.split("\n"))
                found.append((each, [line[:200] for line in islice(lines, 20)]))
    return found


@pytest.mark.usefixtures("db")
def test_enough_is_opened_for_a_leak_to_be_found(site):
    opened = {(asked.who, asked.route) for asked in site.reading}

    assert {("manager", "openness:home"), ("facilitator", "openness:home")} <= opened
    assert ("researcher", "research:extract") in opened
    assert len(opened) > 40


@pytest.mark.usefixtures("db")
def test_nothing_tells_what_one_of_the_groups_hidden_together_answered(site):
    asked = [each for each in site.reading if each.who in SEES_THE_PICTURE]

    assert _differing(site, asked, SWAPPED, CLOSED) == []


@pytest.mark.usefixtures("db")
def test_while_a_wave_is_open_a_small_group_moves_nothing_for_anybody(site):
    assert _differing(site, site.reading, CHANGED, OPEN) == []


@pytest.mark.usefixtures("db")
def test_who_may_not_see_the_picture_sees_no_difference_at_all(site):
    asked = [each for each in site.reading if each.who not in SEES_THE_PICTURE]

    assert _differing(site, asked, CHANGED_ELSEWHERE, CLOSED) == []


@pytest.mark.usefixtures("db")
def test_what_a_small_group_says_it_knows_by_is_nowhere(site):
    assert [asked for asked, text in site.first.items() if ODD in text] == []


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("who", ["manager", "facilitator"])
def test_the_search_finds_a_rule_that_is_broken(site, who, monkeypatch):
    monkeypatch.setattr(few_answers, "_gives_away", lambda *of: False)
    asked = [a for a in site.reading if (a.who, a.route) == (who, "openness:home")]

    assert _differing(site, asked, SWAPPED, CLOSED)

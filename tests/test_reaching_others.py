"""Reaching for what is another home's, cohort's or person's: as if it did not exist.

Each attempt is sent twice: with the number of something that is there but not theirs, and
with a number that nothing has. Both answers must be the same but for the number, and
nothing in the database may have changed.
"""

import re
import uuid
from typing import Any

import pytest
from django.utils import timezone

from fans.people.models import Person
from homes.models import RegisterChange
from tests.attempts import (
    ATTEMPTS,
    MISSING,
    NOT_ADMIN,
    Attempt,
    put_more_to_reach_for,
    tie_of,
)
from tests.factories import NORWICH
from tests.fingerprint import fingerprint
from tests.walk import Place, country, here, send, there

__all__ = ["country", "here", "send", "there"]  # fixtures

LOGGED = {"when": "today", "direction": "in"}


@pytest.fixture
def held(here, there):
    """More that can be reached for, at both places."""
    of_the_cast = Person.objects.get(name="volunteer")
    of_the_cast.memberships.all().delete()
    here.volunteer.person = of_the_cast
    here.volunteer.save()
    for at in (here, there):
        put_more_to_reach_for(at)


def _plain(text: str, number: int) -> str:
    """Leave out what differs from answer to answer by itself, and the number asked for."""
    text = re.sub(r'nonce="[^"]*"', "", text)
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", text)
    text = re.sub(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", "", text)
    return re.sub(rf"(?<!\d){number}(?!\d)", "N", text)


def _answered(response: Any, number: int) -> tuple[Any, ...]:
    body = response.getvalue() if response.streaming else response.content
    location = response.headers.get("Location", "")
    kept = {name: response.headers.get(name) for name in ("Content-Type", "Cache-Control")}
    said = (_plain(location, number), _plain(body.decode(errors="replace"), number))
    return (response.status_code, *said, tuple(kept.items()))


def _filled(attempt: Attempt, number: int, here: Place) -> tuple[str, dict[str, Any] | None]:
    def put(text: str) -> str:
        text = text.replace("{n}", str(number)).replace("{own}", str(attempt.own(here)))
        return text.replace("{tie}", f"tie:{tie_of(here)}")

    data = attempt.data
    return put(attempt.url), data and {name: put(value) for name, value in data.items()}


@pytest.mark.usefixtures("held")
@pytest.mark.parametrize("attempt", ATTEMPTS, ids=str)
def test_what_is_not_theirs_answers_as_if_it_did_not_exist(attempt, send, here, there):
    theirs = attempt.of(there)  # some are made only now
    before = fingerprint()
    for who in attempt.who:
        answers = []
        for number in (theirs, MISSING):
            url, data = _filled(attempt, number, here)
            with send(who, attempt.method, url, data) as response:
                answers.append(_answered(response, number))
                assert fingerprint() == before, who
        assert answers[0] == answers[1], who
        assert answers[0][0] >= 300, who


@pytest.mark.usefixtures("held")
@pytest.mark.parametrize("attempt", ATTEMPTS, ids=str)
def test_the_same_attempt_reaches_what_is_theirs(attempt, send, here, there):
    """Or the attempts would show nothing: a form that is refused anyway reaches nobody."""
    url, data = _filled(attempt, attempt.of(here), here)
    missing, gone = _filled(attempt, MISSING, here)
    reached = False
    for who in attempt.who:
        with send(who, attempt.method, url, data) as response:
            own = _answered(response, attempt.of(here))
        with send(who, attempt.method, missing, gone) as response:
            reached |= own != _answered(response, MISSING)

    assert reached or attempt.who == NOT_ADMIN or attempt.url.startswith("/outbox/")


# --- the API's questions -----------------------------------------------------------------

AROUND = "1.2,52.6,1.4,52.7"
QUESTIONS = [
    "",
    f"in_bbox={AROUND}",
    f"bbox={AROUND}",
    f"near={NORWICH.x},{NORWICH.y}",
    f"near={NORWICH.x},{NORWICH.y}&within_m=50",
    "q=Shed",
    "q=Elmbank",
    "category=garden_nature&source=local",
    "check_state=due",
    "page_size=2000",
    "page=1&page_size=1",
    "licence=",
]
NOT_QUESTIONS = [
    "ordering=-id",
    "ordering=visibility",
    "fields=id,name,who_to_ask,created_by",
    "visibility=draft",
    "created_by=1",
    "state=closed",
    "id=1",
    "limit=100&offset=0",
    "search=Shed",
    "expand=created_by",
]


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("form", ["json", "geojson"])
def test_no_question_to_the_api_finds_or_counts_a_draft_elsewhere(question, form, send, there):
    url = f"/api/v1/assets/?format={form}&{question}"
    with send("visitor", "get", url) as response:
        visitors = response.json()
    for who in ("manager", "coordinator", "facilitator", "volunteer_lead", "stranger"):
        with send(who, "get", url) as response:
            assert response.json() == visitors, who
    with send("champion", "get", url) as response:
        rows = response.json()["results" if form == "json" else "features"]
        assert there.draft.pk not in {row["id"] for row in rows}
    assert there.draft.name not in str(visitors)


@pytest.mark.parametrize("form", ["json", "geojson"])
@pytest.mark.parametrize("question", [*QUESTIONS[:5], "interest=gardening", "page_size=1"])
def test_no_question_to_the_api_finds_a_volunteer_elsewhere(question, form, send, here, there):
    for who in ("manager", "coordinator", "champion", "volunteer_lead"):
        with send(who, "get", f"/api/v1/volunteers/?format={form}&{question}") as response:
            answer = response.json()
        rows = answer.get("results", answer.get("features", []))
        assert {row["id"] for row in rows} <= {here.volunteer.pk}, who
        assert answer.get("count", 0) <= 1, who
        assert str(there.volunteer.pk) not in str(answer)


@pytest.mark.parametrize("question", NOT_QUESTIONS)
@pytest.mark.parametrize("rooms", ["assets", "homes", "areas"])
def test_a_parameter_that_means_nothing_is_refused_alike_for_all(question, rooms, send):
    said = set()
    for who in ("visitor", "stranger", "manager", "champion"):
        with send(who, "get", f"/api/v1/{rooms}/?{question}") as response:
            assert response.status_code == 400
            said.add(response.content)

    assert len(said) == 1


@pytest.mark.parametrize("size", ["0", "-1", "5001", "999999999999", "all", "1e3"])
@pytest.mark.parametrize("rooms", ["assets", "homes", "areas"])
def test_no_page_is_larger_than_it_may_be(size, rooms, send):
    with send("visitor", "get", f"/api/v1/{rooms}/?page_size={size}") as response:
        assert response.status_code == 400
        assert "page_size" in response.json()["errors"]


@pytest.mark.parametrize("page", ["/map/", "/map/list/", "/homes/", "/people/", "/today/"])
def test_no_search_of_a_page_finds_what_is_elsewhere(page, send, there):
    person = there.membership.person
    for words in ("Shed", there.draft.name, person.email, there.invitation.email):
        for who in ("manager", "facilitator", "champion", "volunteer_lead"):
            method = "post" if page == "/people/" else "get"
            with send(who, method, page, {"q": words}, follow=True) as response:
                said = response.content.decode().replace(words, "")
                assert f"/places/{there.draft.pk}/" not in said
                assert f"/roles/{there.membership.pk}/" not in said
                assert f"/invitations/{there.invitation.pk}/" not in said


# --- what a form says of others ---------------------------------------------------------------


def test_a_form_sent_before_by_another_home_tells_nothing_of_it(send, here, there):
    there.connection.client_uuid = uuid.uuid4()
    there.connection.note = "Zquillibrium came"
    there.connection.save()
    before = fingerprint()
    sent = LOGGED | {"who": f"tie:{tie_of(here)}", "client_uuid": there.connection.client_uuid}

    with send("coordinator", "post", f"/homes/{here.home.pk}/log/", sent) as response:
        assert response.status_code == 422
        assert "Zquillibrium" not in response.content.decode()
        assert there.home.name not in response.content.decode()
        assert fingerprint() == before


def test_all_changes_of_a_register_are_ones_own_areas_alone(send, here, there):
    for at in (here, there):
        put_more_to_reach_for(at)
    sent = {"all": "yes", "latest": "999999999999"}
    with send("champion", "post", "/homes/changes/", sent):
        seen = RegisterChange.objects.filter(seen_at__isnull=False)
        assert [row.registration.home for row in seen] == [here.home]


@pytest.mark.parametrize("role", ["manager", "coordinator", "champion", "partner"])
@pytest.mark.parametrize("key", ["home", "cohort", "area", "asset"])
def test_an_invitation_to_elsewhere_is_refused_like_one_to_nowhere(
    role, key, send, here, there
):
    day = timezone.localdate().isoformat()
    theirs = getattr(there, key).pk
    for who in ("manager", "facilitator", "champion"):
        answers = []
        before = fingerprint()
        for number in (theirs, MISSING):
            sent = {"role": role, "email": "eve@example.org", "until": day, "scope": number}
            with send(who, "post", "/people/invite/", sent) as response:
                answers.append(_answered(response, number))
                assert fingerprint() == before
        assert answers[0] == answers[1]

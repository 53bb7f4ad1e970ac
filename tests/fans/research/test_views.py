"""Pages of the research room: what a researcher sees, and what nobody else does."""

import io
import re
import zipfile

import pytest
from django.urls import reverse

from fans.people.audit.models import AccessLog
from fans.research.models import Extract
from tests import factories
from tests.fans.research.scene import extracted

PAGE = reverse("research:studies")


@pytest.fixture
def address(scene):
    return reverse("research:extract", args=[scene.study.pk])


@pytest.fixture
def ravi(scene, client):
    """Ravi does research on the scene's cohort, and has signed in."""
    person = factories.member("researcher", cohort=scene.study.cohort, name="Ravi")
    client.force_login(person)
    return person


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_shows_what_an_extract_holds(scene, client, ravi):
    page = text(client.get(PAGE))

    assert "Marchbanks study" in page
    assert "6 of 8 homes have agreed to research" in page
    assert "9 ties with places" in page
    assert "9 rows of their logs" in page


def test_names_no_home(scene, client, ravi):
    assert "Quillfeather" not in client.get(PAGE).content.decode()


def test_hands_over_the_zip_file_and_logs_who_took_it(scene, client, ravi, address):
    response = client.post(address)

    content = b"".join(response.streaming_content)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/zip"
    assert response["Content-Disposition"] == (
        'attachment; filename="marchbanks-study-2026-12-01.zip"'
    )
    assert "no-store" in response["Cache-Control"]
    assert zipfile.ZipFile(io.BytesIO(content)).testzip() is None
    assert content == extracted(scene.study).raw
    assert Extract.objects.earliest("pk").by == ravi


def test_looking_changes_nothing(client, ravi, address):
    client.get(PAGE)

    assert client.get(address).status_code == 405
    assert not Extract.objects.exists()


def test_lists_earlier_extracts(client, ravi, address):
    b"".join(client.post(address).streaming_content)

    page = text(client.get(PAGE))

    assert "Earlier extracts" in page
    assert Extract.objects.get().sha256[:12] in page
    assert " you " in page


def test_says_that_there_is_no_study_yet(client, researcher):
    client.force_login(researcher)

    page = text(client.get(PAGE))

    assert "No study yet" in page


def test_says_that_nobody_has_agreed_yet_and_offers_no_button(scene, client, ravi, address):
    scene.study.cohort.enrolments.update(research_agreed_on=None)

    page, refused = client.get(PAGE), client.post(address)

    assert "No home has agreed to research yet." in text(page)
    assert "Take the extract" not in text(page)
    assert refused.status_code == 409
    assert "No home of The Kingfisher cohort has agreed to research yet." in text(refused)


def test_warns_that_few_homes_will_be_blank(scene, client, ravi):
    scene.study.cohort.enrolments.filter(home__in=scene.agreed[:2]).update(
        research_agreed_on=None
    )

    assert "Fewer than 5 homes take part" in text(client.get(PAGE))


def test_the_researcher_of_another_cohort_sees_and_gets_nothing(client, address):
    other = factories.member("researcher", cohort=factories.CohortFactory(), name="Rosa")
    client.force_login(other)

    assert "Marchbanks" not in text(client.get(PAGE))
    assert client.post(address).status_code == 404
    assert not Extract.objects.exists()


@pytest.mark.parametrize("role", ["facilitator", "manager", "administrator"])
def test_other_roles_are_refused(role, scene, client, address):
    scope = {
        "facilitator": {"cohort": scene.study.cohort},
        "manager": {"home": scene.agreed[0]},
        "administrator": {},
    }[role]
    client.force_login(factories.member(role, **scope))

    assert client.get(PAGE).status_code == 403
    assert client.post(address).status_code == 403
    assert not Extract.objects.exists()


def test_a_visitor_is_sent_to_sign_in(client, address):
    for response in (client.get(PAGE), client.post(address)):
        assert response.status_code == 302
        assert response.url.startswith(reverse("account_login"))


def test_a_study_that_is_not_there_is_not_found(client, ravi):
    assert client.post(reverse("research:extract", args=[1])).status_code == 404


def test_taking_an_extract_is_logged_as_a_look(client, ravi, address):
    b"".join(client.post(address).streaming_content)

    look = AccessLog.objects.get()
    assert (look.person_id, look.action, look.route) == (
        ravi.pk,
        "research.extract",
        "research:extract",
    )

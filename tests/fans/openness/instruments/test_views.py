"""The pages on which versions are read, compared, drafted, published and chosen."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from fans.openness.instruments.canonical import fingerprint
from fans.openness.instruments.services import draft_from_json, publish_draft
from fans.openness.models import Instrument
from tests.fans.openness.instruments.versions import as_file, v2

pytestmark = pytest.mark.django_db


@pytest.fixture
def v2_draft():
    return draft_from_json(document=as_file(v2()))


def url(name, *args, **query):
    return reverse(f"instruments:{name}", args=args, query=query or None)


def get(client, *args, **query):
    response = client.get(url(*args, **query))
    return response, response.content.decode()


def test_anybody_may_read_how_openness_is_measured(client):
    response, page = get(client, "version", "v1")

    assert response.status_code == 200
    assert "How welcome are the views of people from outside?" in page
    assert "Visits by neighbours for every 10 people living here." in page
    assert "it never counts as nought" in page
    assert "Draft a new version" not in page


def test_the_list_says_which_version_new_waves_take(client):
    _, page = get(client, "list")

    assert "Version v1" in page
    assert "New waves take this one." in page


def test_the_questions_are_there_in_other_words(client):
    _, easy = get(client, "version", "v1", words="easy")
    _, welsh = get(client, "version", "v1", words="cy")
    wrong, page = get(client, "version", "v1", words="fr")

    assert "Can people from outside say what they think of this home?" in easy
    assert "Sut mae newyddion yn teithio" in welsh
    assert "no Welsh speaker has checked it yet" in welsh
    assert (wrong.status_code, "How welcome are the views" in page) == (400, True)


def test_a_version_is_taken_away_as_json(client):
    response = client.get(url("json", "v1"))

    assert response["Content-Disposition"] == 'attachment; filename="openness-v1.json"'
    assert response["Content-Type"] == "application/json"
    assert json.loads(response.content)["version"] == "v1"
    assert client.get(url("json", "v1")).content == response.content


@pytest.mark.usefixtures("v2_draft")
def test_a_draft_is_for_those_who_may_read_drafts(client, manager, researcher):
    for route in ("version", "json"):
        assert client.get(url(route, "v2")).status_code == 404
    assert "v2" not in get(client, "list")[1]
    client.force_login(manager)
    assert client.get(url("version", "v2")).status_code == 404
    client.force_login(researcher)
    assert client.get(url("version", "v2")).status_code == 200
    assert client.get(url("publish", "v2")).status_code == 403


@pytest.mark.usefixtures("v2_draft")
def test_two_versions_stand_side_by_side(client, administrator):
    client.force_login(administrator)
    response, page = get(client, "compare", old="v1", new="v2")

    assert response.status_code == 200
    assert "Sign G3" in page
    assert "Found by newcomers" in page
    assert "Both say the same" in get(client, "compare", old="v1", new="v1")[1]
    assert "Choose two versions" in get(client, "compare")[1]


@pytest.mark.usefixtures("v2_draft")
def test_nothing_is_compared_with_a_draft_that_may_not_be_read(client):
    response, page = get(client, "compare", old="v1", new="v2")

    assert response.status_code == 404
    assert "Found by newcomers" not in page


def upload(client, content):
    file = SimpleUploadedFile("v2.json", content, content_type="application/json")
    return client.post(url("import"), {"file": file})


def test_a_version_comes_in_from_a_file_and_goes_out_as_it_came(client, administrator):
    client.force_login(administrator)

    response = upload(client, as_file(v2()))

    assert response.url == url("version", "v2")
    assert json.loads(client.get(url("json", "v2")).content) == v2()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (as_file(v2(algorithm=99)), "algorithm: must be 1"),
        (as_file(v2(version="v1")), "There is a version v1 already"),
        (b"{", "line 1, column 2: this is not JSON"),
        (b"", "The file is empty."),
        (b" " * 1_000_001, "larger than 1 MB"),
        (b"\xff\xfe\x00", "not text in UTF-8"),
    ],
)
def test_a_file_that_is_wrong_is_refused_with_the_place(client, administrator, content, words):
    client.force_login(administrator)
    before = Instrument.objects.count()

    response = upload(client, content)

    assert response.status_code == 422
    assert words in response.content.decode()
    assert Instrument.objects.count() == before


def test_no_file_is_a_question(client, administrator):
    client.force_login(administrator)

    response = client.post(url("import"))

    assert (response.status_code, "Choose a file." in response.content.decode()) == (422, True)


def test_a_draft_begins_with_what_a_version_says(client, administrator):
    client.force_login(administrator)

    response = client.post(url("draft", "v1"), {"version": "v2"})

    assert response.url == url("version", "v2")
    row = Instrument.objects.get(version="v2")
    assert row.published_at is None
    assert set(row.body["texts"]) == {"easy", "cy"}


@pytest.mark.parametrize(
    "name", ["", "v1", "2", "V2", "v2 ", "v2\n", "v0", "v2/../v3", "v" * 21]
)
def test_a_draft_needs_a_name_of_its_own(client, administrator, name):
    client.force_login(administrator)

    response = client.post(url("draft", "v1"), {"version": name})

    assert response.status_code == 422
    assert not Instrument.objects.filter(published_at=None).exists()


def test_publishing_asks_once_more_and_shows_what_changed(client, administrator, v2_draft):
    client.force_login(administrator)
    _, page = get(client, "publish", "v2")
    seen = fingerprint(v2_draft.body)

    assert "This cannot be undone" in page
    assert "Sign G3" in page
    assert seen in page
    response = client.post(url("publish", "v2"), {"seen": seen})

    assert response.url == url("version", "v2")
    v2_draft.refresh_from_db()
    assert v2_draft.published_at is not None
    assert client.get(url("publish", "v2")).status_code == 404


def test_a_draft_that_somebody_changed_meanwhile_is_not_published(
    client, administrator, v2_draft
):
    client.force_login(administrator)

    response = client.post(url("publish", "v2"), {"seen": "0" * 64})

    assert response.status_code == 409
    assert "Somebody else changed this draft" in response.content.decode()
    v2_draft.refresh_from_db()
    assert v2_draft.published_at is None


@pytest.mark.usefixtures("v2_draft")
def test_a_draft_that_was_withdrawn_can_be_put_back(client, administrator):
    client.force_login(administrator)

    page = client.post(url("withdraw", "v2"), follow=True).content.decode()
    assert url("put_back", "v2") in page
    assert not Instrument.objects.filter(version="v2").exists()
    client.post(url("put_back", "v2"))

    assert Instrument.objects.get(version="v2").body == v2()
    assert client.post(url("put_back", "v8")).status_code == 404


@pytest.mark.usefixtures("v2_draft")
def test_a_published_version_is_chosen_for_new_waves(client, administrator):
    client.force_login(administrator)
    assert client.post(url("choose", "v2")).status_code == 404
    publish_draft(version="v2")

    assert "keep the version they have" in get(client, "choose", "v2")[1]
    page = client.post(url("choose", "v2"), follow=True).content.decode()

    assert "New waves take v2 from now on." in page
    assert "v1" in get(client, "list")[1]


def test_a_published_version_is_neither_withdrawn_nor_published_again(client, administrator):
    client.force_login(administrator)

    for route in ("withdraw", "publish"):
        assert client.post(url(route, "v1")).status_code == 404


@pytest.mark.parametrize("route", ["draft", "publish", "withdraw", "put_back", "choose"])
def test_nobody_else_changes_versions(client, researcher, v2_draft, route):
    client.force_login(researcher)

    assert client.post(url(route, v2_draft.version)).status_code == 403
    v2_draft.refresh_from_db()
    assert v2_draft.published_at is None

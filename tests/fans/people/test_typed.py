"""What is typed to find somebody is in no address, and goes back, on and away with it."""

import pytest
from django.urls import reverse

from fans.people import typed
from tests import factories

pytestmark = pytest.mark.django_db

LIST = reverse("volunteers:list")


@pytest.fixture
def lead(client):
    lead = factories.member("volunteer_lead", area=factories.AreaFactory(name="Sale"))
    client.force_login(lead)
    return lead


def search(client, url=LIST, **asked):
    response = client.post(url, asked)
    assert response.status_code == 303
    return response["Location"]


def names(client, url):
    return [row.person.name for row in client.get(url).context["page"]]


@pytest.mark.parametrize(
    ("url", "field"),
    [
        (LIST, "q"),
        (reverse("people:roles"), "q"),
        (reverse("audit:changes"), "who"),
        (reverse("audit:reads"), "who"),
        (reverse("audit:reads"), "about"),
        (reverse("admin:people_person_changelist"), "q"),
    ],
)
def test_a_name_is_found_and_in_no_address(client, administrator, url, field):
    client.force_login(administrator)
    found = search(client, url, **{field: administrator.email})
    page = client.get(found)

    assert page.status_code == 200
    assert administrator.email.split("@")[0] not in found
    assert f'value="{administrator.email}"' in page.text
    assert f"{field}=" not in "".join(
        link for link in page.text.split('href="')[1:] for link in link.split('"')[:1]
    )


@pytest.mark.parametrize(
    ("url", "field"),
    [
        (LIST, "q"),
        (reverse("people:roles"), "q"),
        (reverse("audit:changes"), "who"),
        (reverse("audit:reads"), "about"),
        (reverse("admin:people_person_changelist"), "q"),
    ],
)
def test_what_no_keyboard_types_breaks_no_search(client, administrator, url, field):
    client.force_login(administrator)

    shown = client.get(search(client, url, **{field: "Jo\x00Bell"}))

    assert shown.status_code in (200, 400)


def test_the_administrators_list_is_narrowed_and_no_link_of_it_holds_the_name(
    client, administrator
):
    client.force_login(administrator)
    other = factories.PersonFactory(name="Zebedee Quill")
    found = search(client, reverse("admin:people_person_changelist"), q="zebedee")
    page = client.get(found)

    assert list(page.context["cl"].result_list) == [other]
    assert f"asked={found.partition('asked=')[2]}" in page.context["cl"].get_query_string()
    assert "zebedee" not in page.context["cl"].get_query_string()


def test_what_names_nobody_stays_in_the_address(client, lead):
    found = search(client, q="Vera", stage="active", interest="")

    assert found.startswith(f"{LIST}?stage=active&asked=")
    assert search(client, stage="active") == f"{LIST}?stage=active"
    assert search(client) == LIST


def test_each_search_can_be_gone_back_to_and_on_from(client, lead, monkeypatch):
    monkeypatch.setattr("fans.people.volunteers.views.lead.PAGE_LENGTH", 1)
    for name in ("Vera One", "Vera Two", "Amrit"):
        factories.VolunteerFactory(person__name=name)
    first, second = search(client, q="vera"), search(client, q="amrit")

    assert names(client, second) == ["Amrit"]
    assert names(client, first) == ["Vera One"]  # back
    assert f"{first.partition('?')[2]}&amp;page=2" in client.get(first).text
    assert names(client, f"{first}&page=2") == ["Vera Two"]


def test_no_link_makes_anybody_look_for_a_name(client, lead):
    factories.VolunteerFactory(person__name="Vera")

    assert names(client, f"{LIST}?q=nobody") == ["Vera"]


def test_another_session_does_not_know_the_word(client, lead, django_assert_max_num_queries):
    factories.VolunteerFactory(person__name="Vera")
    found = search(client, q="nobody at all")
    client.logout()
    client.force_login(lead)
    page = client.get(found)

    assert "kept for two hours only" in page.text
    assert "nobody at all" not in page.text


def test_words_are_forgotten_after_two_hours_and_beyond_ten(client, lead, monkeypatch):
    found = [search(client, q=f"v{number}") for number in range(11)]

    assert "v10" in client.get(found[10]).text
    assert "kept for two hours only" in client.get(found[0]).text

    now = typed.time.time()
    monkeypatch.setattr(typed.time, "time", lambda: now + typed.KEPT_FOR_S + 1)
    assert "kept for two hours only" in client.get(found[10]).text
    search(client, q="after")
    assert len(client.session["typed"]) == 1


@pytest.mark.parametrize("q", ["\x00", "x" * 5000, "%", "🙂", "'\""])
def test_odd_names_do_no_harm(client, lead, q):
    assert client.get(search(client, q=q)).status_code in (200, 400)
    assert len(search(client, q=q, stage="y" * 5000)) < 100

import pytest

pytestmark = pytest.mark.django_db


def ways(client, path="/"):
    return {way.label: way for way in client.get(path).context["navigation"]}


def test_a_visitor_may_sign_in_and_finds_no_work(client):
    found = ways(client)

    assert "Sign in" in found
    assert "My work" not in found


def test_only_those_who_may_add_are_led_to_adding(client, champion, researcher):
    client.force_login(champion)
    of_champion = ways(client)
    client.force_login(researcher)
    of_researcher = ways(client)

    assert "Extracts" not in of_champion
    assert "Extracts" in of_researcher
    assert "Add a place" not in of_researcher


def test_the_page_one_is_on_is_marked(client):
    found = ways(client, "/map/")

    assert found["Map and list"].current
    assert not found["How it works"].current


def test_signed_in_the_foot_of_a_phone_holds_five_ways_at_most(client, champion):
    client.force_login(champion)

    page = client.get("/map/").content.decode()

    bar = page[page.index('<nav class="bar') : page.index("<footer")]
    assert 2 <= bar.count("<a ") <= 5
    assert 'aria-current="page"' in bar

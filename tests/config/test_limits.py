"""How often one network may ask, and that others do not suffer for it."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from config import limits

MAP, LIST, SEARCH = reverse("frontend:map"), reverse("frontend:map_list"), "/search/?q=park"


@pytest.fixture(autouse=True)
def counted_anew(monkeypatch):
    cache.clear()
    monkeypatch.setattr(limits, "_minute", limits.Minute())
    monkeypatch.setattr(limits.time, "time", lambda: 1_800_000_012.0)


@pytest.fixture
def at_most(settings):
    def set_limit(**a_minute):
        settings.LIMITS_A_MINUTE = limits.A_MINUTE | a_minute

    return set_limit


@pytest.mark.parametrize(
    ("url", "name", "kind"),
    [
        (MAP, "map", "text/html"),
        (LIST, "list", "text/plain"),
        (SEARCH, "search", "application/json"),
        ("/places/alike/", "alike", "text/plain"),
        ("/places/near/", "near", "application/json"),
    ],
)
def test_one_too_many_is_told_in_words_and_when_to_come_back(
    client, administrator, at_most, url, name, kind
):
    client.force_login(administrator)
    at_most(**{name: 2})

    assert [client.get(url).status_code for _ in range(3)] == [200, 200, 429]
    told = client.get(url)
    assert told["Content-Type"].startswith(kind)
    assert "try again in a minute" in told.text
    assert told["Retry-After"] == "48"
    assert told["Cache-Control"] == "no-store"


def test_photos_that_are_sent_count_and_empty_forms_do_not(client, administrator, at_most):
    client.force_login(administrator)
    at_most(photo=1)
    url = reverse("photos:add")

    assert [client.get(url).status_code for _ in range(3)] == [302] * 3
    assert [client.post(url).status_code for _ in range(2)] == [302, 429]


@pytest.mark.django_db
def test_the_next_minute_begins_anew(client, at_most, monkeypatch):
    at_most(search=1)

    assert [client.get(SEARCH).status_code for _ in range(2)] == [200, 429]
    monkeypatch.setattr(limits.time, "time", lambda: 1_800_000_060.0)
    assert client.get(SEARCH).status_code == 200


@pytest.mark.django_db
def test_other_networks_and_other_pages_do_not_suffer(client, at_most):
    at_most(search=1)
    ask = {"REMOTE_ADDR": "192.0.2.7"}

    assert [client.get(SEARCH, **ask).status_code for _ in range(2)] == [200, 429]
    assert client.get(SEARCH, REMOTE_ADDR="192.0.2.8").status_code == 200
    assert client.get(LIST, **ask).status_code == 200


@pytest.mark.django_db
def test_a_home_line_of_the_new_internet_is_one_network(client, at_most):
    at_most(search=1)

    assert client.get(SEARCH, REMOTE_ADDR="2001:db8:1:2::1").status_code == 200
    assert client.get(SEARCH, REMOTE_ADDR="2001:db8:1:2:ffff::9").status_code == 429
    assert client.get(SEARCH, REMOTE_ADDR="2001:db8:1:3::1").status_code == 200


def test_two_processes_count_together():
    one, other = limits.Minute(), limits.Minute()
    for _ in range(limits.STEP * 3):
        one.count("list 192.0.2.7")
    for _ in range(limits.STEP - 1):
        assert other.count("list 192.0.2.7") <= limits.STEP

    assert other.count("list 192.0.2.7") == limits.STEP * 4


def test_a_thousand_people_of_their_own_ask_the_cache_nothing(monkeypatch):
    minute = limits.Minute()
    monkeypatch.setattr(limits, "cache", None)

    for person in range(1000):
        for asked in range(1, limits.STEP):
            assert minute.count(f"list 10.0.{person // 250}.{person % 250}") == asked


def test_no_address_is_in_the_shared_cache(monkeypatch):
    seen = []
    monkeypatch.setattr(limits, "_add", lambda key: seen.append(key) or limits.STEP)
    minute = limits.Minute()
    for _ in range(limits.STEP):
        minute.count("list 192.0.2.7")

    assert len(seen) == 1
    assert "192.0.2" not in seen[0]


def test_an_operator_changes_one_limit_and_keeps_the_others(monkeypatch):
    monkeypatch.setenv("FANS_LIMITS_A_MINUTE", "list=5000")

    assert limits.from_environment() == limits.A_MINUTE | {"list": 5000}

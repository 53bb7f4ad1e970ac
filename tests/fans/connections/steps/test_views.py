"""The three screens: what is typed is kept, can be left, taken up and taken back."""

import datetime as dt

import pytest
from django.urls import reverse

from fans.connections.models import Connection, Partner, Partnership
from fans.connections.steps.models import Acquaintance, Pick, StepDone
from fans.connections.ties.models import Approach
from tests import factories
from tests.factories import SALE, AssetFactory, WishFactory, metres_east

pytestmark = pytest.mark.django_db

GROUP = {"name": "Ukulele group", "kind": "group", "category": "arts_culture"}


@pytest.fixture(autouse=True)
def _signed_in(client, coordinator):
    client.force_login(coordinator)


@pytest.fixture
def url(home):
    def _url(name, *args):
        return reverse(f"steps:{name}", args=[home.pk, *args])

    return _url


def test_a_home_begins_with_three_empty_steps_and_is_led_to_the_first(client, url):
    page = client.get(url("start"))

    assert "0 of 3 steps done for now." in page.text
    assert "Begin with step 1" in page.text


def test_names_alone_are_kept_to_be_sorted(client, url, home):
    client.post(url("know"), {"name": "Postwoman"})
    client.post(url("names"), {"names": "Corner shop\n\n  Choir friend \nPostwoman"})

    rows = Acquaintance.objects.to_sort().filter(home=home)
    assert [row.name for row in rows] == ["Postwoman", "Corner shop", "Choir friend"]
    assert not Partnership.objects.exists()
    assert "To sort: 3" in client.get(url("know")).text


def test_a_group_becomes_a_tie_and_the_toast_takes_it_back(client, url, home):
    page = client.post(url("know"), GROUP, follow=True)
    row = Acquaintance.objects.get()

    assert row.partnership.home == home
    assert url("out", row.pk) in page.text
    client.post(url("out", row.pk))
    assert not Partner.objects.exists()
    client.post(url("bring_back", row.pk))
    assert Acquaintance.objects.sorted().get().partnership.partner.name == "Ukulele group"


def test_looking_on_the_map_offers_places_and_keeps_what_was_typed(client, url):
    place = AssetFactory(name="St Anne's Church", category="faith", address="Church Road")

    page = client.post(
        url("know"), {"name": "church", "how_often": "weekly", "known_by": "care", "look": "1"}
    )

    assert page.status_code == 200
    assert f'value="place:{place.pk}"' in page.text
    assert 'value="church"' in page.text
    assert '<option value="weekly" selected>' in page.text
    assert not Acquaintance.objects.exists()


@pytest.mark.parametrize("more", [{"look": "1"}, {"kind": "asset"}])
def test_a_name_that_no_database_holds_finds_nobody(client, url, more):
    page = client.post(url("know"), {"name": "church\0", **more})

    assert page.status_code == (200 if "look" in more else 422)
    assert not Acquaintance.objects.exists()


def test_a_place_that_was_found_is_tied(client, url):
    place = AssetFactory(name="St Anne's Church", category="faith")

    client.post(url("know"), {"name": "church", "same_as": f"place:{place.pk}"})

    row = Acquaintance.objects.get()
    assert (row.partnership.partner.asset, row.kind, row.name) == (place, "asset", place.name)


def test_the_look_back_asks_how_often_only_where_there_is_one(client, url, home, wave, today):
    page = client.get(url("know")).text
    first = today - dt.timedelta(days=27)

    assert f"How many times between {first.day} {first:%B} and {today.day} {today:%B}?" in page
    wave.delete()
    assert "How many times between" not in client.get(url("know")).text


def test_what_is_remembered_goes_into_the_log_as_from_memory(client, url, wave, today):
    client.post(url("know"), {**GROUP, "times": "3", "direction": "in"})

    row = Connection.objects.get()
    assert (row.source, row.occurrences, row.direction) == ("recall", 3, "in")
    assert (row.happened_on, row.until_on) == (today - dt.timedelta(days=27), today)


def test_a_name_is_sorted_later_and_put_right_after_that(client, url, wave, today):
    client.post(url("know"), {"name": "Ukulele group"})
    row = Acquaintance.objects.get()

    client.post(url("known", row.pk), {**GROUP, "times": "2", "direction": "out"})
    client.post(url("known", row.pk), {"times": "5", "direction": "out", "how_often": "weekly"})

    row.refresh_from_db()
    assert row.how_often == "weekly"
    assert Connection.objects.standing().get().occurrences == 5


def test_a_shortlist_grows_from_wishes_and_what_is_near(client, url, home):
    WishFactory(home=home, tags=["gardening"])
    garden = AssetFactory(name="Canal garden", location=metres_east(SALE, 300))

    page = client.get(url("like"))
    assert "Gardens and growing: 1 wish" in page.text
    assert "Canal garden" in page.text
    assert "to hear an accordion again" not in page.text

    client.post(url("pick"), {"who": f"place:{garden.pk}", "theme": "gardening"})
    row = Pick.objects.get()
    assert (row.partnership.status, row.themes) == ("idea", ["gardening"])
    assert "Because of: gardens and growing" in client.get(url("like")).text

    client.post(url("unpick", row.partnership_id))
    assert not Partnership.objects.exists()


def test_somebody_is_asked_with_words_to_say_and_their_answer_is_noted(client, url, home):
    tie = factories.PartnershipFactory(home=home)

    assert "Words to say" in client.get(url("card", tie.pk)).text
    client.post(url("card", tie.pk), {"asked-channel": "phone"})
    assert Approach.objects.get().answer == "waiting"
    assert "Asked" in client.get(url("ask")).text

    later = dt.date(2099, 1, 4)
    client.post(url("card", tie.pk), {"answer": "later", "follow_up_on": later})
    assert Approach.objects.get().follow_up_on == later
    assert "Come back to it on 4 January" in client.get(url("ask")).text


def test_a_no_needs_a_reason_and_takes_them_off_the_list(client, url, home):
    tie = factories.PartnershipFactory(home=home)
    client.post(url("card", tie.pk), {"asked-channel": "phone"})

    refused = client.post(url("card", tie.pk), {"answer": "no"})
    assert refused.status_code == 422
    client.post(url("card", tie.pk), {"answer": "no", "reason": "too_far"})

    tie.refresh_from_db()
    assert (tie.status, tie.declined_reason) == ("declined", "too_far")
    assert "Whom shall we ask?" in client.get(url("ask")).text


def test_steps_are_done_for_now_and_open_again(client, url):
    page = client.post(url("done", "know"), follow=True)
    assert page.redirect_chain[-1][0] == url("like")
    assert "1 of 3 steps done for now." in client.get(url("start")).text

    client.post(url("not_done", "know"))
    assert not StepDone.objects.exists()


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"name": ""}, "Say what you call them."),
        ({"name": "!!!"}, "Say whom you know."),
        ({**GROUP, "category": ""}, "Choose what kind of group it is."),
        ({"name": "Nowhere Hall", "kind": "asset"}, "is on the map. Choose a group, or later."),
        ({**GROUP, "known_by": "Mrs Bell"}, "is not one of the roles"),
        ({**GROUP, "how_often": "daily"}, "is not one of the answers"),
        ({**GROUP, "last_on": "2999-01-01"}, "still to come"),
        ({**GROUP, "last_on": "0001-01-01"}, "Is the year right?"),
        ({**GROUP, "last_on": "soon"}, "Put a day, such as"),
        ({**GROUP, "times": "-1", "direction": "in"}, "greater than or equal to 0"),
        ({**GROUP, "times": "999999", "direction": "in"}, "less than or equal to 200"),
        ({**GROUP, "times": "2"}, "Choose which way it mostly went."),
        ({**GROUP, "times": "2", "direction": "in", "last_on": "2020-01-01"}, "before"),
        ({"name": "Mrs Bell", "kind": "person"}, "somebody’s name"),
        ({"name": "Dr Ahmed"}, "somebody’s name"),
        ({**GROUP, "name": "a\x00b"}, "Null characters"),
        ({**GROUP, "same_as": "place:' OR 1=1"}, "is not one of the answers"),
    ],
)
def test_what_will_not_do_is_said_in_a_sentence_and_nothing_is_kept(
    client, url, wave, said, words
):
    page = client.post(url("know"), said)

    assert page.status_code == 422
    assert words in page.text
    assert not Acquaintance.objects.exists()
    assert not Partner.objects.exists()
    assert not Connection.objects.exists()


def test_the_same_neighbour_is_put_down_once(client, url):
    client.post(url("know"), GROUP)

    page = client.post(url("know"), {**GROUP, "name": "ukulele  Group"})

    assert "You have put down Ukulele group already." in page.text
    assert Acquaintance.objects.count() == 1


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ("", "Put down at least one."),
        ("\n".join(f"Club {n}" for n in range(41)), "at most 40 at once"),
        ("x" * 201, "at most 200"),
        ("Choir\nMrs Bell", "somebody’s name"),
    ],
)
def test_many_names_are_all_kept_or_none(client, url, names, words):
    page = client.post(url("names"), {"names": names})

    assert page.status_code == 422
    assert words in page.text
    assert not Acquaintance.objects.exists()


@pytest.mark.parametrize("who", ["", "place:1", "tie:987654321", "place:99999999999999999999"])
def test_nobody_is_picked_who_is_not_there(client, url, who):
    assert client.post(url("pick"), {"who": who}).status_code == 404


@pytest.mark.parametrize(
    "said", [{"asked-channel": "pigeon"}, {"asked-channel": ""}, {"answer": "maybe"}]
)
def test_an_answer_that_is_none_is_refused(client, url, home, said):
    tie = factories.PartnershipFactory(home=home)
    Approach.objects.create(partnership=tie, channel="phone")

    assert client.post(url("card", tie.pk), said).status_code == 422


def test_a_step_that_is_none_is_not_there(client, url):
    assert client.post(url("done", "dance")).status_code == 404

"""The pages: a washing line, a quick form, what came true, thanks, and themes around."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.utils import timezone

from fans.connections.wishes.models import Thanks, Wish
from tests import factories
from tests.factories import (
    NORWICH,
    SALE,
    ConnectionFactory,
    HomeFactory,
    PartnershipFactory,
    ThanksFactory,
    WishFactory,
    box,
    metres_east,
)

pytestmark = pytest.mark.django_db
SAID = {"text": "to hear an accordion", "from_whom": "resident", "how_many": "one"}


@pytest.fixture
def ada(client, coordinator):
    client.force_login(coordinator)
    return client


@pytest.fixture
def board(home):
    return f"/homes/{home.pk}/wishes/"


def browser_of(person):
    client = Client()
    client.force_login(person)
    return client


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", response.content.decode()))


def undo_of(response):
    return re.search(r'action="(/(?:wishes|thanks)/[^"]+)"', response.content.decode())[1]


def test_an_empty_line_starts_something(ada, board):
    page = ada.get(board)

    assert "What would somebody here love?" in text_of(page)
    assert f"{board}new/" in page.content.decode()


def test_a_wish_is_pegged_up_in_one_go_and_its_words_choose_the_tags(ada, board):
    page = ada.post(f"{board}new/", SAID, follow=True)

    wish = Wish.objects.get()
    assert (wish.text, wish.tags) == ("to hear an accordion", ["music"])
    assert "Pegged up. It is about: Music and singing." in text_of(page)
    ada.post(undo_of(page))
    assert not Wish.objects.exists()


def test_whoever_unticks_what_a_page_suggested_means_it(ada, board):
    ada.post(f"{board}new/", SAID | {"chosen": "true"})
    ada.post(f"{board}new/", SAID | {"chosen": "true", "tags": ["food"]})

    assert {tuple(wish.tags) for wish in Wish.objects.all()} == {(), ("food",)}


def test_the_same_form_sent_twice_is_one_wish(ada, board):
    number = re.search(r'name="client_uuid" value="([^"]+)"', ada.get(f"{board}new/").text)[1]

    ada.post(f"{board}new/", SAID | {"client_uuid": number})
    ada.post(f"{board}new/", SAID | {"client_uuid": number})

    assert Wish.objects.count() == 1


@pytest.mark.parametrize(
    "text", ["Doris would love tea", "room 9 misses a cat", "since the stroke"]
)
def test_a_name_a_room_or_an_illness_is_asked_about_once(ada, board, text):
    page = ada.post(f"{board}new/", SAID | {"text": text})

    assert page.status_code == 422
    assert "Keep it as it is" in text_of(page)
    assert not Wish.objects.exists()
    seal = re.search(r'name="keep_as_it_is"[^>]* value="([0-9a-f]{40})"', page.text)[1]
    ada.post(f"{board}new/", SAID | {"text": text, "keep_as_it_is": seal})
    assert Wish.objects.get().text == text


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"text": ""}, "Put what would be lovely."),
        ({"text": "x" * 201}, "at most 200 characters"),
        ({"tags": ["rubbish"]}, "“rubbish” is not in the list"),
        ({"tags": ["music", "food", "games", "sport", "walks"]}, "Choose at most 4."),
        ({"from_whom": "mayor"}, "“mayor” is not one of the answers"),
        ({"how_many": "17"}, "“17” is not one of the answers"),
        ({"text": "943 476 5919"}, "NHS number"),
        ({"text": "a\x00b"}, "Null characters are not allowed"),
    ],
)
def test_what_is_wrong_is_said_beside_its_question(ada, board, wrong, words):
    page = ada.post(f"{board}new/", SAID | wrong)

    assert page.status_code == 422
    assert words in text_of(page)
    assert not Wish.objects.exists()


def test_the_line_shows_what_waits_by_theme_and_how_long(ada, board, home):
    wish = WishFactory(home=home, text="a dog to stroke", tags=["animals"])
    WishFactory(home=home, text="a song", how_many="many", taken_on=timezone.localdate())
    WishFactory(text="elsewhere")

    whole, dogs = ada.get(board), ada.get(f"{board}?tag=animals")

    assert "A song" in text_of(whole)
    assert "Many people" in text_of(whole)
    assert "Pegged up today" in text_of(whole)
    assert "Elsewhere" not in text_of(whole)
    assert "A dog to stroke" in text_of(dogs)
    assert "A song" not in text_of(dogs)
    assert f"/wishes/{wish.pk}/" in whole.content.decode()


@pytest.mark.parametrize("query", ["?state=lost", "?tag=rubbish", "?state=open&tag=%00"])
def test_a_question_that_there_is_not_is_no_crash(ada, board, home, query):
    WishFactory(home=home)

    assert ada.get(board + query).status_code == 400


def test_the_line_costs_as_many_queries_for_many_wishes_as_for_one(
    ada, board, home, django_assert_max_num_queries
):
    tie = PartnershipFactory(home=home)
    for number in range(30):
        entry = ConnectionFactory(partnership=tie, happened_on=dt.date(2026, 10, 1))
        over = {"status": "granted", "granted_on": entry.happened_on, "connection": entry}
        WishFactory(home=home, text=f"wish {number}", **over)
        ThanksFactory(partnership=tie)

    with django_assert_max_num_queries(18):
        assert ada.get(f"{board}?state=granted").status_code == 200


def test_half_the_days_are_said_from_three_granted_wishes_on(ada, board, home):
    days = dt.date(2026, 9, 1)
    for number in (2, 4):
        WishFactory(home=home, status="granted", granted_on=days + dt.timedelta(days=number))
    assert "Half of the wishes" not in text_of(ada.get(board))
    WishFactory(home=home, status="granted", granted_on=days + dt.timedelta(days=30))

    assert "Half of the wishes came true within 4 days." in text_of(ada.get(board))


def test_an_entry_of_the_log_grants_a_wish_and_undo_hangs_it_up_again(ada, home):
    wish = WishFactory(home=home)
    entry = ConnectionFactory(
        partnership__home=home, partnership__partner__asset__name="The Pellow Singers",
        happened_on=timezone.localdate(),
    )  # fmt: skip
    url = f"/wishes/{wish.pk}/"
    assert "The Pellow Singers" in text_of(ada.get(url))

    page = ada.post(f"{url}granted/", {"connection": entry.pk}, follow=True)

    wish.refresh_from_db()
    assert (wish.status, wish.connection) == ("granted", entry)
    assert "with The Pellow Singers" in text_of(page)
    ada.post(undo_of(page))
    wish.refresh_from_db()
    assert wish.is_open


def test_a_day_grants_a_wish_and_a_wrong_day_is_said(ada, home):
    wish = WishFactory(home=home)
    url = f"/wishes/{wish.pk}/granted/"

    for wrong in ({}, {"on": "2026-08-01"}, {"on": "2126-01-01"}, {"on": "soon"}):
        assert ada.post(url, wrong).status_code == 422
    theirs = ConnectionFactory(happened_on=timezone.localdate())
    page = ada.post(url, {"connection": theirs.pk})
    assert page.status_code == 422
    assert "Choose an entry of this home’s log." in text_of(page)
    ada.post(url, {"on": "2026-10-01"})

    wish.refresh_from_db()
    assert wish.granted_on == dt.date(2026, 10, 1)
    assert ada.post(url, {"on": "2026-10-01"}).status_code == 409


def test_a_wish_is_let_go_for_a_reason_of_the_list(ada, home):
    wish = WishFactory(home=home)
    url = f"/wishes/{wish.pk}/let-go/"
    assert ada.post(url, {"why": "died"}).status_code == 422

    page = ada.post(url, {"why": "done"}, follow=True)

    assert "It came true another way" in text_of(page)
    assert ada.post(url, {"why": "done"}).status_code == 409
    assert ada.get(f"/wishes/{wish.pk}/edit/").status_code == 409


def test_a_wish_is_put_in_better_words(ada, home):
    wish = WishFactory(home=home, text="Doris would love tea", tags=["food"])
    said = SAID | {"text": "Doris would love tea", "tags": ["food", "company"]}

    assert ada.post(f"/wishes/{wish.pk}/edit/", said).status_code == 302

    wish.refresh_from_db()
    assert wish.tags == ["food", "company"]
    assert ada.post(f"/wishes/{wish.pk}/edit/", said | {"text": ""}).status_code == 422


def test_thanks_are_kept_for_a_card_handed_over_and_torn_up(ada, home, board):
    entry = ConnectionFactory(partnership__home=home, happened_on=dt.date(2026, 10, 1))
    over = {"status": "granted", "granted_on": entry.happened_on, "connection": entry}
    wish = WishFactory(home=home, **over)
    url = f"/homes/{home.pk}/thanks/?wish={wish.pk}"
    assert f'value="{entry.partnership_id}" selected' in ada.get(url).content.decode()

    said = {"partnership": entry.partnership_id, "text": "We sang along."}
    page = ada.post(url, said, follow=True)

    thanks = Thanks.objects.get()
    assert (thanks.wish, thanks.text) == (wish, "We sang along.")
    assert "“We sang along.”" in text_of(page)
    ada.post(f"/thanks/{thanks.pk}/given/")
    assert "We sang along." not in text_of(ada.get(board))
    ada.post(f"/thanks/{thanks.pk}/not-given/")
    ada.post(f"/thanks/{thanks.pk}/tear-up/")
    assert not Thanks.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [{"text": ""}, {"text": "Dear Doris"}, {"partnership": ""}, {"partnership": "theirs"}],
)
def test_thanks_that_name_somebody_or_nobody_are_asked_about(ada, home, wrong):
    tie = PartnershipFactory(home=home)
    said = {"partnership": tie.pk, "text": "We sang along."} | wrong
    if said["partnership"] == "theirs":
        said["partnership"] = PartnershipFactory().pk

    assert ada.post(f"/homes/{home.pk}/thanks/", said).status_code == 422
    assert not Thanks.objects.exists()


@pytest.mark.parametrize("asked", ["0", "x", "9" * 30, "-1"])
def test_thanks_for_a_wish_that_is_not_there_are_not_found(ada, home, asked):
    assert ada.get(f"/homes/{home.pk}/thanks/?wish={asked}").status_code == 404


def test_a_relative_pegs_up_and_reads_nothing(home, board):
    WishFactory(home=home, text="a secret wish")
    rae = browser_of(factories.member("relative", home=home, name="Rae"))

    page = rae.post(f"{board}new/", SAID, follow=True)

    assert "Pegged up." in text_of(page)
    assert "secret" not in text_of(page)
    assert rae.get(board).status_code == 403
    rae.post(undo_of(page))
    assert Wish.objects.get().text == "a secret wish"


def test_after_ten_minutes_a_wish_stays(ada, home):
    wish = WishFactory(home=home)
    Wish.objects.update(pegged_at=timezone.now() - dt.timedelta(minutes=11))

    page = ada.post(f"/wishes/{wish.pk}/take-back/")

    assert page.status_code == 409
    assert "Let it go instead." in text_of(page)


# --- around ------------------------------------------------------------------------------


def three_homes(text="a marked word"):
    homes = [
        HomeFactory(name=f"House {n}", location=metres_east(SALE, 100 * n)) for n in (1, 2, 3)
    ]
    for home in homes:
        WishFactory(home=home, text=text, tags=["music", "faith"])
    WishFactory(home=homes[0], text=text, tags=["food"])
    return homes


def test_a_champion_sees_themes_and_no_word_number_or_home():
    three_homes()
    champion = factories.member("champion", area=factories.AreaFactory(), name="Priya")

    page = text_of(browser_of(champion).get("/wishes/around/"))

    assert "Trafford" in page
    assert "Music and singing a few" in page
    for never in ("marked", "House", "Faith", "Cooking", " 3 "):
        assert never not in page


def test_two_homes_have_no_board():
    three_homes()[0].wishes.all().delete()
    lead = factories.member("volunteer_lead", area=factories.AreaFactory(), name="Lou")

    page = text_of(browser_of(lead).get("/wishes/around/"))

    assert "Not enough yet" in page
    assert "Music" not in page


@pytest.mark.parametrize(
    ("stage", "point", "sees"),
    [("active", SALE, True), ("active", NORWICH, False), ("applied", SALE, False)],
)
def test_a_volunteer_who_is_under_way_sees_the_themes_near_them(stage, point, sees):
    three_homes()
    someone = factories.member("volunteer", name="Vi")
    factories.VolunteerFactory(person=someone, stage=stage, location=point)

    page = text_of(browser_of(someone).get("/wishes/around/"))

    assert ("Music and singing" in page) is sees


def test_an_area_elsewhere_shows_nothing_of_here():
    three_homes()
    area = factories.AreaFactory(boundary=box(NORWICH))
    champion = factories.member("champion", area=area, name="Nora")

    assert "Trafford" not in text_of(browser_of(champion).get("/wishes/around/"))


# --- the API -----------------------------------------------------------------------------


def test_the_api_gives_a_homes_wishes_to_its_team_alone(ada, home):
    wish = WishFactory(home=home, text="a dog", tags=["animals"])
    WishFactory(home=home, status="let_go", let_go_on=dt.date(2026, 10, 1), let_go_why="done")
    theirs = WishFactory(text="elsewhere")

    found = ada.get("/api/v1/wishes/?status=open&tag=animals").json()

    assert (found["count"], found["returned"]) == (1, 1)
    row = found["results"][0]
    assert (row["id"], row["text"], row["tags"]) == (wish.pk, "a dog", ["animals"])
    assert "taken_by" not in row
    assert ada.get("/api/v1/wishes/").json()["count"] == 2
    assert ada.get(f"/api/v1/wishes/?home={theirs.home_id}").json()["count"] == 0
    assert ada.get(f"/api/v1/wishes/{wish.pk}/").json()["text"] == "a dog"
    assert ada.get(f"/api/v1/wishes/{theirs.pk}/").status_code == 404
    assert Client().get("/api/v1/wishes/").status_code in (401, 403, 404)


@pytest.mark.parametrize(
    "query", ["page=0", "page_size=501", "tag=rubbish", "status=lost", "home=x", "other=1"]
)
def test_the_api_refuses_a_question_that_it_does_not_know(ada, query):
    answer = ada.get(f"/api/v1/wishes/?{query}")

    assert answer.status_code == 400
    assert query.split("=")[0] in answer.json()["errors"]

"""The list of homes, and the questions that registers leave to people."""

import datetime as dt

import pytest
from django.urls import reverse

from geo.models import Place, PostcodeCell
from homes.models import Home, RegistrationQuestion
from tests import factories
from tests.factories import NORWICH, SALE, metres_east

pytestmark = pytest.mark.django_db

LIST = "/homes/"
QUESTIONS = "/homes/questions/"


@pytest.fixture
def homes():
    factories.HomeFactory(name="Larkfield House", address="1 Lark Lane, Sale")
    factories.HomeFactory(name="Beech", location=metres_east(SALE, 900), kind="nursing")
    factories.HomeFactory(name="Norfolk Lodge", location=NORWICH, postcode="NR2 1AA")


def text(response) -> str:
    return response.content.decode()


class TestList:
    def test_lists_homes_by_name_for_anybody(self, client, homes):
        page = text(client.get(LIST))

        assert page.index("Beech") < page.index("Larkfield House") < page.index("Norfolk Lodge")
        assert "3 homes" in page
        assert reverse("frontend:home", args=[Home.objects.get(name="Beech").pk]) in page

    def test_finds_homes_by_name(self, client, homes):
        page = text(client.get(f"{LIST}?q=lark"))

        assert "1 home for “lark”" in page
        assert "Beech" not in page

    def test_finds_homes_near_a_postcode_nearest_first(self, client, homes):
        PostcodeCell.objects.create(
            code="M33 2", kind="sector", location=metres_east(SALE, 800), postcodes_count=9
        )

        page = text(client.get(f"{LIST}?q=m33 2zz"))

        assert "2 homes within 5 km of M33 2, nearest first" in page
        assert page.index("Beech") < page.index("Larkfield House")
        assert "100 m away" in page

    def test_finds_homes_near_a_town_that_no_home_speaks_of(self, client, homes):
        Place.objects.create(geonames_id=1, name="Brooklands", location=SALE)

        assert "2 homes within 5 km of Brooklands" in text(client.get(f"{LIST}?q=brooklands"))

    def test_a_towns_name_in_an_address_comes_first(self, client, homes):
        Place.objects.create(geonames_id=1, name="Sale", location=NORWICH)

        assert "1 home for “sale”" in text(client.get(f"{LIST}?q=sale"))

    def test_says_so_when_no_home_is_found(self, client, homes):
        assert "No home found" in text(client.get(f"{LIST}?q=castle"))

    def test_says_so_when_no_home_is_listed(self, client):
        assert "No home is listed yet" in text(client.get(LIST))

    def test_a_small_home_is_listed_by_its_sector(self, client):
        PostcodeCell.objects.create(
            code="M33 2", kind="sector", location=SALE, postcodes_count=60
        )
        factories.HomeFactory(name="Two Friends", beds=4)

        page = text(client.get(LIST))

        assert "Small home in M33 2" in page
        assert "Two Friends" not in page

    def test_shows_twenty_homes_a_page(self, client):
        for number in range(21):
            factories.HomeFactory(name=f"Home {number:02}")

        page = text(client.get(f"{LIST}?page=2"))

        assert "Home 20" in page
        assert "Home 19" not in page
        assert "Page 2 of 2" in page

    @pytest.mark.parametrize("query", ["page=x", "kind=castle", "near=1,2", "q=%00", "x=1"])
    def test_a_bad_parameter_is_a_400_that_names_it(self, client, query):
        response = client.get(f"{LIST}?{query}")

        assert response.status_code == 400
        assert f"{query.partition('=')[0]}: " in text(response)

    def test_the_number_of_queries_does_not_grow_with_the_homes(
        self, client, homes, django_assert_max_num_queries
    ):
        for number in range(15):
            factories.HomeFactory(name=f"Home {number}")

        with django_assert_max_num_queries(4):
            client.get(LIST)


class TestQuestions:
    @pytest.fixture
    def question(self):
        old = factories.HomeFactory(name="Ash View", address="6 Ash View, Sale")
        old.registrations.update(until=dt.date(2026, 6, 1), provider="Ash Limited")
        new = factories.HomeFactory(name="Ash Lodge")
        return RegistrationQuestion.objects.create(
            gone=old.registrations.get(), new=new.registrations.get()
        )

    @pytest.fixture
    def elsewhere(self):
        old = factories.HomeFactory(name="Norfolk Lodge", location=NORWICH)
        new = factories.HomeFactory(name="Norfolk Court", location=NORWICH)
        return RegistrationQuestion.objects.create(
            gone=old.registrations.get(), new=new.registrations.get()
        )

    def test_asks_with_both_entries_side_by_side(self, client, question, champion):
        client.force_login(champion)

        page = text(client.get(QUESTIONS))

        for words in (
            "Ash View",
            "Ash Lodge",
            "Ash Limited",
            "6 Ash View, Sale",
            "1 June 2026",
        ):
            assert words in page

    def test_a_champion_is_asked_about_homes_of_the_own_area(
        self, client, question, elsewhere, champion
    ):
        client.force_login(champion)

        page = text(client.get(QUESTIONS))

        assert "1 question to answer" in page
        assert "Norfolk" not in page

    def test_an_administrator_is_asked_about_all(
        self, client, question, elsewhere, administrator
    ):
        client.force_login(administrator)

        assert "2 questions to answer" in text(client.get(QUESTIONS))

    def test_yes_makes_them_one(self, client, question, champion):
        client.force_login(champion)

        response = client.post(
            QUESTIONS, {"question": question.pk, "answer": "yes"}, follow=True
        )

        assert "Ash Lodge goes on with its ties and its log." in text(response)
        assert "Nothing to answer" in text(response)
        assert Home.objects.get().registrations.count() == 2
        question.refresh_from_db()
        assert question.answered_by == champion

    def test_no_keeps_two(self, client, question, champion):
        client.force_login(champion)

        response = client.post(
            QUESTIONS, {"question": question.pk, "answer": "no"}, follow=True
        )

        assert "Ash Lodge is a home of its own." in text(response)
        assert Home.objects.count() == 2

    def test_the_second_answer_changes_nothing(self, client, question, champion):
        client.force_login(champion)
        client.post(QUESTIONS, {"question": question.pk, "answer": "no"})

        response = client.post(
            QUESTIONS, {"question": question.pk, "answer": "yes"}, follow=True
        )

        assert "Somebody has answered this question already." in text(response)
        assert Home.objects.count() == 2

    def test_looking_changes_nothing(self, client, question, champion):
        client.force_login(champion)

        client.get(QUESTIONS, {"question": question.pk, "answer": "yes"})

        question.refresh_from_db()
        assert question.same_home is None

    @pytest.mark.parametrize(
        ("sent", "status", "words"),
        [
            ({"question": "x", "answer": "yes"}, 400, "question: we could not tell"),
            ({"answer": "yes"}, 400, "question: we could not tell"),
            ({"question": "²", "answer": "yes"}, 400, "question: we could not tell"),
            ({"question": "1" * 30, "answer": "yes"}, 400, "question: we could not tell"),
            ({"question": "999999999", "answer": "yes"}, 404, ""),
        ],
    )
    def test_a_malformed_answer_is_said_to_be_one(
        self, client, question, champion, sent, status, words
    ):
        client.force_login(champion)

        response = client.post(QUESTIONS, sent)

        assert response.status_code == status
        assert words in text(response)

    def test_an_answer_is_yes_or_no(self, client, question, champion):
        client.force_login(champion)

        response = client.post(QUESTIONS, {"question": question.pk, "answer": "perhaps"})

        assert response.status_code == 400
        assert "answer: choose “yes” or “no”." in text(response)

    def test_homes_that_overlap_are_left_and_said_so(self, client, question, champion):
        for home in (question.gone.home, question.new.home):
            factories.TallyFactory(home=home)
        client.force_login(champion)

        response = client.post(QUESTIONS, {"question": question.pk, "answer": "yes"})

        assert response.status_code == 409
        assert "cannot be put together" in text(response)

    def test_a_champion_cannot_answer_for_another_area(self, client, elsewhere, champion):
        client.force_login(champion)

        response = client.post(QUESTIONS, {"question": elsewhere.pk, "answer": "yes"})

        assert response.status_code == 404
        elsewhere.refresh_from_db()
        assert elsewhere.same_home is None

    def test_others_are_kept_out(self, client, question, manager, stranger):
        assert client.get(QUESTIONS).status_code == 302
        for person in (manager, stranger):
            client.force_login(person)
            assert client.get(QUESTIONS).status_code == 403

"""A champion settles what a source says, puts it off, and takes it back."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from assets.checking.answering import answer_question, put_off, undo_answer
from assets.checking.errors import AnsweredAlreadyError, ChangedSinceError, NotAnAnswerError
from assets.checking.models import Answer, Listing, SourceQuestion
from tests import factories
from tests.factories import SALE, metres_east


@pytest.fixture
def question(db):
    return factories.SourceQuestionFactory(asset__name="Ash Library")


@pytest.fixture
def changed(db):
    there = metres_east(SALE, 90)
    said = {"phone": "2", "lon": there.x, "lat": there.y, "location_precision": "postcode"}
    return factories.SourceQuestionFactory(kind="changed", said=said, asset__phone="1")


@pytest.fixture
def site(client, champion):
    client.force_login(champion)
    return client


def test_gone_closes_it_and_taking_that_back_opens_it(question, champion):
    answer_question(by=champion, question=question, answer=Answer.GONE)
    question.asset.refresh_from_db()
    assert question.asset.state == "closed"

    undo_answer(by=champion, question=question)

    question.refresh_from_db()
    question.asset.refresh_from_db()
    assert (question.asset.state, question.is_open) == ("open", True)


def test_still_there_leaves_everything_and_checks_nothing(question, champion):
    answer_question(by=champion, question=question, answer=Answer.THERE)

    question.asset.refresh_from_db()
    assert (question.asset.state, question.asset.fact_checks.count()) == ("open", 0)


def test_the_source_is_right_and_taking_that_back_gives_back_every_column(changed, champion):
    was = changed.asset.location
    answer_question(by=champion, question=changed, answer=Answer.TAKE)
    changed.asset.refresh_from_db()
    assert (changed.asset.phone, changed.asset.location_precision) == ("2", "postcode")
    assert changed.asset.location.x == changed.said["lon"]

    undo_answer(by=champion, question=changed)

    changed.asset.refresh_from_db()
    assert (changed.asset.phone, changed.asset.location_precision) == ("1", "exact")
    assert changed.asset.location == was


def test_what_was_changed_since_is_not_taken_back(changed, champion):
    answer_question(by=champion, question=changed, answer=Answer.TAKE)
    changed.asset.refresh_from_db()
    changed.asset.phone = "3"
    changed.asset.save()

    with pytest.raises(ChangedSinceError):
        undo_answer(by=champion, question=changed)

    changed.asset.refresh_from_db()
    assert changed.asset.phone == "3"


def test_who_is_second_is_told_what_the_first_said(question, champion):
    answer_question(by=champion, question=question, answer=Answer.THERE)

    with pytest.raises(AnsweredAlreadyError, match="Ben has answered already: it is still"):
        answer_question(by=champion, question=question, answer=Answer.GONE)


def test_no_other_answer_is_taken(question, champion):
    with pytest.raises(NotAnAnswerError):
        answer_question(by=champion, question=question, answer=Answer.TAKE)


def test_who_may_not_publish_answers_nothing(question, coordinator):
    for act in (
        lambda: answer_question(by=coordinator, question=question, answer=Answer.GONE),
        lambda: put_off(by=coordinator, question=question, today=timezone.localdate()),
        lambda: undo_answer(by=coordinator, question=question),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_later_is_in_two_weeks(question, champion):
    today = timezone.localdate()
    put_off(by=champion, question=question, today=today)

    waiting = SourceQuestion.objects.waiting()
    assert not waiting.due(today).exists()
    assert waiting.due(today + dt.timedelta(days=14)).exists()


def test_the_page_asks_takes_the_answer_and_offers_to_take_it_back(site, question):
    page = reverse("checking:source_questions")
    assert "lists it no longer" in site.get(page).content.decode()

    done = site.post(page, {"question": question.pk, "answer": "gone"}, follow=True)

    html = done.content.decode()
    undo = reverse("checking:undo_answer", args=[question.pk])
    assert "Ash Library is closed" in html
    assert f'action="{undo}"' in html
    assert "waits for an answer again" in site.post(undo, follow=True).content.decode()


def test_the_page_shows_what_differs(site, changed):
    html = site.get(reverse("checking:source_questions")).content.decode()

    assert "Place on the map" in html
    assert '<td data-l="We have">1</td><td data-l="It says">2</td>' in html


@pytest.mark.parametrize(
    "data", [{}, {"question": "x", "answer": "gone"}, {"question": "{pk}", "answer": "maybe"}]
)
def test_what_cannot_be_read_is_a_sentence(site, question, data):
    sent = {name: value.format(pk=question.pk) for name, value in data.items()}

    response = site.post(reverse("checking:source_questions"), sent)

    assert response.status_code == 400
    question.refresh_from_db()
    assert question.is_open


NOW = timezone.now()


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("checking_sourcequestion_kind_known", {"kind": "lost"}),
        ("checking_sourcequestion_source_known", {"source": "hearsay"}),
        ("checking_sourcequestion_answered_dated", {"answer": "gone"}),
        ("checking_sourcequestion_answered_dated", {"answered_at": NOW}),
        ("checking_sourcequestion_answer_fits", {"answer": "take", "answered_at": NOW}),
    ],
)
def test_the_database_keeps_questions_in_order(db, name, columns):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        factories.SourceQuestionFactory(**columns)


def test_one_question_of_a_kind_waits_at_a_time(question):
    refused = pytest.raises(IntegrityError, match="checking_sourcequestion_one_open")
    with refused, transaction.atomic():
        factories.SourceQuestionFactory(asset=question.asset)


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("checking_listing_source_known", {"source": "hearsay"}),
        ("checking_listing_once", {"dataset": "libraries"}),
        ("checking_listing_extent_whole", {"west": 1.0}),
        ("checking_listing_extent_whole", {"west": 2, "south": 1, "east": 1, "north": 2}),
    ],
)
def test_the_database_keeps_listings_in_order(db, name, columns):
    Listing.objects.create(source="csv", dataset="libraries", listed_at=NOW)

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Listing.objects.create(**{"source": "csv", "listed_at": NOW, **columns})

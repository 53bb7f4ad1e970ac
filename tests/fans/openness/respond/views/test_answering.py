"""Without an account: the code, one question a screen, a last look, sent."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from fans.openness.models import Assessment, Score
from fans.openness.respond.models import Draft
from fans.openness.respond.services.codes import end_code, make_code
from tests import factories
from tests.fans.openness.respond.conftest import move_wave

DAY = dt.timedelta(days=1)
BEGIN, CHECK, STOP = (reverse(f"respond:{name}") for name in ("begin", "check", "stop"))
ENTER, COME_BACK = reverse("respond:enter"), reverse("respond:come_back")


def question(number):
    return reverse("respond:question", args=[number])


def text(response):
    return response.content.decode()


def test_a_typed_code_leads_to_the_questions(client, code):
    response = client.post(ENTER, {"code": code.letters.lower()})

    assert response.status_code == 302
    assert code.letters not in response["Location"]
    assert "Relatives and friends" in text(client.get(response["Location"]))


def test_a_scanned_code_leaves_the_address_and_changes_nothing(client, code):
    response = client.get(reverse("respond:start", args=[code.letters]))

    assert code.letters not in response["Location"]
    assert response["Referrer-Policy"] == "no-referrer"
    assert "no-store" in response["Cache-Control"]
    assert client.get(response["Location"]).status_code == 200
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "It is on the sheet"),
        ("abc", "not quite a code"),
        ("CDFGHJKMN", "not quite a code"),
    ],
)
def test_a_slip_in_the_code_is_told_in_words(client, db, typed, words):
    response = client.post(ENTER, {"code": typed})

    assert response.status_code == 422
    assert words in text(response)


def test_a_code_that_we_do_not_know_is_told_in_words_and_slows_down_guessing(client, code):
    other = factories.RespondCodeFactory.build(wave=code.wave).letters

    for _ in range(30):
        assert client.post(ENTER, {"code": other}).status_code == 422
    assert client.post(ENTER, {"code": code.letters}).status_code == 429
    assert (
        client.get(reverse("respond:start", args=[code.letters]), follow=True).status_code
        == 429
    )


def test_right_codes_are_not_slowed_down(client, code):
    for _ in range(40):
        assert client.post(ENTER, {"code": code.letters}).status_code == 302


def test_a_code_that_was_ended_or_is_not_for_today_has_a_plain_page_each(
    client, code, wave, coordinator, today
):
    move_wave(wave, opens_on=today + DAY, closes_on=today + 9 * DAY)
    client.get(reverse("respond:start", args=[code.letters]))
    early = client.get(BEGIN)
    move_wave(wave, opens_on=today - 60 * DAY, closes_on=today - 40 * DAY)
    over = client.get(BEGIN)
    end_code(code=code, by=coordinator)
    ended = client.get(BEGIN)
    unknown = Client().get(reverse("respond:start", args=["none-such"]), follow=True)
    nothing = Client().get(BEGIN)

    pages = [early, over, ended, unknown, nothing]
    assert [page.status_code for page in pages] == [403, 410, 410, 404, 410]
    assert "This starts on" in text(early)
    assert "This ended on" in text(over)
    assert "This code works no longer" in text(ended)
    assert "We do not know this code" in text(unknown)
    assert "Scan the code again" in text(nothing)


def test_one_question_a_screen_with_five_answers_and_a_skip(began):
    page = text(began().get(question(1)))

    assert page.count('type="radio"') == 6
    assert "1 of 7" in page
    assert "How easy and welcome is it to visit here?" in page
    assert "I would rather not say, or do not know" in page


def test_easy_read_and_welsh_say_the_whole_screen_in_their_words(began):
    easy = text(began(language="easy").get(question(1)))
    welsh = text(began(language="cy").get(question(1)))

    assert "Is it easy to visit here?" in easy
    assert 'class="easy large"' in easy
    assert '<html lang="cy">' in welsh
    assert "1 o 7" in welsh
    assert "Next" not in welsh


def test_what_was_said_is_kept_whichever_way_one_goes_on(began):
    browser = began()

    assert browser.post(question(1), {"answer": "3"})["Location"] == question(2)
    assert browser.post(question(2), {"answer": "1", "go": "back"})["Location"] == question(1)
    assert browser.post(question(3), {"answer": "0", "go": "stop"})["Location"] == STOP
    assert 'value="1" id="id_answer_1" checked' in " ".join(
        text(browser.get(question(2))).split()
    )
    assert Draft.objects.get().answers == {"A3": 3, "D4": 1, "F2": 0}


def test_any_question_is_skipped_by_its_answer_or_by_going_on(began):
    browser = began()
    browser.post(question(1), {"answer": "skip"})
    browser.post(question(2), {})
    browser.post(question(3), {"go": "back"})

    assert Draft.objects.get().answers == {"A3": None, "D4": None}


@pytest.mark.parametrize("given", ["5", "-1", "often", "3.0"])
def test_an_answer_that_there_is_not_is_refused_in_words(began, given):
    response = began().post(question(1), {"answer": given})

    assert response.status_code == 422
    assert "Choose one of the answers, or skip the question." in text(response)
    assert Draft.objects.get().answers == {}


@pytest.mark.parametrize("number", [0, 8, 99])
def test_there_is_no_question_before_the_first_or_after_the_last(began, number):
    assert began().get(question(number)).status_code == 404


def test_words_that_may_name_somebody_are_asked_about(began):
    browser = began()
    said = {"answer": "3", "how_known": "Mrs Patel, 943 476 5919"}

    refused = browser.post(question(1), said)
    kept = browser.post(question(1), said | {"how_known": "The choir comes on Fridays."})

    assert refused.status_code == 422
    assert "looks like somebody’s name" in text(refused)
    assert kept.status_code == 302
    assert Draft.objects.get().how_known == {"A3": "The choir comes on Fridays."}


def test_the_last_look_shows_every_answer_and_the_way_to_change_it(began):
    browser = began()
    browser.post(question(1), {"answer": "1"})
    browser.post(question(2), {"answer": "skip"})

    page = text(browser.get(CHECK))
    changed = browser.post(f"{question(1)}?then=check", {"answer": "4"})

    assert "Visitors feel that they intrude." in page
    assert "Skipped" in page
    assert page.count("Not answered yet") == 5
    assert changed["Location"] == CHECK
    assert "Come at any sensible time" in text(browser.get(CHECK))


def test_what_is_sent_counts_as_one_sheet_of_the_group_and_names_nobody(began, wave):
    browser = began(language="easy")
    browser.post(question(1), {"answer": "3", "how_known": "There is tea."})
    browser.post(question(2), {"answer": "skip"})

    response = browser.post(CHECK)

    assert response.status_code == 302
    assert "We have your answers." in text(browser.get(response["Location"]))
    sent = Assessment.objects.get()
    assert (sent.group, sent.language, sent.way) == ("relatives", "easy", "tablet")
    assert (sent.wave, sent.entered_by, sent.is_late) == (wave, None, False)
    assert {a.indicator.code: (a.value, a.how_known) for a in sent.answers.all()} == {
        "A3": (3, "There is tea.")
    }
    assert Score.objects.get(wave=wave).result["indicators"]["A3"]["value"] == 3
    assert not Draft.objects.exists()


def test_on_ones_own_device_it_came_by_phone_and_the_sheet_stays_for_four_weeks(began, send):
    cookie = began(device="own").cookies["fans-answer-sheet"]
    assert cookie["max-age"] == 28 * 24 * 60 * 60

    send(device="own")
    assert Assessment.objects.get().way == "phone"


def test_on_a_device_that_others_use_the_sheet_goes_with_the_browser(began):
    cookie = began().cookies["fans-answer-sheet"]

    assert cookie["max-age"] == ""
    assert cookie["httponly"]


def test_nothing_is_sent_while_every_question_is_skipped(began):
    browser = began()
    browser.post(question(1), {"answer": "skip"})

    response = browser.post(CHECK)

    assert response.status_code == 422
    assert "Answer one question at least." in text(response)
    assert not Assessment.objects.exists()
    assert Draft.objects.exists()


def test_a_second_press_sends_nothing_more_and_shows_no_answers(send):
    browser = send()

    again = browser.post(CHECK)

    assert again.status_code == 410
    assert Assessment.objects.count() == 1


def test_the_next_person_sees_nothing_of_the_one_before(send):
    browser = send(value="4")

    for page in (question(1), CHECK, STOP):
        response = browser.get(page)
        assert response.status_code == 410
        assert "sensible time" not in text(response)
    fresh = browser.post(
        BEGIN, {"language": "en", "letters": "usual", "device": "shared"}, follow=True
    )
    assert "checked" not in text(fresh)


@pytest.mark.parametrize("page", [ENTER, BEGIN, question(1), CHECK, STOP, COME_BACK])
def test_no_screen_is_kept_by_browsers_or_passes_on_its_address(began, page):
    response = began().get(page)

    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "same-origin"


def test_a_device_that_has_sent_a_sheet_is_told_so_and_not_held_up(send, code):
    browser = send()

    page = text(browser.get(BEGIN))
    send(browser=browser)

    assert "Someone has answered on this device before" in page
    one, other = Assessment.objects.all()
    assert one.device == other.device != ""
    assert "Someone has answered" not in text(
        Client().get(reverse("respond:start", args=[code.letters]), follow=True)
    )


def test_a_device_has_another_mark_in_another_wave(send, code, coordinator, wave, today):
    browser = send()
    later = (
        factories.WaveFactory(
            enrolment=wave.enrolment, month=3, opens_on=today, closes_on=today + DAY
        )
        if not wave.enrolment.waves.filter(month=3).exists()
        else wave.enrolment.waves.get(month=3)
    )
    move_wave(later, opens_on=today, closes_on=today + DAY)
    other = make_code(wave=later, group="relatives", by=coordinator)
    browser.get(reverse("respond:start", args=[other.letters]))
    browser.post(BEGIN, {"language": "en", "letters": "usual", "device": "shared"})
    browser.post(question(1), {"answer": "3"})
    browser.post(CHECK)

    marks = set(Assessment.objects.values_list("device", flat=True))
    assert len(marks) == 2
    assert browser.cookies["fans-answer-device"].value not in str(marks)


class TestComingBack:
    def test_a_sheet_put_away_comes_back_on_another_device_by_its_letters(self, began, code):
        browser = began()
        browser.post(question(1), {"answer": "3"})
        letters = Draft.objects.get().come_back
        browser.post(STOP, {"go": "away"})
        other = Client()
        other.post(ENTER, {"code": code.letters})

        response = other.post(COME_BACK, {"code": letters.lower()})

        assert response["Location"] == question(2)
        assert other.get(question(1)).status_code == 200
        assert browser.get(question(1)).status_code == 410

    def test_the_letters_stand_on_the_screens_and_nowhere_in_the_database(self, began):
        browser = began()
        letters = Draft.objects.get().come_back
        spaced = f"{letters[:3]}-{letters[3:]}"

        assert spaced in text(browser.get(STOP))
        assert spaced in text(browser.get(question(1)))
        assert letters not in str(Draft.objects.values().get())

    def test_letters_of_another_group_or_made_up_open_nothing_and_are_counted(
        self, began, wave, coordinator
    ):
        began()
        letters = Draft.objects.get().come_back
        staff = make_code(wave=wave, group="staff", by=coordinator)
        browser = Client()
        browser.get(reverse("respond:start", args=[staff.letters]))

        for _ in range(30):
            assert browser.post(COME_BACK, {"code": letters}).status_code == 422
        assert browser.post(COME_BACK, {"code": letters}).status_code == 429

    def test_a_sheet_in_the_same_browser_is_carried_on_in_other_words(self, began):
        browser = began()
        browser.post(question(1), {"answer": "3"})
        chosen = {"language": "easy", "letters": "large", "device": "shared", "go": "carry_on"}

        page = text(browser.get(BEGIN))
        response = browser.post(BEGIN, chosen)

        assert "A sheet has been begun on this device." in page
        assert response["Location"] == question(2)
        assert "Do people here know children" in text(browser.get(question(2)))
        assert Draft.objects.get().answers == {"A3": 3}

    def test_somebody_else_begins_afresh_and_the_first_sheet_waits(self, began):
        browser = began()
        browser.post(question(1), {"answer": "3"})
        browser.post(BEGIN, {"language": "en", "letters": "usual", "device": "shared"})

        assert "checked" not in text(browser.get(question(1)))
        assert sorted(len(draft.answers) for draft in Draft.objects.all()) == [0, 1]

    def test_what_is_thrown_away_is_gone(self, began):
        browser = began()
        browser.post(question(1), {"answer": "3"})

        response = browser.post(STOP, {"go": "throw_away"})

        assert response.status_code == 302
        assert not Draft.objects.exists()
        assert not Assessment.objects.exists()


class TestResting:
    @pytest.fixture
    def rested(self, began):
        browser = began()
        browser.post(question(1), {"answer": "4"})
        long_ago = timezone.now() - dt.timedelta(minutes=21)
        Draft.objects.update(touched_at=long_ago)
        return browser

    @pytest.mark.parametrize("page", [question(1), CHECK, STOP])
    def test_a_sheet_that_rested_on_a_shared_device_is_put_out_of_sight(self, rested, page):
        response = rested.get(page)

        assert response.status_code == 403
        assert "put out of sight" in text(response)
        assert "sensible time" not in text(response)
        assert rested.get(page).status_code == 410
        assert Draft.objects.get().answers == {"A3": 4}

    def test_an_answer_that_took_long_is_still_kept(self, rested):
        response = rested.post(question(2), {"answer": "2"})

        assert response.status_code == 403
        assert Draft.objects.get().answers == {"A3": 4, "D4": 2}

    def test_it_is_not_offered_to_whoever_begins_there(self, rested):
        assert "has been begun on this device" not in text(rested.get(BEGIN))

    def test_on_ones_own_device_it_does_not_rest(self, rested):
        Draft.objects.update(is_shared=False)

        assert rested.get(question(1)).status_code == 200


class TestLate:
    def test_an_answer_after_the_close_is_kept_marked_and_not_scored(self, began, wave, today):
        browser = began()
        browser.post(question(1), {"answer": "3"})
        move_wave(wave, opens_on=today - 20 * DAY, closes_on=today - DAY)

        page = text(browser.get(CHECK))
        response = browser.post(CHECK)

        assert "They do not count in the score." in page
        assert "late=1" in response["Location"]
        assert Assessment.objects.get().is_late
        assert not Score.objects.filter(wave=wave).exists()

    def test_nothing_is_taken_once_it_is_long_over(self, began, wave, today):
        browser = began()
        browser.post(question(1), {"answer": "3"})
        move_wave(wave, opens_on=today - 60 * DAY, closes_on=today - 29 * DAY)

        assert browser.post(CHECK).status_code == 410
        assert not Assessment.objects.exists()

    def test_a_code_ended_meanwhile_takes_nothing_more(self, began, code, coordinator):
        browser = began()
        browser.post(question(1), {"answer": "3"})
        end_code(code=code, by=coordinator)

        assert browser.post(CHECK).status_code == 410
        assert not Assessment.objects.exists()

"""The pages on which a cohort is run: made, joined, left, agreed to; each slip undone."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.utils import timezone

from fans.cohorts.models import Cohort, Enrolment
from tests.factories import CohortFactory, EnrolmentFactory, HomeFactory, RegistrationFactory

pytestmark = pytest.mark.django_db


def browser_of(person):
    client = Client()
    client.force_login(person)
    return client


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def undo_of(response):
    return re.search(r'action="(/enrolments/[^"]+)"[^>]*>[^§]*?Undo', response.content.decode())


@pytest.fixture
def fay(facilitator):
    return browser_of(facilitator)


@pytest.fixture
def ann(administrator):
    return browser_of(administrator)


def registered(name, **more):
    home = HomeFactory(name=name, **more)
    RegistrationFactory(home=home, name=name, beds=30)
    return home


def joining(home, /, **more):
    today = timezone.localdate().isoformat()
    said = {"home": home.pk, "starts_on": today, "looks_back": "on", "has_agreed": "on"}
    return {name: value for name, value in (said | more).items() if value is not None}


def test_an_administrator_without_a_cohort_is_led_to_make_one(ann):
    page = ann.get("/cohorts/")

    assert "No cohort yet" in text_of(page)
    assert 'href="/cohorts/new/"' in page.content.decode()


def test_a_facilitator_lists_their_own_cohorts_alone(fay, cohort):
    other = CohortFactory(name="Hale 2027")

    words = text_of(fay.get("/cohorts/"))

    assert cohort.name in words
    assert other.name not in words
    assert "Make a cohort" not in words


def test_an_administrator_makes_a_cohort_and_is_led_to_its_homes(ann):
    page = ann.post(
        "/cohorts/new/", {"name": "Sale 2027", "programme": "Care Home FaNs"}, follow=True
    )

    made = Cohort.objects.get(name="Sale 2027")
    assert page.redirect_chain[-1][0] == f"/cohorts/{made.pk}/homes/"
    assert "No home has joined yet" in text_of(page)


def test_a_taken_name_is_refused_beside_the_question(ann, cohort):
    page = ann.post("/cohorts/new/", {"name": cohort.name, "programme": "Care Home FaNs"})

    assert page.status_code == 422
    assert f"There is a cohort named {cohort.name} already." in text_of(page)
    assert Cohort.objects.filter(name=cohort.name).count() == 1


def test_a_cohort_is_renamed(ann, cohort):
    ann.post(f"/cohorts/{cohort.pk}/name/", {"name": "Sale North"})

    cohort.refresh_from_db()
    assert cohort.name == "Sale North"


def test_a_home_is_found_joins_and_is_taken_out_by_undo(fay, cohort):
    home = registered("Elm Bank")
    url = f"/cohorts/{cohort.pk}/homes/add/?q=elm"
    assert "Elm Bank" in text_of(fay.get(url))

    page = fay.post(url, joining(home), follow=True)

    assert "Elm Bank takes part, in place" in text_of(page)
    part = Enrolment.objects.get(cohort=cohort, home=home)
    assert part.waves.count() >= 3

    page = fay.post(undo_of(page)[1], follow=True)

    assert "Elm Bank is taken out" in text_of(page)
    assert not Enrolment.objects.filter(pk=part.pk).exists()


def test_a_home_of_the_cohort_is_not_offered_again(fay, cohort):
    registered("Elm Bank")
    EnrolmentFactory(cohort=cohort, home=registered("Elm Court"))

    words = text_of(fay.get(f"/cohorts/{cohort.pk}/homes/add/?q=elm"))

    assert "Elm Bank" in words
    assert "Elm Court" not in words


@pytest.mark.parametrize(
    ("slip", "words"),
    [
        ({"home": None}, "Choose a home."),
        ({"home": "987654321"}, "This home is not on the list. Search again."),
        ({"starts_on": None}, "Put the day."),
        ({"starts_on": "2026-02-30"}, "Put a day of the calendar."),
        ({"starts_on": "1926-01-01"}, "Is the year right?"),
        ({"has_agreed": None}, "A home takes part once its manager has said yes."),
    ],
)
def test_a_slip_is_named_and_nobody_joins(fay, cohort, slip, words):
    home = registered("Elm Bank")

    page = fay.post(f"/cohorts/{cohort.pk}/homes/add/?q=elm", joining(home, **slip))

    assert page.status_code == 422
    assert words in text_of(page)
    assert not Enrolment.objects.filter(home=home).exists()


def test_a_nineteenth_home_is_refused_in_words(fay, cohort):
    for place in set(range(1, 19)) - {cohort.enrolments.get().place}:
        EnrolmentFactory(cohort=cohort, place=place)
    url = f"/cohorts/{cohort.pk}/homes/add/?q=elm"
    home = registered("Elm Bank")

    assert "All 18 places are taken" in text_of(fay.get(url))
    page = fay.post(url, joining(home))

    assert page.status_code == 422
    assert "a cohort has at most 18 homes" in text_of(page)
    assert cohort.enrolments.count() == 18


def test_a_home_of_another_cohort_is_refused_to_a_facilitator(fay, cohort):
    home = registered("Elm Bank")
    EnrolmentFactory(home=home, starts_on=timezone.localdate())

    page = fay.post(f"/cohorts/{cohort.pk}/homes/add/?q=elm", joining(home))

    assert page.status_code == 422
    assert "takes part in another cohort" in text_of(page)


def test_a_part_ends_and_goes_on_by_undo(fay, cohort):
    part = cohort.enrolments.get()
    day = timezone.localdate() - dt.timedelta(days=20)

    page = fay.post(f"/enrolments/{part.pk}/end/", {"ends_on": f"{day}"}, follow=True)

    part.refresh_from_db()
    assert part.ends_on == day
    fay.post(undo_of(page)[1])
    part.refresh_from_db()
    assert part.ends_on is None


def test_whoever_ends_a_part_second_is_told(fay, cohort):
    part = cohort.enrolments.get()
    fay.post(f"/enrolments/{part.pk}/end/", {"ends_on": "2026-11-03"})

    page = fay.post(f"/enrolments/{part.pk}/end/", {"ends_on": "2026-11-09"})

    assert page.status_code == 409
    assert "It is noted already that this part ends on 3 November 2026." in text_of(page)


@pytest.mark.parametrize("day", ["", "soon", "2020-01-01"])
def test_an_end_that_cannot_be_is_refused_in_words(fay, cohort, day):
    part = cohort.enrolments.get()

    page = fay.post(f"/enrolments/{part.pk}/end/", {"ends_on": day})

    assert page.status_code == 422
    assert "One thing needs another look" in text_of(page)
    part.refresh_from_db()
    assert part.ends_on is None


def test_an_agreement_is_noted_and_taken_back_by_undo(fay, cohort, facilitator):
    part = cohort.enrolments.get()

    page = fay.post(
        f"/enrolments/{part.pk}/research/", {"agreed_on": "2026-05-03"}, follow=True
    )

    part.refresh_from_db()
    assert (part.research_agreed_on, part.research_noted_by) == (
        dt.date(2026, 5, 3),
        facilitator,
    )
    fay.post(undo_of(page)[1])
    part.refresh_from_db()
    assert part.research_agreed_on is None


def test_an_agreement_still_to_come_is_refused(fay, cohort):
    part = cohort.enrolments.get()
    tomorrow = timezone.localdate() + dt.timedelta(days=1)

    page = fay.post(f"/enrolments/{part.pk}/research/", {"agreed_on": tomorrow.isoformat()})

    assert page.status_code == 422
    assert "once it is given" in text_of(page)


def test_a_part_with_answers_is_not_taken_out(fay, cohort, facilitator):
    part = cohort.enrolments.get()
    part.research_agreed_on = dt.date(2026, 5, 3)
    part.save()

    page = fay.post(f"/enrolments/{part.pk}/take-out/")

    assert page.status_code == 409
    assert "Its part has begun" in text_of(page)
    assert "take-out" not in fay.get(f"/enrolments/{part.pk}/").content.decode()


def test_a_home_that_left_long_ago_comes_back_by_an_administrator_alone(fay, ann, cohort):
    part = cohort.enrolments.first()
    today = timezone.localdate()
    begun, ended = today - dt.timedelta(days=300), today - dt.timedelta(days=100)
    Enrolment.objects.filter(pk=part.pk).update(starts_on=begun, ends_on=ended)

    page = fay.post(f"/enrolments/{part.pk}/go-on/")

    assert page.status_code == 409
    assert "Whoever administers the site can let it go on" in text_of(page)
    part.refresh_from_db()
    assert part.ends_on == ended
    ann.post(f"/enrolments/{part.pk}/go-on/")
    part.refresh_from_db()
    assert part.ends_on is None


def test_a_home_that_went_to_another_cohort_is_not_brought_back(fay, cohort):
    part = cohort.enrolments.first()
    today = timezone.localdate()
    Enrolment.objects.filter(pk=part.pk).update(
        starts_on=today - dt.timedelta(days=30), ends_on=today
    )
    EnrolmentFactory(cohort=CohortFactory(name="Hale 2027"), home=part.home, starts_on=today)

    page = fay.post(f"/enrolments/{part.pk}/go-on/")

    assert "takes part in another cohort" in text_of(page)
    part.refresh_from_db()
    assert part.ends_on == today


def test_a_search_that_no_database_can_read_finds_nothing(fay, cohort):
    page = fay.get(f"/cohorts/{cohort.pk}/homes/add/", {"q": "\0"})

    assert page.status_code == 200

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from frontend.today import cohort_board, desk_of
from tests import factories
from tests.factories import (
    NORWICH,
    AssetFactory,
    ConnectionFactory,
    EnrolmentFactory,
    HomeFactory,
    PairFactory,
    PartnershipFactory,
    TallyFactory,
    WaveFactory,
)

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 21)


def text_of(client, person) -> str:
    client.force_login(person)
    response = client.get(reverse("frontend:today"))
    assert response.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def weekly_tie(home, *, last_on: dt.date, name: str = "Ukulele Circle"):
    """A tie that met every week for six weeks until a day."""
    tie = PartnershipFactory(home=home, partner=factories.PartnerFactory(asset__name=name))
    for week in range(6):
        ConnectionFactory(partnership=tie, happened_on=last_on - dt.timedelta(weeks=week))
    return tie


def test_sends_a_visitor_to_sign_in(client):
    response = client.get(reverse("frontend:today"))

    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


def test_tells_somebody_without_a_role_what_to_do(client, stranger):
    assert "no part in a home or an area yet" in text_of(client, stranger)


def test_a_coordinator_begins_with_the_same_again(client, coordinator, home):
    tie = PartnershipFactory(home=home)
    row = ConnectionFactory(
        partnership=tie, happened_on=timezone.localdate(), residents_count=4
    )

    text = text_of(client, coordinator)
    page = client.get(reverse("frontend:today")).content.decode()

    assert "They came, 4 who live here. Today" in text
    assert f"?again={row.pk}" in page
    assert "Neighbours met 1 time" in text


def test_a_tie_past_twice_its_usual_gap_goes_quiet(coordinator, home):
    weekly_tie(home, last_on=TODAY - dt.timedelta(days=40))
    weekly_tie(home, last_on=TODAY - dt.timedelta(days=3), name="Canal Side Garden")

    (desk,) = desk_of(coordinator, today=TODAY).homes

    assert [str(tie.partnership.partner) for tie in desk.quiet] == ["Ukulele Circle"]


def test_knows_whether_this_months_tally_is_in(coordinator, home):
    (before,) = desk_of(coordinator, today=TODAY).homes
    TallyFactory(home=home, month=TODAY.replace(day=1))
    (after,) = desk_of(coordinator, today=TODAY).homes

    assert (before.has_tally, after.has_tally) == (False, True)


def test_a_manager_sees_the_open_wave(client, manager, home):
    enrolment = EnrolmentFactory(home=home)
    today = timezone.localdate()
    WaveFactory(
        enrolment=enrolment, month=6, opens_on=today, closes_on=today + dt.timedelta(days=27)
    )

    assert "Month 6 is open until" in text_of(client, manager)


def test_a_champion_sees_drafts_and_old_checks_of_the_own_area(champion):
    AssetFactory(name="Repair Shed", visibility="draft", published_on=None)
    AssetFactory(name="Old Dairy", check_state="stale")
    AssetFactory(name="Copper Kettle", check_state="fresh")
    AssetFactory(name="Norwich Shed", visibility="draft", published_on=None, location=NORWICH)

    desk = desk_of(champion, today=TODAY).champion

    assert desk is not None
    assert [asset.name for asset in desk.drafts] == ["Repair Shed"]
    assert [asset.name for asset in desk.to_check] == ["Old Dairy"]
    assert (desk.drafts_count, desk.to_check_count) == (1, 1)


def test_a_champion_is_led_to_pairs_of_the_own_area_until_they_are_told_apart(client, champion):
    PairFactory()
    PairFactory(low=AssetFactory(location=NORWICH), high=AssetFactory(location=NORWICH))
    PairFactory(state="distinct", decided_at=timezone.now())

    assert "Same place? 1 " in text_of(client, champion)
    assert f'href="{reverse("twins:pairs")}"' in client.get("/today/").content.decode()


def test_a_champion_hears_of_quiet_ties_of_homes_in_the_area(champion, home):
    weekly_tie(home, last_on=TODAY - dt.timedelta(days=40))
    weekly_tie(HomeFactory(name="Far", location=NORWICH), last_on=TODAY - dt.timedelta(days=40))

    desk = desk_of(champion, today=TODAY).champion

    assert desk is not None
    assert [str(tie.partnership.home) for tie in desk.quiet] == ["Larkfield House"]


def test_a_cohorts_homes_stand_in_order_of_name_with_their_waves():
    enrolment = EnrolmentFactory(home=HomeFactory(name="Rosebank"))
    EnrolmentFactory(cohort=enrolment.cohort, home=HomeFactory(name="Heronsgate"))
    WaveFactory(enrolment=enrolment, month=0, opens_on=TODAY, closes_on=TODAY)
    later = TODAY + dt.timedelta(days=90)
    WaveFactory(enrolment=enrolment, month=3, opens_on=later, closes_on=later)

    board = cohort_board(enrolment.cohort, TODAY)

    assert [row.home.name for row in board.rows] == ["Heronsgate", "Rosebank"]
    assert [wave.words for wave in board.rows[1].waves] == [
        "Open until 21 November",
        "From 19 February",
        "Not planned",
    ]
    assert board.rows[1].waves[0].is_open


def test_a_wave_that_has_ended_says_when():
    wave = WaveFactory(opens_on=TODAY - dt.timedelta(days=30), closes_on=dt.date(2026, 11, 20))

    (row,) = cohort_board(wave.enrolment.cohort, TODAY).rows

    assert row.waves[0].words == "Ended 20 November"


def test_a_facilitator_sees_the_board_and_no_score(client, facilitator):
    text = text_of(client, facilitator)

    assert "Larkfield House" in text
    assert "of 100" not in text


def test_a_researcher_is_led_to_the_extracts(client, researcher):
    assert "Studies and extracts" in text_of(client, researcher)


def test_an_administrator_is_led_to_the_records(client, administrator):
    assert "Accounts and records" in text_of(client, administrator)


def test_a_role_that_has_ended_shows_nothing(client, coordinator):
    coordinator.memberships.update(until=dt.date(2026, 1, 31))

    assert "no part in a home or an area yet" in text_of(client, coordinator)


def test_a_volunteer_lead_starts_with_who_waits(client, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    lead = factories.member("volunteer_lead", area=factories.AreaFactory(name="Sale"))
    factories.VolunteerFactory()
    factories.VolunteerFactory(location=factories.NORWICH)
    client.force_login(lead)

    page = client.get("/today/")

    assert page.context["desk"].lead.counts["stage_applied"] == 1
    assert "Volunteers in Sale" in page.content.decode()
    assert "/volunteers/?waits=quiet" in page.content.decode()


def test_a_relative_begins_with_the_home_and_a_wish(client, home):
    text = text_of(client, factories.member("relative", home=home))

    assert "Peg up a wish" in text
    assert home.name in text
    assert "no part in a home" not in text


def test_a_head_office_finds_its_home_and_the_pictures_that_homes_share(client, home):
    text = text_of(client, factories.member("provider", home=home))

    assert home.name in text
    assert "Pictures that homes share with you" in text
    assert "no part in a home" not in text


@pytest.mark.parametrize("role", ["manager", "coordinator", "relative", "provider"])
def test_whom_a_home_may_show_its_picture_is_led_to_the_list(client, home, role):
    client.force_login(factories.member(role, home=home))

    page = client.get(reverse("frontend:today"), follow=True)

    assert reverse("replies:shared") in page.content.decode()


def test_a_champion_is_led_to_what_is_wished_for_around(client, champion):
    assert "What is wished for around" in text_of(client, champion)

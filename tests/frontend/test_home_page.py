import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from fans.openness import services as openness
from fans.people.consent.services import agree, withdraw
from geo.models import PostcodeCell
from tests import factories
from tests.factories import (
    SALE,
    AssetFactory,
    ConnectionFactory,
    EnrolmentFactory,
    HomeAssetFactory,
    HomeFactory,
    PartnerFactory,
    PartnershipFactory,
    RegistrationFactory,
    metres_east,
)

pytestmark = pytest.mark.django_db


def page_of(client, home) -> str:
    response = client.get(reverse("frontend:home", args=[home.pk]))
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def test_shows_the_register_to_anybody(client):
    home = HomeFactory(phone="0161 496 0199", welcome_role="Activity coordinator")

    page = page_of(client, home)

    assert "Larkfield House" in page
    assert "Care Quality Commission" in page
    assert "tel:01614960199" in page
    assert "Activity coordinator" in page


def test_a_small_home_shows_its_sector_and_nothing_that_finds_the_house(client):
    PostcodeCell.objects.create(
        code="M33 2", kind="sector", location=metres_east(SALE, 700), postcodes_count=400
    )
    home = HomeFactory(
        beds=6,
        name="12 Elm Road",
        address="12 Elm Road, Sale",
        phone="0161 496 0199",
        website="https://elm-road.example",
        welcome_role="The house manager",
    )
    HomeAssetFactory(home=home, kind="garden", description="At 12 Elm Road", is_public=True)

    page = page_of(client, home)

    assert "Small home in M33 2" in page
    assert "Garden or greenhouse" in page
    for secret in ("Elm Road", "0161", "elm-road.example", "house manager", "M33 2DH", "1-1"):
        assert secret not in page, secret
    assert f"{SALE.x:.5f}" not in page


def test_the_team_of_a_small_home_sees_it_whole(client):
    home = HomeFactory(beds=6, name="12 Elm Road")
    client.force_login(factories.member("coordinator", home=home))

    assert "12 Elm Road" in page_of(client, home)


def test_a_home_that_has_closed_has_no_page(client):
    home = HomeFactory()
    home.registrations.update(until=dt.date(2026, 1, 31))

    assert client.get(reverse("frontend:home", args=[home.pk])).status_code == 404


def test_offers_are_public_only_where_the_home_said_so(client, home, coordinator):
    HomeAssetFactory(home=home, description="Greenhouse shelf", is_public=True)
    HomeAssetFactory(home=home, description="Snooker table")
    HomeAssetFactory(
        home=home, description="Old minibus", is_public=True, withdrawn_on=dt.date(2026, 6, 1)
    )

    public = page_of(client, home)
    client.force_login(coordinator)
    own = page_of(client, home)

    assert "Greenhouse shelf" in public
    assert "Snooker table" not in public
    assert "Snooker table" in own
    assert "Old minibus" not in public + own


def test_the_log_and_unnamed_ties_are_for_the_homes_own_people(client, home, coordinator):
    tie = PartnershipFactory(home=home, partner=PartnerFactory(asset__name="Ukulele Circle"))
    ConnectionFactory(partnership=tie, happened_on=timezone.localdate(), residents_count=4)

    public = page_of(client, home)
    client.force_login(coordinator)
    own = page_of(client, home)

    assert "What happened lately" not in public
    assert "Ukulele Circle" not in re.sub(r"Nearest places.*", "", public)
    assert "They came, visit to the home, 4 who live here" in own
    assert "Met 1 time, last today" in own


def test_another_homes_team_sees_what_the_public_sees(client, coordinator):
    other = HomeFactory(name="Heronsgate")
    client.force_login(coordinator)

    page = page_of(client, other)

    assert "What happened lately" not in page
    assert "How open we are" not in page


def test_a_private_person_is_never_named_in_public(client, home):
    partner = PartnerFactory(
        kind="person", asset=None, name="Accordion player", own_category="individual_gift"
    )
    now = timezone.now()
    PartnershipFactory(
        home=home,
        partner=partner,
        status="active",
        home_confirmed_at=now,
        partner_confirmed_at=now,
        home_named_ok=True,
        partner_named_ok=True,
    )

    assert "Accordion player" not in page_of(client, home)


def test_lists_the_nearest_public_places(client, home):
    AssetFactory(name="Near", location=metres_east(SALE, 100))
    AssetFactory(name="Far", location=metres_east(SALE, 900))
    AssetFactory(name="Waiting", location=SALE, visibility="draft", published_on=None)

    page = page_of(client, home)

    assert page.index("Near<") < page.index("Far<")
    assert "900 m" in page
    assert "Waiting" not in page


def test_of_places_on_one_spot_always_lists_the_same(client, home):
    hall = [AssetFactory(name=f"Club {n}", location=metres_east(SALE, 5)) for n in range(9)]
    for club in reversed(hall):
        club.description = "Meets in the hall."
        club.save()

    listed = re.findall(r"Club \d", re.sub(r".*Nearest places", "", page_of(client, home)))

    assert listed == [f"Club {n}" for n in range(5)]


def test_names_every_open_registration(client, home):
    RegistrationFactory(home=home, regulator_id="1-999", provider="Larkfield Care Ltd")

    assert "Larkfield Care Ltd" in page_of(client, home)


def test_names_only_people_of_the_home_who_agreed_to_be_read(client, home):
    def named(name, role="coordinator", *, at=home, agrees=True):
        person = factories.member(role, home=at, name=name)
        if agrees:
            agree(person=person, purpose="welcome_contact_name", how="web")
        return person

    ada = named("Ada Adler")
    named("Bo Silent", agrees=False)
    named("Cy Elsewhere", at=HomeFactory(name="Elmbank"))
    named("Di Daughter", "relative")
    over = named("Ed Ended")
    over.memberships.update(ended_at=timezone.now())

    page = page_of(client, home)
    assert "Ada Adler, activity coordinator" in page
    assert not re.search("Bo Silent|Cy Elsewhere|Di Daughter|Ed Ended", page)

    withdraw(person=ada, purpose="welcome_contact_name")
    assert "Ada Adler" not in page_of(client, home)


def test_a_small_home_names_nobody(client):
    small = HomeFactory(beds=4)
    person = factories.member("manager", home=small, name="Mo Miller")
    agree(person=person, purpose="welcome_contact_name", how="web")

    assert "Mo Miller" not in page_of(client, small)


def test_a_page_with_500_connections_costs_15_queries_at_most(
    client, settings, django_assert_max_num_queries
):
    settings.DEMO_ALLOWED = False  # as wherever others can come
    home = HomeFactory()
    today = timezone.localdate()
    begun = today - dt.timedelta(days=180)
    enrolment = EnrolmentFactory(home=home, starts_on=begun)
    for number in range(25):
        place = PartnerFactory(asset=AssetFactory(location=metres_east(SALE, 20 * number)))
        tie = PartnershipFactory(home=home, partner=place)
        for met in range(20):
            ConnectionFactory(partnership=tie, happened_on=today - dt.timedelta(days=4 * met))
    *over, running = openness.plan_waves(enrolment=enrolment)
    for wave in over:
        openness.score_wave(wave=wave)
    running.opens_on, running.closes_on = today, today + dt.timedelta(days=7)
    running.save()
    client.force_login(factories.member("manager", home=home))
    page_of(client, home)

    with django_assert_max_num_queries(15):
        page = page_of(client, home)

    assert "How open we are" in page
    assert "Going quiet" not in page


def test_a_public_card_is_linked_for_visitors_and_another_is_not(client):
    home = HomeFactory()
    card = factories.WelcomeCardFactory(home=home)
    address = reverse("prints:welcome", args=[home.pk])

    assert address in page_of(client, home)

    card.is_public = False
    card.save()
    assert address not in page_of(client, home)


def test_the_team_finds_its_ways_and_visitors_do_not(client):
    home = HomeFactory()
    ties = reverse("ties:list", args=[home.pk])
    assert ties not in page_of(client, home)

    client.force_login(factories.member("coordinator", home=home))

    assert ties in page_of(client, home)
    assert reverse("wishes:board", args=[home.pk]) in page_of(client, home)


def test_a_facilitator_is_led_nowhere_that_is_closed_to_them(client):
    home = HomeFactory()
    cohort = EnrolmentFactory(home=home).cohort
    client.force_login(factories.member("facilitator", cohort=cohort))

    page = page_of(client, home)

    links = re.findall(r'<a href="(/homes/[^"]+/)">', page)
    assert links
    assert all(client.get(link).status_code == 200 for link in links)


def test_the_team_is_led_from_a_tie_to_its_page_and_visitors_to_the_place(client, home):
    tie = PartnershipFactory(home=home)
    its_page = reverse("ties:tie", args=[tie.pk])

    public = page_of(client, home)
    client.force_login(factories.member("coordinator", home=home))

    assert its_page not in public
    assert its_page in page_of(client, home)


def test_a_relative_is_led_to_peg_up_a_wish_and_others_are_not(client, home):
    peg = reverse("wishes:peg", args=[home.pk])
    public = page_of(client, home)
    client.force_login(factories.member("relative", home=home))

    own = page_of(client, home)

    assert peg not in public
    assert peg in own
    assert peg not in page_of(client, HomeFactory(name="Heronsgate"))
    assert client.get(peg).status_code == 200

"""The pages of the gap finder: who sees them, what they say, and what they do."""

import datetime as dt

import pytest
from django.utils import timezone

from fans.connections.gaps import by_area
from fans.connections.gaps.models import Dismissal
from fans.connections.models import Partnership
from fans.people.permissions import Reach
from tests import factories
from tests.factories import SALE, box, metres_east


@pytest.fixture
def area(db):
    return factories.AreaFactory(kind="local_authority", name="Trafford")


@pytest.fixture
def manager(client, home):
    person = factories.member("manager", home=home)
    client.force_login(person)
    return person


@pytest.fixture
def club(db):
    return factories.AssetFactory(
        name="Sale Choir", category="clubs_societies", location=metres_east(SALE, 300)
    )


def page(home, more=""):
    return f"/homes/{home.pk}/gaps/{more}"


def test_a_home_sees_what_fits_with_the_reasons(client, home, manager, club) -> None:
    factories.WishFactory(home=home, tags=["music"])
    factories.WishFactory(home=home, tags=["music"], text="songs after tea")

    text = client.get(page(home)).content.decode()

    assert "Two wishes for music and singing: 390 m away" in text
    assert "straight line times 1.3" in text
    assert "Put on our list" in text
    assert "of 100 fit" in text
    assert "songs after tea" not in text  # themes alone


def test_a_champion_suggests_to_the_home(client, home, club, area) -> None:
    client.force_login(factories.member("champion", area=area))

    assert "Suggest to the home" in client.get(page(home)).content.decode()


def test_filters_narrow_the_list_and_say_how_many_there_are(
    client, home, manager, club
) -> None:
    factories.WishFactory(home=home, tags=["music"])
    factories.AssetFactory(name="Far Shop", category="shops", location=metres_east(SALE, 4000))

    text = client.get(page(home, "?only=wish&only=walk")).content.decode()

    assert "Sale Choir" in text
    assert "Far Shop" not in text
    assert "1 place by this choice" in text


def test_an_unknown_filter_is_answered_with_a_sentence(client, home, manager) -> None:
    answer = client.get(page(home, "?only=best"))

    assert answer.status_code == 400
    assert "“best” is no filter of this list." in answer.content.decode()


def test_a_home_without_a_place_and_one_with_nothing_near_are_told_so(
    client, home, manager
) -> None:
    assert "Nothing to suggest" in client.get(page(home)).content.decode()
    home.location, home.location_precision, home.location_source = None, "", ""
    home.save()

    assert "no place on the map yet" in client.get(page(home)).content.decode()


def test_fifty_are_shown_ten_to_a_page(client, home, manager) -> None:
    for number in range(52):
        kind = ("sport", "shops")[number % 2]
        factories.AssetFactory(category=kind, location=metres_east(SALE, 10 * number))

    answer = client.get(page(home, "?page=5"))

    assert len(answer.context["page"]) == 10
    assert "The 50 that fit best, of 52" in answer.content.decode()


def test_the_page_asks_the_database_so_many_times_whatever_there_is(
    client, home, manager, django_assert_max_num_queries
) -> None:
    for number in range(30):
        factories.AssetFactory(location=metres_east(SALE, 10 * number))
    client.get(page(home))

    with django_assert_max_num_queries(24):
        client.get(page(home))


def test_put_on_the_list_and_taken_off_again_by_the_undo_of_the_message(
    client, home, manager, club
) -> None:
    answer = client.post(page(home, f"{club.pk}/list/"), follow=True)

    tie = Partnership.objects.get()
    assert tie.status == "idea"
    undo = f"/gaps/ties/{tie.pk}/take-off/"
    assert undo in answer.content.decode()
    client.post(undo)
    assert not Partnership.objects.exists()


def test_no_because_asks_why_remembers_it_and_is_taken_back(
    client, home, manager, club
) -> None:
    url = page(home, f"{club.pk}/no/")
    assert "Why not?" in client.get(url).content.decode()
    assert client.post(url, {}).status_code == 422

    answer = client.post(url, {"reason": "not_now", "words": "After Easter"}, follow=True)
    back = timezone.localdate() + dt.timedelta(days=91)
    assert f"not suggested before {back.day} {back:%B %Y}" in answer.content.decode()
    assert "Nothing to suggest" in answer.content.decode()

    text = client.get(page(home, "noes/")).content.decode()
    assert "After Easter" in text
    said = Dismissal.objects.get()
    assert (
        "Sale Choir"
        in client.post(f"/gaps/noes/{said.pk}/take-back/", follow=True).content.decode()
    )
    assert not Dismissal.objects.exists()


def test_words_that_may_name_somebody_are_asked_about_first(
    client, home, manager, club
) -> None:
    words = {"reason": "other", "words": "Mrs Mary Smith would not like it"}

    answer = client.post(page(home, f"{club.pk}/no/"), words)

    assert answer.status_code == 422
    assert "Keep it as it is" in answer.content.decode()
    assert not Dismissal.objects.exists()


@pytest.mark.parametrize(
    ("path", "method"),
    [
        ("{home}/gaps/", "get"),
        ("{home}/gaps/noes/", "get"),
        ("{home}/gaps/{club}/no/", "get"),
        ("{home}/gaps/{club}/no/", "post"),
        ("{home}/gaps/{club}/list/", "post"),
    ],
)
def test_nobody_of_another_home_reaches_any_of_it(client, home, club, path, method) -> None:
    other = factories.HomeFactory(name="Other")
    client.force_login(factories.member("manager", home=other))
    url = f"/homes/{path.format(home=home.pk, club=club.pk)}"

    assert getattr(client, method)(url).status_code == 404
    assert not Dismissal.objects.exists()
    assert not Partnership.objects.exists()


def test_what_another_home_said_is_neither_taken_back_nor_off(client, home, manager) -> None:
    said = factories.DismissalFactory(home=factories.HomeFactory(name="Other"))
    tie = factories.PartnershipFactory(home=said.home)

    assert client.post(f"/gaps/noes/{said.pk}/take-back/").status_code == 404
    assert client.post(f"/gaps/ties/{tie.pk}/take-off/").status_code == 404
    assert Dismissal.objects.exists()


def test_one_home_is_led_to_and_of_several_one_is_chosen(client, home, manager) -> None:
    assert client.get("/gaps/").headers["Location"] == page(home)
    other = factories.HomeFactory(name="Other")
    assert client.get(f"/gaps/?home={other.pk}").status_code == 404
    assert client.get("/gaps/?home=x").status_code == 404


def test_areas_with_fewer_than_three_homes_tell_nothing(client, home, area) -> None:
    factories.AreaFactory(name="Sale Moor", boundary=box(SALE, 0.02))
    far = metres_east(SALE, 4000)
    factories.AreaFactory(name="Broadheath", boundary=box(far, 0.02))
    factories.HomeFactory(name="Lonely", location=far)
    for number in range(2):
        factories.HomeFactory(name=f"Home {number}")
    places = [factories.AssetFactory(location=SALE) for _ in range(13)]
    factories.AssetFactory(location=far)
    for place in places[:3]:
        partner = factories.PartnerFactory(asset=place)
        factories.PartnershipFactory(
            home=home,
            partner=partner,
            status="active",
            home_confirmed_at=timezone.now(),
            partner_confirmed_at=timezone.now(),
        )
    client.force_login(factories.member("commissioner", area=area))

    answer = client.get("/gaps/areas/")

    (shown,) = answer.context["areas"]
    assert (shown.name, shown.homes, shown.places, shown.tied) == ("Sale Moor", 3, 15, 5)
    (hidden,) = answer.context["too_few"]
    assert (hidden.name, hidden.homes, hidden.places, hidden.tied) == ("Broadheath", None, 0, 0)
    assert "Broadheath" in answer.content.decode()


def test_a_facilitator_sees_the_areas_of_the_cohorts_homes(home, cohort) -> None:
    factories.AreaFactory(name="Sale Moor", boundary=box(SALE, 0.02))
    factories.AreaFactory(name="Elsewhere", boundary=box(metres_east(SALE, 9000), 0.02))

    found = by_area.gaps_of(Reach(cohort_ids=frozenset({cohort.pk})))

    assert [gap.name for gap in found] == ["Sale Moor"]


@pytest.mark.parametrize(
    ("count", "shown"), [(0, 0), (2, 0), (3, 5), (7, 5), (8, 10), (62, 60)]
)
def test_counts_go_to_the_nearest_five(count, shown) -> None:
    assert by_area.nearest_five(count) == shown

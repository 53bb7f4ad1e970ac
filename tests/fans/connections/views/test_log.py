"""The page on which a coordinator logs what happened, and takes it back."""

import datetime as dt
import re
import uuid

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from fans.connections.models import Connection, Partnership
from tests import factories
from tests.factories import (
    NORWICH,
    SALE,
    AssetFactory,
    ConnectionFactory,
    HomeAssetFactory,
    HomeFactory,
    PartnerFactory,
    PartnershipFactory,
    WishFactory,
    metres_east,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(home):
    return f"/homes/{home.pk}/log/"


@pytest.fixture
def ada(client, coordinator):
    """Ada's browser."""
    client.force_login(coordinator)
    return client


@pytest.fixture
def garden():
    return AssetFactory(name="Canal Side Garden")


def today():
    return timezone.localdate()


def said(asset=None, **answers):
    """The least that can be said: with whom, today, and which way."""
    least = {"when": "today", "direction": "in"}
    if asset is not None:
        least["who"] = f"place:{asset.pk}"
    return least | answers


def words(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def field(response, name):
    """The value a form's field starts with."""
    return response.context["form"][name].value()


# --- the first page ---------------------------------------------------------------------


def test_a_home_on_its_first_day_is_told_where_to_start(ada, url):
    page = words(ada.get(url))

    assert "Who do you already know?" in page
    assert "The same again" not in page


def test_offers_the_home_s_ties_and_then_the_nearest_places(ada, url, home, garden):
    tie = PartnershipFactory(home=home, partner__asset=AssetFactory(name="Beech Road Primary"))
    PartnershipFactory(home=home, status="ended")
    far = AssetFactory(name="Old Boathouse Café", location=metres_east(SALE, 300))
    AssetFactory(name="A draft", visibility="draft")
    AssetFactory(name="A bench", category="transport_access")

    choices = ada.get(url).context["form"].fields["who"].widget.choices

    assert list(choices) == [
        ("", "Choose"),
        ("Your ties, the last met first", [(f"tie:{tie.pk}", "Beech Road Primary")]),
        (
            "Places near you, the nearest first",
            [(f"place:{garden.pk}", garden.name), (f"place:{far.pk}", far.name)],
        ),
        ("new", "Someone new, who is not in this list"),
    ]


def test_offers_at_most_thirty_places(ada, url):
    for metres in range(33):
        AssetFactory(location=metres_east(SALE, 10 * metres))

    near = dict(ada.get(url).context["form"].fields["who"].widget.choices)

    assert len(near["Places near you, the nearest first"]) == 30


def test_a_home_without_a_place_still_logs(client):
    home = HomeFactory(location=None, location_precision="", location_source="")
    client.force_login(factories.member("coordinator", home=home))

    assert client.get(f"/homes/{home.pk}/log/?q=garden").status_code == 200


def test_a_place_asked_for_is_chosen_already(ada, url, garden):
    response = ada.get(f"{url}?asset={garden.pk}")

    assert field(response, "who") == f"place:{garden.pk}"
    assert "Canal Side Garden" in words(response)
    assert b'<select name="who"' not in response.content


def test_a_tie_asked_for_is_chosen_already(ada, url, home):
    tie = PartnershipFactory(home=home, partner=a_group("Ukulele Circle"))

    response = ada.get(f"{url}?tie={tie.pk}")

    assert field(response, "who") == f"tie:{tie.pk}"
    assert "Ukulele Circle" in words(response)


def a_group(name):
    return PartnerFactory(kind="group", asset=None, name=name, own_category="arts_culture")


@pytest.mark.parametrize(
    "asked", ["0", "999999", "-1", "x", "1e3", "9" * 40, "٣", "%00", "' OR 1"]
)
@pytest.mark.parametrize("name", ["asset", "tie", "again"])
def test_what_does_not_exist_is_not_found(ada, url, name, asked):
    assert ada.get(url, {name: asked}).status_code == 404


def test_another_home_s_tie_and_log_are_not_found(ada, url):
    row = ConnectionFactory(partnership__home=HomeFactory(name="Elmbank"))

    assert ada.get(f"{url}?tie={row.partnership_id}").status_code == 404
    assert ada.get(f"{url}?again={row.pk}").status_code == 404


@pytest.mark.parametrize(
    "hidden",
    [
        {"visibility": "draft"},
        {"visibility": "hidden"},
        {"state": "closed"},
        {"category": "transport_access"},
    ],
)
def test_a_place_that_is_not_to_be_seen_cannot_be_chosen(ada, url, hidden):
    asset = AssetFactory(**hidden)

    assert ada.get(f"{url}?asset={asset.pk}").status_code == 404
    assert ada.post(url, said(asset)).status_code == 422
    assert not Connection.objects.exists()


def test_a_place_one_added_oneself_can_be_logged_with_at_once(ada, url, coordinator):
    asset = AssetFactory(visibility="draft", created_by=coordinator)

    assert ada.post(url, said(asset)).status_code == 302
    assert Connection.objects.get().partnership.partner.asset == asset


def test_a_place_can_be_looked_for_by_name_however_far(ada, url):
    found = AssetFactory(name="Norwich Cathedral", location=NORWICH)
    AssetFactory(name="Sale Library")

    response = ada.post(url, {"q": "cathedral"}, follow=True)

    assert response.context["found"] == [found]
    assert f"?asset={found.pk}" in response.content.decode()


def test_a_search_that_finds_nothing_says_so_and_offers_to_add(ada, url):
    assert "No place called “clog dancing”" in words(
        ada.post(url, {"q": "clog dancing"}, follow=True)
    )


@pytest.mark.parametrize("q", ["\x00", "x" * 5000, "%", "<script>", "\\", "  ", "🙂"])
def test_odd_searches_do_no_harm(ada, url, q):
    response = ada.post(url, {"q": q}, follow=True)

    assert response.status_code == 200
    assert b"<script>" not in response.content


# --- the same again -----------------------------------------------------------------------


def test_the_three_partners_met_last_can_be_had_again(ada, url, home):
    rows = []
    for day in (1, 2, 3, 4):
        tie = PartnershipFactory(home=home)
        rows += [
            ConnectionFactory(partnership=tie, happened_on=dt.date(2026, 9, day)),
            ConnectionFactory(partnership=tie, happened_on=dt.date(2026, 10, day)),
        ]
    ConnectionFactory(
        partnership=PartnershipFactory(home=home, status="ended"),
        happened_on=dt.date(2026, 11, 1),
    )

    again = ada.get(url).context["same_again"]

    assert again == [rows[7], rows[5], rows[3]]


def test_the_same_again_is_filled_in_but_for_the_day_and_how_it_went(ada, url, home):
    offer = HomeAssetFactory(home=home, description="Greenhouse")
    gone = HomeAssetFactory(home=home, withdrawn_on=dt.date(2026, 10, 2))
    row = ConnectionFactory(
        partnership=PartnershipFactory(home=home),
        direction="out",
        type="sport",
        origin="resident",
        residents_count=4,
        community_count=6,
        children_count=1,
        home_gives=["stories", f"asset:{offer.pk}", f"asset:{gone.pk}"],
        partner_gives=["time", "tea"],
        staff_roles=["kitchen"],
        paid=True,
        rating=5,
        note="In the rain",
    )

    response = ada.get(f"{url}?again={row.pk}")

    filled = {name: field(response, name) for name in response.context["form"].fields}
    filled.pop("client_uuid")
    assert filled == {
        "who": f"tie:{row.partnership_id}",
        "when": "today",
        "happened_on": None,
        "direction": "out",
        "residents_count": 4,
        "community_count": 6,
        "children_count": 1,
        "home_gives": ["stories", f"asset:{offer.pk}"],
        "partner_gives": ["time", "tea"],
        "origin": "resident",
        "rating": None,
        "arranged_by": "home",
        "type": "sport",
        "occurrences": None,
        "until_on": None,
        "staff_roles": ["kitchen"],
        "paid": True,
        "note": None,
    }
    assert "We gave: Stories, Greenhouse" in words(response)
    assert "In the rain" not in words(response)


def test_a_row_taken_back_is_not_offered_again(ada, url, home):
    row = ConnectionFactory(partnership=PartnershipFactory(home=home), undone_at=timezone.now())

    assert ada.get(url).context["same_again"] == []
    assert ada.get(f"{url}?again={row.pk}").status_code == 404


def test_saving_is_not_lost_when_what_was_repeated_has_gone(ada, url, home, garden):
    row = ConnectionFactory(partnership=PartnershipFactory(home=home), undone_at=timezone.now())

    assert ada.post(f"{url}?again={row.pk}", said(garden)).status_code == 302


# --- saving -------------------------------------------------------------------------------


def test_saves_says_so_and_offers_to_take_it_back(ada, url, garden, coordinator):
    response = ada.post(url, said(garden), follow=True)

    row = Connection.objects.get()
    assert response.redirect_chain == [(url, 302)]
    assert "Saved. 1 this month." in words(response)
    assert f'action="/connections/{row.pk}/undo/"' in response.content.decode()
    assert (row.happened_on, row.direction, row.type) == (today(), "in", "visit")
    assert (row.partnership.partner.asset, row.logged_by) == (garden, coordinator)


def test_saves_every_answer(ada, url, home, garden):
    offer = HomeAssetFactory(home=home)
    key = uuid.uuid4()

    ada.post(
        url,
        said(
            garden,
            client_uuid=str(key),
            when="other",
            happened_on="2026-10-03",
            until_on="2026-10-24",
            occurrences="4",
            direction="out",
            type="sport",
            residents_count="4",
            community_count="6",
            children_count="2",
            home_gives=["stories", f"asset:{offer.pk}"],
            partner_gives=["time", "tea"],
            origin="resident",
            rating="4",
            staff_roles=["kitchen", "driver"],
            paid="on",
            note="By the lock",
        ),
    )

    row = Connection.objects.get()
    assert (row.happened_on, row.until_on) == (dt.date(2026, 10, 3), dt.date(2026, 10, 24))
    assert (row.occurrences, row.direction, row.type) == (4, "out", "sport")
    assert (row.residents_count, row.community_count, row.children_count) == (4, 6, 2)
    assert row.home_gives == ["stories", f"asset:{offer.pk}"]
    assert row.partner_gives == ["time", "tea"]
    assert (row.origin, row.rating, row.paid) == ("resident", 4, True)
    assert (row.staff_roles, row.note) == (["kitchen", "driver"], "By the lock")
    assert (row.client_uuid, row.source) == (key, "log")


def test_yesterday_is_the_day_before_today_in_london(ada, url, garden):
    with time_machine.travel(dt.datetime(2026, 10, 10, 23, 30, tzinfo=dt.UTC), tick=False):
        ada.post(url, said(garden, when="yesterday"))

    assert Connection.objects.get().happened_on == dt.date(2026, 10, 10)


def test_a_day_of_another_month_is_counted_there(ada, url, garden):
    day = today().replace(day=1) - dt.timedelta(days=3)

    response = ada.post(
        url, said(garden, when="other", happened_on=day.isoformat()), follow=True
    )

    assert f"Saved. 1 in {day:%B %Y}." in words(response)


def test_days_are_also_read_as_they_are_written_here(ada, url, garden):
    ada.post(url, said(garden, when="other", happened_on="03/10/2026"))

    assert Connection.objects.get().happened_on == dt.date(2026, 10, 3)


def test_sent_twice_it_is_saved_once(ada, url, garden):
    sent = said(garden, client_uuid=str(uuid.uuid4()), residents_count="4")

    first, second = ada.post(url, sent), ada.post(url, sent)

    assert first.status_code == second.status_code == 302
    assert Connection.objects.count() == 1


def test_changed_after_saving_it_asks_and_then_saves_a_second_entry(ada, url, garden):
    sent = said(garden, client_uuid=str(uuid.uuid4()))
    ada.post(url, sent)

    response = ada.post(url, sent | {"residents_count": "5"})

    assert response.status_code == 422
    assert "This was saved before you changed it" in words(response)
    fresh = field(response, "client_uuid")
    assert fresh != sent["client_uuid"]
    assert ada.post(url, sent | {"client_uuid": fresh}).status_code == 302
    assert Connection.objects.count() == 2


# --- another look -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answers", "field", "words"),
    [
        ({"who": ""}, "who", "Choose who it was with."),
        ({"who": "place:999999"}, "who", "Choose who it was with."),
        ({"who": "tie:1; DROP TABLE"}, "who", "Choose who it was with."),
        ({"who": "place:" + "9" * 30}, "who", "Choose who it was with."),
        ({"who": "place:٣"}, "who", "Choose who it was with."),
        ({"when": ""}, "when", "Choose one."),
        ({"when": "tomorrow"}, "when", "not one of the answers"),
        ({"when": "other"}, "happened_on", "Put the day it happened."),
        ({"when": "other", "happened_on": "31 June"}, "happened_on", "Enter a valid date"),
        ({"when": "other", "happened_on": "0001-01-01"}, "happened_on", "long ago"),
        ({"when": "other", "happened_on": "9999-12-31"}, "happened_on", "still to come"),
        ({"happened_on": "2026-10-03"}, "happened_on", "You chose “Today” and put a day."),
        ({"direction": ""}, "direction", "Choose one."),
        ({"direction": "up"}, "direction", "not one of the answers"),
        ({"residents_count": "400"}, "residents_count", "You have 40 people living here"),
        ({"residents_count": "-1"}, "residents_count", "greater than or equal to 0"),
        ({"residents_count": "four"}, "residents_count", "whole number"),
        ({"residents_count": "1e3"}, "residents_count", "whole number"),
        ({"residents_count": "9" * 400}, "residents_count", "less than or equal to 500"),
        ({"community_count": "5001"}, "community_count", "less than or equal to 5000"),
        ({"children_count": "1.5"}, "children_count", "whole number"),
        ({"home_gives": ["gold"]}, "home_gives", "“gold” is not one of the answers"),
        ({"home_gives": ["asset:1"]}, "home_gives", "not one of the answers"),
        ({"partner_gives": ["asset:1"]}, "partner_gives", "not one of the answers"),
        ({"origin": "stars"}, "origin", "not one of the answers"),
        ({"rating": "6"}, "rating", "not one of the answers"),
        ({"type": "raid"}, "type", "not one of the answers"),
        ({"occurrences": "0"}, "occurrences", "greater than or equal to 1"),
        ({"until_on": "9999-12-31"}, "until_on", "still to come"),
        ({"until_on": "soon"}, "until_on", "Enter a valid date"),
        ({"staff_roles": ["Mrs Smith"]}, "staff_roles", "not one of the answers"),
        ({"note": "x" * 501}, "note", "at most 500 characters"),
        ({"note": "943 476 5919 came"}, "note", "is an NHS number"),
        ({"note": "a\x00b"}, "note", "Null characters are not allowed"),
        ({"client_uuid": "not-a-key"}, "client_uuid", "valid UUID"),
        ({"until_on": "2026-01-01"}, "__all__", "The period ends before it begins."),
        (
            {"community_count": "2", "children_count": "3"},
            "__all__",
            "More under 18 than people in all.",
        ),
    ],
)
def test_names_the_question_that_needs_another_look(ada, url, garden, answers, field, words):
    response = ada.post(url, said(garden, **answers))

    errors = response.context["form"].errors
    assert response.status_code == 422
    assert list(errors) == [field]
    assert words in " ".join(errors[field])
    assert not Connection.objects.exists()
    assert not Partnership.objects.exists()


def test_what_was_typed_is_kept_for_another_look(ada, url, garden):
    response = ada.post(url, said(garden, note="By the lock", residents_count="400"))

    page = response.content.decode()
    assert "By the lock" in page
    assert 'value="400"' in page
    assert "Canal Side Garden" in page
    assert "data-error-summary" in page


def test_a_period_longer_than_a_month_is_refused_in_words(ada, url, garden):
    response = ada.post(
        url,
        said(garden, when="other", happened_on="2026-09-01", until_on="2026-10-02"),
    )

    assert response.status_code == 422
    assert "A period lasts at most 31 days." in words(response)


def test_a_tie_that_is_over_is_refused_in_words(ada, url, home):
    tie = PartnershipFactory(home=home, status="declined")

    response = ada.post(url, said(tie.partner.asset))

    assert response.status_code == 422
    assert "is over (declined): choose another" in words(response)


def test_a_note_cannot_bring_markup(ada, url, garden):
    ada.post(url, said(garden, note="<script>alert(1)</script>"))

    page = ada.get(f"/homes/{Connection.objects.get().home_id}/connections/").content
    assert b"<script>alert" not in page
    assert b"&lt;script&gt;alert" in page


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"who": ["place:1", "place:2"], "when": ["today", "other"]},
        dict.fromkeys(("who", "when", "direction", "rating", "type", "origin"), "\x00"),
        dict.fromkeys(("who", "note", "residents_count", "client_uuid"), "🙂" * 9000),
        {"home_gives": ["tea"] * 300},
    ],
)
def test_whatever_is_sent_the_page_answers_with_another_look(ada, url, sent):
    assert ada.post(url, sent).status_code == 422


def test_a_body_that_is_no_form_is_another_look(ada, url):
    response = ada.post(url, '{"who": 1}', content_type="application/json")

    assert response.status_code == 422


# --- who may ------------------------------------------------------------------------------


def test_a_visitor_is_sent_to_sign_in(client, url):
    response = client.get(url)

    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("who", ["stranger", "facilitator", "researcher", "administrator"])
def test_roles_that_do_not_log_are_refused(client, url, request, garden, who):
    client.force_login(request.getfixturevalue(who))

    assert client.get(url).status_code == 403
    assert client.post(url, said(garden)).status_code == 403
    assert not Connection.objects.exists()


@pytest.mark.parametrize("who", ["manager", "champion"])
def test_manager_and_champion_log_too(client, url, request, garden, who):
    client.force_login(request.getfixturevalue(who))

    assert client.post(url, said(garden)).status_code == 302


def test_a_coordinator_logs_for_no_other_home(ada, garden):
    far = HomeFactory(name="Elmbank", location=NORWICH)

    assert ada.get(f"/homes/{far.pk}/log/").status_code == 404
    assert ada.post(f"/homes/{far.pk}/log/", said(garden)).status_code == 404


@pytest.mark.parametrize("home_id", [0, 999999, 10**30])
def test_a_home_that_does_not_exist_is_not_found(ada, home_id):
    assert ada.get(f"/homes/{home_id}/log/").status_code == 404


def test_the_form_wants_its_token(coordinator, url, garden):
    client = Client(enforce_csrf_checks=True)
    client.force_login(coordinator)

    assert client.post(url, said(garden)).status_code == 403


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_not_allowed(ada, url, method):
    assert getattr(ada, method)(url).status_code == 405


def test_the_page_costs_the_same_however_many_ties(
    ada, url, home, django_assert_max_num_queries
):
    for number in range(6):
        tie = PartnershipFactory(home=home)
        ConnectionFactory(partnership=tie, happened_on=dt.date(2026, 10, 1 + number))
        AssetFactory()

    with django_assert_max_num_queries(14):
        ada.get(url)


# --- taking it back -----------------------------------------------------------------------


def undo(client, row):
    return client.post(f"/connections/{row.pk}/undo/", follow=True)


def logged(home, **values):
    return ConnectionFactory(
        partnership=PartnershipFactory(home=home), happened_on=today(), **values
    )


def test_takes_back_and_says_so(ada, home):
    row = logged(home)

    response = undo(ada, row)

    assert "Taken back. 0 this month." in words(response)
    assert response.redirect_chain == [(f"/homes/{home.pk}/log/", 302)]
    row.refresh_from_db()
    assert row.undone_at


def test_after_ten_minutes_the_entry_stays(ada, home):
    row = logged(home)
    Connection.objects.update(logged_at=timezone.now() - dt.timedelta(minutes=11))

    response = undo(ada, row)

    assert response.status_code == 409
    assert "The ten minutes to take this back are over." in words(response)
    assert Connection.objects.standing().exists()


def test_another_home_s_entry_cannot_be_taken_back(ada):
    row = logged(HomeFactory(name="Elmbank", location=NORWICH))

    assert undo(ada, row).status_code == 404
    assert Connection.objects.standing().exists()


@pytest.mark.parametrize("connection_id", [0, 999999, 10**30])
def test_an_entry_that_does_not_exist_is_not_found(ada, connection_id):
    assert ada.post(f"/connections/{connection_id}/undo/").status_code == 404


def test_a_link_alone_takes_nothing_back(ada, home):
    row = logged(home)

    assert ada.get(f"/connections/{row.pk}/undo/").status_code == 405
    assert Connection.objects.standing().exists()


# --- somebody new, a wish, and who arranged it ---------------------------------------------


def new(**answers):
    """Somebody new, said in the log's own form."""
    someone = {"new-kind": "group", "new-name": "Ukulele Circle", "new-category": "sport"}
    return said(who="new") | someone | answers


def test_somebody_new_needs_a_name_and_no_other_page(ada, url):
    found = ada.post(url, {"q": "Ukulele Circle"}, follow=True)
    [on] = re.findall(r'href="([^"]+)#log">Log it with someone new', found.text)
    page = ada.get(on.replace("&amp;", "&"))
    assert "Ukulele" not in on
    assert page.context["form"].newcomer["name"].value() == "Ukulele Circle"

    assert ada.post(url, new()).status_code == 302
    assert str(Connection.objects.get().partnership.partner) == "Ukulele Circle"


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"new-name": ""}, "name"),
        ({"new-category": ""}, "category"),
        ({"new-kind": "x"}, "kind"),
    ],
)
def test_what_is_missing_of_somebody_new_is_said_and_all_else_kept(ada, url, answers, field):
    response = ada.post(url, new(residents_count="4", **answers))

    assert response.status_code == 422
    assert field in response.context["form"].newcomer.errors
    assert 'value="4"' in response.content.decode()
    assert not Connection.objects.exists()
    assert not Partnership.objects.exists()


def test_a_name_nearly_known_is_shown_to_choose_from(ada, url, home):
    tie = PartnershipFactory(
        home=home, partner__kind="group", partner__asset=None,
        partner__name="Ukulele Circles", partner__own_category="sport",
    )  # fmt: skip
    response = ada.post(url, new())
    assert response.status_code == 422
    assert "Ukulele Circles" in words(response)

    ada.post(url, new(**{"new-same_as": f"tie:{tie.pk}"}))

    assert Connection.objects.get().partnership == tie


def test_an_entry_can_grant_a_wish_that_hangs_there(ada, url, home, garden):
    wish, elsewhere = WishFactory(home=home, text="To smell the sea"), WishFactory()
    assert "To smell the sea" in words(ada.get(f"{url}?wish={wish.pk}"))

    assert ada.post(url, said(garden, wish=str(elsewhere.pk))).status_code == 422
    ada.post(url, said(garden, wish=str(wish.pk)))

    wish.refresh_from_db()
    assert wish.connection == Connection.objects.get()


def test_who_arranged_it_is_who_arranges_the_tie_unless_said_otherwise(ada, url, home):
    tie = PartnershipFactory(home=home, arranged_by="champion")
    assert field(ada.get(f"{url}?tie={tie.pk}"), "arranged_by") == "champion"

    ada.post(url, said(who=f"tie:{tie.pk}"))
    ada.post(url, said(who=f"tie:{tie.pk}", direction="out", arranged_by="partner"))

    arranged = Connection.objects.order_by("pk").values_list("arranged_by", flat=True)
    assert list(arranged) == ["champion", "partner"]

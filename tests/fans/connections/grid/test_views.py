"""The sheet as pages: who sees it, what comes back, and what hostile hands send."""

import datetime as dt
import re

import pytest
import time_machine
from django.urls import reverse

from fans.connections.grid.models import GridSave
from fans.connections.models import Connection, Tally
from fans.people.pdf import can_make_pdf
from tests import factories
from tests.factories import AssetFactory, PartnerFactory, PartnershipFactory
from tests.fans.connections.grid.sheets import key_of, opened

pytestmark = pytest.mark.django_db
OCTOBER = "?month=2026-10"


@pytest.fixture(autouse=True)
def _in_november():
    with time_machine.travel(dt.datetime(2026, 11, 10, 12, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def tie(home):
    asset = AssetFactory(name="Canal Side Garden")
    return PartnershipFactory(home=home, partner=PartnerFactory(asset=asset))


@pytest.fixture
def url(home):
    return reverse("grid:month", args=[home.pk]) + OCTOBER


def form_of(home, *keys, **typed):
    return {"line": [str(key) for key in keys], **opened(home, *keys), **typed}


def text_of(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_every_field_says_its_row_and_day(client, coordinator, home, tie, url):
    factories.ConnectionFactory(
        partnership=tie, happened_on=dt.date(2026, 10, 3), occurrences=2
    )
    client.force_login(coordinator)
    page = client.get(url).content.decode()

    label = "Canal Side Garden, they come, 3 October, 2 in the log already"
    assert f'aria-label="{label}"' in page
    assert page.count('aria-label="Canal Side Garden, they come, ') == 33
    assert "0 times from sheets, 2 logged in another way" in page


def test_saves_without_scripts_and_takes_back(client, coordinator, home, tie, url):
    client.force_login(coordinator)
    key = key_of(tie)
    typed = {
        key.field(3): "2",
        "occupied_beds": "38",
        "residents_out": "9",
        "numbers-was": ",,",
    }
    response = client.post(url, form_of(home, key, **typed), follow=True)

    assert "October 2026 is saved. 2 times more than before." in text_of(response)
    assert Connection.objects.get().occurrences == 2
    assert Tally.objects.get().occupied_beds == 38

    save = GridSave.objects.get()
    response = client.post(reverse("grid:undo", args=[save.pk]), follow=True)
    assert "Taken back. 2 times fewer than before." in text_of(response)
    assert not Connection.objects.standing().exists()
    assert not Tally.objects.exists()


def test_what_is_wrong_comes_back_with_all_that_was_typed(client, coordinator, home, tie, url):
    client.force_login(coordinator)
    key = key_of(tie)
    typed = {key.field(3): "lots", key.field(4): "2"}
    response = client.post(url, form_of(home, key, **typed))
    page = response.content.decode()

    assert response.status_code == 422
    assert f'<a href="#{key.field(3)}">Canal Side Garden, they come, 3 October</a>' in page
    assert re.search(rf'id="{key.field(3)}"[^>]*value="lots"[^>]*aria-invalid="true"', page)
    assert re.search(rf'id="{key.field(3)}"[^>]*autofocus', page)
    assert re.search(rf'id="{key.field(4)}"[^>]*value="2"', page)


def test_a_clash_shows_both_and_saving_again_is_meant(client, coordinator, home, tie, url):
    client.force_login(coordinator)
    key = key_of(tie)
    form = form_of(home, key, **{key.field(3): "2"})
    factories.ConnectionFactory(partnership=tie, happened_on=dt.date(2026, 10, 3))
    factories.ConnectionFactory(partnership=tie, happened_on=dt.date(2026, 10, 5))
    response = client.post(url, form)
    page = response.content.decode()

    assert response.status_code == 409
    assert "You put 2. Meanwhile somebody else put 1." in page
    [was] = re.findall(rf'name="{key}-was" value="([^"]*)"', page)
    assert was.split(",")[2:5] == ["1", "", "1"]
    assert re.search(rf'id="{key.field(5)}"[^>]*value="1"', page), "theirs, where I put nothing"

    values = dict(
        re.findall(r'<input class="gi[^"]*" id="([^"]*)" name="[^"]*" value="([^"]*)"', page)
    )
    client.post(url, {"line": str(key), f"{key}-was": was, **values})
    on_the_third = Connection.objects.standing().filter(happened_on__day=3)
    assert sum(row.occurrences for row in on_the_third) == 2
    assert Connection.objects.standing().count() == 3


def test_a_line_is_added_and_what_was_typed_stays(client, coordinator, home, tie, url):
    place = AssetFactory(name="Library")
    client.force_login(coordinator)
    key = key_of(tie)
    add = {"add": "yes", "add_who": f"place:{place.pk}", "add_way": "out", key.field(3): "7"}
    response = client.post(url, form_of(home, key, **add))
    page = response.content.decode()

    assert response.status_code == 200
    assert f'value="place-{place.pk}-out"' in page
    assert "Library, we go, 1 October" in page
    assert re.search(rf'id="{key.field(3)}"[^>]*value="7"', page)
    assert not Connection.objects.exists()

    again = client.post(
        url, form_of(home, key, **(add | {"add_who": f"tie:{tie.pk}", "add_way": "in"}))
    )
    assert again.status_code == 422
    assert "That line is on the sheet already." in text_of(again)


def test_a_champion_types_in_no_tally(client, champion, home, tie, url):
    client.force_login(champion)
    key = key_of(tie)
    page = client.get(url).content.decode()
    assert 'name="occupied_beds"' not in page

    client.post(url, form_of(home, key, **{key.field(3): "1", "occupied_beds": "3"}))
    assert Connection.objects.count() == 1
    assert not Tally.objects.exists()


def test_more_people_out_than_live_there_is_said_beside_the_number(
    client, coordinator, home, tie, url
):
    client.force_login(coordinator)
    numbers = {"occupied_beds": "5", "residents_out": "9", "numbers-was": ",,"}
    key = key_of(tie)
    response = client.post(url, form_of(home, key, **numbers, **{key.field(1): "1"}))

    assert response.status_code == 422
    assert "More people out than people living here." in text_of(response)
    assert not Connection.objects.exists(), "all or nothing"


@pytest.mark.parametrize("month", ["2026-13", "x", "2027-01", "1999-01"])
def test_no_other_month_is_opened(client, coordinator, home, month):
    client.force_login(coordinator)

    assert (
        client.get(reverse("grid:month", args=[home.pk]) + f"?month={month}").status_code == 400
    )


@pytest.mark.parametrize(
    "text",
    ["1e9", "-1", "=1+1", "abc", "x" * 100_000, "\x00", "<script>alert(1)</script>", "٣"],
)
def test_hostile_cells_are_refused_in_words_and_shown_as_text(
    client, coordinator, home, tie, url, text
):
    client.force_login(coordinator)
    key = key_of(tie)
    response = client.post(url, form_of(home, key, **{key.field(3): text}))

    assert response.status_code == 422
    assert "<script>alert" not in response.content.decode()
    assert not Connection.objects.exists()


def test_hostile_shapes_are_refused_or_change_nothing(client, coordinator, home, tie, url):
    client.force_login(coordinator)
    key = key_of(tie)
    thousand = {f"{key}-{day}": "1" for day in range(1, 1001)}
    assert client.post(url, form_of(home, key, **thousand)).status_code == 400
    many = {"line": [f"tie-{n}-in" for n in range(900)]}
    assert client.post(url, many).status_code == 302
    odd = {
        "line": ["../../x", "tie-99999999999999999999-in", str(key)],
        f"{key}-was": "x" * 9999,
    }
    assert client.post(url, odd | {f"{key}-32": "1", f"{key}-0": "1"}).status_code == 302
    huge = {"line": "tie-999999999999999999-in", "tie-999999999999999999-in-1": "1"}
    assert client.post(url, huge).status_code == 422
    assert not Connection.objects.exists()


def test_another_homes_save_is_taken_back_by_nobody_here(client, coordinator, home):
    save = factories.GridSaveFactory(home=factories.HomeFactory(name="Elsewhere"))
    client.force_login(coordinator)

    assert client.post(reverse("grid:undo", args=[save.pk])).status_code == 404
    assert GridSave.objects.count() == 1


def test_a_save_of_days_ago_is_too_late_to_take_back(client, coordinator, home):
    long_ago = dt.datetime(2026, 11, 8, tzinfo=dt.UTC)
    save = factories.GridSaveFactory(home=home, at=long_ago)
    client.force_login(coordinator)
    response = client.post(reverse("grid:undo", args=[save.pk]))

    assert response.status_code == 409
    assert "Every cell can still be put right by hand" in text_of(response)


def test_a_page_of_many_ties_takes_as_many_queries_as_one(
    client, coordinator, home, url, django_assert_max_num_queries
):
    for _ in range(30):
        tie = PartnershipFactory(home=home)
        factories.ConnectionFactory(partnership=tie, happened_on=dt.date(2026, 10, 3))
    client.force_login(coordinator)
    with django_assert_max_num_queries(40):
        page = client.get(url)

    assert page.content.decode().count('name="line"') == 25
    assert client.get(f"{url}&page=2").content.decode().count('name="line"') == 5


@pytest.fixture
def paper(home):
    return reverse("grid:paper", args=[home.pk]) + "?month=2026-12"


def test_the_paper_holds_ties_and_no_persons(client, coordinator, home, tie, paper):
    for kind, extra in (("person", {"own_category": "individual_gift"}), ("family", {})):
        partner = PartnerFactory(kind=kind, asset=None, name=f"A private {kind}", **extra)
        PartnershipFactory(home=home, partner=partner)
    client.force_login(coordinator)
    page = text_of(client.get(paper))

    assert "December 2026 at Larkfield House" in page
    assert "Canal Side Garden, they come" in page
    assert "A private" not in page
    assert page.count("An empty line") >= 4
    assert "Type it in by 7 January." in page


def test_the_paper_is_a_tagged_pdf(client, coordinator, home, tie):
    if not can_make_pdf():
        pytest.skip("no Pango on this machine")
    client.force_login(coordinator)
    response = client.get(reverse("grid:paper_pdf", args=[home.pk]) + "?month=2026-12")
    made = response.getvalue()

    assert response["Content-Type"] == "application/pdf"
    assert made.startswith(b"%PDF-")
    assert b"Larkfield" not in response["Content-Disposition"].encode()


@pytest.mark.parametrize("name", ["month", "paper", "paper_pdf"])
def test_who_may_not_log_for_the_home_sees_no_sheet(client, stranger, facilitator, home, name):
    for person in (stranger, facilitator):
        client.force_login(person)
        assert client.get(reverse(f"grid:{name}", args=[home.pk])).status_code in (403, 404)

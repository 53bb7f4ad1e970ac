"""Making a sheet, printing it while its code is at hand, and ending it."""

import re
import urllib.parse

import pytest
from django.test import Client

from fans.connections.quick.models import QuickCode
from fans.people.pdf import can_make_pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(client, coordinator):
    client.force_login(coordinator)
    return client


@pytest.fixture
def url(home):
    return f"/homes/{home.pk}/sheets/"


def words(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def make(ada, url, **said):
    return ada.post(url, {"months": "3", "hangs_at": "Staff room"} | said, follow=True)


def test_a_sheet_is_made_and_shown_to_print(ada, url, coordinator):
    page = make(ada, url)

    code = QuickCode.objects.get()
    assert (code.made_by, code.hangs_at) == (coordinator, "Staff room")
    assert page.redirect_chain[-1][0] == f"{url}print/"
    assert "Scan this with your phone" in words(page)
    assert "no-store" in page["Cache-Control"]
    assert re.search(r'src="data:image/svg\+xml', page.content.decode())


def test_its_code_opens_the_form_on_a_phone(ada, url):
    page = make(ada, url)
    address = page.context["sheet"].address

    phone = Client()
    response = phone.get(urllib.parse.urlparse(address).path, follow=True)

    assert response.status_code == 200
    assert "What happened?" in words(response)


def test_no_address_of_ours_holds_the_code_but_the_one_that_is_printed(ada, url):
    page = make(ada, url)
    token = page.context["sheet"].address.rstrip("/").rsplit("/", 1)[1]

    assert all(token not in at for at, _ in page.redirect_chain)
    assert f'href="{page.context["sheet"].address}' not in page.content.decode()
    assert token not in ada.get(url).content.decode()


def test_another_browser_cannot_print_it(ada, url, manager):
    make(ada, url)
    other = Client()
    other.force_login(manager)

    response = other.get(f"{url}print/", follow=True)

    assert "Make a new one" in words(response)
    assert other.get(f"{url}print.pdf")["Location"] == url


@pytest.mark.parametrize("size", ["a4", "a6", "nonsense"])
def test_prints_as_pdf_in_both_sizes(ada, url, size):
    if not can_make_pdf():
        pytest.skip("no Pango here")
    make(ada, url)

    response = ada.get(f"{url}print.pdf?size={size}")

    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF")
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("said", [{"months": "99"}, {"months": ""}, {"hangs_at": "x" * 41}])
def test_what_does_not_fit_is_said_and_nothing_is_made(ada, url, said):
    assert make(ada, url, **said).status_code == 422
    assert not QuickCode.objects.exists()


def test_ends_and_works_again(ada, url):
    page = make(ada, url)
    code, path = (
        QuickCode.objects.get(),
        urllib.parse.urlparse(page.context["sheet"].address).path,
    )

    ended = ada.post(f"/sheets/{code.pk}/end/", follow=True)
    assert "works no longer" in words(ended)
    assert Client().get(path, follow=True).status_code == 410

    ada.post(f"/sheets/{code.pk}/restore/")
    assert Client().get(path, follow=True).status_code == 200


@pytest.mark.parametrize("act", ["end", "restore"])
def test_a_link_ends_nothing(ada, url, act):
    make(ada, url)

    assert ada.get(f"/sheets/{QuickCode.objects.get().pk}/{act}/").status_code == 405
    assert QuickCode.objects.live().exists()


@pytest.mark.parametrize("who", ["champion", "facilitator", "administrator", "stranger"])
def test_nobody_but_the_home_s_team_makes_one(request, client, url, who):
    client.force_login(request.getfixturevalue(who))

    assert client.post(url, {"months": "1"}).status_code in {403, 404}
    assert not QuickCode.objects.exists()

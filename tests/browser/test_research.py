"""A researcher takes an extract: on a phone, by keyboard, without the site's script."""

import io
import zipfile
from pathlib import Path

import networkx as nx
import pandas as pd
import pytest
from django.conf import settings
from django.test import Client

from fans.research.models import Extract
from tests import factories
from tests.fans.research.scene import study_of_six


@pytest.fixture
def study(transactional_db):
    return study_of_six().study


@pytest.fixture
def ravi(study):
    return factories.member("researcher", cohort=study.cohort, name="Ravi")


def enter(page, live_server, person):
    """Give the window the cookie of a person who has signed in."""
    client = Client()
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    name = settings.SESSION_COOKIE_NAME
    cookie = {"name": name, "value": client.cookies[name].value}
    page.context.add_cookies([{**cookie, "url": live_server.url}])


def taken(page, press):
    with page.expect_download() as waiting:
        press()
    return zipfile.ZipFile(io.BytesIO(Path(waiting.value.path()).read_bytes()))


def test_a_researcher_takes_an_extract_on_a_phone_and_opens_it(
    phone, live_server, ravi, no_barriers
):
    enter(phone, live_server, ravi)
    phone.goto("/research/")
    no_barriers(phone)

    archive = taken(phone, phone.get_by_role("button", name="Take the extract").click)

    assert len(pd.read_csv(archive.open("homes.csv"))) == 6
    assert nx.read_graphml(archive.open("edges.graphml")).number_of_edges() == 9
    assert Extract.objects.get().by == ravi
    phone.reload()
    no_barriers(phone)
    assert phone.get_by_role("heading", name="Earlier extracts").is_visible()
    assert phone.errors == []


def test_the_keyboard_alone_takes_an_extract_without_the_site_s_script(
    open_browser, live_server, ravi
):
    page = open_browser(java_script_enabled=False)
    enter(page, live_server, ravi)
    page.goto("/research/")
    button = page.get_by_role("button", name="Take the extract of Marchbanks study")

    button.focus()
    archive = taken(page, lambda: page.keyboard.press("Enter"))

    assert archive.testzip() is None


def test_nothing_runs_over_the_side_of_the_narrowest_phone(open_browser, live_server, ravi):
    page = open_browser({"width": 320, "height": 640})
    enter(page, live_server, ravi)
    Extract.objects.create(
        study=ravi.memberships.get().cohort.studies.get(),
        sha256="a" * 64,
        counts={"rows": {"homes": 6, "connections": 1_234_567}, "bytes": 123_456_789},
    )

    page.goto("/research/")

    assert page.evaluate("document.documentElement.scrollWidth") <= 320

"""An operator brings files in: tries them out, decides, watches, reads the report."""

import threading
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from playwright.sync_api import expect

from assets.importer import AssetImporter
from assets.models import Asset
from homes.models import Registration
from intake.models import UNDER_WAY, ImportJob, JobState
from intake.running import run_job
from tests import factories
from tests.browser.conftest import DESKTOP, PHONE
from tests.damaged import good

expect.set_options(timeout=20_000)
FEED = Path(__file__).parents[1] / "assets/data/services.json"


@pytest.fixture
def worker(transactional_db, settings, tmp_path):
    """What a worker does, in a thread of its own; ``hold`` keeps it waiting."""
    settings.STATE_DIR = tmp_path / "state"
    over, hold, wrong = threading.Event(), threading.Lock(), []

    def work():
        try:
            while not over.wait(0.1):
                with hold:
                    waiting = ImportJob.objects.filter(state__in=UNDER_WAY)
                    for job_id in list(waiting.values_list("pk", flat=True)):
                        run_job(job_id)
        except Exception as error:
            wrong.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=work)
    thread.start()
    yield hold
    over.set()
    thread.join()
    assert wrong == []
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs CASCADE")


@pytest.fixture
def jo(transactional_db):
    """Jo administers the site."""
    return factories.member("administrator", name="Jo Marsh")


def enter(page, live_server, person):
    client = Client()
    client.force_login(person)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session}
    page.context.add_cookies([{**cookie, "url": live_server.url}])


def hand_in(page, kind, path, **fields):
    page.goto("/imports/")
    page.get_by_role("link", name=kind).click()
    page.get_by_label("File", exact=False).first.set_input_files(path)
    for label, value in fields.items():
        page.get_by_label(label.replace("_", " ")).select_option(value)
    page.get_by_role("button", name="Read it and show me").click()


@pytest.fixture
def register(tmp_path):
    """Twelve homes, one of them without a number."""
    rows = [good.home(number) for number in range(1, 13)]
    rows[4]["cqc_id"] = ""
    path = tmp_path / "register.csv"
    path.write_text(good.csv_text(rows))
    return path


def nothing_runs_over_the_side(page):
    width = page.viewport_size["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_an_operator_brings_in_a_register(
    open_browser, live_server, worker, jo, register, no_barriers, size
):
    page = open_browser(size)
    enter(page, live_server, jo)
    page.goto("/imports/")
    no_barriers(page)
    nothing_runs_over_the_side(page)
    with worker:
        hand_in(page, "Care home register", register)
        expect(page.get_by_text("Waiting to be read")).to_be_visible()
        no_barriers(page)

    # The page goes on by itself as soon as the try-out is there.
    expect(page.get_by_text("This is a try-out")).to_be_visible()
    expect(page.get_by_role("button", name="Bring in 11 rows")).to_be_visible()
    expect(page.get_by_role("link", name="11 new")).to_be_visible()
    expect(page.get_by_role("link", name="1 refused")).to_be_visible()
    no_barriers(page)
    nothing_runs_over_the_side(page)
    assert not Registration.objects.exists()

    page.get_by_role("link", name="New 11").click()
    expect(page.locator("[data-import-map][data-state=ready]")).to_be_visible()
    expect(page.get_by_role("rowheader", name="Larch House 1", exact=True)).to_be_visible()
    no_barriers(page)
    nothing_runs_over_the_side(page)

    with worker:
        page.get_by_role("button", name="Bring in 11 rows").click()
        expect(page.get_by_role("progressbar", name="Bringing in")).to_be_visible()
        expect(page.get_by_text("0 of 12 rows")).to_be_visible()
        expect(page.get_by_text("You may leave this page")).to_be_visible()
    expect(page.get_by_text("Brought in", exact=True).first).to_be_visible()
    no_barriers(page)
    nothing_runs_over_the_side(page)

    assert Registration.objects.count() == 11
    report = ImportJob.objects.get().report
    assert (report.rows_read, report.rows_new, report.rows_refused) == (12, 11, 1)
    assert report.by == jo
    page.get_by_role("link", name="See the list").click()
    expect(page.get_by_role("heading", name="Care homes", level=1)).to_be_visible()
    assert page.errors == []


def test_a_feed_is_tried_out_a_twin_is_decided_on_and_the_progress_is_watched(
    phone, live_server, worker, jo, no_barriers, monkeypatch
):
    factories.AssetFactory(name="Tea and Tunes (Quay Hall)", location=at(-2.322, 53.424))
    monkeypatch.setattr(AssetImporter, "batch_rows", 1)
    enter(phone, live_server, jo)

    hand_in(phone, "Places and groups", FEED, What_it_is="oruk")

    expect(phone.get_by_text("Possible duplicate", exact=True)).to_be_visible()
    no_barriers(phone)
    phone.get_by_role("button", name="Take it").click()
    expect(phone.get_by_text("We take it")).to_be_visible()
    slowly(monkeypatch)
    phone.get_by_role("button", name="Bring in 3 rows").click()
    expect(phone.get_by_text("1 of 6 rows")).to_be_visible()
    expect(phone.get_by_text("Brought in", exact=True).first).to_be_visible()

    assert ImportJob.objects.get().report.rows_new == 3
    assert Asset.objects.filter(source="oruk").count() == 3
    assert phone.errors == []


def at(lon, lat):
    return type(factories.SALE)(lon, lat, srid=4326)


def slowly(monkeypatch):
    write = AssetImporter.write

    def wait_and_write(self, *args, **options):
        time.sleep(2.2)
        return write(self, *args, **options)

    monkeypatch.setattr(AssetImporter, "write", wait_and_write)


def test_without_the_site_s_script_everything_is_done_all_the_same(
    open_browser, live_server, worker, jo, register
):
    page = open_browser(DESKTOP, java_script_enabled=False)
    enter(page, live_server, jo)

    hand_in(page, "Care home register", register)

    # Read again every five seconds.
    expect(page.get_by_text("This is a try-out")).to_be_visible()
    page.get_by_role("button", name="Bring in 11 rows").click()
    expect(page.get_by_text("Brought in", exact=True).first).to_be_visible()
    assert Registration.objects.count() == 11


def test_a_file_that_is_refused_says_why_and_can_be_thrown_away(
    phone, live_server, worker, jo, tmp_path, no_barriers
):
    path = tmp_path / "letter.csv"
    path.write_text("Dear neighbours\nWe meet on Tuesdays\n")
    enter(phone, live_server, jo)

    hand_in(phone, "Care home register", path)

    expect(phone.get_by_role("alert")).to_contain_text("letter.csv")
    no_barriers(phone)
    phone.get_by_role("link", name="Throw this one away").click()
    phone.get_by_role("button", name="Throw it away").click()
    expect(phone.get_by_text("Nothing was written.").first).to_be_visible()
    assert ImportJob.objects.get().state == JobState.THROWN_AWAY


def test_the_real_register_of_oldham_and_a_real_feed_are_brought_in(
    desktop, live_server, worker, jo, real_data
):
    enter(desktop, live_server, jo)
    desktop.set_default_timeout(60_000)
    for kind, name, fields in (
        ("Care home register", "cqc/oldham_registered_hsca_shape.csv", {}),
        ("Places and groups", "oruk/derived_feed/services_full.json", {"What_it_is": "oruk"}),
    ):
        hand_in(desktop, kind, real_data / name, **fields)
        desktop.get_by_role("button", name="Bring in").click()
        desktop.get_by_text("Brought in", exact=True).first.wait_for()

    first, second = ImportJob.objects.order_by("pk")
    assert first.report.rows_new == Registration.objects.count() > 20
    assert second.report.rows_new == Asset.objects.count() > 400

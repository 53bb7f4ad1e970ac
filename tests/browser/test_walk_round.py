"""A walk-round on a phone with the network off in the middle: each place arrives, and once."""

import json
import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from PIL import Image
from PIL.ExifTags import IFD
from playwright.sync_api import Page, expect

from assets.models import Asset
from assets.outbox import items
from assets.photos.models import Photo
from tests import factories
from tests.factories import SALE
from tests.pictures import TELLTALE, picture

WALK = "/places/walk/"
STOPS = ["Moss Lane Bowling Club", "St Bride’s church hall", "Holt’s Bakery"]
STOPS += ["Towpath bench", "Canal Side Garden"]
KINDS = ["Clubs and societies", "Faith", "Shops", "Community spaces", "Gardens and nature"]
NO_SIGNAL = "net::ERR_INTERNET_DISCONNECTED"

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _no_signal_and_a_folder_of_our_own(settings, tmp_path, watched):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.TILE_URL = ""
    watched.expect(NO_SIGNAL)  # what these tests are about


@pytest.fixture
def come_in(live_server):
    """Give a browser the session of somebody who has signed in."""

    def with_session(page: Page, person) -> None:
        client = Client()
        client.force_login(person)
        name = settings.SESSION_COOKIE_NAME
        value = client.cookies[name].value
        page.context.add_cookies([{"name": name, "value": value, "url": live_server.url}])

    return with_session


@pytest.fixture
def walker(open_browser, come_in, champion) -> Page:
    """Ben's phone, which knows where it is, with the walk-round open for the first time."""
    page = open_browser(
        geolocation={"latitude": SALE.y, "longitude": SALE.x, "accuracy": 12},
        permissions=["geolocation"],
    )
    come_in(page, champion)
    return opened(page)


def opened(page: Page) -> Page:
    page.goto(WALK)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    expect(page.locator("[data-walk-form]")).to_be_visible()
    return page


def reopened(page: Page) -> Page:
    """Close the tab, and open the page in another."""
    context = page.context
    page.close()
    fresh = context.new_page()
    fresh.goto(WALK)
    expect(fresh.locator("[data-walk-form]")).to_be_visible()
    return fresh


def stand_at(page: Page, metres_north: float) -> None:
    at = {"latitude": SALE.y + metres_north / 111_200, "longitude": SALE.x, "accuracy": 12}
    page.context.set_geolocation(at)
    page.get_by_role("button", name="Where I am", exact=True).click()
    lat = f"{at['latitude']:.6f}"
    expect(page.locator("#id_lat")).to_have_value(lat)


def fill(page: Page, name: str, kind: str = "Food and drink") -> None:
    page.get_by_label("What is it called?").fill(name)
    page.locator("label.opt", has_text=kind).first.click()


def take_photo(page: Page, data: bytes | None = None) -> None:
    photos = page.locator("[data-photo]")
    before = photos.count()
    file = {"name": "IMG.jpg", "mimeType": "image/jpeg", "buffer": data or picture()}
    page.locator("#walk-camera").set_input_files(file)
    expect(photos).to_have_count(before + 1)


def save(page: Page) -> None:
    page.get_by_role("button", name="Save and next").click()
    expect(page.get_by_label("What is it called?")).to_have_value("")


def listed(page: Page, state: str):
    return page.locator(f"[data-walk-list] [data-state={state}]")


def kept_in_browser(page: Page) -> str:
    """Return all that pages keep in this browser, as text."""
    return page.evaluate(
        """async () => {
          const found = [];
          for (const {name} of await indexedDB.databases()) {
            const db = await new Promise((done) => {
              const asked = indexedDB.open(name);
              asked.onsuccess = () => done(asked.result);
            });
            for (const store of db.objectStoreNames) {
              const rows = await new Promise((done) => {
                const asked = db.transaction(store).objectStore(store).getAll();
                asked.onsuccess = () => done(asked.result);
              });
              found.push(store, JSON.stringify(rows));
            }
            db.close();
          }
          for (const name of await caches.keys()) {
            const cache = await caches.open(name);
            for (const request of await cache.keys()) {
              const response = await cache.match(request);
              found.push(request.url);
              const type = response.headers.get("content-type") || "";
              if (type.includes("html")) found.push(await response.text());
            }
          }
          return found.join("\\n");
        }"""
    )


def test_five_places_noted_without_a_signal_arrive_once_each(walker, no_barriers):
    fill(walker, STOPS[0], KINDS[0])
    stand_at(walker, 0)
    take_photo(walker)
    walker.context.set_offline(True)
    save(walker)
    for number in (1, 2):
        stand_at(walker, 200 * number)
        fill(walker, STOPS[number], KINDS[number])
        take_photo(walker, picture(size=(3000, 2000), orientation=6))
        save(walker)
    expect(walker.locator("[data-walk-bar]")).to_contain_text("3 places wait here.")
    no_barriers(walker)

    page = reopened(walker)  # and still without a signal: the worker serves it
    expect(listed(page, "waiting")).to_have_count(3)
    for number in (3, 4):
        stand_at(page, 200 * number)
        fill(page, STOPS[number], KINDS[number])
        take_photo(page)
        save(page)
    expect(listed(page, "waiting")).to_have_count(5)
    assert Asset.objects.count() == 0
    page = reopened(page)
    page.context.set_offline(False)

    expect(page.locator("[data-walk-list] p.good")).to_have_count(5, timeout=20_000)
    places = {asset.name: asset for asset in Asset.objects.all()}
    assert sorted(places) == sorted(STOPS)
    assert Asset.objects.count() == 5
    for number, name in enumerate(STOPS):
        assert places[name].location.y == pytest.approx(
            SALE.y + 200 * number / 111_200, abs=1e-6
        )
        assert places[name].photos.count() == 1
    assert_no_photo_tells_where()
    no_barriers(page)

    page.reload()
    page.get_by_role("button", name="Send now").click()
    expect(page.locator("[data-walk-list] p.good")).to_have_count(5)
    assert (Asset.objects.count(), Photo.objects.count()) == (5, 5)


def assert_no_photo_tells_where() -> None:
    files = [*Photo.objects.values_list("file", flat=True)]
    files += [*Photo.objects.values_list("thumbnail", flat=True)]
    assert len(files) == 10
    storage = Photo._meta.get_field("file").storage
    for name in files:
        with storage.open(name) as file:
            data = file.read()
            file.seek(0)
            with Image.open(file) as image:
                assert dict(image.getexif()) == {}
                assert image.getexif().get_ifd(IFD.GPSInfo) == {}
                assert not {"exif", "xmp", "comment"} & set(image.info)
        assert TELLTALE not in data


def test_a_photo_that_the_phone_cannot_read_is_written_anew_by_the_server(walker):
    walker.evaluate("() => { window.createImageBitmap = undefined; }")
    stand_at(walker, 0)
    fill(walker, STOPS[0])
    take_photo(walker)
    assert "Exif" in walker.evaluate(
        """async () => {
          const db = await new Promise((done) => {
            const asked = indexedDB.open("fans-outbox");
            asked.onsuccess = () => done(asked.result);
          });
          const [photo] = await new Promise((done) => {
            const asked = db.transaction("photos").objectStore("photos").getAll();
            asked.onsuccess = () => done(asked.result);
          });
          return new TextDecoder("latin1").decode(photo.bytes.slice(0, 100));
        }"""
    )
    save(walker)

    expect(walker.locator("[data-walk-list] p.good")).to_have_count(1)
    photo = Photo.objects.get()
    with photo.file.open() as file:
        assert TELLTALE not in file.read()


def test_a_place_whose_answer_is_lost_is_there_once(walker, watched):
    watched.expect("net::ERR_CONNECTION_RESET")
    lost: list[int] = []
    # The server has it; the connection breaks before its answer comes back.
    walker.route("**/places/outbox/", lambda route: lose_first(route, lost))
    stand_at(walker, 0)
    fill(walker, STOPS[0])
    save(walker)

    expect(listed(walker, "waiting")).to_contain_text("tried once")
    assert Asset.objects.count() == 1
    walker.get_by_role("button", name="Send now").click()
    expect(listed(walker, "sent")).to_have_count(1)
    assert Asset.objects.get().name == STOPS[0]


def lose_first(route, lost: list) -> None:
    if route.request.method == "POST" and not lost:
        lost.append(route.fetch().status)
        route.abort("connectionreset")
    else:
        route.continue_()


def test_asks_about_a_look_alike_and_does_what_it_is_told(walker, no_barriers):
    known = factories.AssetFactory(
        name="The Boathouse Tea Room", category="food_drink", location=SALE
    )
    stand_at(walker, 0)
    for _ in range(2):
        stand_at(walker, 0)
        fill(walker, "Boathouse Tea Room")
        save(walker)
    expect(listed(walker, "needs_you")).to_have_count(2)
    expect(walker.locator("[data-walk-bar]")).to_contain_text("2 places need you.")

    walker.get_by_role("button", name="Look").first.click()
    expect(walker.get_by_role("heading", name="Is it this one?")).to_be_focused()
    expect(walker.locator(".clash li")).to_contain_text(f"{known.name}: ")
    no_barriers(walker)
    walker.get_by_role("button", name=re.compile("It is this one")).click()
    expect(listed(walker, "needs_you")).to_have_count(1)
    assert Asset.objects.get() == known

    walker.get_by_role("button", name="Look").click()
    walker.get_by_role("button", name="It is another: send it").click()
    expect(listed(walker, "sent")).to_have_count(1)
    assert Asset.objects.filter(name="Boathouse Tea Room").count() == 1


def test_what_the_server_refuses_comes_back_into_the_form(walker):
    stand_at(walker, 0)
    fill(walker, STOPS[0])
    walker.get_by_text("More, if you know it").click()
    walker.locator("#id_postcode").fill("HELLO")
    save(walker)

    expect(listed(walker, "needs_you")).to_have_count(1)
    walker.get_by_role("button", name="Fix").click()
    expect(walker.get_by_label("What is it called?")).to_have_value(STOPS[0])
    expect(walker.locator("#id_postcode")).to_have_attribute("aria-invalid", "true")
    walker.locator("#id_postcode").fill("")
    save(walker)
    expect(listed(walker, "sent")).to_have_count(1)


def test_a_half_filled_form_is_there_again_with_its_photo(walker):
    walker.context.set_offline(True)
    fill(walker, "Old Boat")
    take_photo(walker)

    page = reopened(walker)

    expect(page.get_by_label("What is it called?")).to_have_value("Old Boat")
    expect(page.locator("input[name=category]:checked")).to_have_value("food_drink")
    expect(page.locator("[data-photo]")).to_have_count(1)


def test_a_place_saved_by_two_quick_presses_is_kept_once(walker):
    walker.context.set_offline(True)
    stand_at(walker, 0)
    fill(walker, STOPS[0])
    # The phone says where it is once more, while the place is being kept.
    walker.evaluate(
        """() => {
          const form = document.querySelector("[data-walk-form]");
          document.querySelector("[data-walk-here]").click();
          form.requestSubmit();
          form.requestSubmit();
          document.querySelector("[data-walk-here]").click();
        }"""
    )

    expect(listed(walker, "waiting")).to_have_count(1)
    expect(listed(walker, "draft")).to_have_count(0)
    page = reopened(walker)
    expect(listed(page, "waiting")).to_have_count(1)
    expect(page.get_by_label("What is it called?")).to_have_value("")


def test_what_waits_can_be_corrected_and_removed_and_brought_back(walker):
    walker.context.set_offline(True)
    stand_at(walker, 0)
    fill(walker, "Wrong name")
    save(walker)
    walker.get_by_role("button", name="Edit").click()
    expect(walker.get_by_label("What is it called?")).to_have_value("Wrong name")
    walker.get_by_label("What is it called?").fill(STOPS[0])
    save(walker)
    expect(listed(walker, "waiting")).to_contain_text(STOPS[0])

    walker.get_by_role("button", name="Remove").click()
    expect(listed(walker, "waiting")).to_have_count(0)
    walker.get_by_role("button", name="Undo").click()
    expect(listed(walker, "waiting")).to_have_count(1)
    walker.context.set_offline(False)

    expect(listed(walker, "sent")).to_have_count(1)
    assert Asset.objects.get().name == STOPS[0]


def test_signing_out_asks_first_and_then_leaves_nothing_behind(walker, watched):
    watched.expect("net::ERR_FAILED")
    walker.context.set_offline(True)
    stand_at(walker, 0)
    fill(walker, STOPS[0])
    save(walker)
    fill(walker, STOPS[1])
    walker.context.route("**/places/outbox/", lambda route: route.abort())
    walker.context.set_offline(False)

    walker.goto(reverse("account_logout"))
    expect(walker.get_by_role("alert")).to_contain_text("2 places are not sent yet.")
    walker.get_by_role("button", name="Sign out and delete them").click()
    walker.wait_for_url(lambda url: "logout" not in url)

    assert kept_in_browser(walker) == ""
    assert Asset.objects.count() == 0


def test_a_session_that_ended_keeps_what_waits(walker, champion, come_in):
    walker.context.set_offline(True)
    stand_at(walker, 0)
    fill(walker, STOPS[0])
    save(walker)
    walker.context.clear_cookies()
    walker.context.set_offline(False)

    bar = walker.locator("[data-walk-bar]")
    expect(bar).to_contain_text("You are signed out. 1 place waits here.")
    expect(bar.get_by_role("link", name="Sign in to send")).to_have_attribute(
        "href", f"{reverse('account_login')}?next={WALK}"
    )
    come_in(walker, champion)
    opened(walker)
    expect(listed(walker, "sent")).to_have_count(1)


def test_the_next_person_on_this_phone_finds_and_sends_nothing(walker, coordinator, come_in):
    walker.context.set_offline(True)
    stand_at(walker, 0)
    fill(walker, STOPS[0])
    save(walker)
    walker.context.clear_cookies()
    walker.context.set_offline(False)
    come_in(walker, coordinator)
    opened(walker)

    expect(listed(walker, "waiting")).to_have_count(0)
    expect(walker.locator("[data-walk-bar]")).to_be_hidden()
    assert STOPS[0] not in kept_in_browser(walker)
    assert Asset.objects.count() == 0


def test_what_the_phone_keeps_tells_nothing_of_its_owner(walker, champion):
    walker.goto(reverse("frontend:today"))
    walker.goto(reverse("frontend:map"))
    opened(walker)
    stand_at(walker, 0)
    kept = kept_in_browser(walker)

    assert WALK in kept
    for personal in (
        champion.email,
        champion.name,
        "/today/\n",
        "/tiles/",
        "csrfmiddlewaretoken",
    ):
        assert personal not in kept
    assert json.dumps(items.person_key(champion)) in kept


def test_another_page_says_that_there_is_no_signal(walker):
    walker.context.set_offline(True)
    walker.goto(reverse("frontend:help"))

    expect(walker.get_by_role("heading", name="No signal")).to_be_visible()
    walker.get_by_role("link", name="Go on with the walk-round").click()
    expect(walker.locator("[data-walk-form]")).to_be_visible()


def test_nobody_is_asked_to_walk_who_could_not_send(open_browser, stranger, come_in):
    page = open_browser()
    page.goto(WALK)
    expect(page.locator("[data-walk-bar]")).to_contain_text("Sign in once")
    expect(page.locator("[data-walk-form]")).to_be_hidden()

    come_in(page, stranger)
    page.goto(WALK)
    expect(page.locator("[data-walk-bar]")).to_contain_text("Your roles do not allow this")
    expect(page.locator("[data-walk-form]")).to_be_hidden()


def test_fits_a_phone_with_targets_for_a_thumb(walker):
    stand_at(walker, 0)
    take_photo(walker)
    for width in (390, 320):
        walker.set_viewport_size({"width": width, "height": 700})
        assert walker.evaluate("document.documentElement.scrollWidth") <= width
    small = walker.evaluate(
        """() => [...document.querySelectorAll("[data-walk] button, [data-walk] label.opt,"
          + "[data-walk] summary, [data-walk] .btn")]
          .filter((node) => node.offsetParent && node.getBoundingClientRect().height < 44)
          .map((node) => node.outerHTML)"""
    )
    assert small == []
    expect(walker.get_by_role("button", name="Save and next")).to_be_in_viewport()

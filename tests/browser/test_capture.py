"""Adding a place on a phone, counted: taps, lines, seconds; with and without the map."""

import re
import time

import pytest
from allauth.account.models import EmailAddress
from django.contrib.gis.geos import Point
from django.urls import reverse
from playwright.sync_api import expect

from assets.models import Asset
from assets.photos.models import Photo
from geo.srid import WGS84
from tests import factories
from tests.factories import SALE, metres_east
from tests.pictures import TELLTALE, picture

HERE = {"latitude": SALE.y, "longitude": SALE.x, "accuracy": 12}
MOST_TAPS, MOST_LINES = 8, 1

# Counts real pointers and keys, over all pages of a window; typing into a field that was
# typed into already is the same line.
COUNT = """
  const counts = JSON.parse(sessionStorage.counts ?? '{"taps":0,"keys":0,"lines":[]}');
  const keep = () => { sessionStorage.counts = JSON.stringify(counts); };
  keep();
  addEventListener("pointerdown", (event) => {
    if (event.isTrusted) { counts.taps += 1; keep(); }
  }, true);
  addEventListener("beforeinput", (event) => {
    if (!event.isTrusted) return;
    counts.keys += (event.data ?? "").length;
    const line = location.pathname + " " + event.target.name;
    if (!counts.lines.includes(line)) counts.lines.push(line);
    keep();
  }, true);
"""

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def champion(champion):
    """Ben, whose address is known to be his: he signs in by the form."""
    EmailAddress.objects.create(
        user=champion, email=champion.email, verified=True, primary=True
    )
    return champion


@pytest.fixture
def standing_there(open_browser, champion, sign_in):
    """A champion's phone, 390 px wide, that knows where it is; signed in, counting taps."""

    page = open_browser(geolocation=HERE, permissions=["geolocation"])
    sign_in(page, champion)
    page.add_init_script(COUNT)
    yield page
    page.wait_for_load_state("networkidle")


def counted(page):
    return page.evaluate("JSON.parse(sessionStorage.counts)")


def tap(page, what):
    """Touch the middle of something, as a thumb does, once it is in sight."""
    what.scroll_into_view_if_needed()
    what.tap()


def box(page, words):
    return page.locator("label", has_text=re.compile(rf"^\s*{words}\s*$")).first


def test_a_new_place_takes_few_taps_and_one_line_of_typing(standing_there, capsys, tmp_path):
    page = standing_there
    photo = tmp_path / "IMG_0042.jpg"
    photo.write_bytes(picture(size=(3000, 2000)))
    page.goto(reverse("frontend:today"))
    began = time.monotonic()

    tap(page, page.get_by_role("link", name="Add", exact=True))
    tap(page, page.get_by_role("button", name="I am there now"))
    expect(page.locator("[data-here-said]")).to_contain_text("within 12 m")
    tap(page, page.get_by_label("What is it called?"))
    page.keyboard.type("Old Boathouse Café")
    tap(page, box(page, "Food and drink"))
    with page.expect_file_chooser() as chooser:
        tap(page, page.locator("#id_photo"))
    chooser.value.set_files(photo)  # the camera's own button is the phone's, not ours
    expect(page.get_by_text("Ready to send.")).to_be_visible()
    tap(page, page.get_by_role("button", name="Save this place").last)
    page.wait_for_url(re.compile(r"/places/\d+/$"))

    seconds = time.monotonic() - began
    count = counted(page)
    with capsys.disabled():
        print(
            f"\na new place with a photo at 390 px: {count['taps']} taps,"
            f" {len(count['lines'])} line of typing ({count['keys']} characters),"
            f" {seconds:.1f} s by a script"
        )
    assert 1 <= count["taps"] <= MOST_TAPS
    assert len(count["lines"]) == MOST_LINES
    assert count["keys"] == len("Old Boathouse Café")
    asset = Asset.objects.get(name="Old Boathouse Café")
    assert (asset.category, asset.visibility) == ("food_drink", "published")
    assert asset.location.coords == pytest.approx((SALE.x, SALE.y), abs=1e-6)
    kept = Photo.objects.get(asset=asset)
    assert kept.width == 1600
    with kept.file.open() as file:
        assert TELLTALE not in file.read()


def test_a_kind_that_few_add_is_found_by_what_it_is_called(standing_there):
    page = standing_there
    page.goto(reverse("assets:add"))

    tap(page, page.get_by_text("All 25 kinds"))
    tap(page, page.get_by_label("Find a kind"))
    page.keyboard.type("barber")

    shown = page.locator("[data-kind]:visible")
    expect(shown).to_have_count(1)
    tap(page, shown)
    assert page.locator("input[name=category]:checked").get_attribute("value") == "hair_beauty"
    assert counted(page)["taps"] == 3


def test_what_is_there_already_is_shown_while_somebody_types(standing_there, no_barriers):
    there = factories.AssetFactory(
        name="Boathouse Tea Room",
        category="food_drink",
        location=metres_east(SALE, 35),
        address="3 Canal Street",
    )
    factories.PhotoFactory(
        asset=there, alt="A blue door", state="public", decided_at=there.created_at
    )
    page = standing_there
    page.goto(reverse("assets:add"))
    tap(page, page.get_by_role("button", name="I am there now"))
    page.get_by_label("What is it called?").press_sequentially("Boathouse Tearoom", delay=5)

    panel = page.locator("[data-alike]")
    expect(panel).to_contain_text("Is it this one?")
    expect(panel).to_contain_text("Boathouse Tea Room")
    expect(panel).to_contain_text("35 m away")
    expect(panel).to_contain_text("3 Canal Street")
    expect(panel.get_by_role("img", name="A blue door")).to_be_visible()
    expect(page.locator("[data-alike-said]")).to_contain_text("One place like it close by")
    link = panel.get_by_role("link", name="Yes, same place")
    assert link.get_attribute("href") == f"/places/{there.pk}/"
    no_barriers(page)

    panel.get_by_role("button", name="No, a new one").press("Enter")
    expect(panel).to_be_hidden()
    page.keyboard.type(" by the lock")
    tap(page, box(page, "Food and drink"))
    page.wait_for_timeout(600)
    expect(panel).to_be_hidden()
    tap(page, page.get_by_role("button", name="Save this place").last)
    page.wait_for_url(re.compile(r"/places/\d+/$"))
    assert Asset.objects.filter(name="Boathouse Tearoom by the lock").exists()


def test_the_map_goes_to_what_a_place_is_near(standing_there):
    library = metres_east(SALE, 400)
    factories.AssetFactory(name="Sale Library", category="library_learning", location=library)
    page = standing_there
    page.goto(f"{reverse('assets:add')}?at={SALE.y},{SALE.x},15")

    tap(page, page.get_by_text("Where is it, without the map?"))
    tap(page, page.get_by_label("Where is it?", exact=True))
    page.keyboard.type("near the library")
    page.keyboard.press("Enter")

    expect(page.locator("[data-near-said]")).to_contain_text("The map shows Sale Library")
    lon, lat = (float(page.locator(f"#id_{name}").input_value()) for name in ("lon", "lat"))
    assert Point(lon, lat, srid=WGS84).distance(library) < 1e-5


def test_the_page_fits_a_phone_and_shuts_nobody_out(standing_there, no_barriers):
    page = standing_there
    page.goto(reverse("assets:add"))
    page.get_by_text("Where is it, without the map?").click()
    page.get_by_text("More, if you know it").click()

    for width in (390, 320):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    no_barriers(page)


def test_a_phone_that_does_not_say_where_it_is(open_browser, champion, sign_in):
    page = open_browser()  # nobody has allowed it
    sign_in(page, champion)
    page.goto(reverse("assets:add"))

    page.get_by_role("button", name="I am there now").tap()

    expect(page.locator("[data-here-said]")).to_contain_text(
        "Your phone does not tell this page where you are"
    )

"""A wish's way on a phone: pegged up, granted by what was logged, thanked for, up again."""

import re
import time

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from fans.connections.wishes.models import Thanks, Wish
from fans.people import services
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)

HALF_A_MINUTE_S = 30.0


def test_a_wish_is_pegged_up_granted_thanked_for_and_hung_up_again(phone, sign_in, no_barriers):
    home = factories.HomeFactory()
    entry = factories.ConnectionFactory(
        partnership__home=home,
        partnership__partner__asset__name="The Pellow Singers",
        happened_on=timezone.localdate(),
    )
    ada = factories.member("coordinator", home=home, name="Ada")
    services.confirm_address(person=ada)
    sign_in(phone, ada)

    phone.goto(reverse("wishes:board", args=[home.pk]))
    no_barriers(phone)
    began = time.monotonic()
    phone.get_by_role("link", name="Peg up the first").click()
    phone.get_by_label("Someone here would love").fill("to hear an accordion again")
    music = phone.get_by_label("Music and singing")
    expect(music).to_be_visible()
    expect(music).to_be_checked()
    no_barriers(phone)
    phone.get_by_role("button", name="Peg it up").click()
    expect(phone.get_by_text("Pegged up. It is about: Music and singing.")).to_be_visible()
    assert time.monotonic() - began < HALF_A_MINUTE_S
    no_barriers(phone)

    phone.get_by_role("link", name="To hear an accordion again").click()
    no_barriers(phone)
    phone.get_by_label("What granted it?").select_option(str(entry.pk))
    phone.get_by_role("button", name="It came true").click()
    expect(phone.get_by_text("with The Pellow Singers")).to_be_visible()
    wish = Wish.objects.get()
    assert (wish.status, wish.connection, wish.tags) == ("granted", entry, ["music"])

    phone.get_by_role("link", name="Say thanks").click()
    expect(phone.get_by_label("Whom to thank?")).to_have_value(str(entry.partnership_id))
    phone.get_by_label("What to say?").fill("The whole lounge sang along.")
    no_barriers(phone)
    phone.get_by_role("button", name="Keep it for the card").click()
    expect(phone.get_by_text("“The whole lounge sang along.”")).to_be_visible()
    no_barriers(phone)
    phone.get_by_role("button", name=re.compile("^Handed over")).click()
    expect(phone.get_by_text("“The whole lounge sang along.”")).to_have_count(0)
    assert Thanks.objects.get().given_on == timezone.localdate()

    phone.goto(reverse("wishes:wish", args=[wish.pk]))
    phone.get_by_role("button", name="Hang it up again").click()
    expect(phone.get_by_text("It hangs on the line again.")).to_be_visible()
    wish.refresh_from_db()
    assert (wish.status, wish.connection) == ("open", None)
    width = phone.evaluate("document.documentElement.scrollWidth")
    assert width <= phone.viewport_size["width"]

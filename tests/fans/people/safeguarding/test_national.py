"""The numbers for the whole country: facts with their sources."""

import re

from fans.people.safeguarding.models import PHONE
from fans.people.safeguarding.national import BY_SLUG, INSPECTORS, NUMBERS


def test_every_number_says_where_it_was_read():
    assert all(number.source.startswith("https://") for number in NUMBERS)


def test_every_number_can_be_called_or_has_a_page():
    for number in NUMBERS:
        assert number.phone or number.web.startswith("https://"), number.slug
        assert (
            not number.phone or number.dial in ("999", "101") or re.match(PHONE, number.phone)
        )


def test_each_nation_has_its_inspectors():
    nations = {number.nation for number in INSPECTORS}

    assert nations == {"England", "Scotland", "Wales", "Northern Ireland"}


def test_a_number_nobody_could_verify_is_left_out_and_the_page_is_linked():
    assert BY_SLUG["ciw"].phone == BY_SLUG["rqia"].phone == ""

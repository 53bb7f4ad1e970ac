"""Personal-looking addresses are told from those of a place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.mailboxes import is_personal_mailbox


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("jane.smith@hall.example", "Village Hall"),
        ("jsmith@council.example", ""),
        ("j.smith42@gmail.com", "The Fox"),
        ("thefox.jane@council.example", "Fox"),
        ("gmail.jane@gmail.com", "Choir"),
        ("john@johnsbakery.example", "John's Bakery"),
        ("@odd.example", ""),
    ],
)
def test_takes_what_could_be_a_person_as_personal(address, name):
    assert is_personal_mailbox(address, name=name)


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("info@hall.example", ""),
        ("Bookings@hall.example", ""),
        ("parish-office@church.example", ""),
        ("stjohns.church@gmail.com", ""),
        ("thewaterfront@uni.example", "The Waterfront"),
        ("Popworld.Norwich@pubs.example", "popWorld"),
        ("timberhill1@timberhill.example", ""),
    ],
)
def test_takes_tasks_and_the_places_own_name_as_the_places(address, name):
    assert not is_personal_mailbox(address, name=name)


@given(st.text(), st.text())
def test_never_stumbles(address, name):
    assert is_personal_mailbox(address, name=name) in (True, False)


def test_no_address_is_nobodys():
    assert not is_personal_mailbox("")

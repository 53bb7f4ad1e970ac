"""When two spellings are the same thing."""

import pytest

from homes.sameness import same_phone, same_text, same_website


@pytest.mark.parametrize(
    ("before", "now", "same"),
    [
        ("10 Lark Lane, Sale", "10 Lark Lane,Sale", True),
        ("10  Lark Lane", " 10 Lark Lane", True),
        ("Ashlands manor", "Ashlands Manor", False),
        ("10 Lark Lane", "11 Lark Lane", False),
    ],
)
def test_texts_may_differ_in_spaces_and_commas(before, now, same):
    assert same_text(before, now) is same


@pytest.mark.parametrize(
    ("before", "now", "same"),
    [
        ("http://www.lark.example.org", "https://lark.example.org/", True),
        ("https://beta.lark.example.org/a", "http://www.lark.example.org/a", True),
        ("http://lark.example.org/a", "http://lark.example.org/A", False),
        ("http://lark.example.org", "", False),
        ("", "", True),
    ],
)
def test_websites_may_differ_in_scheme_and_host_prefix(before, now, same):
    assert same_website(before, now) is same


def test_telephone_numbers_may_differ_in_spaces():
    assert same_phone("0161 000 0001", "01610000001")
    assert not same_phone("01610000001", "01610000002")

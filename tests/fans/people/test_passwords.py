"""Passwords that anyone who knows the programme would try first."""

import pytest
from django.core.exceptions import ValidationError

from fans.people.passwords import ObviousWordsValidator


@pytest.mark.parametrize("password", ["carehome2026", "Care-Home-FaNs!", "Champion12345"])
def test_refuses_the_programmes_own_words(password):
    with pytest.raises(ValidationError, match="easy to guess"):
        ObviousWordsValidator().validate(password)


@pytest.mark.parametrize("password", ["teapot boat home", "19283746501", "k7fm-p2qd-x9wt"])
def test_takes_words_that_do_not_belong_together(password):
    ObviousWordsValidator().validate(password)


def test_refuses_the_name_of_ones_own_home(coordinator):
    with pytest.raises(ValidationError, match="easy to guess"):
        ObviousWordsValidator().validate("LarkfieldHouse1", coordinator)


def test_another_homes_name_is_not_known_to_be_obvious(stranger):
    ObviousWordsValidator().validate("LarkfieldHouse1", stranger)

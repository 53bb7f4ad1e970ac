"""A home's own view: groups of three, offices by name of the office."""

import pytest

from fans.disclosure import may_show_group


@pytest.mark.parametrize("group", ["residents", "relatives", "volunteers", "staff"])
def test_groups_need_three_respondents(group):
    assert not may_show_group(group, 2)
    assert may_show_group(group, 3)


@pytest.mark.parametrize("group", ["manager", "facilitator", "champion"])
def test_answers_in_office_are_shown_from_the_first(group):
    assert may_show_group(group, 1)
    assert not may_show_group(group, 0)


@pytest.mark.parametrize("group", ["partners", "professionals", "other", "unheard-of"])
def test_any_other_group_is_treated_as_a_group(group):
    assert not may_show_group(group, 2)

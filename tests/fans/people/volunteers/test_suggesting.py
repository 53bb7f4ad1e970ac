import datetime as dt
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fans.people.volunteers.lists import read_list
from fans.people.volunteers.models import Vetting
from fans.people.volunteers.roles import ROLES
from fans.people.volunteers.suggesting import (
    NATIONS,
    QUESTIONS,
    REVIEWED_ON,
    Facts,
    is_out_of_date,
    suggest,
)

SLUGS = {question.name: [one.slug for one in question.options] for question in QUESTIONS}
LEVELS = ["none", "basic", "standard", "enhanced"]
FACTS = st.builds(
    Facts,
    where=st.sampled_from(SLUGS["where"]),
    how_often=st.sampled_from(SLUGS["how_often"]),
    alone=st.sampled_from(SLUGS["alone"]),
    tasks=st.frozensets(st.sampled_from(SLUGS["tasks"])),
)
AUTHORITIES = st.sampled_from(sorted(NATIONS))


def rank(suggestion):
    return -1 if suggestion.level is None else LEVELS.index(suggestion.level)


@given(FACTS, AUTHORITIES)
def test_never_leads_to_a_barred_list(facts, authority):
    found = suggest(facts, authority)

    assert found.level in {None, "none", "basic", "enhanced"}
    assert "barred" not in found.why.replace("without barred lists", "")


@given(FACTS, AUTHORITIES)
def test_tasks_of_regulated_activity_get_no_level_anywhere(facts, authority):
    found = suggest(facts, authority)

    assert found.looks_regulated == bool(facts.tasks)
    if facts.tasks:
        assert found.level is None
        assert "volunteers do not do this here" in found.why


@given(FACTS, AUTHORITIES)
def test_coming_more_often_never_lowers_the_level(facts, authority):
    ranks = [
        rank(suggest(replace(facts, how_often=often), authority))
        for often in SLUGS["how_often"]
    ]

    assert ranks == sorted(ranks)


@given(FACTS, AUTHORITIES)
def test_being_alone_never_lowers_the_level(facts, authority):
    with_others = suggest(replace(facts, alone="no"), authority)
    alone = suggest(replace(facts, alone="yes"), authority)

    assert rank(with_others) <= rank(alone)


@pytest.mark.parametrize("authority", ["disclosure_scotland", "accessni"])
def test_outside_england_and_wales_no_level_is_suggested_but_the_way_shown(authority):
    for where, often, alone in product(SLUGS["where"], SLUGS["how_often"], SLUGS["alone"]):
        found = suggest(Facts(where, often, alone), authority)
        assert (found.level, found.why) == (None, NATIONS[authority].words)

    assert NATIONS[authority].links


@pytest.mark.parametrize(
    ("where", "often", "alone", "level"),
    [
        ("care_home", "weekly", "yes", "enhanced"),
        ("care_home", "four_in_30", "no", "enhanced"),
        ("care_home", "overnight", "no", "enhanced"),
        ("care_home", "now_and_then", "yes", "basic"),
        ("care_home", "now_and_then", "no", "none"),
        ("outing", "weekly", "no", "basic"),
        ("outing", "now_and_then", "no", "none"),
        ("distance", "weekly", "no", "none"),
        ("distance", "weekly", "yes", "basic"),
        ("not_met", "overnight", "yes", "none"),
    ],
)
def test_suggests_by_place_frequency_and_company(where, often, alone, level):
    assert suggest(Facts(where, often, alone), "dbs").level == level


def test_every_authority_and_level_of_a_decision_is_known_here():
    assert set(NATIONS) == set(Vetting.Authority.values)
    assert set(LEVELS) == set(Vetting.Level.values)


def test_every_rule_names_answers_that_can_be_given():
    for rule in read_list("vetting.json")["rules"]:
        for name, wanted in rule["when"].items():
            assert set(wanted) <= set(SLUGS[name])


def test_links_are_official_pages_over_https():
    hosts = {link.url.split("/")[2] for nation in NATIONS.values() for link in nation.links}

    assert hosts == {
        *("www.gov.uk", "www.mygov.scot", "www.volunteerscotland.net", "www.nidirect.gov.uk")
    }


def test_no_role_is_described_so_that_it_looks_regulated():
    for role in ROLES.values():
        said = {**role.answers, "tasks": frozenset(role.answers["tasks"])}
        assert not suggest(Facts(**said), "dbs").looks_regulated


def test_questions_not_read_for_a_year_are_out_of_date():
    assert not is_out_of_date(REVIEWED_ON + dt.timedelta(days=365))
    assert is_out_of_date(REVIEWED_ON + dt.timedelta(days=366))

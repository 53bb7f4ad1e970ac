"""A version goes out as JSON and comes back the same; one that is wrong is refused."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fans.openness.errors import RefusedError
from fans.openness.instrument_file import PUBLISHED, parse_instrument, published
from fans.openness.instruments.canonical import instrument_as_json, instrument_as_text
from fans.openness.instruments.drafting import as_draft
from fans.openness.instruments.drafts import MOST_BYTES, UNREADABLE, read_draft
from fans.openness.models import RespondentGroup
from fans.openness.strict_json import Node, read
from tests.fans.openness.instruments.versions import V1, as_file, v2

GROUPS = RespondentGroup.values


def test_a_version_goes_out_as_it_stands_in_its_file():
    body = json.loads((PUBLISHED / "v1.json").read_bytes())

    assert instrument_as_json(V1) == body
    assert parse_instrument(read(instrument_as_text(V1))) == V1


def test_a_draft_brings_along_the_texts_that_lie_beside_the_old_version():
    draft = read_draft(as_file(as_draft(V1, "v2")), groups=GROUPS)

    assert list(draft.texts) == ["easy", "cy"]
    assert draft.texts["cy"].draft_note


@given(
    weight=st.floats(0.01, 100) | st.integers(1, 100),
    cuts=st.lists(
        st.floats(0, 1e300) | st.integers(0, 2**60), min_size=4, max_size=4, unique=True
    ).map(sorted),
    name=st.text(min_size=1, max_size=40)
    .filter(str.strip)
    .filter(lambda name: not UNREADABLE.search(name)),
)
@settings(max_examples=60)
def test_what_comes_in_goes_out_byte_for_byte_and_comes_in_again(weight, cuts, name):
    body = v2(title=name)
    body["indicators"][0] |= {"weight": weight, "cuts": cuts}
    draft = read_draft(as_file_of_any(body), groups=GROUPS)
    text = instrument_as_text(draft)

    assert read_draft(text, groups=GROUPS) == draft
    assert instrument_as_text(read_draft(text.encode(), groups=GROUPS)) == text


def as_file_of_any(body):
    return json.dumps(body).encode()


def broken(*path, value=None, **changes):
    body = v2(**changes)
    place = body
    for key in path[:-1]:
        place = place[key]
    if path:
        place[path[-1]] = value
    return body


@pytest.mark.parametrize(
    ("body", "path", "problem"),
    [
        (v2(version="v0"), "version", "must be v and a number"),
        (v2(version="../v2"), "version", "must be v and a number"),
        (v2(version="v2-" + "a" * 18), "version", "at most 20"),
        (v2(algorithm=99), "algorithm", "no other way of scoring"),
        (v2(title="a\x00b"), "title", "cannot be shown"),
        (v2(title="\ud800"), "title", "cannot be shown"),
        (v2(title="  "), "title", "nothing but spaces"),
        (v2(title="a" * 1001), "title", "longer than 1,000"),
        (broken("indicators", 2, "weight", value=0), "indicators[2].weight", "above 0"),
        (broken("indicators", 2, "weight", value=1e9), "indicators[2].weight", "to 100"),
        (broken("indicators", 0, "cuts", value=[0, 2, 2, 3]), "indicators[0].cuts", "rise"),
        (broken("indicators", 0, "id", value="B9"), "indicators[0].id", "such as A1"),
        (broken("indicators", 2, "asked", value=[]), "indicators[2].asked", "nobody is asked"),
        (
            broken("indicators", 2, "anchors", 4, value=" "),
            "indicators[2].anchors[4]",
            "spaces",
        ),
        (broken("dimensions", 0, "weight", value=1000), "dimensions[0].weight", "to 100"),
        (
            broken("indicators", 0, "moves", "one", value="{more.__class__} more"),
            "indicators[0].moves.one",
            "no place but {More}, {more}, {weeks}",
        ),
        (broken("moves", "far", value="At {cut"), "moves.far", "without its partner"),
        (broken("moves", "answer", value="{0}"), "moves.answer", "{anchor}"),
        (
            broken("texts", "cy", "questions", value={}),
            "texts.cy.questions",
            "lacks A3",
        ),
    ],
)
def test_refuses_a_draft_that_nothing_could_rely_on(body, path, problem):
    with pytest.raises(RefusedError) as refused:
        read_draft(as_file_of_any(body), groups=GROUPS)

    assert refused.value.path == path
    assert problem in refused.value.problem


@pytest.mark.parametrize(
    "document",
    [
        b"",
        b"[]",
        b"null",
        b"{",
        b"\xff\xfe",
        b'{"version": "v2", "version": "v3"}',
        b"[" * 9999,
    ],
)
def test_refuses_what_is_no_version_at_all(document):
    with pytest.raises(RefusedError):
        read_draft(document, groups=GROUPS)


def test_refuses_a_file_that_is_too_large():
    with pytest.raises(RefusedError, match="larger than 1,000,000 bytes"):
        read_draft(b" " * (MOST_BYTES + 1), groups=GROUPS)


def test_every_published_version_would_pass_as_a_draft():
    for instrument in published().values():
        assert read_draft(instrument_as_text(instrument), groups=GROUPS) == instrument


def test_a_group_that_no_answer_can_be_stored_of_is_refused():
    body = v2()
    body["groups"].append({"id": "pets", "name": "Pets", "in_office": False})
    for texts in body["texts"].values():
        texts["groups"]["pets"] = "Pets"

    with pytest.raises(RefusedError, match=r"^groups\[10\]\.id: must be one of"):
        read_draft(json.dumps(body), groups=GROUPS)


def test_keeps_the_path_of_a_node_that_is_read_from_the_database():
    with pytest.raises(RefusedError, match=r"^levels\[1\]\.from"):
        parse_instrument(Node(broken("levels", 1, "from", value="25")))

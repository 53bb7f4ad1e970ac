"""The words of an instrument in other words than its English. Pure."""

from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType

from fans.openness.instrument import STEPS, TOP_STEP, Group, Indicator, Texts
from fans.openness.strict_json import Node

OTHER_LANGUAGES = ("easy", "cy")
"""Easy read is no language, but it is chosen like one."""


def parse_every_text(
    node: Node | None, groups: Mapping[str, Group], indicators: Iterable[Indicator]
) -> Mapping[str, Texts]:
    """Read the texts that an instrument's own file brings along, by language.

    Raises:
        RefusedError: a language is not known, or is not there in full.
    """
    asked = [i.id for i in indicators if i.is_asked]
    given = node.members(OTHER_LANGUAGES) if node else {}
    return MappingProxyType(
        {language: parse_texts(n, language, groups, asked) for language, n in given.items()}
    )


def parse_texts(
    node: Node, language: str, groups: Collection[str], asked: Collection[str]
) -> Texts:
    """Read the texts of one language: every group and every question asked, or none.

    Raises:
        RefusedError: a text is missing, empty, or for something that is not there.
    """
    given = _all_of(node, ("name", "skip", "groups", "questions"), ("draft_note",))
    questions = {
        id: _all_of(n, ("question", "anchors"))
        for id, n in _all_of(given["questions"], asked).items()
    }
    return Texts(
        language=language,
        language_name=given["name"].text(),
        draft_note=given["draft_note"].text() if "draft_note" in given else "",
        skip=given["skip"].text(),
        groups={id: n.text() for id, n in _all_of(given["groups"], groups).items()},
        questions={id: words["question"].text() for id, words in questions.items()},
        answers={id: five_answers(words["anchors"]) for id, words in questions.items()},
    )


def texts_as_json(texts: Texts) -> dict[str, object]:
    """Return the texts in the shape that ``parse_texts`` reads."""
    return {
        "name": texts.language_name,
        **({"draft_note": texts.draft_note} if texts.draft_note else {}),
        "skip": texts.skip,
        "groups": dict(texts.groups),
        "questions": {
            id: {"question": question, "anchors": list(texts.answers[id])}
            for id, question in texts.questions.items()
        },
    }


def five_answers(node: Node) -> tuple[str, ...]:
    """Read the answers to one question, from 0 to 4."""
    answers = tuple(n.text() for n in node.elements())
    if len(answers) != len(STEPS):
        node.refuse(f"must be {len(STEPS)} texts, for 0 to {TOP_STEP}.")
    return answers


def _all_of(
    node: Node, keys: Collection[str], optional: Collection[str] = ()
) -> dict[str, Node]:
    given = node.members((*keys, *optional))
    for key in keys:
        if key not in given:
            node.refuse(f"lacks {key}.")
    return given

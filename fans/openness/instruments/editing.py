"""The forms in which a draft is changed: the whole, and one sign."""

import copy
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

from django import forms

from fans.openness.instrument import STEPS
from fans.openness.instruments.drafts import LEAST_WEIGHT, MOST_CHARACTERS, MOST_WEIGHT

Body = dict[str, Any]
NOT_KNOWN: Final = "Not known until someone has answered this question."
EMPTY: Final[Body] = {"question": "", "anchors": [""] * len(STEPS)}
NAMES: Final = {"easy": "Easy read", "cy": "Welsh"}


def plain(number: Decimal) -> float:
    """Return a number as it is written: 2 stays 2, and 0.5 is 0.5."""
    return int(number) if number == number.to_integral_value() else float(number)


class Words(forms.CharField):
    """Words on one line, however they were broken."""

    def to_python(self, value: Any) -> str:
        """Put single spaces between words."""
        return " ".join((super().to_python(value) or "").split())


class DraftForm(forms.Form):
    """A form about a draft's body; ``seen`` says which body the page showed."""

    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, body: Body, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.body = body

    def applied(self) -> Body:
        """Return the body with what was given put in."""
        raise NotImplementedError

    def add_words(self, name: str, label: str, initial: str = "") -> None:
        """Ask for words."""
        self.fields[name] = Words(
            label=label,
            initial=initial,
            max_length=MOST_CHARACTERS,
            widget=forms.Textarea({"class": "in", "rows": 2, "autocomplete": "off"}),
        )

    def add_number(
        self, name: str, label: str, initial: float, least: float = 0, most: float = 1_000_000
    ) -> None:
        """Ask for a number."""
        self.fields[name] = forms.DecimalField(
            label=label,
            initial=initial,
            min_value=Decimal(str(least)),
            max_value=Decimal(str(most)),
            max_digits=12,
            widget=forms.NumberInput({"class": "in", "step": "any"}),
        )

    def add_weight(self, name: str, label: str, initial: float) -> None:
        """Ask how many times something counts."""
        self.add_number(name, label, initial, LEAST_WEIGHT, MOST_WEIGHT)

    def number(self, name: str) -> float:
        """Return a number given."""
        return plain(self.cleaned_data[name])


class WholeForm(DraftForm):
    """What holds for all signs: title, sides, levels, how much must be known, languages."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        body = self.body
        self.add_words("title", "Title", body["title"])
        for key, words in (("indicators", "signs"), ("dimensions", "sides")):
            at_least = body["coverage"][key]
            label = f"Enough is known from so many {words} on"
            self.add_number(f"least_{key}", label, at_least, 1)
        for side in body["dimensions"]:
            self.add_words(f"side_{side['id']}", f"Side {side['id']}", side["name"])
            self.add_weight(f"weight_{side['id']}", f"Side {side['id']} counts", side["weight"])
        for number, level in enumerate(body["levels"], start=1):
            self.add_words(f"level_{level['id']}", f"Level {number}", level["name"])
            label = f"Level {number} begins at"
            self.add_number(f"from_{level['id']}", label, level["from"], 0, 100)
        for language in body.get("texts", {}):
            self.fields[f"keep_{language}"] = forms.BooleanField(
                label=f"Keep the questions in other words: {NAMES[language]}",
                required=False,
                initial=True,
            )

    def applied(self) -> Body:
        """Return the body with what was given put in."""
        body, given = copy.deepcopy(self.body), self.cleaned_data
        body["title"] = given["title"]
        for key in ("indicators", "dimensions"):
            body["coverage"][key] = self.number(f"least_{key}")
        for side in body["dimensions"]:
            side["name"] = given[f"side_{side['id']}"]
            side["weight"] = self.number(f"weight_{side['id']}")
        for level in body["levels"]:
            level["name"] = given[f"level_{level['id']}"]
            level["from"] = self.number(f"from_{level['id']}")
        kept = {k: t for k, t in body.pop("texts", {}).items() if given[f"keep_{k}"]}
        return {**body, "texts": kept} if kept else body


class SignForm(DraftForm):
    """One sign: its words, its weight, its steps, its answers, in every language there is."""

    def __init__(self, *args: Any, sign: Body, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sign = sign
        self.add_words("name", "Name", sign["name"])
        self.add_words("question", "Question", sign["question"])
        self.add_weight("weight", "Counts so many times", sign["weight"])
        self.add_words("not_known", "Said where it is not known", sign["not_known"])
        if "cuts" in sign:
            self.add_words("unit", "Unit", sign["unit"])
            for step, cut in enumerate(sign["cuts"], start=1):
                self.add_number(f"cut_{step}", f"Step {step} begins at", cut)
        if "anchors" in sign:
            self._add_answers("", "Answer", sign["anchors"])
        if self.is_asked:
            self.fields["asked"] = forms.MultipleChoiceField(
                label="Asked of",
                choices=[(g["id"], g["name"]) for g in self.body["groups"]],
                initial=sign["asked"],
                widget=forms.CheckboxSelectMultiple,
                error_messages={"required": "Name one group at least: or nobody is asked."},
            )
            for language, texts in self.body.get("texts", {}).items():
                said = texts["questions"].get(sign["id"], EMPTY)
                name = NAMES[language]
                self.add_words(f"{language}_question", f"{name}: question", said["question"])
                self._add_answers(f"{language}_", f"{name}: answer", said["anchors"])

    @property
    def is_asked(self) -> bool:
        """Whether the sign is a question of the assessment."""
        return bool(self.sign.get("answered") == "in_assessment")

    def applied(self) -> Body:
        """Return the body with the sign as it was given: put in its place, or at the end."""
        body, given = copy.deepcopy(self.body), self.cleaned_data
        sign = {**self.sign, "name": given["name"], "question": given["question"]}
        sign |= {"weight": self.number("weight"), "not_known": given["not_known"]}
        if "cuts" in sign:
            sign["unit"] = given["unit"]
            sign["cuts"] = [self.number(f"cut_{step}") for step in range(1, len(STEPS))]
        if "anchors" in sign:
            sign["anchors"] = list(self._answers(""))
        if self.is_asked:
            sign["asked"] = given["asked"]
            for language, texts in body.get("texts", {}).items():
                texts["questions"][sign["id"]] = {
                    "question": given[f"{language}_question"],
                    "anchors": list(self._answers(f"{language}_")),
                }
        ids = [each["id"] for each in body["indicators"]]
        at = ids.index(sign["id"]) if sign["id"] in ids else len(ids)
        body["indicators"][at : at + 1] = [sign]
        return body

    def _add_answers(self, prefix: str, label: str, answers: list[str]) -> None:
        for step, answer in zip(STEPS, answers, strict=True):
            self.add_words(f"{prefix}answer_{step}", f"{label} {step}", answer)

    def _answers(self, prefix: str) -> Iterator[str]:
        return (self.cleaned_data[f"{prefix}answer_{step}"] for step in STEPS)


def new_sign(body: Body, side: str) -> Body:
    """Return a question that is not there yet, on this side, under the next free number."""
    numbers = [int(i["id"][len(side) :]) for i in body["indicators"] if i["dimension"] == side]
    return {
        "id": f"{side}{max(numbers, default=0) + 1}",
        "dimension": side,
        "name": "",
        "question": "",
        "kind": "assessed",
        "weight": 1,
        "answered": "in_assessment",
        "anchors": [""] * len(STEPS),
        "asked": [],
        "not_known": NOT_KNOWN,
    }


def without_sign(body: Body, id: str) -> Body:
    """Return the body without one sign, and without its words in any language."""
    body = copy.deepcopy(body)
    body["indicators"] = [each for each in body["indicators"] if each["id"] != id]
    for texts in body.get("texts", {}).values():
        texts["questions"].pop(id, None)
    return body

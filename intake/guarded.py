"""A form's free texts, looked over before they are kept: ``intake.free_text`` says at what.

A text in doubt is not kept. The form shows what was found and a box, "Keep it as it is".
The box holds for that very text: change a letter, and the form asks again.
"""

import json
from collections.abc import Mapping
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.utils.crypto import constant_time_compare, salted_hmac

from intake.free_text import Doubt, doubts

KEEP: Final = "keep_as_it_is"
ADVICE: Final = "Take it out, or tick “Keep it as it is” at the top of the form."


class GuardedText(BaseForm):
    """Mixin, before the form class: asks once about texts that may name somebody.

    ``guarded`` names the fields. The page shows what ``frontend/_error_summary.html``
    shows: the box is in there, inside the form, and works without scripts.
    """

    guarded: tuple[str, ...] = ()
    doubtful: Mapping[str, list[Doubt]] = {}

    def doubts_in(self, text: str) -> list[Doubt]:
        """Return what is asked about in one text; a form may ask about more."""
        return doubts(text)

    def clean(self) -> dict[str, Any] | None:
        """Refuse new texts in doubt, unless the box for these very texts is ticked."""
        cleaned: dict[str, Any] | None = super().clean()
        texts = self.cleaned_data if cleaned is None else cleaned
        self.doubtful = self._look_over(texts)
        if self.doubtful and not self.is_kept:
            for name, found in self.doubtful.items():
                words = " ".join([*(doubt.words for doubt in found), ADVICE])
                error = ValidationError(words, code="doubt")
                self.add_error(name, error)
        return cleaned

    def _look_over(self, texts: Mapping[str, Any]) -> dict[str, list[Doubt]]:
        """Return what was found, by field; a text that stood there before was kept then."""
        found: dict[str, list[Doubt]] = {}
        self._asked: list[list[str]] = []
        for name in self.guarded:
            text = str(texts.get(name) or "")
            before = str(self.initial.get(name) or "")
            if _plain(text) != _plain(before) and (here := self.doubts_in(text)):
                found[name] = here
                self._asked.append([name, _plain(text)])
        return found

    @property
    def keep_name(self) -> str:
        """The name of the box."""
        return str(self.add_prefix(KEEP))

    @property
    def keep_value(self) -> str:
        """What the box sends: a seal on the texts in doubt."""
        return salted_hmac("intake.guarded", json.dumps(self._asked)).hexdigest()

    @property
    def is_kept(self) -> bool:
        """Say whether somebody has looked at these very texts and wants them kept."""
        return constant_time_compare(str(self.data.get(self.keep_name, "")), self.keep_value)


def _plain(text: str) -> str:
    """Drop what a browser does to a text on its way."""
    return text.replace("\r\n", "\n").strip()

"""Refuses passwords that anyone who knows this programme would try first."""

import re
from typing import Final

from django.core.exceptions import ValidationError

from fans.people.models import Person

OBVIOUS: Final = (
    *("carehome", "care", "home", "homes", "friends", "neighbours", "neighbour", "fans"),
    *("champion", "coordinator", "manager", "password", "welcome", "letmein"),
)

MORE_LETTERS: Final = 4
"""Letters that have to be left once the obvious words are taken away."""


class ObviousWordsValidator:
    """Refuses a password that is little more than the programme's or the home's name."""

    def validate(self, password: str, user: object = None) -> None:
        """Raise ``ValidationError`` where hardly a letter is left beside obvious words."""
        left = _letters(password)
        for word in sorted({*OBVIOUS, *_home_names(user)}, key=len, reverse=True):
            left = left.replace(word, "")
        if len(left) < MORE_LETTERS < len(_letters(password)):
            raise ValidationError(
                "This is easy to guess for anyone who knows the programme or the home. "
                "Three or four words that do not belong together are better.",
                code="password_obvious",
            )

    def get_help_text(self) -> str:
        """Say what is wanted."""
        return "Not the name of the programme, of a role or of your home."


def _letters(text: str) -> str:
    return re.sub(r"[^a-z]", "", text.lower())


def _home_names(user: object) -> list[str]:
    if not isinstance(user, Person) or user.pk is None:
        return []
    names = user.memberships.filter(home__isnull=False).values_list("home__name", flat=True)
    return [letters for name in names if (letters := _letters(name))]

"""Who may decide about a suggestion: asked of the room that knows people and their roles.

That room lies above this one; it registers itself in its ``AppConfig.ready``.
"""

from collections.abc import Callable, Iterable
from typing import Any

Who = Callable[[str, object], Iterable[Any]]


def _nobody(action: str, about: object) -> Iterable[Any]:
    return ()


_asked: list[Who] = [_nobody]


def register(who: Who) -> None:
    """Say whom to ask; the last one counts."""
    _asked[:] = [who]


def who_may(action: str, about: object) -> list[Any]:
    """Return the people who may do something to an object, in order of their names."""
    return sorted(_asked[0](action, about), key=lambda person: (str(person), person.pk))

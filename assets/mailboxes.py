"""Whether an e-mail address looks like somebody's own. Pure.

Such an address is kept, but not shown, exported or fed until somebody has confirmed
that it is the place's: a register's word is not its owner's consent.
"""

import json
import re
from pathlib import Path
from typing import Final

_LISTS = json.loads(
    (Path(__file__).resolve().parent.parent / "fixtures" / "mailboxes.json").read_text("utf-8")
)
# A mailbox named after a task or a part of a place belongs to whoever has the task.
_TASKS: Final = frozenset(_LISTS["tasks"])
# Handed out to persons by a telephone company or a mail service.
_PERSONAL_HOSTS: Final = frozenset(_LISTS["personal_hosts"])
_PARTS = re.compile(r"[^a-z]+")
_ADDRESS = re.compile(r"[\w.+-]+@\w[\w-]*(?:\.\w[\w-]*)+")
LEFT_OUT: Final = "[left out]"
_SHORTEST_NAME: Final = 4


def is_personal_mailbox(address: str, *, name: str = "") -> bool:
    """Say whether an address looks like a person's rather than a place's.

    A task ("info", "bookings") makes it the place's, as does the place's own name or
    domain before the @. All else, and all else at a mail service, is taken as personal.
    """
    local, _, host = address.casefold().strip().rpartition("@")
    if not local:
        return bool(host)
    parts = [part for part in _PARTS.split(local) if part]
    if any(part in _TASKS for part in parts):
        return False
    provider = host.split(".")[0]
    known = {"".join(_PARTS.split(name.casefold()))}
    if provider not in _PERSONAL_HOSTS:
        known.add("".join(_PARTS.split(provider)))
    whole = "".join(parts)
    return not any(len(word) >= _SHORTEST_NAME and whole.startswith(word) for word in known)


def without_personal_mailboxes(text: str, *, name: str = "") -> str:
    """Return free text with "[left out]" for each address that looks like a person's."""
    if "@" not in text:
        return text

    def kept(found: re.Match[str]) -> str:
        return LEFT_OUT if is_personal_mailbox(found.group(), name=name) else found.group()

    return _ADDRESS.sub(kept, text)

"""The demo's people: whether they may sign in here, and with which passwords.

The demo is not a back door. It runs only beside the project's own cluster, on a
loopback address, and as long as no real person has an account.
"""

import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.conf import settings

from fans.people.models import Membership, Person

# No letters that can be read as another: people copy these from a screen.
_LETTERS: Final = "abcdefghkmnpqrstuvwxyz23456789"

DOES: Final = {
    "champion": "Puts places on the map, checks them, brings homes and neighbours together",
    "coordinator": "Logs what happens, finds partners near the home",
    "manager": "Sees how open the home is, answers for it",
    "facilitator": "Runs the cohort and its waves",
    "researcher": "Takes extracts with their data dictionary",
    "commissioner": "Areas and totals, no single homes",
    "volunteer_lead": "Meets volunteers, moves them on, decides about checks",
    "volunteer": "Sees the own way, logs hours, rests and comes back",
    "administrator": "Accounts and the admin pages",
}


@dataclass(frozen=True)
class DemoPerson:
    """Somebody to look around as."""

    name: str
    role: str
    does: str
    email: str
    password: str


def demo_may_sign_in() -> bool:
    """Say whether demo accounts open here at all."""
    return settings.DEMO_ALLOWED and not Person.objects.filter(is_demo=False).exists()


def demo_is_loaded() -> bool:
    """Say whether made-up people, and so made-up homes, are in this installation."""
    return settings.DEMO_ALLOWED and Person.objects.filter(is_demo=True).exists()


def demo_runs() -> bool:
    """Say whether the demo is loaded and its people may sign in."""
    return demo_is_loaded() and demo_may_sign_in()


def demo_people() -> list[DemoPerson]:
    """Return the people to look around as; none where the demo may not run."""
    if not demo_may_sign_in():
        return []
    passwords = read_passwords()
    held = (
        Membership.objects.filter(person__is_demo=True, person__email__in=passwords)
        .select_related("person", "home", "cohort", "area")
        .order_by("pk")
    )
    return [_shown(membership, passwords) for membership in held]


def _shown(membership: Membership, passwords: dict[str, str]) -> DemoPerson:
    scope = membership.home or membership.cohort or membership.area
    role = membership.get_role_display().lower()
    email = str(membership.person.email)
    return DemoPerson(
        name=membership.person.name,
        role=f"{role}, {scope}" if scope else role,
        does=DOES.get(membership.role, ""),
        email=email,
        password=passwords[email],
    )


def passwords_path() -> Path:
    """Return where this installation keeps the demo's passwords."""
    return Path(settings.STATE_DIR) / "demo_passwords.json"


def new_password() -> str:
    """Return a password of 12 letters and figures in three groups: about 58 bits."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3))


def read_passwords() -> dict[str, str]:
    """Return the demo's passwords by address; empty where none were made."""
    try:
        found: dict[str, str] = json.loads(passwords_path().read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return {}
    return found


def write_passwords(passwords: dict[str, str]) -> None:
    """Keep the demo's passwords where only this account can read them."""
    path = passwords_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    # 0600 from the first moment, not afterwards.
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(passwords, file, indent=2)


def forget_passwords() -> None:
    """Take the file with the demo's passwords away."""
    passwords_path().unlink(missing_ok=True)

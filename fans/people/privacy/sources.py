"""What is held on people where no key and no text column shows it."""

import json
from collections.abc import Iterator
from importlib import import_module
from typing import Any, Final

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import connection
from pghistory.models import Context

from fans.people.audit.models import AccessLog
from fans.people.post.addresses import hash_of_address
from fans.people.post.models import Returned, Stop
from fans.people.privacy.registry import Fate, Item, Kind
from fans.people.privacy.subject import Subject

PERSON_KEYS: Final = ("person", "person_id", "user", "user_id", "by", "by_id")
"""Names under which a job holds a person's id."""


class Sessions:
    """Where somebody is signed in, or was about to: packed, so that no search sees it."""

    name = "django_session"
    fate = Fate.DELETED
    kind = Kind(
        "Where you are signed in",
        "So that you need not sign in on every page",
        "At most 14 days, or until you sign out",
        "Your browser",
    )

    def items(self, subject: Subject) -> Iterator[Item]:
        """Yield their sessions, without the keys that open them."""
        for number, (session, _) in enumerate(self._theirs(subject), start=1):
            until = session.expire_date.isoformat()
            yield Item(f"session {number}", {"Lasts at most until": until})

    def erase(self, subject: Subject) -> int:
        """End theirs and nobody's; take their name out of those of others."""
        count = 0
        for session, held in list(self._theirs(subject)):
            if held.get(SESSION_KEY) in {None, str(subject.person_id)}:
                session.delete()
            else:
                store = import_module(settings.SESSION_ENGINE).SessionStore()
                session.session_data = store.encode(subject.finder.clean(held))
                session.save(update_fields=["session_data"])
            count += 1
        return count

    def _theirs(self, subject: Subject) -> Iterator[tuple[Session, dict[str, Any]]]:
        for session in Session.objects.order_by("expire_date").iterator():
            held = session.get_decoded()
            is_theirs = held.get(SESSION_KEY) == str(subject.person_id)
            if is_theirs or subject.finder.clean(held) != held:
                yield session, held


class Jobs:
    """Jobs in the queue, or done, that were given somebody's id, name or address."""

    name = "procrastinate_jobs"
    fate = Fate.DELETED
    kind = Kind(
        "Work that waits in the background",
        "So that mail and imports do not hold up the page",
        "Until the job is done",
        "This site",
    )

    def items(self, subject: Subject) -> Iterator[Item]:
        """Yield what each job is, and when it is due."""
        for pk, task, scheduled_at in self._theirs(subject):
            due = scheduled_at.isoformat() if scheduled_at else "as soon as possible"
            yield Item(str(pk), {"What": task, "When": due})

    def erase(self, subject: Subject) -> int:
        """Delete them: what they were about is gone."""
        theirs = [pk for pk, *_ in self._theirs(subject)]
        with connection.cursor() as cursor:
            # The clock's own note of a job stays, and points at none.
            cursor.execute(
                "UPDATE procrastinate_periodic_defers SET job_id = NULL WHERE job_id = ANY(%s)",
                [theirs],
            )
            cursor.execute("DELETE FROM procrastinate_jobs WHERE id = ANY(%s)", [theirs])
        return len(theirs)

    def _theirs(self, subject: Subject) -> list[tuple[int, str, Any]]:
        by_id = " OR ".join(["args ->> %s = %s"] * len(PERSON_KEYS))
        ids = [part for key in PERSON_KEYS for part in (key, str(subject.person_id))]
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT id, task_name, scheduled_at, args, lock, queueing_lock"  # noqa: S608
                f" FROM procrastinate_jobs WHERE {by_id}"
                " OR concat_ws(' ', args::text, lock, queueing_lock) ~* %s ORDER BY id",
                [*ids, subject.finder.rough or "$."],
            )
            rows = cursor.fetchall()
        return [row[:3] for row in rows if self._is_theirs(subject, *row[3:])]

    def _is_theirs(self, subject: Subject, args: Any, *locks: str | None) -> bool:
        held = json.loads(args) if isinstance(args, str) else args
        by_id = any(str(held.get(key)) == str(subject.person_id) for key in PERSON_KEYS)
        texts = [held, *filter(None, locks)]
        return by_id or subject.finder.clean(texts) != texts


class ChangesMade:
    """What somebody did, as the record of changes notes it beside each change."""

    name = "pghistory_context"
    fate = Fate.KEPT
    kind = Kind(
        "Changes that you made",
        "So that it can be seen who changed what, and when",
        "24 months; once you are erased, under a number that leads to nobody",
        "This site",
    )

    def items(self, subject: Subject) -> Iterator[Item]:
        """Yield when, and on which page by its name in the code."""
        notes = Context.objects.filter(metadata__contains={"person": subject.person_id})
        for note in notes.order_by("created_at").iterator():
            page = str(note.metadata.get("route", ""))
            yield Item(str(note.pk), {"When": note.created_at.isoformat(), "Page": page})

    def erase(self, subject: Subject) -> int:
        """Leave them: a number and a day, by which nobody is known."""
        return 0


class Looks:
    """Pages about people that somebody opened, or that were opened about them."""

    fate = Fate.KEPT

    def __init__(self, name: str, words: str, column: str) -> None:
        self.name = name
        self.column = column
        self.kind = Kind(
            words,
            "So that it can be seen who looked at data on people",
            "24 months; once you are erased, under a number that leads to nobody",
            "This site",
        )

    def items(self, subject: Subject) -> Iterator[Item]:
        """Yield when, and what was looked at; not by whom."""
        rows = AccessLog.objects.filter(**{self.column: self._wanted(subject)})
        for row in rows.order_by("at").iterator():
            what = f"{row.rows_count} x {row.kind}"
            yield Item(
                str(row.pk), {"When": row.at.isoformat(), "What": what, "For": row.action}
            )

    def erase(self, subject: Subject) -> int:
        """Leave them: a number and a day, by which nobody is known."""
        return 0

    def _wanted(self, subject: Subject) -> Any:
        return [subject.person_id] if self.column.endswith("contains") else subject.person_id


class Stops:
    """Addresses that want no mail, or that mail comes back from: kept as a keyed hash."""

    fate = Fate.KEPT

    def __init__(self, model: type[Stop] | type[Returned]) -> None:
        self.model = model
        self.name = model._meta.label
        self.kind = Kind(
            "That your address wants no more mail, or that mail comes back from it",
            "So that nobody writes to it again: only a code made of it is kept",
            "For good, also once you are erased: otherwise we would write to you again",
            "You, or your mail provider",
        )

    def items(self, subject: Subject) -> Iterator[Item]:
        """Yield what was said of their addresses."""
        hashes = [hash_of_address(email) for email in sorted(subject.marks.emails)]
        for row in self.model.objects.filter(address_hash__in=hashes).order_by("pk"):
            yield Item(str(row.pk), {"What": str(row), "When": row.at.isoformat()})

    def erase(self, subject: Subject) -> int:
        """Leave them: nobody is known by a hash, and nobody wants mail after all."""
        return 0

"""One home scored by a plan that the connection keeps.

The statement joins some forty tables and parts: planning it takes ten times as long as
running it, and a home's log waits for it.
"""

import datetime as dt
import hashlib
from typing import Any, Final

from django.db import connection

from fans.openness.lived import statements

_IS_THERE: Final = "SELECT EXISTS (SELECT FROM pg_prepared_statements WHERE name = %s)"


def refresh_one(home_id: int, *, day: dt.date) -> None:
    """Score a home that the caller's transaction holds as on ``day``, and store that."""
    with connection.cursor() as cursor:
        name = _prepared(statements.scoring_one(), statements.given())
        cursor.execute(f"EXECUTE {name} (%s, %s)", [day, home_id])


def _prepared(text: str, given: dict[str, Any]) -> str:
    """Prepare a statement of types (date, bigint), unless it is; return its name.

    The database is asked whether it is: whoever pools connections may have cleared this
    one. The name tells the words, so that a statement is never taken for another.
    """
    words = f"{text}{sorted(given.items())}".encode()
    name = f"lived_{hashlib.sha1(words, usedforsecurity=False).hexdigest()}"
    # Past Django's cursor, as the driver's own preparing is: no question of the page's.
    with connection.wrap_database_errors, connection.connection.cursor() as cursor:
        cursor.execute(_IS_THERE, [name])
        if not cursor.fetchone()[0]:
            cursor.execute(f"PREPARE {name} (date, bigint) AS {text}", given)
    return name

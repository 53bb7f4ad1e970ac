"""Looks through rows one by one, in the order of a query that ends after so many.

Django has no way to filter what a LIMIT has left: the query is written by Django, and what
is asked of its rows stands around it.
"""

from typing import Any, Final

from django.db import connections
from django.db.models import QuerySet

from assets.search import Wanted

# To make a text plain takes far longer than to see that it has not the letters.
_FITTING: Final = """
SELECT near.id FROM ({walk}) AS near
 WHERE CASE WHEN lower(near.text) ~ ALL(%s::text[])
            THEN assets_search_text(near.text, '', '', '') ~ ALL(%s::text[]) END
 LIMIT %s
"""
_WORDS: Final = """
SELECT DISTINCT regexp_split_to_table(assets_search_text(near.text, '', '', ''), '\\s+')
  FROM ({walk}) AS near
"""


def fitting_ids(rows: QuerySet[Any], asked: list[Wanted], limit: int) -> list[int]:
    """Return the ids of the first rows whose ``text`` has every word; stops at enough."""
    letters, patterns = [each.letters for each in asked], [each.pattern for each in asked]
    return [pk for (pk,) in _ask(rows, _FITTING, [letters, patterns, limit])]


def words_in(rows: QuerySet[Any]) -> set[str]:
    """Return the words in the ``text`` of all rows."""
    return {word for (word,) in _ask(rows, _WORDS, []) if word}


def _ask(rows: QuerySet[Any], around: str, more: list[Any]) -> list[tuple[Any]]:
    walk, params = rows.values_list("id", "text").query.sql_with_params()
    with connections[rows.db].cursor() as cursor:
        cursor.execute(around.format(walk=walk), [*params, *more])
        return list(cursor.fetchall())

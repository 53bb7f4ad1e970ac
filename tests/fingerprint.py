"""A fingerprint of all that the database holds, to show that nothing came of a request."""

from django.apps import apps
from django.db import connection

OF_THE_ASKER = {"django_session", "usersessions_usersession"}
"""A request may touch the session it came with."""


def tables(*, but: set[str] | None = None) -> list[str]:
    """Return the tables of every model: jobs, histories and joins too."""
    models = apps.get_models(include_auto_created=True)
    left_out = OF_THE_ASKER if but is None else but
    there_are = set(connection.introspection.table_names(include_views=True))
    return sorted(({model._meta.db_table for model in models} & there_are) - left_out)


def fingerprint(*, but: set[str] | None = None) -> dict[str, tuple[int, str]]:
    """Return each table's number of rows and a digest of all that stands in them."""
    quote = connection.ops.quote_name
    asked = " UNION ALL ".join(
        f"SELECT '{table}', count(*), md5(coalesce(string_agg(md5(t::text), ''"
        f" ORDER BY md5(t::text)), '')) FROM {quote(table)} AS t"
        for table in tables(but=but)
    )
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return {table: (count, digest) for table, count, digest in cursor.fetchall()}

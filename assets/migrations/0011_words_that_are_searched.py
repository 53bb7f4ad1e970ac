"""Look for words by their beginnings: a third of the size of all their trigrams."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.contrib.postgres.search import SearchVectorField
from django.db import migrations
from django.db.models import F, Func

# As in assets/search.py when this was written; a migration says the same for ever.
LETTERS = "àáâäãåçèéêëìíîïñòóôöõøùúûüýÿŵŷÀÁÂÄÃÅÇÈÉÊËÌÍÎÏÑÒÓÔÖÕØÙÚÛÜÝŸŴŶ"
WRITTEN = 2 * "aaaaaaceeeeiiiinoooooouuuuyywy"

TEXT = (
    "name || ' ' || description || ' ' || address || ' ' || postcode || ' '"
    " || replace(postcode, ' ', '')"
)
# translate() looks through its whole list for every letter: only where there is an accent.
SMALL = (
    f"CASE WHEN octet_length({TEXT}) = length({TEXT}) THEN lower({TEXT})"
    f" ELSE translate(lower({TEXT}), '{LETTERS}', '{WRITTEN}') END"
)
PLAIN = SMALL
for dropped in ("''", "’", "‘", "`", "´"):
    PLAIN = f"replace({PLAIN}, '{dropped}', '')"
for spaced in "-./_@:~+\\&<%":  # what else the parser would take for an address or a number
    PLAIN = f"replace({PLAIN}, '{spaced}', ' ')"

ARGUMENTS = "name text, description text, address text, postcode text"

# Neither calls the other: a restore makes the index with an empty search path.
FUNCTIONS = f"""
CREATE OR REPLACE FUNCTION assets_search_text({ARGUMENTS})
RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $body$ SELECT {PLAIN} $body$;

CREATE OR REPLACE FUNCTION assets_words({ARGUMENTS})
RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $body$
    SELECT to_tsvector('pg_catalog.simple'::regconfig, {PLAIN})
$body$;
"""

NO_FUNCTIONS = """
DROP FUNCTION IF EXISTS assets_words(text, text, text, text);
DROP FUNCTION IF EXISTS assets_search_text(text, text, text, text);
"""


class Migration(migrations.Migration):
    atomic = False  # PostgreSQL makes the index beside the table's work

    dependencies = [
        ("assets", "0010_nearest_of_each_kind"),
    ]

    operations = [
        migrations.RunSQL(FUNCTIONS, NO_FUNCTIONS),
        AddIndexConcurrently(
            model_name="asset",
            index=GinIndex(
                Func(
                    F("name"),
                    F("description"),
                    F("address"),
                    F("postcode"),
                    function="assets_words",
                    output_field=SearchVectorField(),
                ),
                name="assets_asset_words",
            ),
        ),
        RemoveIndexConcurrently(model_name="asset", name="assets_asset_search_trgm"),
    ]

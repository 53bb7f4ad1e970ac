"""What a search looks through: one text per asset, without case, accents and spaces."""

from typing import Final

from django.db.models import F, Func, TextField, Value
from django.db.models.functions import Concat, Lower, Replace

_LETTERS: Final = "àáâäãåçèéêëìíîïñòóôöõøùúûüýÿŵŷ"
# Capitals too: what a database's lower() knows depends on its locale.
ACCENTED: Final = _LETTERS + _LETTERS.upper() + "’‘"
PLAIN: Final = 2 * "aaaaaaceeeeiiiinoooooouuuuyywy" + "''"
_TO_PLAIN = str.maketrans(ACCENTED, PLAIN)

MOST_WORDS: Final = 6

# The index holds this very expression: PostgreSQL uses it only where both are the same.
SEARCH_TEXT: Final = Func(
    Lower(
        Concat(
            F("name"),
            Value(" "),
            F("description"),
            Value(" "),
            F("address"),
            Value(" "),
            F("postcode"),
            Value(" "),
            Replace(F("postcode"), Value(" "), Value("")),
            output_field=TextField(),
        )
    ),
    Value(ACCENTED),
    Value(PLAIN),
    function="TRANSLATE",
    output_field=TextField(),
)


def words_of(text: str) -> list[str]:
    """Return the words that must all occur, as ``SEARCH_TEXT`` writes them."""
    return text.lower().translate(_TO_PLAIN).split()[:MOST_WORDS]

"""What a log may hold of an error."""

import logging
import re
from types import TracebackType
from typing import Final, TypeAlias

_Raised: TypeAlias = (
    tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
)

_NEXT: Final = r"\n\n(?:The above exception|During handling)|\nCONTEXT:|\Z"
_ROW: Final = re.compile(rf"^DETAIL:.*?(?={_NEXT})", re.MULTILINE | re.DOTALL)
"""What PostgreSQL adds to its refusals: the whole row, with words, names and addresses."""


class WithoutRows(logging.Formatter):
    """Writes errors out without the rows that a database refused."""

    def formatException(self, ei: _Raised) -> str:  # noqa: N802 (the name that logging calls)
        """Write out where it happened and what was refused."""
        return _ROW.sub("DETAIL: left out", super().formatException(ei))

"""Pages of this part: HTTP alone, the work is in the services."""

from fans.openness.instruments.views.changing import (
    choose,
    draft,
    import_version,
    publish,
    put_back,
    withdraw,
)
from fans.openness.instruments.views.editing import add_sign, edit, edit_sign, leave_out, undo
from fans.openness.instruments.views.reading import (
    compare_versions,
    export,
    listing,
    read_version,
)

__all__ = [
    "add_sign",
    "choose",
    "compare_versions",
    "draft",
    "edit",
    "edit_sign",
    "export",
    "import_version",
    "leave_out",
    "listing",
    "publish",
    "put_back",
    "read_version",
    "undo",
    "withdraw",
]

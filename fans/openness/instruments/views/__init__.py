"""Pages of this part: HTTP alone, the work is in the services."""

from fans.openness.instruments.views.changing import (
    choose,
    draft,
    import_version,
    publish,
    put_back,
    withdraw,
)
from fans.openness.instruments.views.reading import (
    compare_versions,
    export,
    listing,
    read_version,
)

__all__ = [
    "choose",
    "compare_versions",
    "draft",
    "export",
    "import_version",
    "listing",
    "publish",
    "put_back",
    "read_version",
    "withdraw",
]

"""Static files with their content's hash in the name, compressed once."""

from collections.abc import Iterator
from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage

BUILT = "frontend/build/"


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Hash every file but the bundler's, which carry a hash already.

    Its chunks import each other by the bundler's names: hashed again, the same module
    would be loaded twice.
    """

    def post_process(
        self, paths: dict[str, Any], *args: Any, **options: Any
    ) -> Iterator[tuple[str, str | None, bool | Exception]]:
        own = {name: file for name, file in paths.items() if not name.startswith(BUILT)}
        yield from super().post_process(own, *args, **options)

    def stored_name(self, name: str) -> str:
        return name if name.startswith(BUILT) else super().stored_name(name)

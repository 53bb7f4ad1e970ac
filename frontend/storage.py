"""Static files with their content's hash in the name, compressed once."""

from collections.abc import Iterable, Iterator
from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage

BUILT = "frontend/build/"


class StaticStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Hash every file but the bundler's, which carry a hash already.

    Its chunks import each other by the bundler's names: hashed again, the same module
    would be loaded twice.
    """

    def post_process(
        self, paths: dict[str, Any], *args: Any, **options: Any
    ) -> Iterator[tuple[str, str | None, bool | Exception]]:
        own = {name: file for name, file in paths.items() if not name.startswith(BUILT)}
        yield from super().post_process(own, *args, **options)
        if not options.get("dry_run"):
            for name, compressed in self.compress_files(paths.keys() - own.keys()):
                yield name, compressed, True

    def compress_files(self, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
        # Pages name the hashed copies: compressing the originals too would take twice as long.
        named = set(self.hashed_files.values())
        wanted = [path for path in paths if path in named or path.startswith(BUILT)]
        yield from super().compress_files(wanted)

    def stored_name(self, name: str) -> str:
        return name if name.startswith(BUILT) else super().stored_name(name)

"""What is no file to be read: a folder, a link to nowhere, somebody else's file, a pipe."""

import os
from collections.abc import Callable
from pathlib import Path

from tests.damaged.good import HOMES, csv_text
from tests.damaged.kinds import damaged


@damaged("homes", "homes.csv", says="homes.csv: this is a folder, not a file")
def a_folder() -> Callable[[Path], None]:
    return Path.mkdir


@damaged("homes", "homes.csv", says="homes.csv: the file could not be opened")
def a_link_to_nowhere() -> Callable[[Path], None]:
    return lambda path: path.symlink_to(path.with_name("gone.csv"))


@damaged("homes", "homes.csv", says="homes.csv: the file could not be opened")
def a_link_to_itself() -> Callable[[Path], None]:
    return lambda path: path.symlink_to(path)


@damaged("homes", "homes.csv", says="homes.csv: the file could not be opened")
def no_file_at_all() -> Callable[[Path], None]:
    return lambda path: None


@damaged("homes", "homes.csv", says="homes.csv: this is no (ordinary )?file")
def a_pipe_that_nobody_writes_to() -> Callable[[Path], None]:
    return os.mkfifo


@damaged("homes", "homes.csv", says="homes.csv: this is no (ordinary )?file")
def a_device_without_end() -> Callable[[Path], None]:
    return lambda path: path.symlink_to("/dev/zero")


def _unreadable(path: Path) -> None:
    path.write_text(csv_text(HOMES))
    path.chmod(0)


@damaged(
    "homes", "homes.csv", says="homes.csv: the file could not be opened|read 3", whole=True
)
def a_file_that_may_not_be_read() -> Callable[[Path], None]:
    return _unreadable


@damaged("geojson", "map.geojson", says="map.geojson: this is a folder, not a file")
def a_folder_named_as_a_map() -> Callable[[Path], None]:
    return Path.mkdir

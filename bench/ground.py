"""The database that every bench begins with a copy of: tables, postcodes, areas, names."""

import zipfile
from pathlib import Path

from bench.child import run_child
from bench.task import Place

QUICK_POSTCODES = 4_000


def make_ground(place: Place) -> None:
    """Make it: with all postcodes of the package, or a few thousand made-up ones."""
    databases = place.databases
    databases.make("ground")
    environment = databases.environment("ground")
    place.say("making the tables")
    run_child(databases.manage("migrate", "--no-input"), environment)
    run_child(databases.manage("createcachetable"), environment)
    place.say("loading postcodes, areas and names")
    run_child(databases.manage("load_postcodes", *source_of(place)), environment)
    run_child(databases.manage("load_ground"), environment)
    with databases.connect("ground") as connection:
        connection.execute("VACUUM ANALYZE")


def source_of(place: Place) -> list[str]:
    """Return the arguments of ``load_postcodes`` for this run."""
    if not place.is_quick:
        return ["--from", "package"]
    path = place.folder / "made_up_postcodes.zip"
    if not path.exists():
        write_postcodes(path, QUICK_POSTCODES)
    return [str(path)]


def write_postcodes(path: Path, count: int) -> None:
    """Write made-up postcodes around Sale in the shape of OS Code-Point Open."""
    letters = "ABDEFGHJLNPQRSTUWXYZ"
    lines = (
        f'"M{n // 4000 + 1} {n // 400 % 10}{letters[n // 20 % 20]}{letters[n % 20]}",10,'
        f"{375_000 + 97 * (n % 200)},{385_000 + 89 * (n // 200)},"
        '"E92000001","","","","E08000009","E05000001"\r\n'
        for n in range(count)
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Doc/licence.txt", "Made up")
        archive.writestr("Data/CSV/m.csv", "".join(lines))

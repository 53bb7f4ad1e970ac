"""The shell library of bin/, called as the scripts call it."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


class Checkout:
    """A folder with the scripts and nothing else: what one command sees of the project."""

    def __init__(self, root: Path) -> None:
        self.root = root
        (root / "bin").mkdir(parents=True)
        (root / "bin/lib").symlink_to(ROOT / "bin/lib")
        (root / "var/log").mkdir(parents=True)

    def shell(self, script: str, **environment: str) -> subprocess.Popen[str]:
        """Start ``script`` with the library loaded and the cluster named."""
        lines = [f"set -eu; root={str(self.root)!r}"]
        lines += [f'. "$root/bin/lib/{part}.sh"' for part in ("common", "install", "cluster")]
        lines += ['use_cluster "$root/.pg" -c fsync=off', script]
        return subprocess.Popen(
            ["/bin/sh", "-c", "\n".join(lines)],
            env={"PATH": os.environ["PATH"], **environment},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def run(self, script: str, **environment: str) -> str:
        """Return what ``script`` printed; an exit code is an error."""
        process = self.shell(script, **environment)
        output, _ = process.communicate(timeout=120)
        assert process.returncode == 0, output
        return output

    @property
    def socket(self) -> Path | None:
        file = self.root / ".pg/socket"
        return Path(file.read_text().strip()) if file.exists() else None

    @property
    def data(self) -> Path:
        """Where the cluster's files are: in the project, or where root may not map users."""
        place = self.root / ".pg/place"
        return (Path(place.read_text().strip()) if place.exists() else place.parent) / "data"

    @property
    def server_pid(self) -> int | None:
        file = self.data / "postmaster.pid"
        return int(file.read_text().splitlines()[0]) if file.exists() else None


@pytest.fixture(scope="module")
def checkout(tmp_path_factory) -> Iterator[Checkout]:
    """A checkout in a path with a space."""
    checkout = Checkout(tmp_path_factory.mktemp("a folder") / "project")
    yield checkout
    shutil.rmtree(checkout.data.parent)


@pytest.fixture(scope="session")
def serve() -> ModuleType:
    """The module bin/lib/serve.py."""
    spec = spec_from_file_location("serve", ROOT / "bin/lib/serve.py")
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module

"""Writes of the research room: a study begins, an extract is taken away."""

import hashlib
import os
import tempfile
from pathlib import Path
from typing import IO

from django.db import transaction
from django.utils import timezone

from fans.cohorts.models import Cohort
from fans.people.models import Person
from fans.research.errors import FileExistsAlreadyError
from fans.research.extract import snapshot, write_extract
from fans.research.models import Extract, Study


@transaction.atomic
def make_study(*, name: str, cohort: Cohort) -> Study:
    """Begin a study on ``cohort``, with a key of its own for pseudonyms.

    Raises:
        ValidationError: the name is empty, too long or taken.
    """
    study = Study(name=name.strip(), cohort=cohort)
    study.full_clean()
    study.save()
    return study


def take_extract(*, study: Study, into: IO[bytes], by: Person | None) -> Extract:
    """Write the zip file of ``study`` into an empty, seekable file, and log that it was taken.

    ``by`` is None where somebody with access to the server took it.

    Raises:
        NobodyAgreedError: no home of the study's cohort has agreed to research.
    """
    with snapshot() as cursor:
        counts = write_extract(cursor, study=study, on=timezone.localdate(), into=into)
        counts["bytes"] = into.seek(0, os.SEEK_END)
        into.seek(0)
        digest = hashlib.file_digest(into, "sha256").hexdigest()  # type: ignore[arg-type]
        into.seek(0)
        extract = Extract(study=study, by=by, sha256=digest, counts=counts)
        extract.full_clean()
        extract.save()
    return extract


def save_extract(
    *, study: Study, out: Path, force: bool = False, by: Person | None = None
) -> Extract:
    """Take an extract into the file ``out``, which is there whole or not at all.

    Raises:
        FileExistsAlreadyError: ``out`` exists, and ``force`` was not said.
        NobodyAgreedError: no home of the study's cohort has agreed to research.
        OSError: the folder cannot be written to.
    """
    _refuse_existing(out, force)
    # Beside its place, so that the last step is a rename; readable by its owner alone.
    with tempfile.NamedTemporaryFile(
        dir=out.parent, prefix=f".{out.name}.", suffix=".part", delete=False
    ) as part:
        try:
            extract = take_extract(study=study, into=part, by=by)
            part.flush()
            os.fsync(part.fileno())
            _refuse_existing(out, force)
            Path(part.name).replace(out)
        except BaseException:
            Path(part.name).unlink(missing_ok=True)
            raise
    return extract


def _refuse_existing(out: Path, force: bool) -> None:
    if out.exists() and not force:
        raise FileExistsAlreadyError(f"{out} exists already. Say --force to replace it.")

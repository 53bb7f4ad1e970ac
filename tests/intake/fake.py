"""An importer of lists of words: what it writes are reports' rows of its own, made plain."""

import json
from dataclasses import dataclass, field
from typing import Any

from django import forms

from intake.errors import IntakeError
from intake.importers import Staged, Verdict, Written
from intake.models import ImportReport
from intake.report import Outcome, Refusal

MARK = "fake-word"


class WordOptions(forms.Form):
    """What is asked beside the file."""

    shout = forms.BooleanField(required=False, label="In capitals")
    most = forms.IntegerField(required=False, min_value=1, label="Longest word")


@dataclass
class WordImporter:
    """Reads a JSON list of words; a word is kept as the name of a marked report.

    ``null`` is refused; a word said twice repeats; one that ends in ``?`` is unsure;
    ``word=count`` writes a count, which may change.
    """

    slug: str = "words"
    label: str = "A list of words"
    batch_rows: int | None = 2
    options_form: type[forms.Form] = WordOptions
    # Called with the rows before they are written: tests break things here.
    before: Any = field(default=lambda rows: None)
    after: Any = field(default=lambda rows: None)
    calls: list[list[int]] = field(default_factory=list)

    def stage(self, source, options):
        words = json.loads(source.path.read_text())
        if not isinstance(words, list):
            raise IntakeError("the file holds no list", file=source.name)
        seen: set[str] = set()
        for number, word in enumerate(words, 1):
            if word == "stop":
                raise IntakeError("the file stops here", file=source.name, row=number)
            if word is None:
                yield Staged(
                    number, "", "No word", refusal=Refusal(number, "there is no word", "word")
                )
                continue
            name = word.partition("=")[0]
            lon, lat = (
                (-2.3 + number / 1000, 53.4) if name.startswith("place") else (None, None)
            )
            yield Staged(number, name, name, {"word": word}, lon, lat, repeats=name in seen)
            seen.add(name)

    def write(self, rows, options, *, by=None):
        self.calls.append([row.number for row in rows])
        self.before(rows)
        verdicts = [self._write(row, options) for row in rows]
        self.after(rows)
        return Written(verdicts, questions=sum("!" in row.key for row in rows), notes=["Done."])

    def _write(self, row, options):
        name, _, count = row.payload["word"].partition("=")
        if options.get("shout"):
            name = name.upper()
        if name.endswith("?") and not row.insist:
            return Verdict(row.number, Outcome.UNSURE, f"{name} may be another word")
        known = ImportReport.objects.filter(importer=MARK, file_name=name).first()
        wanted = int(count or 0)
        if known is None:
            ImportReport.objects.create(
                importer=MARK,
                file_name=name,
                sha256="",
                rows_read=wanted,
                rows_new=wanted,
                rows_changed=0,
                rows_same=0,
                rows_unsure=0,
                rows_refused=0,
            )
            return Verdict(row.number, Outcome.NEW)
        if known.rows_read == wanted:
            return Verdict(row.number, Outcome.SAME)
        before, known.rows_read, known.rows_new = known.rows_read, wanted, wanted
        known.save()
        return Verdict(
            row.number, Outcome.CHANGED, changes={"Count": (str(before), str(wanted))}
        )


def words():
    """The words that have been written."""
    rows = ImportReport.objects.filter(importer=MARK).order_by("file_name")
    return dict(rows.values_list("file_name", "rows_read"))

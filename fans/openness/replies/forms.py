"""What is asked when a home replies, points at evidence, or shares its picture."""

from typing import Any, Final

from django import forms
from django.db.models import Model, QuerySet

from fans.connections.models import Connection, Partnership
from fans.connections.wishes.models import Wish
from fans.openness.models import Wave
from fans.openness.replies.errors import RepliesError
from fans.openness.replies.models import Audience
from fans.openness.replies.models.reply import MOST_LETTERS
from homes.models import HomeAsset
from intake.free_text import Doubt
from intake.guarded import GuardedText
from intake.resident_text import resident_doubts

LATEST: Final = 50
"""So many entries of the log are offered: the latest up to the wave's last day."""


class GuardedWords(GuardedText):
    """Asks about first names, rooms and illnesses as well."""

    def doubts_in(self, text: str) -> list[Doubt]:
        """Return what may tell who in the home is meant."""
        return resident_doubts(text)


class ReplyForm(GuardedWords, forms.Form):
    """A few words beside the figures."""

    guarded = ("words",)

    words = forms.CharField(
        label="What should a reader know?",
        max_length=MOST_LETTERS,
        widget=forms.Textarea({"rows": 4}),
        help_text=f"Up to {MOST_LETTERS} letters, so that they fit on the one page. No names, "
        "no rooms, nothing about anybody’s health.",
        error_messages={
            "required": "Put a few words.",
            "max_length": f"Put at most {MOST_LETTERS} letters: the page has no more room.",
        },
    )


class EvidenceForm(GuardedWords, forms.Form):
    """One thing behind a sign: of our own records, a page on the web, or words."""

    guarded = ("words",)

    record = forms.ChoiceField(label="One of our own records", required=False)
    url = forms.URLField(
        label="Or a page on the web",
        required=False,
        max_length=300,
        assume_scheme="https",
        help_text="It begins with https:// or http://.",
        error_messages={"invalid": "Put a web address, such as https://example.org/page."},
    )
    words = forms.CharField(
        label="In a few words",
        required=False,
        max_length=200,
        help_text="What it shows; or alone, something that is written nowhere else. No names.",
    )

    def __init__(self, *args: Any, wave: Wave, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.records = _records_of(wave)
        groups = [
            (name, [(key, words) for key, (_, words) in rows.items()])
            for name, rows in self.records.items()
            if rows
        ]
        record: Any = self.fields["record"]
        record.choices = [("", "None of these"), *groups]

    def clean_url(self) -> str:
        """Take pages of the web alone: other addresses can do harm when followed."""
        url: str = self.cleaned_data["url"]
        if url and not url.lower().startswith(("http://", "https://")):
            raise forms.ValidationError("Put a web address: it begins with https://.")
        return url

    def clean(self) -> dict[str, Any]:
        """Ask for one thing, and for no two."""
        cleaned = super().clean() or self.cleaned_data
        pointed = [name for name in ("record", "url") if cleaned.get(name)]
        if len(pointed) > 1:
            self.add_error("url", "Choose a record or put a page, one at a time.")
        if not pointed and not cleaned.get("words") and not self.errors:
            self.add_error("record", "Choose a record, put a page, or say it in words.")
        return cleaned

    @property
    def chosen(self) -> dict[str, Any]:
        """What the service takes."""
        rows = {key: row for group in self.records.values() for key, (row, _) in group.items()}
        return {
            "record": rows.get(self.cleaned_data["record"]),
            "url": self.cleaned_data["url"],
            "words": self.cleaned_data["words"],
        }


class AudienceForm(forms.Form):
    """Whom it is about."""

    audience = forms.ChoiceField(
        choices=Audience.choices,
        error_messages={"invalid_choice": "Choose one of those on the page."},
    )


def refuse(form: forms.Form, error: RepliesError | forms.ValidationError) -> None:
    """Say what a service refused beside the question that is meant."""
    if isinstance(error, RepliesError):
        words = {error.field: [str(error)]}
    else:
        words = error.message_dict
    for field, lines in words.items():
        form.add_error(field if field in form.fields else None, lines)


Records = dict[str, dict[str, tuple[Any, str]]]


def _records_of(wave: Wave) -> Records:
    """Return what can be picked, by kind. Four queries."""
    home = wave.enrolment.home_id
    log: Any = Connection.objects.standing().filter(home=home).up_to(wave.closes_on)
    entries = log.select_related("partnership__partner__asset").order_by("-counted_on", "-pk")
    ties = Partnership.objects.filter(home=home).select_related("partner__asset")
    wishes = Wish.objects.filter(home=home).exclude(text="").order_by("-pk")[:LATEST]
    offers = HomeAsset.objects.filter(home=home, withdrawn_on__isnull=True)
    return {
        "Our log": {
            f"connection-{row.pk}": (
                row,
                f"{row.counted_day:%-d %b %Y}, {row.partnership.partner}",
            )
            for row in entries[:LATEST]
        },
        "Our ties": _named(ties, "partnership", lambda row: str(row.partner)),
        "Wishes": _named(wishes, "wish", lambda row: row.text),
        "What we offer": _named(offers, "home_asset", str),
    }


def _named(rows: QuerySet[Any], kind: str, say: Any) -> dict[str, tuple[Model, str]]:
    named = {f"{kind}-{row.pk}": (row, say(row)) for row in rows}
    return dict(sorted(named.items(), key=lambda item: item[1][1].lower()))

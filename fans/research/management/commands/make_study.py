"""``make_study --name NAME --cohort NAME``: begin a study on a cohort."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from fans.cohorts.models import Cohort
from fans.research.services import make_study


class Command(BaseCommand):
    """Begin a study; its pseudonyms get a key of their own."""

    help = "Begin a study on a cohort."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the study's name and the cohort's."""
        parser.add_argument("--name", required=True)
        parser.add_argument("--cohort", required=True, metavar="NAME")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the study, or say in a sentence why not."""
        cohort = Cohort.objects.filter(name=options["cohort"]).first()
        if cohort is None:
            known = "; ".join(Cohort.objects.values_list("name", flat=True)) or "none yet"
            raise CommandError(
                f"There is no cohort named “{options['cohort']}”. There are: {known}.",
                returncode=2,
            )
        try:
            study = make_study(name=options["name"], cohort=cohort)
        except ValidationError as error:
            raise CommandError(f"--name: {' '.join(error.messages)}", returncode=2) from error
        self.stdout.write(f"Study “{study}” on {cohort} made.")

"""What a log holds of an error."""

import logging
import logging.config
from copy import deepcopy
from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction

from fans.connections.ties.models import Approach
from tests import factories


@pytest.mark.django_db
def test_no_row_that_the_database_refused_stands_in_the_log():
    tie = factories.PartnershipFactory()
    with pytest.raises(IntegrityError) as raised, transaction.atomic():
        Approach.objects.create(
            partnership=tie, channel="pigeon", words="Ada is ill\n\nand alone"
        )
    assert "Ada is ill" in str(raised.value)
    failed = (raised.type, raised.value, raised.tb)
    record = logging.LogRecord("fans", logging.ERROR, "", 1, "It failed", None, failed)
    # As it is set up for the site: without what a test run does to handlers.
    configurator = logging.config.DictConfigurator(deepcopy(settings.LOGGING))
    plain: Any = configurator.configure_formatter(configurator.config["formatters"]["plain"])

    written = plain.format(record)

    assert "ties_approach_channel_known" in written
    assert "It failed" in written
    assert "Traceback" in written
    assert "Ada" not in written
    assert "alone" not in written

"""Two imports at once leave what one after the other would."""

import threading
from pathlib import Path

import pytest
from django.db import connections

from homes.models import Home, Registration
from homes.register_sync import import_homes

PLAIN = Path(__file__).parent / "data" / "plain.csv"


@pytest.mark.django_db(transaction=True)
def test_the_second_import_waits_for_the_first():
    reports = []

    def run() -> None:
        try:
            reports.append(import_homes(str(PLAIN)))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted((report.new, report.same) for report in reports) == [(0, 6), (6, 0)]
    assert Home.objects.count() == Registration.objects.count() == 6

"""One writer at a time for the log of a home."""

from homes.models import Home


def hold_log(home: Home) -> None:
    """Wait until nobody else writes this home's log, until the transaction ends.

    Then a submission sent twice finds its first row, and what is computed from the
    log inside the transaction sees all of it. Rows that point at the home need not wait.
    """
    Home.objects.select_for_update(no_key=True).only("pk").get(pk=home.pk)

"""Several who change one home at once: nobody waits for ever, and nothing is lost."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from assets.models import Asset
from fans.connections.services.log import log_connection
from fans.connections.services.tallies import enter_tally
from fans.openness.lived.models import Due, LivedScore
from fans.openness.lived.services import check_all, refresh_noted, score_all
from fans.openness.models import Score
from fans.openness.services import plan_waves, refresh_open_scores
from tests import factories


@pytest.mark.django_db(transaction=True)
def test_entries_tallies_refreshes_and_full_runs_at_once_lose_nothing():
    today = timezone.localdate()
    home, other = factories.HomeFactory(), factories.HomeFactory()
    plan_waves(enrolment=factories.EnrolmentFactory(home=home, starts_on=today))
    ties = [factories.PartnershipFactory(home=each) for each in (home, other)]
    score_all()

    def log(tie):
        log_connection(
            by=None, home=tie.home, partnership=tie, happened_on=today, direction="in"
        )

    def count_month(residents_out):
        enter_tally(by=None, home=home, month=today, residents_out=residents_out)

    def move_a_place(category):
        Asset.objects.filter(partner__partnerships=ties[0]).update(category=category)

    works = [
        *[(log, ties[0])] * 6,
        *[(log, ties[1])] * 2,
        *[(count_month, n) for n in (3, 4)],
        *[(move_a_place, kind) for kind in ("faith", "sport")],
        *[(lambda also: refresh_noted(also=also), also_open_waves)] * 2,
        *[(lambda _: score_all(), None)] * 2,
    ]
    start = Barrier(len(works))

    def run(work):
        try:
            start.wait(timeout=20)
            work[0](work[1])
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        list(pool.map(run, works))  # raises what any of them raised

    refresh_noted()
    assert not Due.objects.exists()
    assert LivedScore.objects.get(home=home).counts["visits_in"] == 6
    assert LivedScore.objects.get(home=other).counts["visits_in"] == 2
    assert Score.objects.get().evidence["observed"]["visits_in"] == 6
    assert check_all().different == 0


def also_open_waves(home_ids):
    refresh_open_scores(home_ids=home_ids)

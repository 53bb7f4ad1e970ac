"""Several at one wave at once, each in a connection of their own: nothing lost, one winner."""

import datetime as dt
import random
import threading
import time
import uuid

import pytest
from django.db import connections, transaction
from django.utils import timezone

from fans.connections.models import Connection
from fans.connections.services.locks import hold_log
from fans.connections.signals import log_changed
from fans.openness.errors import OpennessError, WaveClosedError
from fans.openness.models import Assessment, Score, Wave
from fans.openness.services import plan_waves, submit_assessment
from fans.openness.waves.errors import WindowError
from fans.openness.waves.services import close_wave, move_window, undo_close
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)
DAY = dt.timedelta(days=1)


def at_once(*works):
    """Start all at one moment; return what each gave, or the refusal it met."""
    start, given = threading.Barrier(len(works)), [None] * len(works)

    def run(number, work):
        try:
            start.wait(timeout=20)
            given[number] = work()
        except OpennessError as refusal:
            given[number] = refusal
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not any(thread.is_alive() for thread in threads)
    return given


def new_waves(cohort):
    """Enrol a home ten days ago; its month 0 is open today."""
    today = timezone.localdate()
    enrolment = factories.EnrolmentFactory(
        cohort=cohort, home=factories.HomeFactory(), starts_on=today - 10 * DAY
    )
    return plan_waves(enrolment=enrolment)


def test_one_of_two_who_close_a_wave_wins_and_the_other_hears_who_and_when():
    cohort = factories.CohortFactory()
    fay = factories.member("facilitator", cohort=cohort, name="Fay")
    flo = factories.member("facilitator", cohort=cohort, name="Flo")
    for _ in range(5):
        wave = new_waves(cohort)[0]

        given = at_once(
            lambda w=wave: close_wave(wave=w, by=fay), lambda w=wave: close_wave(wave=w, by=flo)
        )

        [winner] = [each for each in given if isinstance(each, Wave)]
        [loser] = [each for each in given if isinstance(each, WaveClosedError)]
        wave.refresh_from_db()
        assert wave.closed_by == winner.closed_by
        local = timezone.localtime(wave.closed_at)
        assert str(loser) == (
            f"{wave.closed_by.name} closed month 0 on {local:%-d %B %Y} at {local:%H:%M}."
        )
        assert Score.objects.filter(wave=wave).count() == 1


def test_every_answer_during_a_close_is_scored_or_in_the_addendum():
    cohort = factories.CohortFactory()
    fay = factories.member("facilitator", cohort=cohort, name="Fay")
    dice, late = random.Random(2026), 0  # noqa: S311 (the same pauses every time)
    for _ in range(4):
        wave = new_waves(cohort)[0]
        pauses = [dice.uniform(0, 0.15) for _ in range(6)]
        pause_of_close = dice.uniform(0.02, 0.12)

        def hand_in(number, pause, wave=wave):
            time.sleep(pause)
            # Sent twice, as phones do: it counts once.
            for _ in range(2):
                handed = submit_assessment(
                    wave=wave,
                    group="staff",
                    answers={"G1": number % 5},
                    by=None,
                    client_uuid=uuid.UUID(int=wave.pk * 100 + number),
                )
            return handed

        def close(pause, wave=wave):
            time.sleep(pause)
            return close_wave(wave=wave, by=fay)

        *handed, closed = at_once(
            *(lambda n=n, p=p: hand_in(n, p) for n, p in enumerate(pauses)),
            lambda p=pause_of_close: close(p),
        )

        assert all(isinstance(each, Assessment) for each in handed), handed
        assert isinstance(closed, Wave)
        kept = Assessment.objects.filter(wave=wave)
        assert kept.count() == 6
        in_time = kept.filter(is_late=False).order_by("pk")
        scored = Score.objects.get(wave=wave).evidence["assessed"]
        assert scored.get("G1", {}).get("staff", []) == [
            each.answers.get().value for each in in_time
        ]
        late += kept.filter(is_late=True).count()
    assert 0 < late < 24  # some came before the close and some after it


def test_a_close_waits_for_what_is_being_logged():
    wave = new_waves(factories.CohortFactory())[0]
    home = wave.enrolment.home
    tie = factories.PartnershipFactory(home=home)
    written, waiting = threading.Event(), threading.Event()

    def log():
        with transaction.atomic():
            hold_log(home)
            factories.ConnectionFactory(partnership=tie, happened_on=timezone.localdate())
            written.set()
            assert waiting.wait(timeout=20)
            time.sleep(0.1)
            log_changed.send(Connection, home_ids={home.pk})

    def close():
        assert written.wait(timeout=20)
        waiting.set()
        return close_wave(wave=wave, by=None)

    at_once(log, close)

    assert Score.objects.get(wave=wave).result["indicators"]["D1"]["raw"] == 1


def test_two_windows_moved_at_once_never_meet():
    waves = new_waves(factories.CohortFactory())
    first, second = waves[1], waves[2]
    meet = first.closes_on + (second.opens_on - first.closes_on) / 2

    given = at_once(
        lambda: move_window(
            wave=first, opens_on=meet - 20 * DAY, closes_on=meet + 2 * DAY, by=None
        ),
        lambda: move_window(
            wave=second, opens_on=meet - 2 * DAY, closes_on=meet + 20 * DAY, by=None
        ),
    )

    assert {type(each) for each in given} == {Wave, WindowError}
    first.refresh_from_db()
    second.refresh_from_db()
    assert first.closes_on < second.opens_on


def test_an_undo_and_an_answer_at_once_leave_no_answer_out():
    cohort = factories.CohortFactory()
    fay = factories.member("facilitator", cohort=cohort, name="Fay")
    for _ in range(3):
        wave = new_waves(cohort)[0]
        close_wave(wave=wave, by=fay)

        at_once(
            lambda w=wave: undo_close(wave=w, by=fay),
            *(
                lambda w=wave, v=v: submit_assessment(
                    wave=w, group="staff", answers={"G1": v}, by=None
                )
                for v in range(3)
            ),
        )

        scored = Score.objects.get(wave=wave).evidence["assessed"]["G1"]["staff"]
        assert sorted(scored) == [0, 1, 2]
        assert not wave.assessments.filter(is_late=True).exists()

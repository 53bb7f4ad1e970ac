"""The scene that extracts are taken of."""

import pytest
import time_machine

from tests.fans.research.scene import TODAY, Scene, study_of_six


@pytest.fixture
def scene(db) -> Scene:
    """The Marchbanks study on 1 December 2026."""
    with time_machine.travel(TODAY, tick=False):
        yield study_of_six()

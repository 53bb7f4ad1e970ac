"""The scoring algorithms by number.

An algorithm that has scored a stored wave is never changed: a change is a new number.
"""

from collections.abc import Callable, Mapping

from fans.openness.algorithms import algorithm_1, algorithm_2
from fans.openness.evidence import Evidence
from fans.openness.instrument import Instrument
from fans.openness.result import Score

Algorithm = Callable[[Instrument, Evidence], Score]

ALGORITHMS: Mapping[int, Algorithm] = {1: algorithm_1.score, 2: algorithm_2.score}

"""The shape of a suggestion: parts with reasons, and a total that is only their sum."""

import pytest

from fans.connections.fitting import Fit, Part


def half(name: str, *, value: float) -> Part:
    return Part(name=name, label=name.title(), value=value, weight=0.5, words="why")


def test_the_total_is_the_weighted_sum_of_the_parts() -> None:
    fit = Fit((half("reach", value=1.0), half("room", value=0.4)))

    assert fit.total == pytest.approx(0.7)
    assert fit.percent == 70


def test_a_part_is_found_by_its_name() -> None:
    fit = Fit((half("reach", value=1.0), half("room", value=0.4)))

    assert fit.part("room").percent == 40
    with pytest.raises(KeyError):
        fit.part("luck")


@pytest.mark.parametrize("value", [-0.1, 1.1, float("nan")])
def test_a_part_outside_nought_and_one_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="reach"):
        half("reach", value=value)


def test_parts_that_do_not_make_a_whole_are_refused() -> None:
    with pytest.raises(ValueError, match="add up to 1"):
        Fit((half("reach", value=1.0),))

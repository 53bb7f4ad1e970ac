"""A report that several benches share."""

import pytest

from bench.page import SharedPage

PAGE = SharedPage("map", "The map", "All of it.")
ORDER = ["low", "tiles", "view"]


def test_a_part_measured_again_leaves_the_others_as_they_stand(tmp_path):
    PAGE.write(tmp_path, {"view": "## View\n\n2 s\n", "low": "## Low\n\n3 ms\n"}, ORDER)
    first = (tmp_path / "map.md").read_text()

    text = PAGE.write(tmp_path, {"low": "## Low\n\n4 ms\n"}, ORDER)

    assert text == (tmp_path / "map.md").read_text() == first.replace("3 ms", "4 ms")
    assert text.index("## Low") < text.index("## View") < text.index("## To repeat it")


@pytest.mark.parametrize("name", ORDER)
def test_parts_keep_their_order_whichever_is_measured_first(tmp_path, name):
    for each in (name, *ORDER):
        text = PAGE.write(tmp_path, {each: f"## {each}\n"}, ORDER)

    assert [line[3:] for line in text.splitlines() if line.startswith("## ")] == [
        *ORDER,
        "To repeat it",
    ]

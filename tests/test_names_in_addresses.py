"""No form puts what somebody typed about a person into the address.

The site's own pages are asked by the walk in ``tests.test_headers``.
"""

import pytest

from tests.names_in_addresses import assert_no_name_is_typed, typed_into_addresses
from tests.walk import ADMIN, ask, country, here, send

__all__ = ["ask", "country", "here", "send"]  # fixtures


@pytest.mark.parametrize("route", [name for name in ADMIN if "changelist" in name])
def test_no_list_of_the_administration_puts_a_name_into_the_address(route, ask, here):
    with ask("administrator", "get", route, here) as response:
        assert response.status_code == 200
        assert_no_name_is_typed(response.content.decode(), route)


def test_a_form_that_gets_a_name_would_be_found():
    form = '<form {}><input type="hidden" name="x"><input class="in" name="q"></form>'

    assert typed_into_addresses(form.format('method="get"')) == {"q"}
    assert typed_into_addresses(form.format('action="/"')) == {"q"}
    assert typed_into_addresses(form.format('method="post"')) == set()

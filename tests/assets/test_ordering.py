"""What is stale comes last, whatever the order and wherever a page is cut."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from assets.choices import CheckState
from assets.filters import AssetQuery
from assets.models import Asset
from assets.ordering import NearestFirst
from tests import factories
from tests.factories import SALE

HERE = (SALE.x, SALE.y)


class TestPages(TestCase):
    """Pages taken one after the other are the whole, once each, stale ones at the end."""

    @settings(max_examples=15)
    @given(
        states=st.lists(st.sampled_from(CheckState), max_size=9),
        size=st.integers(1, 4),
        near=st.booleans(),
    )
    def test_hold_every_asset_once(self, states, size, near):
        made = [factories.AssetFactory(name="Same name", check_state=state) for state in states]
        query = AssetQuery(near=HERE if near else None, page_size=size)
        rows = Asset.objects.all()
        pages = range(1, len(made) // size + 2)

        asked = [AssetQuery(near=query.near, page=page, page_size=size) for page in pages]
        api = [asset.pk for page in asked for asset in page.page_of(rows)]
        whole = query.rows(rows)
        cut = [a.pk for page in pages for a in whole[(page - 1) * size : page * size]]

        stale = {asset.pk for asset in made if asset.check_state == CheckState.STALE}
        for found in (api, cut, [asset.pk for asset in whole], [a.pk for a in whole[0:]]):
            assert sorted(found) == sorted(asset.pk for asset in made)
            assert set(found[len(found) - len(stale) :]) == stale
        assert len(whole) == len(made)


@pytest.mark.django_db
def test_a_page_from_the_nearest_on_costs_the_same_however_many(django_assert_num_queries):
    factories.AssetFactory.create_batch(3)
    factories.AssetFactory(check_state=CheckState.STALE)
    rows = NearestFirst(Asset.objects.all(), to=SALE)

    with django_assert_num_queries(2):
        assert len(rows[0:3]) == 3
    assert rows[3].check_state == CheckState.STALE


@pytest.mark.django_db
def test_of_many_at_one_spot_the_older_come_first_on_every_page(django_assert_num_queries):
    made = [asset.pk for asset in factories.AssetFactory.create_batch(30)]
    factories.AssetFactory(location=factories.metres_east(SALE, 50))
    made.append(Asset.objects.latest("pk").pk)
    rows = NearestFirst(Asset.objects.all(), to=SALE)

    pages = [[asset.pk for asset in rows[start : start + 4]] for start in range(0, 32, 4)]

    assert [pk for page in pages for pk in page] == made
    with django_assert_num_queries(3):  # a few more, then many more, then the page
        list(rows[0:4])
    with django_assert_num_queries(2):  # a few more tell that the last has no equal
        list(rows[30:31])

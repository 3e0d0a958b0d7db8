from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.product import LocalProduct, running_product

_TOLD_AT_ONCE = ("--update-email-minutes", "0", "--at-any-hour")


@pytest.fixture(scope="session")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalProduct]:
    """The packaged product with the demo's accounts and eighty freelancers, shared by all journeys.

    Changes are told at once instead of every quarter of an hour, and at any hour. Journeys that stop or kill the
    product start one of their own.
    """
    with running_product(tmp_path_factory.mktemp("product"), *_TOLD_AT_ONCE) as running:
        yield running

from __future__ import annotations

import pytest

from tests.support.notification_fakes import PostOffice


@pytest.fixture
def office() -> PostOffice:
    return PostOffice()

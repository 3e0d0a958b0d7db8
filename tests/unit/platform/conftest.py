from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from chalicelib.platform import signing


@pytest.fixture(scope="module")
def signing_key() -> Iterator[None]:
    """A key to sign with, without an account to keep it in."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(signing, "settings", lambda: SimpleNamespace(signing_secret_arn="secret"))
        patch.setattr(signing, "_key", lambda arn: f"key of {arn}")
        yield

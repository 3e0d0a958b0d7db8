"""Modules that are loaded when first used: a function that starts pays for what it does, not for all that it could do.

    if TYPE_CHECKING:
        from chalicelib.things import schemas, wiring
    else:
        schemas, wiring = lazily("chalicelib.things.schemas"), lazily("chalicelib.things.wiring")

The schemas and models of every context are half of what importing `app` would cost, and one call uses one context's.
"""

from __future__ import annotations

import sys
from importlib.util import LazyLoader, find_spec, module_from_spec
from types import ModuleType


def lazily(name: str) -> ModuleType:
    """The module, which is run when something of it is first asked for; at once when it is loaded already.

    Raises ModuleNotFoundError when there is none of that name.
    """
    if name in sys.modules:
        return sys.modules[name]
    spec = find_spec(name)
    if spec is None or spec.loader is None:
        raise ModuleNotFoundError(name)
    spec.loader = LazyLoader(spec.loader)
    module = module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module

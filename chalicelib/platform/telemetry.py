"""Structured logs and metrics. A log line carries ids and codes, never an e-mail address, a name or a text.

Importing this module imports no boto3. Call `log.info("code", some_id=…)`: the message is a stable code,
the rest are fields.
"""

from __future__ import annotations

import os
import re
from contextvars import ContextVar
from typing import Any

from aws_lambda_powertools import Logger

_CORRELATION = re.compile(r"^[A-Za-z0-9-]{8,64}$")
_correlation_id: ContextVar[str] = ContextVar("correlation_id", default="")
_acting: ContextVar[str | None] = ContextVar("acting", default=None)

#: Where CloudWatch keeps our own metrics; alarms name it.
NAMESPACE = "PlotPoint"
_logger = Logger(service="plot-point", log_uncaught_exceptions=False)


class _Log:
    """A narrow face on the logger: a code and fields, so that no sentence with a name in it slips in."""

    def info(self, code: str, **fields: Any) -> None:
        _logger.info(code, extra=self._with_context(fields), stacklevel=3)

    def warning(self, code: str, **fields: Any) -> None:
        _logger.warning(code, extra=self._with_context(fields), stacklevel=3)

    def error(self, code: str, **fields: Any) -> None:
        _logger.error(code, extra=self._with_context(fields), stacklevel=3)

    def failure(self, code: str, error: BaseException, **fields: Any) -> None:
        """An unexpected exception: its type and where it was raised, not its message (it may quote data)."""
        frames = []
        trace = error.__traceback__
        while trace is not None:
            code_object = trace.tb_frame.f_code
            frames.append(f"{code_object.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno}:{code_object.co_name}")
            trace = trace.tb_next
        where = frames[-8:]
        _logger.error(
            code, extra=self._with_context({**fields, "error": type(error).__name__, "where": where}), stacklevel=3
        )

    @staticmethod
    def _with_context(fields: dict[str, Any]) -> dict[str, Any]:
        return {"correlation_id": _correlation_id.get(), **fields}


log = _Log()


def count(metric: str, value: int = 1) -> None:
    """Counts something in CloudWatch (the embedded metric format, on this log line), per environment."""
    _measure(metric, "Count", value)


def measure_seconds(metric: str, value: float) -> None:
    """Tells CloudWatch a length of time, or an age, per environment."""
    _measure(metric, "Seconds", value)


def _measure(metric: str, unit: str, value: float) -> None:
    from aws_lambda_powertools.metrics import MetricUnit, single_metric

    environment = os.environ.get("ENVIRONMENT", "local")
    with single_metric(name=metric, unit=MetricUnit(unit), value=value, namespace=NAMESPACE) as one:
        one.add_dimension(name="environment", value=environment)


def correlation_id() -> str:
    """The id that follows one user action through every function it sets off; empty outside of one."""
    return _correlation_id.get()


def follow(value: str | None) -> None:
    """Continues under this correlation id, for nobody. A value of another form is dropped: it would be free text in
    logs."""
    _correlation_id.set(value if value and _CORRELATION.fullmatch(value) else "")
    _acting.set(None)


def acting() -> str | None:
    """The account whose request this is; None for whoever has none, and for what runs by itself."""
    return _acting.get()


def act_for(sub: str) -> None:
    """What is done from here on, until `follow` begins something else, is done by this account."""
    _acting.set(sub)

"""The functions that parked the records: each replay runs in the consumer's own, with its code and its rights."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chalicelib.failures.models import Outcome
from chalicelib.platform.functions import Crashed, NotRun, Unanswered, invoke
from chalicelib.platform.telemetry import log


class LambdaConsumers:
    """`functions`: the name of a consumer to the name of its function in this account."""

    def __init__(self, functions: Mapping[str, str]) -> None:
        self._functions = functions

    def run(self, consumer: str, record: dict[str, Any]) -> Outcome:
        function = self._functions.get(consumer)
        if function is None:
            log.warning("replay_refused", consumer=consumer, cause="unknown_consumer")
            return "refused"
        try:
            answer = invoke(function, {"Records": [record]})
        except NotRun as refusal:
            log.warning("replay_refused", consumer=consumer, cause=str(refusal))
            return "refused"
        except Crashed:
            return "crashed"
        except Unanswered:
            return "unanswered"
        if not isinstance(answer, dict) or not isinstance(answer.get("batchItemFailures"), list):
            return "crashed"  # it ran and did not end as a handler of ours does
        return "handed_back" if answer["batchItemFailures"] else "succeeded"

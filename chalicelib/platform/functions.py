"""Running another Lambda function and waiting for its answer, once: a call whose end is not known is never repeated."""

from __future__ import annotations

import json
from typing import Any

from chalicelib.platform.clients import client

#: Longer than any function lives (30 s), so that silence means that the answer was lost and not that it is late.
ANSWER_SECONDS = 40


class NotRun(Exception):
    """The function was refused before it started. The text is the service's code."""


class Crashed(Exception):
    """The function ended in an error or in a time-out: what it did before, nobody knows."""


class Unanswered(Exception):
    """Neither an answer nor a refusal came: it may have run."""


def invoke(function: str, event: dict[str, Any]) -> Any:
    """What the function answers. Raises NotRun, Crashed, Unanswered."""
    from botocore.exceptions import BotoCoreError, ClientError, ConnectTimeoutError, EndpointConnectionError

    caller = client("lambda", answer_seconds=ANSWER_SECONDS, attempts=1)
    try:
        answer = caller.invoke(FunctionName=function, Payload=json.dumps(event, ensure_ascii=False).encode())
        body = answer["Payload"].read()
    except ClientError as error:
        if error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 500) < 500:
            raise NotRun(error.response["Error"]["Code"]) from error
        raise Unanswered from error
    except (ConnectTimeoutError, EndpointConnectionError) as error:
        raise NotRun("unreachable") from error
    except BotoCoreError as error:
        raise Unanswered from error
    if "FunctionError" in answer:
        raise Crashed
    try:
        return json.loads(body)
    except ValueError:
        raise Crashed from None

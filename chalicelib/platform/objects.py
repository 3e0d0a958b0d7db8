"""One S3 bucket as the code that owns it uses it: whole objects in and out, and leave for others to move one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from chalicelib.platform.clients import client
from chalicelib.platform.errors import Retryable
from chalicelib.platform.settings import settings

#: How many keys S3 takes in one deletion.
DELETE_LIMIT = 1000

#: Objects are large: their first byte, or the answer to their last one, may take longer than a table's.
ANSWER_SECONDS = 20


class Bucket:
    """Raises Retryable for failures that pass."""

    def __init__(self, name: str) -> None:
        self.name = name

    def put(self, key: str, content: bytes, media_type: str | None = None) -> None:
        """The whole object or, when this does not return, perhaps none; never a part of it."""
        said = {} if media_type is None else {"ContentType": media_type}
        self._call("put_object", Key=key, Body=content, **said)

    def get(self, key: str) -> bytes | None:
        """The object as last put, or None."""
        answer = self._call("get_object", Key=key)
        if answer is None:
            return None
        from botocore.exceptions import BotoCoreError

        try:
            content: bytes = answer["Body"].read()
        except (BotoCoreError, OSError) as error:
            raise Retryable("object_cut_short") from error
        return content

    def keys(self, prefix: str) -> list[str]:
        """Every key that begins so, in order. For prefixes under which little lies."""
        found: list[str] = []
        more: dict[str, str] = {}
        while True:
            answer = self._call("list_objects_v2", Prefix=prefix, **more)
            found += [entry["Key"] for entry in answer.get("Contents", [])]
            if not answer.get("IsTruncated"):
                return found
            more = {"ContinuationToken": answer["NextContinuationToken"]}

    def delete(self, keys: Sequence[str]) -> None:
        """Those that exist are gone afterwards. Raises Retryable when one of them could not be deleted."""
        for start in range(0, len(keys), DELETE_LIMIT):
            listed = [{"Key": key} for key in keys[start : start + DELETE_LIMIT]]
            answer = self._call("delete_objects", Delete={"Objects": listed, "Quiet": True})
            if answer.get("Errors"):
                raise Retryable("object_not_deleted")

    def upload_form(self, key: str, media_type: str, maximum_bytes: int, seconds: int) -> tuple[str, dict[str, str]]:
        """Where, and with which fields before the file, a browser posts one object: to exactly this key, of exactly
        this type, of 1 byte to so many, stored encrypted, and begun within so many seconds. Raises Retryable."""
        fields = {"Content-Type": media_type, "x-amz-server-side-encryption": "AES256"}
        conditions = [{name: value} for name, value in fields.items()]
        form = self._sign(
            "generate_presigned_post",
            Key=key,
            Fields=dict(fields),
            Conditions=[*conditions, ["content-length-range", 1, maximum_bytes]],
            ExpiresIn=seconds,
        )
        # The policy that is signed names the bucket, not the host: the form is as good behind the site's own origin.
        through_the_site = settings().files_url
        url = f"{through_the_site}/{self.name}" if through_the_site else str(form["url"])
        return url, {str(name): str(value) for name, value in form["fields"].items()}

    def download_link(self, key: str, name: str, media_type: str, seconds: int, *, inline: bool = False) -> str:
        """An address that gives this object, for so many seconds to whoever has it, under that name: as a download or,
        `inline`, for a browser to show where it can, as that type and no other. Raises Retryable."""
        asked = {
            "Bucket": self.name,
            "Key": key,
            "ResponseContentDisposition": _disposition("inline" if inline else "attachment", name),
            "ResponseContentType": media_type,
            "ResponseCacheControl": "no-store",
        }
        return str(self._sign("generate_presigned_url", ClientMethod="get_object", Params=asked, ExpiresIn=seconds))

    def _sign(self, operation: str, **arguments: Any) -> Any:
        """Signing calls nobody, but may have to fetch the credentials that it signs with."""
        from botocore.exceptions import BotoCoreError

        if operation == "generate_presigned_post":
            arguments["Bucket"] = self.name
        try:
            return getattr(client("s3", answer_seconds=ANSWER_SECONDS), operation)(**arguments)
        except BotoCoreError as error:
            raise Retryable("s3_unsigned") from error

    def _call(self, operation: str, **arguments: Any) -> Any:
        """The answer; None for an object that is not there."""
        from botocore.exceptions import BotoCoreError, ClientError

        s3 = client("s3", answer_seconds=ANSWER_SECONDS)
        try:
            return getattr(s3, operation)(Bucket=self.name, **arguments)
        except ClientError as error:
            if error.response["Error"]["Code"] == "NoSuchKey":
                return None
            status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 500)
            if status >= 500 or status == 429:
                raise Retryable("s3_busy") from error
            raise
        except (BotoCoreError, OSError) as error:
            raise Retryable("s3_unreachable") from error


#: What stands for itself in a header: letters and digits of ASCII, and of the marks those without a meaning there.
_PLAIN = re.compile(r"[^A-Za-z0-9 ._()-]")


def _disposition(how: str, name: str) -> str:
    """RFC 6266: the name as it is for programs that read RFC 8187, and a plain one for those that do not."""
    plain = _PLAIN.sub("_", unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii"))
    if plain == name:
        return f'{how}; filename="{plain}"'
    return f"{how}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"

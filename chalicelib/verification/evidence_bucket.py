"""Where files of evidence lie."""

from __future__ import annotations

from chalicelib.platform.objects import Bucket


class EvidenceBucket:
    def __init__(self, bucket: Bucket) -> None:
        self._bucket = bucket

    def upload(self, key: str, media_type: str, maximum_bytes: int, seconds: int) -> tuple[str, dict[str, str]]:
        return self._bucket.upload_form(key, media_type, maximum_bytes, seconds)

    def read(self, key: str) -> bytes | None:
        return self._bucket.get(key)

    def put(self, key: str, content: bytes, media_type: str) -> None:
        self._bucket.put(key, content, media_type)

    def under(self, prefix: str) -> list[str]:
        return self._bucket.keys(prefix)

    def delete(self, keys: list[str]) -> None:
        self._bucket.delete(keys)

    def link(self, key: str, name: str, media_type: str, seconds: int, *, inline: bool) -> str:
        return self._bucket.download_link(key, name, media_type, seconds, inline=inline)

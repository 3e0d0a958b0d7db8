"""The bucket of evidence as S3 plays it: what a form takes, what a link gives."""

from __future__ import annotations

import base64
import json
from urllib.parse import parse_qs, urlsplit

import pytest

from chalicelib.platform.clients import client
from chalicelib.platform.objects import Bucket
from chalicelib.verification.evidence_bucket import EvidenceBucket
from tests.support.environment import EVIDENCE_BUCKET, REGION


def bucket() -> EvidenceBucket:
    return EvidenceBucket(Bucket(EVIDENCE_BUCKET))


def test_a_form_is_signed_for_one_key_one_type_a_size_and_encryption(aws: None) -> None:
    url, fields = bucket().upload("quarantine/case-1/file-1", "application/pdf", 10_000_000, 600)
    assert url == f"https://plot-point.test/files/{EVIDENCE_BUCKET}"
    policy = json.loads(base64.b64decode(fields["policy"]))
    conditions = policy["conditions"]
    assert {"key": "quarantine/case-1/file-1"} in conditions
    assert {"Content-Type": "application/pdf"} in conditions
    assert {"x-amz-server-side-encryption": "AES256"} in conditions
    assert {"bucket": EVIDENCE_BUCKET} in conditions
    assert ["content-length-range", 1, 10_000_000] in conditions
    # Nothing is left open: every condition but the size is an exact value.
    assert [one for one in conditions if isinstance(one, list)] == [["content-length-range", 1, 10_000_000]]
    assert fields["key"] == "quarantine/case-1/file-1"
    assert fields["Content-Type"] == "application/pdf"
    assert fields["x-amz-server-side-encryption"] == "AES256"


@pytest.mark.parametrize(("inline", "how"), [(True, "inline"), (False, "attachment")])
def test_a_link_opens_one_file_for_five_minutes_as_it_is_asked(aws: None, inline: bool, how: str) -> None:
    url = urlsplit(bucket().link("evidence/case-1/file-1/abc", "file-1.pdf", "application/pdf", 300, inline=inline))
    asked = {name: values[0] for name, values in parse_qs(url.query).items()}
    assert (url.netloc, url.path) == (f"{EVIDENCE_BUCKET}.s3.{REGION}.amazonaws.com", "/evidence/case-1/file-1/abc")
    assert asked["X-Amz-Expires"] == "300"
    assert asked["response-content-disposition"] == f'{how}; filename="file-1.pdf"'
    assert asked["response-content-type"] == "application/pdf"
    assert asked["X-Amz-Algorithm"] == "AWS4-HMAC-SHA256"


def test_files_come_and_go_and_keep_their_type(aws: None) -> None:
    files = bucket()
    assert files.read("evidence/a/b/1") is None
    files.put("evidence/a/b/1", b"%PDF", "application/pdf")
    files.put("evidence/a/bc/1", b"other", "image/png")
    assert files.read("evidence/a/b/1") == b"%PDF"
    assert client("s3").head_object(Bucket=EVIDENCE_BUCKET, Key="evidence/a/b/1")["ContentType"] == "application/pdf"
    assert files.under("evidence/a/b/") == ["evidence/a/b/1"]
    files.delete(["evidence/a/b/1", "evidence/never/there"])
    assert files.read("evidence/a/b/1") is None
    assert files.read("evidence/a/bc/1") == b"other"

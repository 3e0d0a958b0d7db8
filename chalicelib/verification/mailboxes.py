"""Whose mailbox an address is: the same under several spellings, a company's own or one that anybody can open."""

from __future__ import annotations

import json
import re
from functools import cache
from hashlib import sha256
from pathlib import Path

_ADDRESS = re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")

#: Services whose addresses are one mailbox whatever dots stand in them.
_DOTS_MEAN_NOTHING = {"gmail.com", "googlemail.com"}


def is_address(text: str) -> bool:
    # What is no ASCII may become it in lower case, such as the sign of kelvins.
    return text.isascii() and _ADDRESS.fullmatch(text.lower()) is not None and len(text) <= 254


def domain_of(address: str) -> str:
    return address.lower().rpartition("@")[2]


def is_at(address: str, domain: str) -> bool:
    """On the domain itself or below it."""
    there, wanted = domain_of(address), domain.lower().strip(".")
    return there == wanted or there.endswith("." + wanted)


def mailbox(address: str) -> str:
    """What two addresses of one mailbox share, without saying what it is: `lea.roc+pp@maison.test` and
    `Lea.Roc@maison.test`. Of dots, only Gmail is known to take no notice.

    Two persons' addresses that differ in more never share it; it is a digest, to compare and not to write to.
    """
    local, _, domain = address.lower().rpartition("@")
    local = local.partition("+")[0] or local
    if domain in _DOTS_MEAN_NOTHING:
        local, domain = local.replace(".", ""), "gmail.com"
    return sha256(f"{local}@{domain}".encode()).hexdigest()


def likeness(address: str) -> str:
    """Like `mailbox`, taking no notice of dots whatever the service: `l.roc@` and `lroc@` are likely one person's."""
    local, _, domain = address.lower().rpartition("@")
    return mailbox(f"{local.replace('.', '') or local}@{domain}")


def is_free(domain: str) -> bool:
    """Whether anybody can open a mailbox there (`free_mail.json` says which services and why these)."""
    parts = domain.lower().split(".")
    return any(".".join(parts[start:]) in _free() for start in range(len(parts) - 1))


@cache
def _free() -> frozenset[str]:
    listed = json.loads(Path(__file__).with_name("free_mail.json").read_text(encoding="utf-8"))
    return frozenset(domain for group in listed["domains"].values() for domain in group)

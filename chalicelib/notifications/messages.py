"""What an e-mail is once it is written, and what a digest is written from."""

from __future__ import annotations

from dataclasses import dataclass

from chalicelib.notifications.casework import CaseSection
from chalicelib.notifications.contacts import ContactSection, FittingProject, NearDate
from chalicelib.notifications.shortlists import Section

#: What a digest tells one thing with.
AnySection = Section | CaseSection | ContactSection | FittingProject | NearDate


@dataclass(frozen=True, slots=True)
class Message:
    """A rendered e-mail. `unsubscribe`: the link that turns its kind off; None for one that nobody turns off."""

    subject: str
    html: str
    text: str
    unsubscribe: str | None

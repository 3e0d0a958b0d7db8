"""What e-mails tell of reports and of decisions of administrators, as each is when they are sent. Nothing of who
reported or decided; of a project, its code name alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from chalicelib.notifications.casework import Recipient
from chalicelib.notifications.models import RulingStep
from chalicelib.vocabulary.text import Bilingual


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFile:
    """A report as whoever made it, and whoever it is about, are written to. `author`, `other`: None where there is no
    address. `code_name`: of the project that it has to do with. `answer`: what its author is told beside `outcome`;
    `reminder`: what the other side is told. Times are ISO 8601 UTC."""

    about: Literal["brief", "profile", "conversation", "message"]
    author: Recipient | None
    other: Recipient | None
    code_name: str
    reason: Bilingual
    due_at: str
    outcome: Bilingual | None = None
    answer: str | None = None
    reminder: str | None = None

    def recipient(self, step: RulingStep) -> Recipient | None:
        return self.other if step == "reminded" else self.author

    def still(self, step: RulingStep) -> bool:
        """Whether there is still this to tell: what was looked at needs no word that it will be."""
        if step == "report_received":
            return self.outcome is None
        return self.outcome is not None if step == "report_settled" else self.reminder is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionFile:
    """A decision as whoever it is about is written to. `effect`: what it does; `upheld`: why an appeal changed nothing.
    Times are ISO 8601 UTC, None for what is not so."""

    measure_id: str
    kind: Literal["brief", "user", "company"]
    owner: Recipient | None
    code_name: str
    in_force: bool
    effect: Bilingual
    facts: str
    reported: bool
    ground: Bilingual
    rule: Bilingual
    automated: Bilingual
    redress: Bilingual
    until: str | None = None
    reply_until: str | None = None
    appeal_until: str | None = None
    replied: bool = False
    contested: bool = False
    upheld: str | None = None

    def recipient(self, _step: RulingStep) -> Recipient | None:
        return self.owner

    def still(self, step: RulingStep) -> bool:
        """Whether it still stands where this step left it: a decision that is over is told by its end alone."""
        return self.in_force != (step in ("lifted", "expired"))


RulingFile = ReportFile | DecisionFile

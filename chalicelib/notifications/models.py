"""An e-mail and the gathering of changes; what a person wants to receive; addresses that get nothing; notices.

None holds an address or a name: both are looked up when an e-mail is sent, and an address that must get nothing is
known by its digest alone.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Literal, get_args

from chalicelib.vocabulary.clock import stamp
from chalicelib.vocabulary.ids import id_of
from chalicelib.vocabulary.text import Language

#: What a person may want or not want to hear of. `verification_steps` answers what they did themselves in their case,
#: `verification_answers` is what we ask or decide there; `attestation` goes to a mailbox at a company, without an
#: account, and so does `colleagues`: that its company wants them with it here. `projects`: those that fit a freelancer;
#: `contacts`: what the other side of a conversation does; `answers`: the producer's to somebody interested, and that
#: one is soon due; `deadlines`: a project's dates that come near.
Kind = Literal[
    "shortlist",
    "shortlist_changes",
    "verification_steps",
    "verification_answers",
    "attestation",
    "projects",
    "contacts",
    "answers",
    "deadlines",
    "colleagues",
]
KINDS: tuple[Kind, ...] = get_args(Kind)

#: Those that go to an address, whether or not there is an account: each is turned off by its link alone.
OF_AN_ADDRESS: tuple[Kind, ...] = ("attestation", "colleagues")

#: Those that an account sets.
OF_AN_ACCOUNT: tuple[Kind, ...] = tuple(kind for kind in KINDS if kind not in OF_AN_ADDRESS)

#: Those that a link turns off: a digest is an e-mail too, the one that gathers what did not go at once.
OptionalKind = Literal[Kind, "digest"]

#: Nobody turns these off. `alarm`: what somebody has a right to be told, with time limits that run; `owed_answer`: that
#: somebody waits for an answer for longer than they were promised (docs/decisions/0025-who-is-told-what.md);
#: `inactivity`: that an account is soon deleted; `receipt`: that it was; `ruling`: what came of a report, and what
#: administrators decide against somebody.
EmailKind = Literal[OptionalKind, "alarm", "owed_answer", "inactivity", "receipt", "ruling"]
BY_RIGHT: tuple[EmailKind, ...] = ("alarm", "owed_answer", "inactivity", "receipt", "ruling")

#: Letters about one matter of one person, of which a digest could only say that they exist: beyond the day's ceiling
#: they wait for the next day, whole.
LETTERS: tuple[EmailKind, ...] = (
    *("verification_steps", "verification_answers", "attestation"),
    *("answers", "deadlines", "colleagues"),
)

#: What may happen in a case that its subject is written to about.
Moment = Literal["received", "question", "decided", "appealed", "appeal_decided", "withdrawn", "expired", "reopened"]
MOMENTS: tuple[Moment, ...] = get_args(Moment)

#: What may happen to an alarm that its subject is written to about; `withdrawn` also when nobody decided in time.
AlarmStep = Literal[
    "raised", "answered", "in_force", "dismissed", "withdrawn", "appealed", "upheld", "lifted", "expired"
]
ALARM_STEPS: tuple[AlarmStep, ...] = get_args(AlarmStep)

#: What may happen to a report, or to a decision of administrators, that somebody is written to about.
RulingStep = Literal[
    "report_received",
    "report_settled",
    "reminded",
    "returned",
    "suspended",
    "replied",
    "appealed",
    "upheld",
    "lifted",
    "expired",
]
RULING_STEPS: tuple[RulingStep, ...] = get_args(RulingStep)
#: Those that are about a report; the others are about a decision.
OF_A_REPORT: frozenset[RulingStep] = frozenset({"report_received", "report_settled", "reminded"})

#: Those that the subject brought about seconds ago.
_OWN_ACTS: frozenset[Moment] = frozenset({"received", "appealed", "withdrawn"})


def kind_of(moment: Moment) -> Kind:
    return "verification_steps" if moment in _OWN_ACTS else "verification_answers"


#: The two sides of a conversation.
Side = Literal["producer", "freelancer"]

#: What may happen in a conversation that one side, or each, is written to about.
ContactStep = Literal[
    "invited",
    "interest_shown",
    "declined",
    "message",
    "reveal_asked",
    "revealed",
    "answered",
    "engagement_proposed",
    "engaged",
    "broken",
    "answer_due",
    "answer_overdue",
    "interrupted",
]
CONTACT_STEPS: tuple[ContactStep, ...] = get_args(ContactStep)

#: Which of a project's dates may come near: as briefs call them.
Which = Literal["renewal_notice", "option_end", "broadcaster_date", "start_window_end"]


def kind_of_step(step: ContactStep) -> Literal["contacts", "answers", "owed_answer"]:
    if step == "answer_overdue":
        return "owed_answer"
    return "answers" if step in ("answered", "answer_due") else "contacts"


State = Literal[
    "planned",
    "sending",
    "sent",
    "soft_bounced",
    "delivered",
    "bounced",
    "complained",
    "digested",
    "suppressed",
    "unwanted",
    "refused",
    "cancelled",
    "given_up",
]

#: What the mail service said of an e-mail it took. Each overrides those before it, whatever the order they come in: an
#: out-of-office reply is a transient bounce that follows a delivery, and a bounce may follow one too.
WENT: tuple[State, ...] = ("sent", "soft_bounced", "delivered", "bounced", "complained")

#: We do nothing more about an e-mail in one of these. Feedback may still move it on, within `WENT` or into it.
FINAL: tuple[State, ...] = (*WENT, "digested", "suppressed", "unwanted", "refused", "cancelled", "given_up")

#: E-mails that answer what the person did seconds ago, and that the product promises within seconds. They neither
#: wait for the morning nor count towards the day's ceiling (docs/decisions/0010-when-an-e-mail-may-go.md).
ANSWERS_AN_ACT: tuple[EmailKind, ...] = ("shortlist", "verification_steps")

#: Why a planned e-mail waits until its `due_at`; `gathering`: its conversation was written about within the hour.
Hold = Literal["quiet_hours", "daily_ceiling", "digest_hour"]
Wait = Literal[Hold, "gathering"]

#: Of the messages of one conversation somebody is written to at most once in this time.
MESSAGES_GATHERED_FOR = timedelta(hours=1)

#: A claim older than this belongs to a function that died: functions live 30 seconds.
CLAIM_LASTS = timedelta(minutes=5)

#: When a planned e-mail that nobody took up is put on the queue again.
PATIENCE = timedelta(minutes=3)

#: Attempts after which a failure that should have passed is left to an administrator. Each wait is twice the one
#: before, up to the longest: ten attempts span some five hours, longer than most outages.
ATTEMPTS = 10
LONGEST_WAIT = timedelta(hours=1)

#: E-mails that an address may turn back for a while before it gets no more.
SOFT_BOUNCES = 3

#: A dedup key travels as a tag of the mail service, which takes letters, digits, `-` and `_`: the slash becomes `_`.
_KEY = re.compile(r"[A-Za-z0-9-]+(/[A-Za-z0-9-]+)+")


@dataclass(frozen=True, slots=True)
class Entry:
    """What a digest tells of one project (its whole shortlist, or those who are new on it; that it fits `profile_id`;
    which of its dates is near), of what happened in one case, or of what the other side of one conversation did."""

    kind: Kind
    brief_id: str | None = None
    publication_no: int | None = None
    newcomers: tuple[str, ...] = ()
    case_id: str | None = None
    moment: Moment | None = None
    happened_at: str | None = None
    thread_id: str | None = None
    contact_step: ContactStep | None = None
    reader: Side | None = None
    profile_id: str | None = None
    which: Which | None = None

    @staticmethod
    def of(email: Email) -> Entry:
        """What there is to tell instead of this e-mail."""
        return Entry(
            kind=turned_off_as(email),
            brief_id=email.brief_id,
            publication_no=email.publication_no,
            newcomers=email.newcomers,
            case_id=email.case_id,
            moment=email.moment,
            happened_at=email.happened_at,
            thread_id=email.thread_id,
            contact_step=email.contact_step,
            reader=email.reader,
            profile_id=email.profile_id,
            which=email.which,
        )


@dataclass(frozen=True, slots=True)
class Email:
    """`dedup_key` says what the e-mail is about and is its identity: there is one e-mail per key, ever.

    `version` grows by one at each change. A digest is about the projects in `entries` and goes to the account
    `recipient_sub`. One about a shortlist is about `brief_id` and goes to whoever published it; one about a case, about
    what happened in `case_id` at `happened_at`, and goes to its subject; an invitation, about `attestation_id`; one
    about an alarm, about the step that brought `alarm_id` to `alarm_version`; one about a conversation, about the
    `contact_step` of `thread_id` at `happened_at`, and goes to the side `reader`; one about a project that fits
    `profile_id` goes to that person, at once only if `at_once`; one about a deadline, about the date `which` of
    `brief_id`; one to a colleague, about `invitation_id` of `company_id`; one about inactivity goes to the account
    `recipient_sub`, which was last used on `happened_at`.
    """

    dedup_key: str
    kind: EmailKind
    state: State
    attempts: int
    created_at: str
    updated_at: str
    #: When the sweeper looks at it again; None once its state is final.
    due_at: str | None = None
    brief_id: str | None = None
    publication_no: int | None = None
    #: Profile ids that are news in an e-mail of changes.
    newcomers: tuple[str, ...] = ()
    recipient_sub: str | None = None
    entries: tuple[Entry, ...] = ()
    held_for: Wait | None = None
    error_code: str | None = None
    ses_message_id: str | None = None
    #: When the mail service took it.
    sent_at: str | None = None
    case_id: str | None = None
    moment: Moment | None = None
    happened_at: str | None = None
    attestation_id: str | None = None
    alarm_id: str | None = None
    alarm_step: AlarmStep | None = None
    alarm_version: int | None = None
    thread_id: str | None = None
    contact_step: ContactStep | None = None
    reader: Side | None = None
    profile_id: str | None = None
    at_once: bool = True
    which: Which | None = None
    ruling_id: str | None = None
    ruling_step: RulingStep | None = None
    company_id: str | None = None
    invitation_id: str | None = None
    version: int = 1


def turned_off_as(email: Email) -> Kind:
    """As what its receiver turns this e-mail off: not to be asked of one that nobody turns off, nor of a digest."""
    kind = email.kind
    assert kind not in BY_RIGHT and kind != "digest"
    return kind  # type: ignore[return-value]


def plan(
    dedup_key: str,
    kind: Kind,
    brief_id: str,
    publication_no: int,
    now: datetime,
    newcomers: tuple[str, ...] = (),
) -> Email:
    return replace(
        _planned(dedup_key, kind, now), brief_id=brief_id, publication_no=publication_no, newcomers=newcomers
    )


def plan_of_case(case_id: str, moment: Moment, version: int, happened_at: str, now: datetime) -> Email:
    """What is told of a case when it came to this `version`: a case may come to the same point twice, never to the same
    version."""
    key = f"verification/{case_id}/{_dashed(moment)}/{version}"
    return replace(_planned(key, kind_of(moment), now), case_id=case_id, moment=moment, happened_at=happened_at)


def plan_invitation(case_id: str, attestation_id: str, now: datetime) -> Email:
    """The one e-mail of a request for an attestation."""
    planned = _planned(f"attestation/{case_id}/{attestation_id}", "attestation", now)
    return replace(planned, case_id=case_id, attestation_id=attestation_id)


def key_of_colleague(company_id: str, invitation_id: str) -> str:
    return f"colleague/{company_id}/{invitation_id}"


def plan_of_colleague(company_id: str, invitation_id: str, now: datetime) -> Email:
    """The one e-mail of an invitation to join a company."""
    planned = _planned(key_of_colleague(company_id, invitation_id), "colleagues", now)
    return replace(planned, company_id=company_id, invitation_id=invitation_id)


def plan_of_alarm(alarm_id: str, step: AlarmStep, alarm_version: int, now: datetime) -> Email:
    """What is told of an alarm when it came to that version."""
    planned = _planned(f"alarm/{alarm_id}/{_dashed(step)}/{alarm_version}", "alarm", now)
    return replace(planned, alarm_id=alarm_id, alarm_step=step, alarm_version=alarm_version)


def plan_of_ruling(ruling_id: str, step: RulingStep, version: int, now: datetime) -> Email:
    """What is told of a report or a decision when it came to that version."""
    planned = _planned(f"ruling/{ruling_id}/{_dashed(step)}/{version}", "ruling", now)
    return replace(planned, ruling_id=ruling_id, ruling_step=step)


def plan_of_contact(
    thread_id: str, step: ContactStep, reader: Side, version: int, happened_at: str, now: datetime
) -> Email:
    """What one side is told of a conversation when it came to this `version`."""
    key = f"conversation/{thread_id}/{_dashed(step)}/{reader}/{version}"
    planned = _planned(key, kind_of_step(step), now)
    return replace(planned, thread_id=thread_id, contact_step=step, reader=reader, happened_at=happened_at)


def plan_fitting(brief_id: str, publication_no: int, profile_id: str, now: datetime, *, at_once: bool) -> Email:
    """That a project fits somebody: there is one per project and person, however often it is published. `at_once`: goes
    without waiting for the digest when the project is urgent."""
    planned = _planned(f"fits/{brief_id}/{profile_id}", "projects", now)
    return replace(planned, brief_id=brief_id, publication_no=publication_no, profile_id=profile_id, at_once=at_once)


def plan_of_deadline(brief_id: str, publication_no: int, which: Which, days_left: int, now: datetime) -> Email:
    """That one of a project's dates is so many days away, as the reminder is called."""
    planned = _planned(f"deadline/{brief_id}/{publication_no}/{_dashed(which)}/{days_left}", "deadlines", now)
    return replace(planned, brief_id=brief_id, publication_no=publication_no, which=which)


def plan_of_inactivity(account_id: str, last_active_on: str, months: int, now: datetime) -> Email:
    """That nobody has used an account since that day: once for each number of months, and anew after another day."""
    key = f"inactivity/{account_id}/{last_active_on}/{months}"
    return replace(_planned(key, "inactivity", now), recipient_sub=account_id, happened_at=last_active_on)


def plan_receipt(erasure_id: str, now: datetime) -> Email:
    """The last e-mail to somebody. Nobody sweeps it: their address is known to the erasure alone, and as long as that
    is not complete it asks for it again."""
    return replace(_planned(f"receipt/{erasure_id}", "receipt", now), due_at=None)


def _planned(dedup_key: str, kind: EmailKind, now: datetime) -> Email:
    return Email(
        dedup_key=_checked(dedup_key),
        kind=kind,
        state="planned",
        attempts=0,
        created_at=stamp(now),
        updated_at=stamp(now),
        due_at=stamp(now + PATIENCE),
    )


def _dashed(name: str) -> str:
    return name.replace("_", "-")


def plan_digest(recipient_sub: str, day: str, due: datetime, entry: Entry, now: datetime) -> Email:
    """The one digest that an account gets on a Paris day."""
    return replace(
        _planned(digest_key(recipient_sub, day), "digest", now),
        due_at=stamp(due),
        recipient_sub=recipient_sub,
        entries=(entry,),
        held_for="digest_hour",
    )


def digest_key(recipient_sub: str, day: str) -> str:
    return _checked(f"digest/{recipient_sub}/{day}")


def with_entry(digest: Email, entry: Entry, now: datetime) -> Email:
    """The digest with one more thing to tell. What is new on the same shortlist joins what was to be told of it, and of
    the messages of one conversation the latest stands for all."""
    if entry in digest.entries:
        return digest
    if entry.contact_step == "message":
        others = tuple(one for one in digest.entries if not _same_messages(one, entry))
        return _next(digest, now, entries=(*others, entry))
    known = next((one for one in digest.entries if _same_shortlist(one, entry)), None)
    if known is None:
        return _next(digest, now, entries=(*digest.entries, entry))
    if "shortlist" in (known.kind, entry.kind):
        joined = replace(known, kind="shortlist", newcomers=())
    else:
        joined = replace(known, newcomers=tuple(dict.fromkeys((*known.newcomers, *entry.newcomers))))
    return _next(digest, now, entries=tuple(joined if one is known else one for one in digest.entries))


def _same_shortlist(one: Entry, other: Entry) -> bool:
    if not all(entry.kind in ("shortlist", "shortlist_changes") for entry in (one, other)):
        return False
    return (one.brief_id, one.publication_no) == (other.brief_id, other.publication_no)


def _same_messages(one: Entry, other: Entry) -> bool:
    return (one.thread_id, one.contact_step, one.reader) == (other.thread_id, other.contact_step, other.reader)


def may_be_claimed(email: Email, now: datetime) -> bool:
    """A planned e-mail whose time has come, or one whose claimer must be dead."""
    if email.state == "planned":
        return email.held_for is None or email.due_at is None or email.due_at <= stamp(now)
    return email.state == "sending" and email.updated_at < stamp(now - CLAIM_LASTS)


def claimed(email: Email, now: datetime) -> Email:
    return _next(
        email,
        now,
        state="sending",
        attempts=email.attempts + 1,
        due_at=stamp(now + CLAIM_LASTS + timedelta(seconds=1)),
        held_for=None,
    )


def released(email: Email, error_code: str, now: datetime) -> Email:
    """Back to planned after a failure that passes; given up once there were too many."""
    if email.attempts >= ATTEMPTS:
        return ended(email, "given_up", now, error_code=error_code)
    wait = min(PATIENCE * 2 ** (email.attempts - 1), LONGEST_WAIT)
    return _next(email, now, state="planned", due_at=stamp(now + wait), error_code=error_code)


def held(email: Email, reason: Wait, until: datetime, now: datetime) -> Email:
    """Back to planned until its hour. Waiting for it is no failed attempt."""
    attempts = email.attempts - 1
    return _next(email, now, state="planned", attempts=attempts, due_at=stamp(until), held_for=reason)


def ended(
    email: Email,
    state: State,
    now: datetime,
    *,
    error_code: str | None = None,
    ses_message_id: str | None = None,
) -> Email:
    return _next(
        email,
        now,
        state=state,
        due_at=None,
        held_for=None,
        error_code=error_code,
        ses_message_id=ses_message_id,
        sent_at=stamp(now) if state == "sent" else None,
    )


def _next(email: Email, now: datetime, **changes: object) -> Email:
    return replace(email, **changes, updated_at=stamp(now), version=email.version + 1)  # type: ignore[arg-type]


def _checked(dedup_key: str) -> str:
    if not _KEY.fullmatch(dedup_key):
        raise ValueError("a dedup key is made of letters, digits, dashes and slashes")
    return dedup_key


def to_tag(dedup_key: str) -> str:
    """The key as the mail service takes it."""
    return dedup_key.replace("/", "_")


def from_tag(tag: str) -> str | None:
    """The key of a tag of ours; None for any other text."""
    key = tag.replace("_", "/")
    return key if _KEY.fullmatch(key) else None


# What the mail service reports ---------------------------------------------------------------------------------------

#: What it may report of an e-mail; `sent` says that it took it.
Report = Literal["sent", "soft_bounced", "delivered", "bounced", "complained"]


@dataclass(frozen=True, slots=True)
class Feedback:
    """One report about one e-mail. `address` is whom it is about, which a bounce and a complaint always name; it is
    never kept."""

    report: Report
    message_id: str
    dedup_key: str | None
    sent_at: str
    address: str | None = None


def merged(email: Email, feedback: Feedback, now: datetime) -> Email:
    """The e-mail with what this report proves: the higher of what was known and what it says.

    Any order and any repetition gives the same state. A report also proves that the mail service took the e-mail, so
    whatever we believed (a claim never marked, an answer that got lost, a project closed meanwhile) gives way to it.
    """
    known = WENT.index(email.state) if email.state in WENT else -1
    if WENT.index(feedback.report) <= known:
        return email
    return _next(
        email,
        now,
        state=feedback.report,
        due_at=None,
        held_for=None,
        error_code=None,
        ses_message_id=email.ses_message_id or feedback.message_id,
        sent_at=email.sent_at or feedback.sent_at,
    )


# Addresses that get nothing ------------------------------------------------------------------------------------------

Reason = Literal["soft_bounces", "hard_bounce", "complaint", "administrator"]

#: Why an address gets nothing any more; what an administrator decides stands above what is reported.
REASONS: tuple[Reason, ...] = get_args(Reason)


def mailbox_sub(address: str) -> str:
    """Under which an address without an account has its preferences: nothing of it can be read there."""
    return f"address-{address_id(address)}"


def address_id(address: str) -> str:
    """An address as we keep it: SHA-256 of its lower-case form, in hexadecimal."""
    return hashlib.sha256(address.strip().lower().encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Suppression:
    """An address that gets no e-mail. `dedup_key`: the e-mail that had it so; `note` and `added_by`: an
    administrator's."""

    address_id: str
    reason: Reason
    since: str
    dedup_key: str | None = None
    note: str | None = None
    added_by: str | None = None
    version: int = 1


def suppressed(standing: Suppression | None, new: Suppression) -> Suppression:
    """What stands after one more reason: the graver one, since the first of them."""
    if standing is None:
        return new
    if REASONS.index(new.reason) <= REASONS.index(standing.reason):
        return standing
    return replace(new, since=standing.since, version=standing.version + 1)


@dataclass(frozen=True, slots=True)
class SoftBounces:
    """The e-mails that an address has turned back, and of which nothing else was heard since, by dedup key."""

    address_id: str
    keys: tuple[str, ...]
    updated_at: str
    version: int = 1


def counted(standing: SoftBounces | None, address: str, dedup_key: str, now: datetime) -> SoftBounces:
    """With this e-mail among them, once."""
    if standing is None:
        return SoftBounces(address, (dedup_key,), stamp(now))
    keys = tuple(dict.fromkeys((*standing.keys, dedup_key)))
    return replace(standing, keys=keys, updated_at=stamp(now), version=standing.version + 1)


def taken_after_all(standing: SoftBounces, dedup_key: str, now: datetime) -> SoftBounces:
    keys = tuple(key for key in standing.keys if key != dedup_key)
    return replace(standing, keys=keys, updated_at=stamp(now), version=standing.version + 1)


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that administrators should see: an address that gets nothing any more, and because of which
    e-mail."""

    notice_id: str
    reason: Reason
    dedup_key: str
    address_id: str
    created_at: str
    state: Literal["open", "done"] = "open"
    updated_at: str = ""
    done_by: str | None = None
    version: int = 1


def notice(reason: Reason, dedup_key: str, address: str, now: datetime) -> Notice:
    """There is one per e-mail and reason, whatever is repeated: its id says so."""
    moment = stamp(now)
    return Notice(id_of(f"{reason} {dedup_key}"), reason, dedup_key, address, moment, updated_at=moment)


def done(one: Notice, by: str, now: datetime) -> Notice:
    """Done once; by whoever was first."""
    if one.state == "done":
        return one
    return replace(one, state="done", done_by=by, updated_at=stamp(now), version=one.version + 1)


# What a person wants to receive --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Channels:
    """`email`: at once. `digest`: in the daily e-mail, alone or, beside `email`, for what could not go at once."""

    email: bool = True
    digest: bool = True


@dataclass(frozen=True, slots=True)
class Preferences:
    """`language` None: that of the company membership. A kind that is not in `kinds` has its default, so that a new one
    needs no change of what is stored. `version` 0: never set."""

    sub: str
    language: Language | None = None
    kinds: Mapping[Kind, Channels] = field(default_factory=dict)
    version: int = 0

    def of(self, kind: Kind) -> Channels:
        return self.kinds.get(kind, Channels())


def without(preferences: Preferences, unwanted: OptionalKind) -> Preferences:
    """Nothing of that kind any more, on any channel; of digests, nothing of any kind in one."""
    kinds = {kind: preferences.of(kind) for kind in KINDS}
    if unwanted == "digest":
        kinds = {kind: replace(channels, digest=False) for kind, channels in kinds.items()}
    else:
        kinds[unwanted] = Channels(email=False, digest=False)
    return replace(preferences, kinds=kinds)


@dataclass(frozen=True, slots=True)
class Gathering:
    """Changes of one brief's shortlist on their way to one e-mail. `told`: the profile ids that the last e-mail
    showed, `last_key` its dedup key; `shortlist_version`: up to where the shortlist was looked at for news; `due_at`:
    when the next may go, None while there is nothing to say."""

    brief_id: str
    publication_no: int
    shortlist_version: int
    told: tuple[str, ...]
    last_email_at: str
    last_key: str
    due_at: str | None
    version: int


@dataclass(frozen=True, slots=True)
class Told:
    """What one side was last written about the messages of a conversation: by which e-mail, when (ISO 8601 UTC), and of
    how many of them, both sides' together."""

    thread_id: str
    reader: Side
    dedup_key: str
    at: str
    messages: int
    version: int = 1


def told_again(before: Told | None, email: Email, messages: int, now: datetime) -> Told:
    """With this e-mail as the last one."""
    assert email.thread_id is not None and email.reader is not None
    version = before.version + 1 if before else 1
    return Told(email.thread_id, email.reader, email.dedup_key, stamp(now), messages, version)

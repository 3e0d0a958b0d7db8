from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.access import FREELANCERS, PRODUCERS, SUBJECTS
from chalicelib.conversations.errors import (
    AlreadyRevealed,
    AttachmentGone,
    AttachmentNotArrived,
    AttachmentTimedOut,
    NoFilesYet,
    NotEngaged,
    NotOpen,
    NotProposed,
    NotRevealedYet,
    Paused,
    ProfileUnverified,
    ProjectOver,
    RevealUnavailable,
    TermsNotAccepted,
    TooManyAttachments,
    TooManyMessages,
)
from chalicelib.platform.errors import Invalid
from chalicelib.platform.http import ApiBlueprint, Reply, Request
from chalicelib.platform.lazily import lazily
from chalicelib.platform.validation import PageQuery

if TYPE_CHECKING:
    from chalicelib.conversations import schemas, wiring
    from chalicelib.conversations.service import Seen
else:
    schemas, wiring = lazily("chalicelib.conversations.schemas"), lazily("chalicelib.conversations.wiring")

routes = ApiBlueprint(__name__)


def _reply(seen: Seen) -> Reply[schemas.ConversationShape]:
    return Reply(schemas.ConversationShape.of(seen))


# ---- the beginning


@routes.post(
    "/briefs/{brief_id}/matches/{profile_id}/invite",
    access=PRODUCERS,
    refusals=(ProjectOver, NotProposed, NotOpen, TooManyMessages, Invalid),
)
def invite(
    request: Request, brief_id: str, profile_id: str, body: schemas.InviteInput
) -> Reply[schemas.ConversationShape]:
    """Ask one proposed person about the project. They read the project and not who you are."""
    [seen] = wiring.service().invite(request.actor, brief_id, [profile_id], body.text)
    return _reply(seen)


@routes.post(
    "/briefs/{brief_id}/invitations",
    access=PRODUCERS,
    refusals=(ProjectOver, NotProposed, NotOpen, TooManyMessages, Invalid),
)
def invite_several(request: Request, brief_id: str, body: schemas.InvitationsInput) -> Reply[schemas.InvitedShape]:
    """Ask several proposed people about the project at once. Whoever was asked already is not asked again."""
    seen = wiring.service().invite(request.actor, brief_id, body.profile_ids, body.text)
    return Reply(schemas.InvitedShape(conversations=[schemas.ConversationShape.of(one) for one in seen]))


@routes.post(
    "/projects/{project_id}/interest",
    access=FREELANCERS,
    refusals=(ProfileUnverified, ProjectOver, NotOpen, TooManyMessages),
)
def show_interest(request: Request, project_id: str, body: schemas.InterestInput) -> Reply[schemas.ConversationShape]:
    """Say that you would like to work on it. You are owed an answer, with its reason, by the date that is given."""
    answers = [(one.question, one.text) for one in body.answers]
    return _reply(wiring.service().show_interest(request.actor, project_id, body.text, answers))


@routes.post("/projects/{project_id}/decline", access=FREELANCERS, refusals=(ProfileUnverified, NotOpen))
def decline_project(request: Request, project_id: str) -> Reply[schemas.ConversationShape]:
    """Not for you. Nothing follows from it, and nobody asks why."""
    return _reply(wiring.service().decline(request.actor, project_id))


# ---- reading


@routes.get("/conversations", access=SUBJECTS, while_suspended=True)
def list_conversations(request: Request, query: schemas.ConversationsQuery) -> Reply[schemas.ConversationList]:
    """One's own conversations (a producer's: their company's), last changed first."""
    seen, position = wiring.service().mine(request.actor, request.position())
    shapes = [schemas.ConversationShape.of(one) for one in seen]
    return Reply(schemas.ConversationList(conversations=shapes, cursor=request.cursor(position)))


@routes.get("/briefs/{brief_id}/conversations", access=PRODUCERS, while_suspended=True)
def list_brief_conversations(request: Request, brief_id: str) -> Reply[schemas.InvitedShape]:
    """Everyone a project is in touch with. That their names were read is noted (`GET /me/views`)."""
    seen = wiring.service().of_brief(request.actor, brief_id)
    return Reply(schemas.InvitedShape(conversations=[schemas.ConversationShape.of(one) for one in seen]))


@routes.get("/conversations/{conversation_id}", access=SUBJECTS, while_suspended=True)
def read_conversation(request: Request, conversation_id: str) -> Reply[schemas.ConversationShape]:
    """One conversation: where it stands, what you may do, and who is opposite as far as you may know.

    That a producer read the person's name, or after the reveal their contact details, is noted (`GET /me/views`)."""
    return _reply(wiring.service().read(request.actor, conversation_id))


@routes.get("/conversations/{conversation_id}/messages", access=SUBJECTS, while_suspended=True)
def list_messages(request: Request, conversation_id: str, query: PageQuery) -> Reply[schemas.MessageList]:
    """Its messages, the latest first."""
    said, position = wiring.service().messages(request.actor, conversation_id, request.position())
    shapes = [schemas.MessageShape.of(one) for one in said]
    return Reply(schemas.MessageList(messages=shapes, cursor=request.cursor(position)))


# ---- the conversation


@routes.post(
    "/conversations/{conversation_id}/messages",
    access=SUBJECTS,
    status=201,
    creates=True,
    refusals=(NotOpen, Paused, ProjectOver, TooManyMessages, Invalid),
)
def send_message(request: Request, conversation_id: str, body: schemas.MessageInput) -> Reply[schemas.MessageShape]:
    """Write about the project.

    Before both have revealed who they are, a producer's message that would tell it is refused with the passage, and
    contact details are masked for the other side."""
    _, said = wiring.service().say(request.actor, conversation_id, body.text, body.question, request.new_id())
    return Reply(schemas.MessageShape.of(said))


@routes.post(
    "/conversations/{conversation_id}/attachments",
    access=SUBJECTS,
    status=201,
    creates=True,
    refusals=(
        NoFilesYet,
        NotOpen,
        Paused,
        ProjectOver,
        TooManyAttachments,
        TooManyMessages,
        AttachmentTimedOut,
        Invalid,
    ),
)
def offer_attachment(
    request: Request, conversation_id: str, body: schemas.AttachmentInput
) -> Reply[schemas.OfferedAttachmentShape]:
    """Ask for a place for a file, once both have revealed who they are.

    The answer has a form to post the file with, straight to where it is kept; confirm when it has gone through. PDF,
    DOCX, ODT, Final Draft, Fountain or plain text, PNG or JPEG, up to 25 MB; at most twenty in a conversation."""
    attachment, upload = wiring.attachments().offer(
        request.actor, conversation_id, request.new_id(), body.name, body.media_type, body.size
    )
    return Reply(schemas.OfferedAttachmentShape.of(attachment, upload))


@routes.post(
    "/conversations/{conversation_id}/attachments/{attachment_id}/confirm",
    access=SUBJECTS,
    refusals=(NoFilesYet, NotOpen, Paused, ProjectOver, TooManyAttachments, AttachmentTimedOut, AttachmentNotArrived),
)
def confirm_attachment(request: Request, conversation_id: str, attachment_id: str) -> Reply[schemas.AttachmentShape]:
    """Say that the file has been sent.

    It is checked at once, and added to the conversation or refused with the reason; what nobody confirms is sent to
    nobody."""
    attachment = wiring.attachments().confirm(request.actor, conversation_id, attachment_id)
    return Reply(schemas.AttachmentShape.of(attachment, mine=True))


@routes.get("/conversations/{conversation_id}/attachments/{attachment_id}", access=SUBJECTS, refusals=(AttachmentGone,))
def open_attachment(
    request: Request, conversation_id: str, attachment_id: str
) -> Reply[schemas.AttachmentReadingShape]:
    """A link that gives one file of the conversation as a download, for five minutes."""
    side, reading = wiring.attachments().open(request.actor, conversation_id, attachment_id)
    return Reply(schemas.AttachmentReadingShape.of(reading, reading.attachment.sender == side))


@routes.delete("/conversations/{conversation_id}/attachments/{attachment_id}", access=SUBJECTS)
def withdraw_attachment(request: Request, conversation_id: str, attachment_id: str) -> Reply[schemas.AttachmentShape]:
    """Take a file of one's own side back. It is deleted; whoever has downloaded it keeps their copy."""
    attachment = wiring.attachments().withdraw(request.actor, conversation_id, attachment_id)
    return Reply(schemas.AttachmentShape.of(attachment, mine=True))


@routes.post(
    "/conversations/{conversation_id}/reveal",
    access=SUBJECTS,
    refusals=(NotOpen, Paused, RevealUnavailable, TermsNotAccepted),
)
def agree_to_reveal(request: Request, conversation_id: str) -> Reply[schemas.ConversationShape]:
    """Agree to reveal who you are.

    Once the other side has agreed too, each reads who the other is, at the same moment."""
    return _reply(wiring.service().agree_to_reveal(request.actor, conversation_id))


@routes.delete("/conversations/{conversation_id}/reveal", access=SUBJECTS, refusals=(AlreadyRevealed,))
def withdraw_from_reveal(request: Request, conversation_id: str) -> Reply[schemas.ConversationShape]:
    """Take your agreement back, as long as the other side has not given theirs."""
    return _reply(wiring.service().withdraw_from_reveal(request.actor, conversation_id))


@routes.post("/conversations/{conversation_id}/answer", access=PRODUCERS, refusals=(NotOpen, Invalid))
def answer_interest(
    request: Request, conversation_id: str, body: schemas.InterestAnswerInput
) -> Reply[schemas.ConversationShape]:
    """Give somebody interested the answer they are owed. That it goes on may still change; a no stays one."""
    given = body.checked()
    return _reply(wiring.service().answer(request.actor, conversation_id, given.decision, given.reason, given.text))


@routes.post(
    "/conversations/{conversation_id}/outcome",
    access=SUBJECTS,
    refusals=(NotOpen, Paused, NotRevealedYet, NotEngaged, Invalid),
)
def tell_outcome(
    request: Request, conversation_id: str, body: schemas.OutcomeInput
) -> Reply[schemas.ConversationShape]:
    """Say what it came to.

    An engagement stands once both have confirmed it; a mission that breaks off brings its project back, with its first
    shortlist."""
    service, actor = wiring.service(), request.actor
    if body.outcome == "engaged":
        return _reply(service.confirm_engagement(actor, conversation_id))
    if body.outcome == "engagement_withdrawn":
        return _reply(service.withdraw_engagement(actor, conversation_id))
    if body.outcome == "broken":
        return _reply(service.break_mission(actor, conversation_id, body.break_reason))
    return _reply(service.turn_away(actor, conversation_id, body.negative, body.text))


# ---- the end of a project


@routes.get("/briefs/{brief_id}/answers", access=PRODUCERS, while_suspended=True)
def list_waiting(request: Request, brief_id: str) -> Reply[schemas.WaitingList]:
    """Who waits to hear how the project ends, and what they will be told when it is closed or filled."""
    return Reply(schemas.WaitingList.of(wiring.service().waiting(request.actor, brief_id)))


@routes.put("/briefs/{brief_id}/answers", access=PRODUCERS, refusals=(Invalid,))
def prepare_answers(request: Request, brief_id: str, body: schemas.PreparedAnswersInput) -> Reply[schemas.WaitingList]:
    """Write what closing or filling the project will tell each of them; it goes out when you do."""
    service = wiring.service()
    service.prepare_answers(request.actor, brief_id, body.prepared())
    return Reply(schemas.WaitingList.of(service.waiting(request.actor, brief_id)))

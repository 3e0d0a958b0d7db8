"""Why an e-mail did not go, sorted where it is known."""


class Refused(Exception):
    """The message or its address was refused for good: sending it again would be refused again. The text is a code."""


class AlreadyPlanned(Exception):
    """There is an e-mail with this dedup key."""


class TakenMeanwhile(Exception):
    """Somebody else changed the record since it was read: theirs stands."""


class BadFeedback(Exception):
    """A message on the feedback queue that the mail service would not write. Never retried. The text is a code."""


class NoSuchEmail(Exception):
    """Feedback about an e-mail that we do not know, long after it went. Never retried. The text is a code."""

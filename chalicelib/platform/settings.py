"""The environment as one typed model, read when first needed and never at import."""

from __future__ import annotations

import os
from functools import cache
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, Json


class Settings(BaseModel):
    """What a function needs to know of its surroundings. Each field is the environment variable of the
    same name in capitals; `infra/resources.yaml` sets them for every function.
    """

    model_config = ConfigDict(frozen=True, defer_build=True)

    environment: Literal["local", "staging", "production"] = "local"
    accounts_table: str
    requests_table: str
    companies_table: str
    briefs_table: str
    profiles_table: str
    candidates_table: str
    matching_table: str
    notifications_table: str
    verification_table: str
    conversations_table: str
    rates_table: str
    visibility_table: str
    taxonomy_table: str
    promise_table: str
    moderation_table: str
    failures_table: str
    privacy_table: str
    #: Where snapshots of the candidates lie (`docs/decisions/0013-where-candidates-live.md`).
    snapshots_bucket: str
    #: Where files of evidence lie, in quarantine and once checked (`verification/evidence_files.py`).
    evidence_bucket: str
    #: Where files of conversations lie, likewise (`conversations/attachments.py`).
    attachments_bucket: str
    #: Where browsers post files to, each bucket under its name: on the site's own origin, without a trailing slash.
    #: Empty for the buckets' own addresses (`docs/decisions/0034-files-are-posted-to-the-site.md`).
    files_url: str = ""
    #: Where exports lie that are too large for an answer, for an hour.
    exports_bucket: str
    events_topic_arn: str
    emails_queue_url: str
    replays_queue_url: str
    verification_tasks_queue_url: str
    erasures_queue_url: str
    user_pool_id: str
    user_pool_client_id: str
    #: The secret that signed texts (`platform/signing.py`) are signed with.
    signing_secret_arn: str
    ses_configuration_set: str
    #: Sender of every e-mail, as `Plot Point <bonjour@…>`; never a company's name.
    mail_sender: str
    #: Where the web front end answers, without a trailing slash.
    site_url: str
    #: At most one e-mail of changes per brief in this many minutes, after the publication's own.
    update_email_minutes: int = Field(default=15, ge=0)
    #: From this hour (Paris) until that one, no e-mail goes but those that answer an act; equal for no such hours.
    quiet_from_hour: int = Field(default=21, ge=0, le=23)
    quiet_until_hour: int = Field(default=7, ge=0, le=23)
    #: At most this many e-mails at once per person and Paris day; 0 for as many as there are.
    daily_email_ceiling: int = Field(default=3, ge=0)
    #: A new snapshot is built once this many changes of candidates lie after the one in force.
    snapshot_changes: int = Field(default=200, ge=0)
    #: Consumer → the physical name of its function; told to the one function that replays what they parked.
    consumer_functions: Json[dict[str, str]] = Field(default_factory=dict)
    #: Public source → where it answers instead of its public address, without a trailing slash.
    source_addresses: Json[dict[str, str]] = Field(default_factory=dict)
    #: TMDB is asked only when there are both: a read access token, and the reference of the commercial agreement.
    tmdb_key: str = Field(default="", repr=False)
    tmdb_agreement: str = ""
    #: Verified years in a function below which a person is junior, then intermediate (DESIGN §6).
    junior_below_years: int = 3
    mid_below_years: int = 8


@cache
def settings() -> Settings:
    """The settings of this process. Raises pydantic.ValidationError naming each missing variable."""
    return Settings.model_validate(
        {name: os.environ[name.upper()] for name in Settings.model_fields if name.upper() in os.environ}
    )

"""What visibility asks of others."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from chalicelib.composition import doors
from chalicelib.composition.translations import is_live

if TYPE_CHECKING:
    from chalicelib.visibility.service import Opposite, Told


def people() -> PeopleForVisibility:
    return PeopleForVisibility()


def projects() -> ProjectsForVisibility:
    return ProjectsForVisibility()


class PeopleForVisibility:
    """Whose profile is whose."""

    def profile_of(self, sub: str) -> str | None:
        dossier = doors.profiles().dossier_of(sub)
        return dossier.profile.profile_id if dossier else None


class ProjectsForVisibility:
    """Projects as one freelancer may be told of them: the company after the reveal of this very project, whatever they
    know of its other ones, or two projects would be told to be of one company."""

    def told(self, sub: str, profile_id: str, brief_ids: Iterable[str]) -> dict[str, Told]:
        reads_projects = doors.profiles().is_verified(sub)
        return {one: self._told(profile_id, one, reads_projects) for one in brief_ids}

    def _told(self, profile_id: str, brief_id: str, reads_projects: bool) -> Told:
        from chalicelib.visibility.service import Told

        brief = doors.briefs().brief(brief_id)
        if brief is None:
            return Told(None, readable=False, company=None)
        thread = doors.conversations().between(brief_id, profile_id)
        revealed = thread is not None and thread.is_revealed
        online = is_live(brief) and doors.companies().may_publish(brief.company_id)
        return Told(
            code_name=brief.content.code_name,
            readable=(online or revealed) and reads_projects,
            company=doors.companies().name(brief.company_id) if revealed else None,
        )

    def opposite(self, sub: str, thread_id: str) -> Opposite | None:
        from chalicelib.visibility.service import Opposite

        thread = doors.conversations().thread(thread_id)
        if thread is None or thread.freelancer_sub != sub:
            return None
        return Opposite(thread.brief_id, thread.company_id)

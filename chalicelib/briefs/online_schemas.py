"""What administrators read of the projects that are online."""

from __future__ import annotations

from datetime import date

from chalicelib.briefs.models import Brief, State
from chalicelib.briefs.online import Behind, MeasuredKind, MeasureState, OnlineProject, PastMeasure
from chalicelib.briefs.schemas import ProjectCard, TextFindingShape, TextsShape
from chalicelib.platform.validation import Both, PageQuery, Shape, line


class OnlineQuery(PageQuery):
    """`text`: only projects whose code name has it, with or without accents and capitals."""

    text: line(80) | None = None  # type: ignore[valid-type]


class OnlineProjectShape(Shape):
    """A project that is online. `publication_no`: how often it went online; `deadline`: the day after which it is
    not any more."""

    brief_id: str
    code_name: str | None
    role: str | None
    format: str | None
    genres: list[str]
    logline: TextsShape | None
    published_at: str | None
    publication_no: int
    deadline: date | None

    @staticmethod
    def of(brief: Brief) -> OnlineProjectShape:
        content = brief.content
        return OnlineProjectShape(
            brief_id=brief.brief_id,
            code_name=content.code_name,
            role=content.role,
            format=content.format,
            genres=list(content.genres),
            logline=TextsShape(fr=content.logline.fr, en=content.logline.en) if content.logline else None,
            published_at=brief.published_at,
            publication_no=brief.publication_no,
            deadline=content.deadline,
        )


class OnlineProjectList(Shape):
    """Live projects, the latest published first."""

    projects: list[OnlineProjectShape]
    cursor: str | None


class BehindShape(Shape):
    """Whose project it is. `legal_name` and `siren` are null once the company is gone. `may_publish`: while it may not,
    nobody sees its projects."""

    company_id: str
    legal_name: str | None
    siren: str | None
    may_publish: bool

    @staticmethod
    def of(behind: Behind) -> BehindShape:
        known = behind.company
        return BehindShape(
            company_id=behind.company_id,
            legal_name=known.legal_name if known else None,
            siren=known.siren if known else None,
            may_publish=behind.may_publish,
        )


class PastMeasureShape(Shape):
    """A decision about the project (`kind` `brief`) or about its whole company. `in_force`: whether it holds now."""

    measure_id: str
    kind: MeasuredKind
    state: MeasureState
    in_force: bool
    ground: Both
    decided_at: str

    @staticmethod
    def of(measure: PastMeasure) -> PastMeasureShape:
        return PastMeasureShape(
            measure_id=measure.measure_id,
            kind=measure.kind,
            state=measure.state,
            in_force=measure.stands,
            ground=Both(fr=measure.ground.fr, en=measure.ground.en),
            decided_at=measure.decided_at,
        )


class OnlineProjectInFull(Shape):
    """A project that is or was online, as an administrator reads it. `read`: the full brief as it stands now, which
    freelancers who have accepted the confidentiality terms read while it is online; `findings`: what stands in it that
    should not, as the check of a project says it; `measures`: what was decided about it and about its company, the
    latest first."""

    brief_id: str
    status: State
    publication_no: int
    published_at: str | None
    read: ProjectCard
    findings: list[TextFindingShape]
    company: BehindShape
    measures: list[PastMeasureShape]

    @staticmethod
    def of(project: OnlineProject) -> OnlineProjectInFull:
        return OnlineProjectInFull(
            brief_id=project.brief.brief_id,
            status=project.state,
            publication_no=project.brief.publication_no,
            published_at=project.brief.published_at,
            read=ProjectCard.model_validate(project.read),
            findings=[TextFindingShape.of(remark) for remark in project.remarks],
            company=BehindShape.of(project.behind),
            measures=[PastMeasureShape.of(one) for one in project.measures],
        )

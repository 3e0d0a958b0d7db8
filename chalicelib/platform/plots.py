"""Small plots as SVG, for people who read a screen or hear it: what is drawn is said as text in the same picture.

Each mark is a dot at its value, with a line to where it reaches. A mark that is not sure is hollow, and one without a
value is a gap: nothing is joined across what is not known. The axis begins at zero.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as Tree

#: Pixels of the picture, and of the margins around what is plotted.
WIDTH, HEIGHT = 960, 400
_LEFT, _RIGHT, _TOP, _BOTTOM = 84, 24, 64, 76

#: Lines of the grid, at most.
_LINES = 6

_STYLE = (
    "text{font:13px system-ui,sans-serif;fill:#1f2328}.title{font-size:16px;font-weight:600}.grid{stroke:#d0d7de}"
    ".reach{stroke:#57606a;stroke-width:2}.dot{fill:#0b5394;stroke:#0b5394;stroke-width:2}.hollow{fill:#fff}"
)


@dataclass(frozen=True, slots=True)
class Mark:
    """`said`: the whole of it as text. `tick`: what stands below it on the axis, None for nothing."""

    said: str
    tick: str | None
    value: float | None
    reach: float | None = None
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Plot:
    """`axis`: what stands at a line of the grid, given its value and the distance of the lines; `steps`: the distances
    that they may have, smallest first. `most`: the end of the axis where there is one."""

    title: str
    explanation: str
    language: str
    marks: Sequence[Mark]
    axis: Callable[[float, float], str]
    steps: Sequence[float]
    most: float | None = None


def draw(plot: Plot) -> str:
    """The picture. The same plot gives the same text."""
    root = Tree.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {WIDTH} {HEIGHT}",
            "role": "img",
            "aria-labelledby": "title desc",
            "lang": plot.language,
        },
    )
    _text(root, "title", plot.title, id="title")
    told = [plot.explanation, *(mark.said for mark in plot.marks if mark.value is not None)]
    _text(root, "desc", "\n".join(told), id="desc")
    _text(root, "style", _STYLE)
    Tree.SubElement(root, "rect", {"width": str(WIDTH), "height": str(HEIGHT), "fill": "#fff"})
    _text(root, "text", plot.title, x=_LEFT, y=26, **{"class": "title"})
    _text(root, "text", plot.explanation, x=_LEFT, y=48)
    step, end = _axis(plot)
    height, width = HEIGHT - _TOP - _BOTTOM, WIDTH - _LEFT - _RIGHT

    def down(value: float) -> float:
        return round(_TOP + height * (1 - min(value, end) / end), 1)

    for line in range(round(end / step) + 1):
        y = down(line * step)
        Tree.SubElement(root, "path", {"d": f"M{_LEFT} {y}H{WIDTH - _RIGHT}", "class": "grid"})
        _text(root, "text", plot.axis(line * step, step), x=_LEFT - 10, y=y + 4, **{"text-anchor": "end"})
    for place, mark in enumerate(plot.marks):
        x = round(_LEFT + width * (place + 0.5) / len(plot.marks), 1)
        if mark.tick is not None:
            y = HEIGHT - _BOTTOM + 22
            _text(root, "text", mark.tick, x=x, y=y, transform=f"rotate(-25 {x} {y})", **{"text-anchor": "end"})
        if mark.value is not None:
            _draw_mark(root, mark, x, down)
    return Tree.tostring(root, encoding="unicode")


def _draw_mark(root: Tree.Element, mark: Mark, x: float, down: Callable[[float], float]) -> None:
    group = Tree.SubElement(root, "g")
    _text(group, "title", mark.said)
    value = down(mark.value or 0)
    if mark.reach is not None:
        Tree.SubElement(group, "path", {"d": f"M{x} {value}V{down(mark.reach)}", "class": "reach"})
    kind = "dot" if mark.sure else "dot hollow"
    Tree.SubElement(group, "circle", {"cx": str(x), "cy": str(value), "r": "4.5", "class": kind})


def _axis(plot: Plot) -> tuple[float, float]:
    """The distance of its lines, and its end, which is one of them."""
    most = plot.most
    if most is None:
        most = max((max(mark.value, mark.reach or 0) for mark in plot.marks if mark.value is not None), default=0)
    step = next((step for step in plot.steps if most <= step * _LINES), None)
    if step is None:
        step = plot.steps[-1] * math.ceil(most / plot.steps[-1] / _LINES)
    return step, step * max(1, math.ceil(most / step))


def _text(parent: Tree.Element, tag: str, text: str, **attributes: str | float) -> None:
    Tree.SubElement(parent, tag, {name: str(value) for name, value in attributes.items()}).text = text

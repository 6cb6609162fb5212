"""The service map in pixels: layers from back office to customer, boxes, lines and headings ready to be written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kithkin.analysis.charts.layered import Box, Drawing, Route, Sizes, drawing
from kithkin.directory.pictures.lettering import lines
from kithkin.directory.queries.service_map import Place, ServiceMap, Standing, Way
from kithkin.directory.queries.where import where
from kithkin.directory.registries.map_marks import MapMarks

BOX_WIDTH, BOX_HEIGHT, PADDING, LETTER, LINE_HEIGHT = 140, 44, 9, 13, 16
COST_LETTER = 7.1
TALL_BOX = 60
"""Where a name of two lines has a soft line below it."""
MARGIN, HEAD, NO_HEAD = 6, 40, 8
FULL_WIDTH = 924
"""As wide as the card on a desk: smaller maps are spread over it."""
LEAST_SPACE, MOST_SPACE = 52, 140
SPREAD = 190
MANY = 24


@dataclass(frozen=True)
class DrawnBox:
    """A box: its top left corner, its words, and where it leads."""

    number: int
    place: Place
    x: int
    y: int
    words: tuple[tuple[str, int], ...]
    """Lines of the name with their baseline."""
    soft: tuple[str, int] | None
    url: str
    ways: tuple[DrawnWay, ...] = ()
    title: str = ""
    """All of it, where the words in the box are shortened."""
    figure: str = ""
    marked: bool = False
    """Whether the weak link, or the way on from it, ends here."""

    @property
    def middle(self) -> int:
        """The x of its words."""
        return self.x + BOX_WIDTH // 2


@dataclass(frozen=True)
class DrawnWay:
    """A line: its path, what it says, and where it leads."""

    way: Way
    start: int
    end: int
    path: str
    title: str
    url: str
    weak: bool = False
    onward: bool = False
    middle: tuple[int, int] = (0, 0)
    """Where a label stands on it."""


@dataclass(frozen=True)
class Heading:
    """The word above a layer."""

    x: int
    text: str


@dataclass(frozen=True)
class MapPicture:
    """Everything that the template writes down."""

    width: int
    height: int
    boxes: tuple[DrawnBox, ...]
    headings: tuple[Heading, ...]
    box_height: int
    audience: str = ""
    """The only audience of the map, which the legend names; "" where there are several."""
    marks: MapMarks = MapMarks()  # noqa: RUF009 (frozen)
    box_width: int = BOX_WIDTH

    @property
    def cost_width(self) -> int:
        """How wide the label of the weak link is."""
        return round(len(self.marks.cost) * COST_LETTER) + 2 * PADDING

    @property
    def cost_left(self) -> int:
        """Where it begins, from its middle."""
        return -self.cost_width // 2

    @property
    def fits(self) -> bool:
        """Whether it fits the card; else it is scrolled within a frame of its own."""
        return self.width <= FULL_WIDTH + 60

    @property
    def has_partners(self) -> bool:
        """Whether the legend must explain the dashes."""
        return any(box.place.standing is Standing.PARTNER for box in self.boxes)


def map_picture(
    service_map: ServiceMap, *, query: str = "", layers: int | None = None, marks: MapMarks | None = None
) -> MapPicture:
    """The picture of a map; `query` ("?on=…") is kept in its links, `marks` are drawn onto it."""
    marks = marks or MapMarks()
    edges = [(way.start, way.end) for way in service_map.ways]
    inside = len(service_map.places) - len(service_map.outside)
    most = layers or (6 if inside > MANY else 5)
    height = _height(service_map)
    sizes = Sizes(box=height, lane=6, gap=18 if inside > MANY else 22, between=4, share=0.5, widest=0.5, port=8)
    found = drawing(edges, sizes, last=service_map.outside, most=most)
    sheet = _Sheet.of(found, height, HEAD if service_map.outside else NO_HEAD)
    numbers = {box.node: number for number, box in enumerate(found.boxes)}
    drawn: dict[str, list[DrawnWay]] = {}
    for route, way in zip(found.routes, service_map.ways, strict=True):
        drawn.setdefault(way.start, []).append(
            _marked(_way(route, way, service_map, sheet, numbers, query), route, sheet, marks)
        )
    headings = tuple(_headings(service_map, found, sheet))
    ends = {end for ways in drawn.values() for one in ways if one.weak or one.onward for end in (one.start, one.end)}
    boxes = tuple(
        replace(
            _box(box, service_map.places[box.node], sheet, numbers, tuple(drawn.get(box.node, ())), query),
            figure=marks.figures.get(box.node, ""),
            marked=numbers[box.node] in ends,
        )
        for box in sorted(found.boxes, key=lambda box: (box.layer, box.top))
    )
    return MapPicture(
        width=sheet.width,
        height=sheet.head + round(found.height) + MARGIN,
        box_height=height,
        boxes=boxes,
        headings=headings,
        audience=service_map.audiences[0] if len(service_map.audiences) == 1 else "",
        marks=marks,
    )


def _height(service_map: ServiceMap) -> int:
    """How tall boxes are: in small maps room is left for a soft line below a long name."""
    room = BOX_WIDTH - 2 * PADDING
    crowded = any(place.line and len(lines(place.name, room, LETTER)) > 1 for place in service_map.places.values())
    return TALL_BOX if crowded and len(service_map.places) <= MANY else BOX_HEIGHT


@dataclass(frozen=True)
class _Sheet:
    """From the drawing's x (0 to 1) to pixels: each layer as wide as a box, the spaces between as wide as they need."""

    lefts: tuple[float, ...]
    box: float
    starts: tuple[int, ...]
    spaces: tuple[int, ...]
    height: int
    head: int

    @classmethod
    def of(cls, found: Drawing, height: int, head: int) -> _Sheet:
        lefts = sorted({box.left for box in found.boxes})
        share = found.boxes[0].right - found.boxes[0].left if found.boxes else 1.0
        busy = Counter(
            space
            for route in found.routes
            for space in range(len(lefts) - 1)
            if any(lefts[space] < x < lefts[space + 1] for x in _crossed(route, lefts, share))
        )
        spaces = [min(max(LEAST_SPACE, 30 + 3 * busy[space]), MOST_SPACE) for space in range(len(lefts) - 1)]
        free = FULL_WIDTH - 2 * MARGIN - BOX_WIDTH * len(lefts) - sum(spaces)
        if spaces and free > 0:
            spaces = [min(space + free // len(spaces), SPREAD) for space in spaces]
        starts = [MARGIN]
        for space in spaces:
            starts.append(starts[-1] + BOX_WIDTH + space)
        return cls(tuple(lefts), share, tuple(starts), (*spaces, LEAST_SPACE), height, head)

    @property
    def width(self) -> int:
        return self.starts[-1] + BOX_WIDTH + MARGIN

    def x(self, x: float) -> int:
        layer = max(number for number, left in enumerate(self.lefts) if left <= x + 1e-9)
        within = x - self.lefts[layer]
        if within <= self.box + 1e-9:
            return round(self.starts[layer] + BOX_WIDTH * within / self.box)
        following = self.lefts[layer + 1] if layer + 1 < len(self.lefts) else 1.0
        share = (within - self.box) / (following - self.lefts[layer] - self.box)
        return round(self.starts[layer] + BOX_WIDTH + self.spaces[layer] * share)

    def bow(self, layer_x: float, bow: float) -> int:
        """How far a line within a layer may bend out, in pixels."""
        layer = max(number for number, left in enumerate(self.lefts) if left <= layer_x + 1e-9)
        whole = (self.lefts[layer + 1] if layer + 1 < len(self.lefts) else 1.0) - self.lefts[layer] - self.box
        return round(self.spaces[layer] * bow / whole) if whole else round(self.spaces[layer] / 3)


def _crossed(route: Route, lefts: list[float], share: float) -> list[float]:
    """A point in each space that the line crosses."""
    low, high = min(x for x, _ in route.stops), max(x for x, _ in route.stops)
    return [left - 0.001 for left in lefts[1:] if low < left <= high + 1e-9 and share]


def _way(  # noqa: PLR0917 (all that a line is made of)
    route: Route, way: Way, service_map: ServiceMap, sheet: _Sheet, numbers: dict[str, int], query: str
) -> DrawnWay:
    said = ", ".join(dict.fromkeys(relation.what for relation in way.relations))
    names = service_map.places[way.start].name, service_map.places[way.end].name
    outward = way.outside and said == names[1]
    title = f"{names[0]} → {names[1]}" if outward else f"{names[0]} → {names[1]}: {said}"
    if service_map.places[way.end].whom:
        whom = dict.fromkeys(relation.receiver.name for relation in way.relations)
        title = _("%(title)s, for %(whom)s") % {"title": title, "whom": ", ".join(whom)}
    if len(way.relations) == 1:
        url = reverse("relation", args=[way.relations[0].id])
    else:
        title = ngettext("%(title)s (%(n)d relation)", "%(title)s (%(n)d relations)", len(way.relations)) % {
            "title": title,
            "n": len(way.relations),
        }
        url = f"{reverse('service_map')}?between={way.start},{way.end}{query.replace('?', '&')}#table"
    return DrawnWay(way, numbers[way.start], numbers[way.end], _path(route, sheet), title, url)


def _marked(drawn: DrawnWay, route: Route, sheet: _Sheet, marks: MapMarks) -> DrawnWay:
    """The line with what is drawn onto it; a label stands in the middle of its longest lane."""
    ids = {relation.id for relation in drawn.way.relations}
    stops = [(sheet.x(x), sheet.head + round(y)) for x, y in route.stops]
    (x1, y1), (x2, y2) = max(
        pairwise(stops), key=lambda pair: abs(pair[1][0] - pair[0][0]) * (1 + (pair[0][1] == pair[1][1]))
    )
    middle = ((x1 + x2) // 2, (y1 + y2) // 2)
    return replace(drawn, weak=bool(ids & marks.weak), onward=bool(ids & marks.onward), middle=middle)


def _path(route: Route, sheet: _Sheet) -> str:
    """The line as an SVG path: curves between the layers, straight lanes beside their boxes."""
    stops = [(sheet.x(x), sheet.head + round(y)) for x, y in route.stops]
    text = f"M{stops[0][0]} {stops[0][1]}"
    if route.bow:
        out = round(4 * sheet.bow(route.stops[0][0], route.bow) / 3)
        (x1, y1), (x2, y2) = stops
        return f"{text}C{x1 + out} {y1} {x2 + out} {y2} {x2} {y2}"
    for number, ((x1, y1), (x2, y2)) in enumerate(pairwise(stops)):
        if number % 2 or y1 == y2:
            text += f"H{x2}"
        else:
            bend = round((x2 - x1) * 0.5)
            text += f"C{x1 + bend} {y1} {x2 - bend} {y2} {x2} {y2}"
    return text


def _box(  # noqa: PLR0917 (all that a box is made of)
    box: Box, place: Place, sheet: _Sheet, numbers: dict[str, int], ways: tuple[DrawnWay, ...], query: str
) -> DrawnBox:
    x, y = sheet.x(box.left), sheet.head + round(box.top)
    room = BOX_WIDTH - 2 * PADDING
    name = lines(place.name, room, LETTER)
    roomy = len(name) == 1 or sheet.height == TALL_BOX
    soft = lines(place.line, room, LETTER - 1.5, most=1)[0] if place.line and roomy else ""
    count = len(name) + bool(soft)
    first = y + sheet.height / 2 - (count - 1) * LINE_HEIGHT / 2 + 4.5
    words = tuple((line, round(first + number * LINE_HEIGHT)) for number, line in enumerate(name))
    below = (soft, round(first + len(name) * LINE_HEIGHT)) if soft else None
    whole = _whole(place) if _is_shortened(place, name, soft) else ""
    return DrawnBox(numbers[box.node], place, x, y, words, below, where(place.key, query), ways, whole)


def _is_shortened(place: Place, name: Sequence[str], soft: str) -> bool:
    return " ".join(name) != " ".join(place.name.split()) or soft != place.line or len(place.whom) > 1


def _whole(place: Place) -> str:
    """All that a box has to say, as one line."""
    if place.whom:
        return _("%(title)s, for %(whom)s") % {"title": place.name, "whom": ", ".join(place.whom)}
    return f"{place.name}: {place.line}" if place.line else place.name


def _headings(service_map: ServiceMap, found: Drawing, sheet: _Sheet) -> list[Heading]:
    """The words above the layers that have one: the first, the one before the customer, and the customer."""
    if not service_map.outside or not found.boxes:
        return []
    deepest = max(box.layer for box in found.boxes)
    touchpoints = all(key.startswith("touchpoint-") for key in service_map.outside)
    said = {deepest: _("Touchpoints") if touchpoints else _("Outside"), deepest - 1: _("Front line")}
    if deepest > 1:
        said[0] = _("Back office")
    return [Heading(sheet.starts[layer] + BOX_WIDTH // 2, text) for layer, text in sorted(said.items())]

"""What this room brings to the home page: the weak link on the map, and what changed."""

from __future__ import annotations

from kithkin.directory.registries.map_marks import MapMarker, map_markers
from kithkin.platform.registries.home import Panel, panels
from kithkin.platform.registries.later import Later

map_markers.add(MapMarker(Later("kithkin.insights.map_marks.weak_link_on_the_map")))
panels.add(
    Panel(
        "insights/home.html",
        Later("kithkin.insights.home.said_at_home"),
        position=20,
        styles=("insights/insights.css",),
    )
)

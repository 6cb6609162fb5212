"""What people do with journeys: draw them, order their stages, place touchpoints on them."""

from kithkin.directory.services.journeys.drawing import (
    JourneyNameTaken,
    Start,
    add_journey,
    change_journey,
    remove_journey,
)
from kithkin.directory.services.journeys.placing import (
    arrange_touchpoints,
    move_touchpoint,
    place_touchpoint,
    take_touchpoint,
)
from kithkin.directory.services.journeys.stages import (
    StageNameTaken,
    add_stage,
    change_stage,
    move_stage,
    remove_stage,
)

__all__ = [
    "JourneyNameTaken",
    "StageNameTaken",
    "Start",
    "add_journey",
    "add_stage",
    "arrange_touchpoints",
    "change_journey",
    "change_stage",
    "move_stage",
    "move_touchpoint",
    "place_touchpoint",
    "remove_journey",
    "remove_stage",
    "take_touchpoint",
]

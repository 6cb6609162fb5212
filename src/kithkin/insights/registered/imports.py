"""What can be imported of this room."""

from __future__ import annotations

from kithkin.insights.receivers.imports import remove_its_figures, work_out_what_goes_together
from kithkin.platform.events import subscribe
from kithkin.platform.imports.facts import ImportDone, ImportUndone
from kithkin.platform.registries.imports import imports

imports.add_later("kithkin.insights.imports.figures.FIGURES")
subscribe(ImportUndone, "insights.remove_figures", remove_its_figures)
subscribe(ImportDone, "insights.work_out_figures", work_out_what_goes_together)
subscribe(ImportUndone, "insights.work_out_figures_anew", work_out_what_goes_together)

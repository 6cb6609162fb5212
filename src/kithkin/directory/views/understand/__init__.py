"""Pages for understanding: journeys, segments, stakeholders."""

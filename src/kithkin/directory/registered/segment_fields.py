"""What the directory itself lets people be put into segments by."""

from __future__ import annotations

from kithkin.directory.registries.segment_fields import FieldSource, segment_fields
from kithkin.directory.segmentation.fields import attributes, consent, membership, people, purchases, ties

segment_fields.add(
    FieldSource("directory.people", people.fields, position=10),
    FieldSource("directory.ties", ties.fields, position=20),
    FieldSource("directory.attributes", attributes.fields, position=30),
    FieldSource("directory.purchases", purchases.fields, position=40),
    FieldSource("directory.consent", consent.fields, position=50),
    FieldSource("directory.segments", membership.fields, position=900),
)

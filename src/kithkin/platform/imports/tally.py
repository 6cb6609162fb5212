"""How many lines an import made, changed, left alone and refused, and why: as it is counted, kept and shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

MOST_REASONS = 30


@dataclass
class Tally:
    """Counts of lines, of rows by model ("directory.person" → created, changed), and of reasons by column.

    `linked` counts the lines of which the second reading made something; one that it refused counts twice.
    """

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    linked: int = 0
    rows: dict[str, Counter[str]] = field(default_factory=dict)
    reasons: Counter[str] = field(default_factory=Counter)

    @classmethod
    def kept(cls, counts: Mapping[str, Any]) -> Tally:
        """As `as_counts` wrote it."""
        return cls(
            created=counts.get("created", 0),
            changed=counts.get("changed", 0),
            unchanged=counts.get("unchanged", 0),
            refused=counts.get("refused", 0),
            linked=counts.get("linked", 0),
            rows={model: Counter(found) for model, found in counts.get("rows", {}).items()},
            reasons=Counter(counts.get("reasons", {})),
        )

    def as_counts(self) -> dict[str, Any]:
        """Plain values; of the reasons the most frequent."""
        return {
            "created": self.created,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "refused": self.refused,
            "linked": self.linked,
            "rows": {model: dict(found) for model, found in self.rows.items()},
            "reasons": dict(self.reasons.most_common(MOST_REASONS)),
        }

    @property
    def doing(self) -> int:
        """Lines that make or change something; where that is all they do, those that link."""
        return self.created + self.changed or self.linked

    def rows_in_order(self, labels: Sequence[str]) -> list[tuple[str, Counter[str]]]:
        """The rows by model in the order of these labels: a database may keep the counts in another."""
        known = list(labels)
        return sorted(self.rows.items(), key=lambda row: known.index(row[0]) if row[0] in known else len(known))

    def wrote(self, model: str, action: str) -> None:
        """One row of this model was made or changed."""
        self.rows.setdefault(model, Counter())[action] += 1

"""Shelves of simulated years: entries of the store, named by regime, code, root, replication and engine."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from sim.experiment.comparison import TwinCheck, YearPair
from sim.experiment.kept.manifest import canonical_text, outcome_key, own_code, text_hash

if TYPE_CHECKING:
    from sim.domain.regime import Regime
    from sim.experiment.kept.store import Store
    from sim.metrics.outcome import Outcome


@dataclass(frozen=True)
class YearKeys:
    """Makes the keys of one regime's years."""

    regime: str
    """Canonical text."""
    code: str
    """Fingerprint of the program."""
    root: int
    engine: str

    def key(self, replication: int) -> str:
        """Return the key of one year's entry."""
        return outcome_key(
            regime=self.regime, code=self.code, root=self.root, replication=replication, engine=self.engine
        )


def keys_of(regime: Regime, root: int, engine: str) -> YearKeys:
    """Return the keys of a regime's years as this program simulates them."""
    return YearKeys(canonical_text(regime), own_code(), root, engine)


@dataclass(frozen=True)
class YearShelf:
    """The kept outcomes of one regime, by replication."""

    store: Store
    keys: YearKeys

    def load(self, replication: int, /) -> Outcome | None:
        """Return a kept year, or None."""
        return self.store.load_outcome(self.keys.key(replication))

    def save(self, replication: int, outcome: Outcome, /) -> None:
        """Save a year."""
        self.store.save_outcome(self.keys.key(replication), outcome)


@dataclass(frozen=True)
class PairShelf:
    """The kept replications of a comparison; their years are shared with other comparisons."""

    store: Store
    before: YearKeys
    after: YearKeys
    touched: tuple[str, ...] = ()
    """Names of the obligations and demand that levers act on; the twin check leaves them out."""

    def load(self, replication: int, /) -> YearPair | None:
        """Return a replication if both years and their twin check are kept, else None."""
        first, second = self.before.key(replication), self.after.key(replication)
        twins = self.store.load_numbers(self._twin_key(first, second))
        before = None if twins is None else self.store.load_outcome(first)
        after = None if before is None else self.store.load_outcome(second)
        if twins is None or before is None or after is None:
            return None
        return YearPair(before, after, TwinCheck(**twins))

    def save(self, replication: int, pair: YearPair, /) -> None:
        """Save a replication."""
        first, second = self.before.key(replication), self.after.key(replication)
        self.store.save_outcome(first, pair.before)
        self.store.save_outcome(second, pair.after)
        self.store.save_numbers(self._twin_key(first, second), asdict(pair.twin_check))

    def key(self, *words: str) -> str:
        """Return a key for other results of this comparison, distinguished by `words`."""
        return text_hash("\n".join((self.before.key(0), self.after.key(0), *words)))

    def _twin_key(self, before: str, after: str) -> str:
        return text_hash("\n".join(("twin check", before, after, *sorted(self.touched))))

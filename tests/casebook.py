"""The cases in `tests/cases`: each is a measure on a few obligations, written so that a planner can check it by hand.

Every file is named after a lever and holds a list of cases:

- `zh`, `en`: the point of the case; `levers`: the measure;
- `assignments`, `obligations`, `demand`: on the small county of `tests/regimes.py`; `organisation`: further unit types;
  `pools`: other ways to come by fields;
- `sentence`: in the first case, the sentence that reports write about its first lever;
- `hours`, `counted`: hours demanded and rows, [before, after], at `obligation/part` or `obligation/part@unit type`;
- `within`: tolerance of the hours, for cases with chance;
- `nested`: places where the rows left by a stronger measure are among those left by a weaker one.

Every file in `tests/cases/kinds` is named after a kind of obligation or demand and holds one case without levers, so
`hours` and `counted` are single numbers. Real problems make no rows: `problems` counts those that arise and those that
residents report.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML

from sim.levers.base import LeverBase
from sim.levers.table import LEVERS
from sim.scenario.apply import apply_levers
from sim.scenario.scenario import Scenario
from tests.regimes import everything, regime, units

if TYPE_CHECKING:
    from sim.domain.regime import Regime

FOLDER = Path(__file__).parent / "cases"


@dataclass(frozen=True)
class Case:
    """One case of a file."""

    file: str
    text: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.file}: {self.text['en']}"

    @property
    def lever(self) -> dict[str, Any]:
        """The first of its levers."""
        first: dict[str, Any] = self.text["levers"][0]
        return first

    @property
    def first_lever(self) -> LeverBase:
        """The first of its levers, validated."""
        return LEVERS[self.file].model_validate(self.lever)

    @property
    def of(self) -> tuple[str, ...]:
        """Names that this lever acts on."""
        names = self.lever["of"]
        return (names,) if isinstance(names, str) else names

    @property
    def regime(self) -> Regime:
        """The regime before the measure."""
        organisation = {**units(), **self.text.get("organisation", {})}
        sections = {name: self.text.get(name) for name in ("obligations", "demand", "assignments")}
        return regime(**sections, organisation=organisation, policy={"pools": self.text.get("pools", {})})

    @property
    def amid_everything(self) -> Regime:
        """The same regime with one obligation and demand of each other kind."""
        mine = self.regime
        rest = everything(organisation={**units(), **self.text.get("organisation", {})})
        policy = rest.policy.replace(pools={**rest.policy.pools, **mine.policy.pools})
        sections = ("assignments", "obligations", "demand")
        both = {section: {**getattr(rest, section), **getattr(mine, section)} for section in sections}
        return rest.replace(policy=policy, **both)

    def pulled(self, made: Regime, **changes: Any) -> Regime:
        """Return `made` with the case's levers applied and their fields changed."""
        return apply_levers(self.scenario(made, *({**lever, **changes} for lever in self.text["levers"])))

    def scenario(self, made: Regime, *levers: dict[str, Any]) -> Scenario:
        """Return `made` with these levers as a scenario."""
        title = {"zh": self.text["zh"], "en": self.text["en"]}
        return Scenario.model_validate({**dict(made), "title": title, "levers": levers})


def where(place: str) -> tuple[str, str, str | None]:
    """Split `obligation/part@unit type`; the unit type is None if it is missing."""
    name, _, rest = place.partition("/")
    part, _, unit = rest.partition("@")
    return name, part, unit or None


def _tuples(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _tuples(below) for key, below in value.items()}
    return tuple(_tuples(below) for below in value) if isinstance(value, list) else value


CASES = [
    Case(path.stem, text) for path in sorted(FOLDER.glob("*.yaml")) for text in _tuples(YAML(typ="safe").load(path))
]
KIND_CASES = [Case(path.stem, _tuples(YAML(typ="safe").load(path))) for path in sorted(FOLDER.glob("kinds/*.yaml"))]
"""One case of each kind of obligation and demand."""
FIRST_CASES = list({case.file: case for case in reversed(CASES)}.values())[::-1]
"""The first case of each lever."""


def levers() -> list[LeverBase]:
    """Return one lever of each kind: that of its first case."""
    return [case.first_lever for case in FIRST_CASES]

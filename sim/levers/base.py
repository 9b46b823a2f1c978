"""The base of every lever: its file declares the entries it acts on, its label and its sentence.

A lever derives from the rule that it leaves on each entry, so its terms are declared once, in the rule. Unless a lever
overrides them, `touches` and `apply` write that rule into the entry's field for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import ClassVar, get_args

from sim.domain.obligations.base import ObligationBase
from sim.domain.regime import Listing, Regime, named_entries
from sim.domain.rule import Rule, Ruled, holds_several, rule_field
from sim.errors import Problem, ScenarioError
from sim.i18n import Lang
from sim.i18n.writing import capital
from sim.levers.wording import Labels, names_in_words, reach_in_words


class LeverBase(Rule):
    """One reform measure: it describes which demands end; it knows no clock and no chance."""

    source: str | tuple[str, ...] | None = None
    """Id of the figure that reports the measure, or `assumed`."""
    lever: str
    """Kind of lever."""

    acts_on: ClassVar[type[Ruled]]
    """Kind of entry it acts on, derived kinds included."""
    label: ClassVar[dict[str, str]]
    """Its label in zh and en."""
    meaning: ClassVar[dict[str, str]]
    """Its effect in a few words in zh and en, for the guides."""

    def sentence(self, lang: Lang, labels: Labels) -> str:
        """Return its terms with their numbers as text, without the entries; `labels` are those of entries."""
        raise NotImplementedError

    def touches(self, listing: Listing) -> frozenset[str]:
        """List the fields that it writes, as `section.name.field`; two levers must not write the same field."""
        return written_fields(self.acts_on, self.written_on(listing), self.rule_class())

    def written_on(self, listing: Listing) -> tuple[str, ...]:
        """List the entries that it writes on; for a lever on any obligation an assignment stands for its parts."""
        return named_entries(listing, self.of) if self.acts_on is ObligationBase else self.of

    def apply(self, regime: Regime) -> Regime:
        """Return the regime with the measure in force; the argument is not changed.

        Raises:
            ScenarioError: the lever does not fit the entries it acts on.
        """
        changed = write_rule(regime, self.acts_on, self.written_on(regime), self.rule())
        problems = list(self.misfits(changed))
        if problems:
            raise ScenarioError(problems)
        return changed

    def misfits(self, regime: Regime) -> Iterator[Problem]:
        """Yield a problem for each reason why it does not fit the entries, which exist and are of the right kind."""
        yield from ()

    def rule(self) -> Rule:
        """Return the rule that it leaves on the entries."""
        return self.rule_class().model_validate({name: getattr(self, name) for name in self.rule_class().model_fields})

    @classmethod
    def rule_class(cls) -> type[Rule]:
        """Return the class of that rule: the first base class that is not a lever."""
        return next(base for base in cls.__mro__ if issubclass(base, Rule) and not issubclass(base, LeverBase))


def describe_lever(lever: LeverBase, lang: Lang, labels: Labels | None = None) -> str:
    """Return one sentence: the entries the lever acts on, its terms, and the limits of its reach."""
    named = names_in_words(lever.of, lang, labels or {})
    mark, stop = {"zh": ("：", "。"), "en": (": ", ".")}[lang]
    return capital(f"{named}{mark}{lever.sentence(lang, labels or {})}{reach_in_words(lever, lang)}{stop}")


def written_fields(acts_on: type[Ruled], names: tuple[str, ...], rule: type[Rule]) -> frozenset[str]:
    """Return `section.name.field` for a rule of this class on each named entry."""
    return frozenset(f"{acts_on.section}.{name}.{rule_field(acts_on, rule)}" for name in names)


def write_rule(regime: Regime, acts_on: type[Ruled], names: tuple[str, ...], rule: Rule) -> Regime:
    """Return the regime with the rule on the named entries, after the rules of earlier levers.

    Raises:
        ScenarioError: an entry is unknown or of another kind, or has a rule that no other can follow.
    """
    entries = regime.entries(acts_on.section)
    fitting = [name for name, entry in entries.items() if isinstance(entry, acts_on)]
    known = [*regime.assignments, *fitting] if acts_on is ObligationBase else fitting
    problems = [_misfit(name, acts_on, known) for name in names if name not in fitting]
    if problems:
        raise ScenarioError(problems)
    field = rule_field(acts_on, type(rule))
    several = holds_several(acts_on, field)
    taken = [name for name in names if not several and getattr(entries[name], field) is not None]
    if taken:
        raise ScenarioError([_only_once(acts_on.section, name, field) for name in taken])
    ruled = {
        name: entry.replace(**{field: (*getattr(entry, field), rule) if several else rule}) if name in names else entry
        for name, entry in entries.items()
    }
    return regime.with_entries(acts_on.section, ruled)


@cache
def following_levers() -> str:
    """Return the levers of which several can act on one entry in an ordered list, as text."""
    found = [
        get_args(lever.model_fields["lever"].annotation)[0]
        for lever in LeverBase.__subclasses__()
        if holds_several(lever.acts_on, rule_field(lever.acts_on, lever.rule_class()))
    ]
    return ", ".join(sorted(found))


def _only_once(section: str, name: str, field: str) -> Problem:
    may = following_levers()
    return Problem(
        key=f"{section}.{name}.{field}",
        message={
            "zh": f"“{name}”上已有同类举措，不能再用一个；同一处能用多个的只有 {may}",
            "en": f"'{name}' already has a lever of this kind; only {may} can follow one another",
        },
    )


def _misfit(name: str, kind: type[Ruled], fitting: list[str]) -> Problem:
    known = ", ".join(fitting)
    word, section = kind.__name__, kind.section
    return Problem(
        message={
            "zh": f"{section} 中没有名为“{name}”的 {word}；可用：{known}",
            "en": f"no {word} named '{name}' under {section}; there are {known}",
        }
    )

"""The burden passport: one cadre's week, second by second, before and after."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from sim.errors import UsageError
from sim.experiment.comparison import Passport
from sim.experiment.kept.record import passport_from_data, plain
from sim.experiment.traced_year import regular_windows, trace_year, week_spans

if TYPE_CHECKING:
    from sim.experiment.options import RunOptions
    from sim.experiment.traced_year import TracedYear
    from sim.experiment.years import RegimePair


def typical_passport(regimes: RegimePair, role: str, options: RunOptions) -> Passport | None:
    """Return the typical week of the typical cadre of a role, from the store if kept there.

    None if no cadre has the role.
    """
    shelf = regimes.shelf(options)
    kept = None if shelf is None else shelf.store.load_numbers(shelf.key("passport", role))
    if kept is not None:
        return passport_from_data(kept["passport"])
    passport = make_passport(regimes, role=role, jobs=options.jobs)
    if shelf is not None:
        shelf.store.save_numbers(shelf.key("passport", role), {"passport": plain(passport)})
    return passport


def named_passport(regimes: RegimePair, *, unit: str, cadre: str, role: str, week: int | None) -> Passport:
    """Return a week of a cadre whose name contains `unit/cadre`; without both names, of the role's typical cadre.

    Raises:
        UsageError: there is no such cadre or week.
    """
    name = f"{unit}/{cadre}" if unit else cadre
    passport = make_passport(regimes, role="" if name else role, name=name, week=week)
    if passport is None:
        raise UsageError(zh=f"没有干部“{name}”", en=f"there is no cadre '{name}'")
    return passport


def make_passport(
    regimes: RegimePair, *, role: str, name: str = "", week: int | None = None, jobs: int = 1
) -> Passport | None:
    """Trace a cadre's week in the first replication, before and after.

    Of the role's cadres whose names contain `name`, the one with the median change is chosen; without `week`, the week
    that is most similar to that cadre's whole year. With two or more `jobs` both years are simulated at the same time.
    """
    with ThreadPoolExecutor(min(jobs, 2)) as threads:  # all engines return equal logs
        years = threads.map(lambda regime: trace_year(regime, regimes.root, 0, "auto"), (regimes.before, regimes.after))
        before, after = years
    chosen = typical_cadre_week(before, after, role, name)
    if chosen is None:
        return None
    return stamp_passport(before, after, chosen[0], chosen[1] if week is None else week)


def stamp_passport(before: TracedYear, after: TracedYear, cadre_name: str, week: int) -> Passport:
    """Return one cadre's week in both years.

    Raises:
        UsageError: the cadre or the week does not exist in both.
    """
    names = before.setting.cadre_names
    if cadre_name not in names or cadre_name not in after.setting.cadre_names:
        raise UsageError(zh=f"没有干部“{cadre_name}”", en=f"there is no cadre '{cadre_name}'")
    if not 0 <= week < before.plan.weeks:
        raise UsageError(zh=f"没有第 {week} 周", en=f"there is no week {week}")
    cadre = names.index(cadre_name)
    monday = date(before.setting.year, 1, 1) + timedelta(days=7 * week - before.plan.first_weekday)
    return Passport(
        cadre=cadre_name,
        role=before.setting.roles[before.setting.cadre_role[cadre]],
        monday=monday.isoformat(),
        before=week_spans(before, cadre, week),
        after=week_spans(after, after.setting.cadre_names.index(cadre_name), week),
        windows=regular_windows(before.plan, cadre, week),
    )


def typical_cadre_week(before: TracedYear, after: TracedYear, role: str, name: str = "") -> tuple[str, int] | None:
    """Return the cadre with the median change, and the week whose change is nearest to that cadre's yearly mean.

    Cadres are those of the role (of any role if it is empty) whose names contain `name`; None if there are none.
    """
    setting = before.setting
    who = [
        cadre
        for cadre, own in enumerate(setting.cadre_names)
        if name in own and role in {"", setting.roles[setting.cadre_role[cadre]]}
    ]
    if not who:
        return None
    change = after.formality[who] - before.formality[who]
    whole_weeks = slice(1, -1)
    yearly = change[:, whole_weeks].mean(axis=1)
    chosen = int(np.argsort(yearly, kind="stable")[len(who) // 2])
    distance = np.abs(change[chosen, whole_weeks] - yearly[chosen])
    return setting.cadre_names[who[chosen]], 1 + int(np.argmin(distance))

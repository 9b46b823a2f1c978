"""Rows as they are written become activities the engines can trust."""

import numpy as np
import pytest

from sim.errors import EngineFault
from tests.regimes import everything, plan_of


def test_a_year_in_which_two_activities_have_one_identity_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.plan.draft.combine", lambda *words: np.zeros(np.broadcast(*words).shape, dtype=np.uint64))

    with pytest.raises(EngineFault, match="identity must be unique"):
        plan_of(everything())

"""`jianfu verify` prints each system with its known answer, and fails if one is missed."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from sim.cli.commands.verify import _QUANTITIES
from sim.cli.main import run
from sim.verification import verify as verification
from sim.verification.verify import SYSTEMS

SMALL = tuple(one for one in SYSTEMS if one.name in {"Little's law", "opening, 9-17 daily", "6 checks on 12 slots"})


@pytest.fixture(autouse=True)
def few_systems(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verification, "SYSTEMS", SMALL)


def test_every_quantity_has_a_chinese_name() -> None:
    assert {name for one in SYSTEMS for name in one.expected} == _QUANTITIES.keys()


@pytest.mark.parametrize(("lang", "words"), [("en", "engines agree"), ("zh", "两引擎一致")])
def test_systems_that_hold_exit_with_zero(capsys: pytest.CaptureFixture[str], lang: str, words: str) -> None:
    assert run(["verify", "--lang", lang]) == 0

    printed = capsys.readouterr().out
    assert printed.count(words) == len(SMALL)
    assert "sum gap^2" in printed


def test_the_document_has_every_quantity(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["verify", "--json"]) == 0

    data = json.loads(capsys.readouterr().out)["data"]
    assert [(row["case"], row["quantity"]) for row in data["rows"]] == [
        (one.name, name) for one in SMALL for name in one.expected
    ]
    assert {"case", "formula", "quantity", "expected", "simulated", "z", "ok"} <= data["rows"][0].keys()
    assert data["suite"]["systems"] == len([one for one in SMALL if not one.exact])


def test_a_missed_answer_exits_with_one_and_is_named(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = [replace(one, expected={name: value + 1 for name, value in one.expected.items()}) for one in SMALL[:1]]
    monkeypatch.setattr(verification, "SYSTEMS", (*wrong, *SMALL[1:]))

    assert run(["verify", "--lang", "en"]) == 1

    shown = capsys.readouterr()
    assert "FAILS" in shown.out
    assert SMALL[0].name in shown.err

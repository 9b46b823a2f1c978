"""Faulty files made from the shipped ones: each is read or refused, and none is a fault of the program."""

from __future__ import annotations

import pytest

from tests.fuzz import Mutant, exit_codes, faults, mutant, shipped_files

FEW = 200


@pytest.mark.slow
def test_no_mutant_of_a_shipped_file_is_a_fault_of_the_program() -> None:
    assert list(faults(range(FEW))) == []


def test_a_mutant_depends_on_its_number_only() -> None:
    assert mutant(7) == mutant(7) != mutant(8)


@pytest.mark.slow
def test_the_mutants_come_from_every_shipped_file() -> None:
    assert {mutant(number).file for number in range(3 * FEW)} == {*shipped_files()}


@pytest.mark.slow
def test_most_mutants_are_refused_and_some_are_read() -> None:
    codes = [max(code for _, code, _ in exit_codes(mutant(number))) for number in range(40)]

    assert {*codes} == {0, 2}
    assert codes.count(2) > 20


@pytest.mark.slow
def test_a_fault_of_the_program_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> Mutant:
        raise TypeError("shape")

    monkeypatch.setattr("sim.files.scenario.broken_references_of_rest", fails)
    monkeypatch.setattr("sim.files.scenario.broken_references", fails)

    (line, *_) = faults(range(12))

    assert line.startswith("mutant ")
    assert "TypeError" in line

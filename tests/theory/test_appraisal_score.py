"""The arithmetic of the field exam: three indicators of 30, 30 and 40 per cent, five grades of 20 per cent each."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from sim.domain.scoring import GRADES, field_score, grade_of, grade_values, total_score

WEIGHTS = (0.3, 0.3, 0.4)
EVERY_SHEET = np.array(list(product(range(GRADES), repeat=len(WEIGHTS))))


def test_good_fairly_good_and_average_make_78_points() -> None:
    points = field_score(WEIGHTS, np.array([[0, 1, 2]]), grade_values(0.2, "subtract"))

    assert points == pytest.approx([78.0])


def test_the_field_exam_moves_the_total_by_eight_points_at_most() -> None:
    field = field_score(WEIGHTS, EVERY_SHEET, grade_values(0.2, "subtract"))
    routine = np.linspace(0, 100, 21)

    totals = total_score(routine[:, None], field[None, :], 0.1)

    assert (field.min(), field.max()) == pytest.approx((20.0, 100.0))
    assert np.ptp(totals, axis=1) == pytest.approx(np.full(21, 8.0))


def test_grades_lose_twenty_points_each_or_a_fifth_of_what_is_left() -> None:
    assert grade_values(0.2, "subtract") == pytest.approx((1.0, 0.8, 0.6, 0.4, 0.2))
    assert grade_values(0.2, "multiply") == pytest.approx((1.0, 0.8, 0.64, 0.512, 0.4096))


def test_a_grade_begins_at_its_bound() -> None:
    points = np.array([100.0, 90.0, 89.9, 80.0, 70.0, 60.0, 59.9, 0.0])

    assert grade_of(points, (90.0, 80.0, 70.0, 60.0)).tolist() == [0, 0, 1, 1, 2, 3, 4, 4]

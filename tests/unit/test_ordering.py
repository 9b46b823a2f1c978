"""Rows are sorted as if by one key after the other."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.plan.rows.ordering import order_by

LARGEST = 2**63 - 1


def one_by_one(*keys: np.ndarray) -> list[int]:
    return sorted(range(len(keys[0])), key=lambda place: tuple(int(key[place]) for key in keys))


@given(
    st.lists(
        st.tuples(st.integers(0, 3), st.integers(0, LARGEST), st.integers(0, 2**40), st.sampled_from((0, LARGEST))),
        max_size=40,
    )
)
def test_keys_that_need_several_passes_are_sorted_as_one_tuple_a_row(rows: list[tuple[int, ...]]) -> None:
    keys = [np.array([row[place] for row in rows], dtype=np.int64) for place in range(4)]

    for some in (keys, keys[:1], keys[1:], keys[:3], keys[::-1]):
        assert order_by(*some).tolist() == one_by_one(*some)


@pytest.mark.parametrize("dtype", [np.uint64, np.int32, np.bool_])
def test_rows_that_are_alike_stay_in_turn_whatever_the_type_of_key(dtype: type) -> None:
    key = np.array([3, 0, 3, 0, 1, 3], dtype=dtype)

    assert order_by(key).tolist() == np.argsort(key, kind="stable").tolist()


def test_identities_of_64_bits_are_sorted_by_all_of_them() -> None:
    identity = np.random.default_rng(1).integers(0, 2**64, 5_000, dtype=np.uint64)
    group = np.arange(5_000) % 7

    assert order_by(group, identity).tolist() == np.lexsort((identity, group)).tolist()

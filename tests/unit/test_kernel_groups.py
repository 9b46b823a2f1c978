"""Units run in an order in which all work sent to a unit is sent before the unit passes its release."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from sim.engine.compiled.kernel_groups import circles

UNITS = st.integers(0, 9)


@given(st.lists(st.tuples(UNITS, UNITS).filter(lambda pair: pair[0] != pair[1]), max_size=25))
def test_units_that_reach_each_other_run_together_and_senders_run_before_receivers(
    pairs: list[tuple[int, int]],
) -> None:
    sources: dict[int, list[int]] = {}
    for receiver, sender in pairs:
        sources.setdefault(receiver, []).append(sender)
    reaches = {(unit, unit) for pair in pairs for unit in pair} | {(sender, receiver) for receiver, sender in pairs}
    for _ in range(4):
        reaches |= {(one, last) for one, middle in reaches for other, last in reaches if middle == other}

    groups = list(circles(sources))

    turn = {unit: number for number, group in enumerate(groups) for unit in group}
    assert sorted(turn) == sorted({unit for pair in pairs for unit in pair})
    assert all(turn[sender] <= turn[receiver] for receiver, sender in pairs)
    for one, other in product(turn, repeat=2):
        assert (turn[one] == turn[other]) == ((one, other) in reaches and (other, one) in reaches)


def test_a_chain_of_units_longer_than_any_stack_of_calls_is_followed() -> None:
    chain = {unit: [unit - 1] for unit in range(50_000, 0, -1)}

    assert list(circles(chain)) == [[unit] for unit in range(50_001)]

"""Chance keyed by identity: uniform, independent, the same on every machine."""

import math

import numpy as np
import pytest
from scipy import stats

from sim.plan.identity.chance import Chance, combine, text_key
from sim.plan.messages.channels import poisson

MANY = 1_000_000
LEAST_LIKELY = 1e-4
"""Smallest p value accepted. The draws are fixed, so a test always passes or always fails."""

PINNED_KEY = 2850908681646537513
PINNED_WORDS = [12017601128915079454, 4530617772509985760]
PINNED_NUMBERS = [0.6899648034929556, 0.717713585522943, 0.6164103912983057]


@pytest.fixture(scope="module")
def numbers() -> np.ndarray:
    return Chance(1, 0).uniform("stream", "attribute", np.arange(MANY))


def test_numbers_of_neighbouring_identities_are_uniform(numbers: np.ndarray) -> None:
    assert numbers.min() >= 0
    assert numbers.max() < 1
    assert stats.kstest(numbers, "uniform").pvalue > LEAST_LIKELY
    assert stats.chisquare(np.bincount((numbers * 1_000).astype(int), minlength=1_000)).pvalue > LEAST_LIKELY


def test_the_low_digits_are_uniform_too(numbers: np.ndarray) -> None:
    low = (numbers * 2.0**53).astype(np.uint64) % np.uint64(256)

    assert stats.chisquare(np.bincount(low.astype(int), minlength=256)).pvalue > LEAST_LIKELY


@pytest.mark.parametrize("distance", [1, 2, 12, 256, 65_536])
def test_neighbours_do_not_know_of_each_other(numbers: np.ndarray, distance: int) -> None:
    pairs = np.histogram2d(numbers[:-distance], numbers[distance:], bins=30)[0].ravel()

    assert stats.chisquare(pairs).pvalue > LEAST_LIKELY


@pytest.mark.parametrize(
    "other",
    [
        Chance(1, 0).uniform("stream", "another", np.arange(MANY)),
        Chance(1, 0).uniform("other", "attribute", np.arange(MANY)),
        Chance(1, 1).uniform("stream", "attribute", np.arange(MANY)),
        Chance(2, 0).uniform("stream", "attribute", np.arange(MANY)),
        Chance(1, 0).uniform("stream", "attribute", np.arange(MANY), 0),
    ],
    ids=["attribute", "stream", "replication", "root", "one word more"],
)
def test_another_attribute_stream_replication_root_or_word_is_independent(
    numbers: np.ndarray, other: np.ndarray
) -> None:
    pairs = np.histogram2d(numbers, other, bins=30)[0].ravel()

    assert stats.chisquare(pairs).pvalue > LEAST_LIKELY


def test_the_order_of_words_matters() -> None:
    chance = Chance(1, 0)

    assert chance.uniform("s", "a", 1, 2) != chance.uniform("s", "a", 2, 1)


def test_a_number_depends_on_its_own_identity_only() -> None:
    chance = Chance(1, 0)
    together = chance.uniform("s", "a", np.arange(100)[:, None], np.arange(3))

    assert chance.uniform("s", "a", 41, 2) == together[41, 2]
    assert np.array_equal(chance.uniform("s", "a", np.arange(100)[::-1], 0), together[::-1, 0])


def test_words_are_told_apart_where_they_join() -> None:
    assert text_key("ab", "c") != text_key("a", "bc")


def test_keys_and_numbers_are_the_same_on_every_machine() -> None:
    assert text_key("village.01") == PINNED_KEY
    assert combine(1, np.array([2, 3])).tolist() == PINNED_WORDS
    assert Chance(20241121, 3).uniform("demand.x", "handling", np.array([0, 1, 2**40])).tolist() == PINNED_NUMBERS


@pytest.mark.slow
def test_a_million_identities_have_a_million_keys() -> None:
    assert len(np.unique(combine(text_key("x"), np.arange(1_000)[:, None], np.arange(1_000)))) == MANY


@pytest.mark.parametrize("mean", [0.0, 0.3, 4.0, 60.0, 900.0])
def test_poisson_quantiles_are_those_of_the_distribution(mean: float) -> None:
    u = np.linspace(0.0005, 0.9995, 2_001)

    assert np.array_equal(poisson(mean, u), stats.poisson.ppf(u, mean) if mean else np.zeros(len(u)))


def test_poisson_counts_have_the_mean_and_the_variance(numbers: np.ndarray) -> None:
    counts = poisson(7.5, numbers)

    assert math.isclose(counts.mean(), 7.5, rel_tol=0.005)
    assert math.isclose(counts.var(), 7.5, rel_tol=0.01)


@pytest.mark.parametrize("shape", [(70_000, 1), (1, 70_000), (300, 500), (0, 4)])
def test_hashing_many_identities_at_once_is_hashing_each(shape: tuple[int, int]) -> None:
    one, other = np.arange(shape[0])[:, None], np.arange(shape[1]) - 5

    keys = combine(7, 3, one, other, 2)

    assert keys.shape == shape
    for place in [(0, 0), (shape[0] // 2, shape[1] // 2), (-1, -1)] if keys.size else []:
        alone = [np.broadcast_to(word, shape)[place] for word in (one, other)]
        assert keys[place] == combine(7, 3, *alone, 2)
        assert keys[place] == combine(7, 3, *(np.array([word]) for word in alone), 2)[0]

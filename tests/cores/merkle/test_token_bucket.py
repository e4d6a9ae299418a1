"""How often one address may ask."""

import importlib.util

import pytest

from tests.cores.merkle.vectors import ROOT

PATH = ROOT / "addons/dms_base/controllers/token_bucket.py"


@pytest.fixture
def clock():
    class Clock:
        now = 0.0

        def __call__(self) -> float:
            return self.now

    return Clock()


@pytest.fixture
def buckets(clock):
    # by path: the folder is part of an addon, not a package of its own
    spec = importlib.util.spec_from_file_location("token_bucket", PATH)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.TokenBuckets(rate=2, burst=3, addresses=2, clock=clock)


def test_a_full_bucket_serves_a_burst(buckets):
    assert [buckets.take("a") for _ in range(4)] == [0, 0, 0, 0.5]


def test_it_refills_with_time(buckets, clock):
    for _ in range(4):
        buckets.take("a")
    clock.now = 0.4
    assert buckets.take("a") == pytest.approx(0.1)
    clock.now = 0.5
    assert buckets.take("a") == 0


def test_it_never_holds_more_than_a_burst(buckets, clock):
    buckets.take("a")
    clock.now = 1000
    assert [buckets.take("a") for _ in range(4)] == [0, 0, 0, 0.5]


def test_addresses_do_not_share(buckets):
    for _ in range(4):
        buckets.take("a")
    assert buckets.take("b") == 0


def test_the_address_that_asked_longest_ago_is_forgotten(buckets):
    for _ in range(3):
        buckets.take("a")
    buckets.take("b")
    buckets.take("c")
    assert buckets.take("a") == 0
    assert len(buckets._buckets) == 2

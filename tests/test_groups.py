"""Tests that share a portal, a browser or a port stay together on one worker."""

import os

import pytest


@pytest.mark.xdist_group("together")
def test_tests_of_a_group_are_kept_together(request: pytest.FixtureRequest) -> None:
    alone = "PYTEST_XDIST_WORKER" not in os.environ
    assert alone or request.node.nodeid.endswith("@together"), "run it with `--dist loadgroup`"

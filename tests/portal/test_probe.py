"""Ports: each is given once."""

from portal.probe import free_port, port_of, take


def test_a_port_that_is_promised_to_somebody_is_not_given_to_another() -> None:
    wanted = free_port(0)
    assert free_port(wanted) == wanted
    promised = {wanted}
    for _ in range(200):
        found = free_port(wanted, promised)
        assert found not in promised
        promised.add(found)


def test_a_port_that_was_taken_is_not_given_to_whoever_asks_at_the_same_moment() -> None:
    wanted = free_port(0)
    with take(wanted) as first, take(wanted) as second:
        assert port_of(first) == wanted
        assert port_of(second) != wanted
    assert free_port(wanted) == wanted

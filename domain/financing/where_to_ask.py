"""Which kinds of places advise about what: those that the words of `where_to_ask` name."""

from collections.abc import Mapping

from domain.advice_centre import AdviceKind
from domain.financing.payer_rules import PayerKind

_PEERS, _CARE = AdviceKind.TEILHABEBERATUNG, AdviceKind.PFLEGESTUETZPUNKT
_OFFICE = AdviceKind.TRAEGER
_CALCULATIONS: Mapping[str, frozenset[AdviceKind]] = {
    "WAGE_CHECK": frozenset(),  # for others, which no district names
    "EMPLOYER_COSTS": frozenset({_PEERS, _OFFICE}),
    "SERVICE_COSTS": frozenset({_PEERS}),
    "OWN_CONTRIBUTION": frozenset({_PEERS, _OFFICE}),
    "OWN_ASSETS": frozenset({_PEERS, _OFFICE}),
    "CARE_REGIME": frozenset({_PEERS, _OFFICE}),
    "HELP_TO_CARE": frozenset({_PEERS, _CARE}),
    "PARENTAL_CONTRIBUTION": frozenset({_PEERS}),
}
_BENEFIT_OF_CARE_INSURANCE = frozenset({_CARE})
_PAYERS: Mapping[PayerKind, frozenset[AdviceKind]] = {
    PayerKind.CARE_INSURANCE: frozenset({_CARE}),
    PayerKind.INTEGRATION_ASSISTANCE: frozenset({_PEERS, _OFFICE}),
    PayerKind.HELP_TO_CARE: frozenset({_PEERS, _CARE}),
    PayerKind.WHOEVER_GRANTS: frozenset({_PEERS, _OFFICE}),
    PayerKind.PRIVATE: frozenset({_PEERS, _CARE}),
}
_ABOUT_ALL_BENEFITS = frozenset({_PEERS})  # § 32 Abs. 1 SGB IX


def kinds_for_calculation(kind: str) -> frozenset[AdviceKind]:
    """Who advises about what a calculator finds."""
    return _CALCULATIONS.get(kind, _BENEFIT_OF_CARE_INSURANCE)


def kinds_for_payer(payer: PayerKind) -> frozenset[AdviceKind]:
    """Who advises about a payer, or is the payer's office."""
    return _PAYERS.get(payer, _ABOUT_ALL_BENEFITS)

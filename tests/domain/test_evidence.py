"""Proofs: what is required, how long it holds, and what a record may say."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.dates import months_later
from domain.evidence import (
    EXPIRED,
    FOREVER,
    WARNINGS,
    EvidenceKind,
    EvidenceState,
    Exemption,
    Proof,
    ends,
    holds_until,
    milestone,
    proofs_until,
    required,
    state_of,
)
from domain.evidence_rules import KEPT, RULES, problems
from domain.quality import CATALOGUE, Source
from domain.user import Employment, Verdict

TODAY = date(2026, 11, 26)
DAYS = st.dates(TODAY - timedelta(days=900), TODAY + timedelta(days=900))
QUALITIES = st.sampled_from([None, "QUA_FACHKRAFT", "QUA_ERSTE_HILFE"])
KINDS, EMPLOYMENTS = st.sampled_from(EvidenceKind), st.sampled_from(Employment)


@st.composite
def records(draw: st.DrawFn) -> Proof:
    return Proof(
        kind=draw(KINDS),
        verdict=draw(st.sampled_from([None, *Verdict])),
        seen_on=draw(DAYS),
        valid_until=draw(st.none() | DAYS),
        exemption=draw(st.sampled_from([None, *Exemption])),
        quality=draw(QUALITIES),
    )


LEDGERS = st.lists(records(), max_size=12)


def holds(ledger: list[Proof], kind: EvidenceKind, day: date) -> bool:
    """The rule in words: some quality's newest judged record is confirmed and has not ended."""
    for quality in {each.quality for each in ledger}:
        judged = [
            each
            for each in ledger
            if each.kind is kind and each.quality == quality and each.verdict is not None
        ]
        if judged and judged[-1].verdict is Verdict.CONFIRMED:
            end = judged[-1].valid_until
            if end is not None and judged[-1].exemption is Exemption.CONTRAINDICATION:
                end = months_later(end, 1)
            if end is None or end >= day:
                return True
    return False


@pytest.mark.no_cover
@given(LEDGERS, EMPLOYMENTS, DAYS)
def test_proofs_hold_until_the_day_on_which_the_first_required_one_ends(
    ledger: list[Proof], employment: Employment, day: date
) -> None:
    until = proofs_until(ledger, employment)
    all_hold = all(holds(ledger, kind, day) for kind in required(employment))
    assert (until is not None and until >= day) is all_hold


@given(LEDGERS, KINDS, DAYS)
def test_a_state_says_that_a_proof_holds_exactly_when_it_does(
    ledger: list[Proof], kind: EvidenceKind, day: date
) -> None:
    state = state_of(ledger, kind, day)
    assert (state in {EvidenceState.VALID, EvidenceState.EXPIRING}) is holds(ledger, kind, day)
    assert (state is EvidenceState.EXPIRING) is (
        holds(ledger, kind, day) and not holds(ledger, kind, day + timedelta(days=61))
    )
    of_this_kind = [each for each in ledger if each.kind is kind]
    assert (state is EvidenceState.MISSING) is (not of_this_kind)
    if state is EvidenceState.SHOWN:
        assert of_this_kind[-1].verdict is None
    if state is EvidenceState.EXPIRED:
        assert ends(ledger)[kind] < day


@given(LEDGERS, records(), EMPLOYMENTS)
def test_something_shown_but_not_judged_yet_changes_no_day(
    ledger: list[Proof], record: Proof, employment: Employment
) -> None:
    shown = Proof(record.kind, None, record.seen_on, quality=record.quality)
    assert proofs_until([*ledger, shown], employment) == proofs_until(ledger, employment)


def test_the_self_employed_show_everything_and_a_qualification_and_insurance() -> None:
    assert set(required(Employment.SELF_EMPLOYED)) == set(EvidenceKind)
    for employment in (Employment.EMPLOYED, Employment.VOLUNTEER):
        assert set(EvidenceKind) - set(required(employment)) == {
            EvidenceKind.QUALIFICATION,
            EvidenceKind.INSURANCE,
        }


def test_after_a_contraindication_there_is_a_month_to_show_the_protection() -> None:
    proof = Proof(
        EvidenceKind.MEASLES_PROTECTION,
        Verdict.CONFIRMED,
        TODAY,
        valid_until=date(2027, 1, 31),
        exemption=Exemption.CONTRAINDICATION,
    )
    assert holds_until(proof) == date(2027, 2, 28)
    assert holds_until(Proof(proof.kind, Verdict.CONFIRMED, TODAY)) == FOREVER
    assert holds_until(Proof(proof.kind, Verdict.REJECTED, TODAY)) is None


@given(DAYS, st.integers(0, 200))
def test_months_later_is_the_same_day_or_the_months_last_one(day: date, months: int) -> None:
    later = months_later(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day == day.day or (
        later.day < day.day and (later + timedelta(days=1)).month != later.month
    )


@given(st.integers(-400, 400))
def test_a_warning_is_due_from_its_day_on_until_the_next_one(left: int) -> None:
    due = milestone(TODAY + timedelta(days=left), TODAY)
    if left < 0:
        assert due == EXPIRED
    elif left > WARNINGS[0]:
        assert due is None
    else:
        assert due == min(days for days in WARNINGS if left <= days)


def refused(proof: Proof, hours: int | None = None) -> set[tuple[str, str | None]]:
    return {(each.code, each.field) for each in problems(proof, hours, TODAY)}


def fitting(kind: EvidenceKind) -> Proof:
    """The fullest record of a kind that is not refused."""
    rule = RULES[kind]
    return Proof(
        kind=kind,
        verdict=Verdict.CONFIRMED,
        seen_on=TODAY,
        dated_on=TODAY if rule.dated else None,
        valid_until=TODAY if rule.ends else None,
        quality="QUA_FACHKRAFT" if rule.quality else None,
    )


@pytest.mark.parametrize("kind", EvidenceKind)
def test_every_kind_has_a_record_that_fits_and_a_time_for_which_it_is_kept(
    kind: EvidenceKind,
) -> None:
    assert refused(fitting(kind), 10 if RULES[kind].hours else None) == set()
    assert kind in KEPT


@pytest.mark.parametrize("kind", EvidenceKind)
def test_what_a_kind_does_not_hold_is_refused_field_by_field(kind: EvidenceKind) -> None:
    full = Proof(kind, Verdict.CONFIRMED, TODAY, TODAY, TODAY, quality="QUA_FACHKRAFT")
    rule = RULES[kind]
    foreign = {
        "datedOn": rule.dated,
        "validUntil": rule.ends,
        "quality": rule.quality,
        "hours": rule.hours,
    }
    assert refused(full, 10) == {
        ("EVIDENCE_FIELD_FOREIGN", field) for field, taken in foreign.items() if not taken
    }


@given(records())
def test_an_exemption_belongs_to_its_kind_and_to_a_confirmation(proof: Proof) -> None:
    said = refused(proof)
    wrong = ("EVIDENCE_FIELD_FOREIGN", "exemption") in said
    undecided = ("VERDICT_MISSING", "verdict") in said
    allowed = {
        Exemption.BORN_BEFORE_1971: EvidenceKind.MEASLES_PROTECTION,
        Exemption.CONTRAINDICATION: EvidenceKind.MEASLES_PROTECTION,
        Exemption.QUALIFIED: EvidenceKind.TRAINING,
    }
    fits = proof.exemption is None or (
        proof.verdict is Verdict.CONFIRMED and allowed[proof.exemption] is proof.kind
    )
    assert (wrong or undecided) is not fits
    if proof.exemption is not None:
        waits = proof.verdict is None and allowed[proof.exemption] is proof.kind
        assert undecided is waits


@pytest.mark.parametrize(
    ("proof", "hours", "expected"),
    [
        (
            Proof(EvidenceKind.INTERVIEW, Verdict.CONFIRMED, TODAY + timedelta(days=1)),
            None,
            ("DATE_IN_FUTURE", "seenOn"),
        ),
        (
            Proof(EvidenceKind.CERTIFICATE_OF_CONDUCT, Verdict.CONFIRMED, TODAY),
            None,
            ("FIELD_REQUIRED", "datedOn"),
        ),
        (
            Proof(
                EvidenceKind.CERTIFICATE_OF_CONDUCT,
                Verdict.CONFIRMED,
                TODAY - timedelta(days=1),
                TODAY,
            ),
            None,
            ("DATED_AFTER_SEEN", "datedOn"),
        ),
        (
            Proof(
                EvidenceKind.INSURANCE,
                Verdict.CONFIRMED,
                TODAY,
                valid_until=TODAY - timedelta(days=1),
            ),
            None,
            ("OVER_WHEN_SEEN", "validUntil"),
        ),
        (
            Proof(EvidenceKind.INSURANCE, Verdict.CONFIRMED, TODAY),
            None,
            ("FIELD_REQUIRED", "validUntil"),
        ),
        (
            Proof(EvidenceKind.INSURANCE, Verdict.REJECTED, TODAY, valid_until=TODAY),
            None,
            ("EVIDENCE_FIELD_FOREIGN", "validUntil"),
        ),
        (
            Proof(EvidenceKind.QUALIFICATION, Verdict.CONFIRMED, TODAY),
            None,
            ("FIELD_REQUIRED", "quality"),
        ),
        (
            Proof(EvidenceKind.TRAINING, Verdict.CONFIRMED, TODAY),
            0,
            ("NUMBER_OUT_OF_RANGE", "hours"),
        ),
    ],
)
def test_what_does_not_fit_together_is_refused(
    proof: Proof, hours: int | None, expected: tuple[str, str]
) -> None:
    assert refused(proof, hours) == {expected}


@pytest.mark.parametrize("code", [*CATALOGUE, "NONSENSE"])
def test_a_proof_stands_for_qualities_that_are_proven_and_for_no_others(code: str) -> None:
    proof = Proof(EvidenceKind.QUALIFICATION, Verdict.CONFIRMED, TODAY, quality=code)
    proven = code in CATALOGUE and CATALOGUE[code].source is Source.EVIDENCE
    assert refused(proof) == (set() if proven else {("QUALITY_UNKNOWN", "quality")})

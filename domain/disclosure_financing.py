"""Types about money: open ones of the law and of calculators, and those of somebody's file."""

FINANCING = {
    "ContractDuty": "code label carriedBy carriedByLabel",
    "ContractWarning": "code message",
    "CostComparison": "employer service difference differenceText",
    "CostPart": "code payer label amount text",
    "CostSide": (
        "model modelLabel calculation parts ownMoney ownMoneyText minijob budgetHours budgetDays"
        " runsOutOn warnings duties"
    ),
    "ExcludedPayer": "code payer payerLabel instrumentLabel paragraph against",
    "Payers": "payers excluded missing notes lawReadOn disclaimer whereToAsk",
    "PossiblePayer": (
        "code payer payerLabel instruments instrumentLabel reason paragraph certain ownMoney"
        " ownMoneyLabel calculators office missing notes adviceCentres"
    ),
    "Calculation": (
        "kind title amount text reading unit least leastText asOf version steps figures reasons"
        " assumptions missing warnings disclaimer whereToAsk adviceCentres shareToken"
    ),
    "CalculationFigure": (
        "code label value text unit validFrom validTo paragraph verifiedOn source confidence"
    ),
    "CalculationNote": "code text",
    "CalculationOperand": "code label value text unit origin",
    "CalculationStep": (
        "code title operation formula formulaInWords operands amount text unit rounding paragraph"
        " outcome outcomeLabel note"
    ),
    "CareBenefits": "benefits notKnown",
    "CareCombination": "pflegegeld conversion",
    "ContributionPoint": "income incomeText amount text",
    "LegalParameter": (
        "code label topic topicLabel value text unit validFrom validTo knownFrom knownUntil"
        " paragraph status verifiedOn source confidence warnings"
    ),
    "LegalParameters": "asOf version parameters",
    "OwnContributionCurve": "code label asOf unit points here warnings",
    "ReliefAmount": "left years taken",
    "ReliefTaken": "position year amount",
    "ReliefYear": "year credited used lapsed left leftText lapsesAfter",
    "SharedAmount": "amount text reading unit least leastText asOf version",
    "SharedCalculation": "kind title shown now figuresChanged curve",
    "FundingBalance": (
        "periodFrom periodUntil budgetCents budgetMinutes consumedCents consumedMinutes leftCents"
        " leftMinutes usedPercent runsOutOn lapsingCents lapsesOn steps"
        " warnings disclaimer whereToAsk"
    ),
    "StatementPart": "minutes cents payer legalBasis",
}
# For the seeker, whoever acts for the seeker, and staff.
RECORDS = {
    "ContractFunding": "place source",
    "FundingCharge": "id day minutes cents payer legalBasis appointment",
    "FundingSource": (
        "id version state stateLabel instrument instrumentLabel payer payerLabel legalBasis cents"
        " minutes per validFrom validUntil appliedOn approvedOn createdAt balance charges"
        " seeker availableActions nextStep"
    ),
}
LISTED = " FundingSource FundingCharge"

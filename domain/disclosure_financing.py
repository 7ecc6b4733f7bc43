"""Open types about money: figures of the law, and what was calculated of what somebody said."""

FINANCING = {
    "Calculation": (
        "kind title amount text unit least leastText asOf version steps figures reasons assumptions"
        " missing warnings disclaimer whereToAsk shareToken"
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
    "OwnContributionCurve": "code label asOf unit points here",
    "ReliefAmount": "left years taken",
    "ReliefTaken": "position year amount",
    "ReliefYear": "year credited used lapsed left leftText lapsesAfter",
    "SharedAmount": "amount text unit least leastText asOf version",
    "SharedCalculation": "kind title shown now figuresChanged",
}

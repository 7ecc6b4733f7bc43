"""What is asked of types that are not rows of their own, or that have no id."""

VALUES = {
    "Activity": "{ code label }",
    "Action": "{ code }",
    "AppointmentWarning": "{ code message }",
    "AskedQuality": "{ must quality { code label } }",
    "ContractFunding": "{ place source { id } }",
    "FundingBalance": "{ periodFrom usedPercent leftCents leftMinutes lapsesOn whereToAsk"
    " steps { code formula amount paragraph } }",
    "Busy": "{ id kind beginsAt endsAt }",
    "ContractConsent": "{ id side version at onBehalf counts }",
    "ContractDuty": "{ code carriedBy }",
    "ContractWarning": "{ code message }",
    "Printout": "{ form address }",
    "Coordinator": "{ id role firstName lastName email availableActions { code } }",
    "Problem": "{ code }",
    "PlanSlot": "{ day clock }",
    "Price": "{ payer payerLabel hourlyCents validFrom validUntil }",
    "ProviderRecognition": "{ kind kindLabel validFrom validUntil }",
    "MatchPoint": "{ code met label }",
    "MeetingDate": "{ id startsAt endsAt chosen }",
    "MeetingPerson": "{ side sideLabel you firstName confirmed }",
    "MeetingWarning": "{ code message }",
    "Quality": "{ code label }",
    "QualityWarning": "{ codes }",
    "TextWarning": "{ code }",
    "TimeWindow": "{ weekday start end }",
    "Municipality": "{ name postcodes }",
    "Evidence": "{ id kind kindLabel verdict seenOn datedOn validUntil exemption quality"
    " qualityLabel hours createdAt }",
    "ProofStatus": "{ kind label state stateLabel validUntil }",
    "IdentityCheck": "{ id document verdict checkedOn }",
    "Talk": "{ id channel outcome heldAt answers { careGrade payer usesReliefAmount"
    " hasIntegrationAssistance corrected correctedAt correctedBy } }",
    "TalkBooking": "{ id version state stateLabel channel wishes failure createdAt user { id role }"
    " slot { id startsAt endsAt minutes cancelled booking { id } } }",
}

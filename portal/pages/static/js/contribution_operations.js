// What the page of the own contribution asks of the graph.

const REFUSED = "... on Refusal { code message remedy field } ... on InputRefused { problems { code message remedy field } }";
const CALCULATION = `... on Calculation { kind title text leastText asOf disclaimer whereToAsk
  steps { code title text paragraph outcomeLabel note formula operands { code label text } }
  figures { code label text validFrom validTo paragraph verifiedOn }
  reasons { text } assumptions { text } missing { text } warnings { text } }`;
const POINT = "{ income incomeText amount text }";

const CURVE = `... on OwnContributionCurve { label here ${POINT} points ${POINT} }`;

export const CONTRIBUTION = `query($input: OwnContributionInput!) {
  result: ownContribution(input: $input) { ${CALCULATION} ${REFUSED} }
  curve: ownContributionCurve(input: $input, points: 81) { ${CURVE} }
}`;
export const SHARE = `query($input: OwnContributionInput!) {
  result: ownContribution(input: $input) { ... on Calculation { shareToken } }
}`;
export const SHARED = `query($input: SharedCalculationInput!) {
  shared: sharedCalculation(input: $input) {
    ... on SharedCalculation {
      title figuresChanged shown { amount text leastText asOf } now { ${CALCULATION} ${REFUSED} }
      curve(points: 81) { ${CURVE} }
    }
    ${REFUSED}
  }
}`;
export const CENTRES = `query($postcode: String) {
  adviceCentres(postcode: $postcode) { kindLabel name address phone email web hours }
}`;

// The operations of funding: sources, what they are written down as, and which pay for a contract.
import { ACTIONS, mutation } from "./operations.js";

const SOURCE = `fragment SourceParts on FundingSource {
  id version state stateLabel instrument instrumentLabel payer payerLabel legalBasis cents minutes per
  validFrom validUntil appliedOn approvedOn nextStep ${ACTIONS}
  balance { periodFrom periodUntil consumedCents consumedMinutes leftCents leftMinutes usedPercent runsOutOn lapsingCents lapsesOn
    warnings { text } steps { title text formulaInWords paragraph } disclaimer whereToAsk }
}`;

export const SOURCES = `${SOURCE}
query PageSources($where: FundingSourceFilter, $first: Int, $after: String) {
  fundingSources(first: $first, after: $after, where: $where) { pageInfo { hasNextPage endCursor } nodes { ...SourceParts } }
}`;
export const SOURCES_TO_CHOOSE = `query PageSourcesToChoose($first: Int, $after: String) {
  fundingSources(first: $first, after: $after, where: { state: [APPLIED, APPROVED, ENDED] }, orderBy: OLDEST_FIRST) {
    pageInfo { hasNextPage endCursor } nodes { id instrumentLabel payerLabel stateLabel validFrom }
  }
}`;
export const SOURCES_CHOSEN = "query PageSourcesChosen($id: ID!) { contract(id: $id) { funding { source { id } } } }";
export const RECORD_SOURCE = mutation("recordFundingSource", "RecordFundingSourceInput", "FundingSource", "id stateLabel");
export const SOURCE_ACTIONS = {
  CHANGE_FUNDING: mutation("changeFundingSource", "ChangeFundingSourceInput", "FundingSource", "id stateLabel"),
  APPROVE_FUNDING: mutation("approveFundingSource", "ApproveFundingSourceInput", "FundingSource", "id stateLabel"),
  REFUSE_FUNDING: mutation("refuseFundingSource", "CloseFundingSourceInput", "FundingSource", "id stateLabel"),
  WITHDRAW_FUNDING: mutation("withdrawFundingSource", "CloseFundingSourceInput", "FundingSource", "id stateLabel"),
  END_FUNDING: mutation("endFundingSource", "EndFundingSourceInput", "FundingSource", "id stateLabel"),
};
export const FUND_CONTRACT = mutation("fundContract", "FundContractInput", "Contract", "id");

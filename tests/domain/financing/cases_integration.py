"""Part 2 of SGB IX: the Bezugsgröße by its yearly regulations, and the shares of §§ 136 to 139."""

from tests.domain.financing.cases import cases

CASES = tuple(
    cases("""
§ 18 Abs. 1 SGB IV
bezugsgroesse                        2019-01-01 2019-12-31 37380  EUR_PER_YEAR
bezugsgroesse                        2020-01-01 2020-12-31 38220  EUR_PER_YEAR
bezugsgroesse                        2021-01-01 2021-12-31 39480  EUR_PER_YEAR
bezugsgroesse                        2022-01-01 2022-12-31 39480  EUR_PER_YEAR
bezugsgroesse                        2023-01-01 2023-12-31 40740  EUR_PER_YEAR
bezugsgroesse                        2024-01-01 2024-12-31 42420  EUR_PER_YEAR
bezugsgroesse                        2025-01-01 2025-12-31 44940  EUR_PER_YEAR
bezugsgroesse                        2026-01-01 2026-12-31 47460  EUR_PER_YEAR
bezugsgroesse.monthly                2019-01-01 2019-12-31 3115   EUR_PER_MONTH
bezugsgroesse.monthly                2020-01-01 2020-12-31 3185   EUR_PER_MONTH
bezugsgroesse.monthly                2021-01-01 2021-12-31 3290   EUR_PER_MONTH
bezugsgroesse.monthly                2022-01-01 2022-12-31 3290   EUR_PER_MONTH
bezugsgroesse.monthly                2023-01-01 2023-12-31 3395   EUR_PER_MONTH
bezugsgroesse.monthly                2024-01-01 2024-12-31 3535   EUR_PER_MONTH
bezugsgroesse.monthly                2025-01-01 2025-12-31 3745   EUR_PER_MONTH
bezugsgroesse.monthly                2026-01-01 2026-12-31 3955   EUR_PER_MONTH

§ 18 Abs. 2 SGB IV
bezugsgroesse.ost                    2019-01-01 2019-12-31 34440  EUR_PER_YEAR
bezugsgroesse.ost                    2020-01-01 2020-12-31 36120  EUR_PER_YEAR
bezugsgroesse.ost                    2021-01-01 2021-12-31 37380  EUR_PER_YEAR
bezugsgroesse.ost                    2022-01-01 2022-12-31 37800  EUR_PER_YEAR
bezugsgroesse.ost                    2023-01-01 2023-12-31 39480  EUR_PER_YEAR
bezugsgroesse.ost                    2024-01-01 2024-12-31 41580  EUR_PER_YEAR
bezugsgroesse.ost_monthly            2019-01-01 2019-12-31 2870   EUR_PER_MONTH
bezugsgroesse.ost_monthly            2020-01-01 2020-12-31 3010   EUR_PER_MONTH
bezugsgroesse.ost_monthly            2021-01-01 2021-12-31 3115   EUR_PER_MONTH
bezugsgroesse.ost_monthly            2022-01-01 2022-12-31 3150   EUR_PER_MONTH
bezugsgroesse.ost_monthly            2023-01-01 2023-12-31 3290   EUR_PER_MONTH
bezugsgroesse.ost_monthly            2024-01-01 2024-12-31 3465   EUR_PER_MONTH

§ 136 Abs. 2 Nr. 1 SGB IX
anteil.insured_work                  2020-01-01 open       85     PERCENT
§ 136 Abs. 2 Nr. 2 SGB IX
anteil.uninsured_work                2020-01-01 open       75     PERCENT
§ 136 Abs. 2 Nr. 3 SGB IX
anteil.pension                       2020-01-01 open       60     PERCENT
§ 136 Abs. 2 SGB IX
anteil.other                         2020-01-01 open       75     PERCENT
§ 136 Abs. 3 SGB IX
zuschlag.partner                     2020-01-01 open       15     PERCENT
zuschlag.child                       2020-01-01 open       10     PERCENT
§ 136 Abs. 4 SGB IX
zuschlag.child_of_earning_partner    2020-01-01 open       5      PERCENT
§ 136 Abs. 5 SGB IX
zuschlag.minor                       2020-01-01 open       75     PERCENT
§ 137 Abs. 2 SGB IX
eigenbeitrag.share                   2020-01-01 open       2      PERCENT
§ 138 Abs. 3 SGB IX
eigenbeitrag.one_off_months          2020-01-01 open       4      FACTOR
eigenbeitrag.one_off_years           2020-01-01 open       1      YEARS
§ 139 SGB IX
vermoegen.share                      2020-01-01 open       150    PERCENT

§ 29 SGB IX
persoenliches_budget.bound_months    2020-01-01 open       6      MONTHS
persoenliches_budget.assessment_years 2020-01-01 open       2      YEARS
""")
)

"""Part 2 of SGB IX: the Bezugsgröße by its yearly regulations, and the shares of §§ 136 to 139."""

from tests.domain.financing.cases import cases

CASES = tuple(
    cases("""
§ 18 Abs. 1 SGB IV
bezugsgroesse          2019-01-01 2019-12-31 37380
bezugsgroesse          2020-01-01 2020-12-31 38220
bezugsgroesse          2021-01-01 2021-12-31 39480
bezugsgroesse          2022-01-01 2022-12-31 39480
bezugsgroesse          2023-01-01 2023-12-31 40740
bezugsgroesse          2024-01-01 2024-12-31 42420
bezugsgroesse          2025-01-01 2025-12-31 44940
bezugsgroesse          2026-01-01 2026-12-31 47460
bezugsgroesse.monthly  2019-01-01 2019-12-31 3115
bezugsgroesse.monthly  2020-01-01 2020-12-31 3185
bezugsgroesse.monthly  2021-01-01 2021-12-31 3290
bezugsgroesse.monthly  2022-01-01 2022-12-31 3290
bezugsgroesse.monthly  2023-01-01 2023-12-31 3395
bezugsgroesse.monthly  2024-01-01 2024-12-31 3535
bezugsgroesse.monthly  2025-01-01 2025-12-31 3745
bezugsgroesse.monthly  2026-01-01 2026-12-31 3955

§ 18 Abs. 2 SGB IV
bezugsgroesse.ost          2019-01-01 2019-12-31 34440
bezugsgroesse.ost          2020-01-01 2020-12-31 36120
bezugsgroesse.ost          2021-01-01 2021-12-31 37380
bezugsgroesse.ost          2022-01-01 2022-12-31 37800
bezugsgroesse.ost          2023-01-01 2023-12-31 39480
bezugsgroesse.ost          2024-01-01 2024-12-31 41580
bezugsgroesse.ost_monthly  2019-01-01 2019-12-31 2870
bezugsgroesse.ost_monthly  2020-01-01 2020-12-31 3010
bezugsgroesse.ost_monthly  2021-01-01 2021-12-31 3115
bezugsgroesse.ost_monthly  2022-01-01 2022-12-31 3150
bezugsgroesse.ost_monthly  2023-01-01 2023-12-31 3290
bezugsgroesse.ost_monthly  2024-01-01 2024-12-31 3465

§ 136 Abs. 2 Nr. 1 SGB IX
anteil.insured_work    2020-01-01 open 85
§ 136 Abs. 2 Nr. 2 SGB IX
anteil.uninsured_work  2020-01-01 open 75
§ 136 Abs. 2 Nr. 3 SGB IX
anteil.pension         2020-01-01 open 60
§ 136 Abs. 2 SGB IX
anteil.other           2020-01-01 open 75
§ 136 Abs. 3 SGB IX
zuschlag.partner       2020-01-01 open 15
zuschlag.child         2020-01-01 open 10
§ 136 Abs. 4 SGB IX
zuschlag.child_of_earning_partner  2020-01-01 open 5
§ 136 Abs. 5 SGB IX
zuschlag.minor         2020-01-01 open 75
§ 137 Abs. 2 SGB IX
eigenbeitrag.share     2020-01-01 open 2
§ 138 Abs. 3 SGB IX
eigenbeitrag.one_off_months  2020-01-01 open 4
eigenbeitrag.one_off_years   2020-01-01 open 1
§ 139 SGB IX
vermoegen.share        2020-01-01 open 150

§ 29 SGB IX
persoenliches_budget.bound_months      2020-01-01 open 6
persoenliches_budget.assessment_years  2020-01-01 open 2
""")
)

"""SGB XII by its text and regulations, pay by GETTSIM, MiLoV4, MiLoV5 and PflegeArbbV 6."""

from tests.domain.financing.cases import cases

CASES = tuple(
    cases("""
§ 28 SGB XII, Anlage
regelbedarf.stufe_1                  2019-01-01 2019-12-31 424    EUR_PER_MONTH
regelbedarf.stufe_1                  2020-01-01 2020-12-31 432    EUR_PER_MONTH
regelbedarf.stufe_1                  2021-01-01 2021-12-31 446    EUR_PER_MONTH
regelbedarf.stufe_1                  2022-01-01 2022-12-31 449    EUR_PER_MONTH
regelbedarf.stufe_1                  2023-01-01 2023-12-31 502    EUR_PER_MONTH
regelbedarf.stufe_1                  2024-01-01 2025-12-31 563    EUR_PER_MONTH
regelbedarf.stufe_1                  2026-01-01 2026-12-31 563    EUR_PER_MONTH

§ 85 SGB XII
grundbetrag.factor                   2019-01-01 open       2      FACTOR
familienzuschlag.share               2020-01-01 open       70     PERCENT
§ 82 Abs. 6 SGB XII
freibetrag.earned_share              2020-01-01 open       40     PERCENT
freibetrag.earned_cap_share          2020-01-01 open       65     PERCENT
§ 87 SGB XII
einsatz.spared_share                 2020-01-01 open       60     PERCENT
§ 90 Abs. 2 Nr. 9 SGB XII
barbetrag.adult                      2017-04-01 2022-12-31 5000   EUR
barbetrag.adult                      2023-01-01 open       10000  EUR
barbetrag.dependant                  2023-01-01 open       500    EUR
§ 90 Abs. 2 Nr. 10 SGB XII
fahrzeug.exempt                      2023-01-01 2025-12-31 1      FACTOR
fahrzeug.exempt                      2026-01-01 open       1      FACTOR
§ 66a SGB XII
vermoegen.from_work                  2020-01-01 open       25000  EUR
§§ 64i, 66 SGB XII
entlastungsbetrag.hilfe_zur_pflege   2020-01-01 open       125    EUR_PER_MONTH

§ 94 Abs. 1a SGB XII
unterhalt.income_limit               2020-01-01 open       100000 EUR_PER_YEAR
§ 94 Abs. 2 SGB XII
unterhalt.base_seventh_chapter       2020-01-01 open       26     EUR_PER_MONTH
unterhalt.base_third_fourth_chapter  2020-01-01 open       20     EUR_PER_MONTH
unterhalt.seventh_chapter            2020-01-01 2020-12-31 34.44  EUR_PER_MONTH
unterhalt.third_fourth_chapter       2020-01-01 2020-12-31 26.49  EUR_PER_MONTH

§ 1 Abs. 2 MiLoG
mindestlohn                          2020-01-01 2020-12-31 9.35   EUR_PER_HOUR
mindestlohn                          2021-01-01 2021-06-30 9.50   EUR_PER_HOUR
mindestlohn                          2021-07-01 2021-12-31 9.60   EUR_PER_HOUR
mindestlohn                          2022-01-01 2022-06-30 9.82   EUR_PER_HOUR
mindestlohn                          2022-07-01 2022-09-30 10.45  EUR_PER_HOUR
mindestlohn                          2022-10-01 2023-12-31 12.00  EUR_PER_HOUR
mindestlohn                          2024-01-01 2024-12-31 12.41  EUR_PER_HOUR
mindestlohn                          2025-01-01 2025-12-31 12.82  EUR_PER_HOUR
mindestlohn                          2026-01-01 2026-12-31 13.90  EUR_PER_HOUR
mindestlohn                          2027-01-01 2027-12-31 14.60  EUR_PER_HOUR

§ 8 Abs. 1 SGB IV
geringfuegigkeitsgrenze              2020-01-01 2022-09-30 450    EUR_PER_MONTH
§ 8 Abs. 1a SGB IV
geringfuegigkeitsgrenze              2022-10-01 2023-12-31 520    EUR_PER_MONTH
geringfuegigkeitsgrenze              2024-01-01 2024-12-31 538    EUR_PER_MONTH
geringfuegigkeitsgrenze              2025-01-01 2025-12-31 556    EUR_PER_MONTH
geringfuegigkeitsgrenze              2026-01-01 2026-12-31 603    EUR_PER_MONTH
geringfuegigkeitsgrenze              2027-01-01 2027-12-31 633    EUR_PER_MONTH

§ 2 PflegeArbbV 6
pflegemindestlohn.helper             2024-02-01 2024-04-30 14.15  EUR_PER_HOUR
pflegemindestlohn.trained            2024-02-01 2024-04-30 15.25  EUR_PER_HOUR
pflegemindestlohn.skilled            2024-02-01 2024-04-30 18.25  EUR_PER_HOUR
pflegemindestlohn.helper             2024-05-01 2025-06-30 15.50  EUR_PER_HOUR
pflegemindestlohn.trained            2024-05-01 2025-06-30 16.50  EUR_PER_HOUR
pflegemindestlohn.skilled            2024-05-01 2025-06-30 19.50  EUR_PER_HOUR
pflegemindestlohn.helper             2025-07-01 2026-06-30 16.10  EUR_PER_HOUR
pflegemindestlohn.trained            2025-07-01 2026-06-30 17.35  EUR_PER_HOUR
pflegemindestlohn.skilled            2025-07-01 2026-06-30 20.50  EUR_PER_HOUR

§§ 1, 3, 4, 5 AnerkVO SGB XI (Niedersachsen)
nachbarschaftshilfe.share            2025-01-01 open       85     PERCENT
nachbarschaftshilfe.minimum_age      2025-01-01 open       16     YEARS
""")
)

"""SGB XII by its text and regulations, pay by GETTSIM, MiLoV4, MiLoV5 and PflegeArbbV 6."""

from tests.domain.financing.cases import cases

CASES = tuple(
    cases("""
§ 28 SGB XII, Anlage
regelbedarf.stufe_1    2019-01-01 2019-12-31 424
regelbedarf.stufe_1    2020-01-01 2020-12-31 432
regelbedarf.stufe_1    2021-01-01 2021-12-31 446
regelbedarf.stufe_1    2022-01-01 2022-12-31 449
regelbedarf.stufe_1    2023-01-01 2023-12-31 502
regelbedarf.stufe_1    2024-01-01 2025-12-31 563
regelbedarf.stufe_1    2026-01-01 2026-12-31 563

§ 85 SGB XII
grundbetrag.factor     2019-01-01 open 2
familienzuschlag.share 2020-01-01 open 70
§ 82 Abs. 6 SGB XII
freibetrag.earned_share      2020-01-01 open 40
freibetrag.earned_cap_share  2020-01-01 open 65
§ 87 SGB XII
einsatz.spared_share   2020-01-01 open 60
§ 90 Abs. 2 Nr. 9 SGB XII
barbetrag.adult        2017-04-01 2022-12-31 5000
barbetrag.adult        2023-01-01 open       10000
barbetrag.dependant    2023-01-01 open       500
§ 66a SGB XII
vermoegen.from_work    2020-01-01 open       25000
§§ 64i, 66 SGB XII
entlastungsbetrag.hilfe_zur_pflege  2020-01-01 open 125

§ 94 Abs. 1a SGB XII
unterhalt.income_limit               2020-01-01 open       100000
§ 94 Abs. 2 SGB XII
unterhalt.base_seventh_chapter       2020-01-01 open       26
unterhalt.base_third_fourth_chapter  2020-01-01 open       20
unterhalt.seventh_chapter            2020-01-01 2020-12-31 34.44
unterhalt.third_fourth_chapter       2020-01-01 2020-12-31 26.49

§ 1 Abs. 2 MiLoG
mindestlohn            2020-01-01 2020-12-31 9.35
mindestlohn            2021-01-01 2021-06-30 9.50
mindestlohn            2021-07-01 2021-12-31 9.60
mindestlohn            2022-01-01 2022-06-30 9.82
mindestlohn            2022-07-01 2022-09-30 10.45
mindestlohn            2022-10-01 2023-12-31 12.00
mindestlohn            2024-01-01 2024-12-31 12.41
mindestlohn            2025-01-01 2025-12-31 12.82
mindestlohn            2026-01-01 2026-12-31 13.90
mindestlohn            2027-01-01 2027-12-31 14.60

§ 8 Abs. 1 SGB IV
geringfuegigkeitsgrenze  2020-01-01 2022-09-30 450
§ 8 Abs. 1a SGB IV
geringfuegigkeitsgrenze  2022-10-01 2023-12-31 520
geringfuegigkeitsgrenze  2024-01-01 2024-12-31 538
geringfuegigkeitsgrenze  2025-01-01 2025-12-31 556
geringfuegigkeitsgrenze  2026-01-01 2026-12-31 603
geringfuegigkeitsgrenze  2027-01-01 2027-12-31 633

§ 2 PflegeArbbV 6
pflegemindestlohn.helper   2024-02-01 2024-04-30 14.15
pflegemindestlohn.trained  2024-02-01 2024-04-30 15.25
pflegemindestlohn.skilled  2024-02-01 2024-04-30 18.25
pflegemindestlohn.helper   2024-05-01 2025-06-30 15.50
pflegemindestlohn.trained  2024-05-01 2025-06-30 16.50
pflegemindestlohn.skilled  2024-05-01 2025-06-30 19.50
pflegemindestlohn.helper   2025-07-01 2026-06-30 16.10
pflegemindestlohn.trained  2025-07-01 2026-06-30 17.35
pflegemindestlohn.skilled  2025-07-01 2026-06-30 20.50

§§ 1, 3, 4, 5 AnerkVO SGB XI (Niedersachsen)
nachbarschaftshilfe.share        2025-01-01 open 85
nachbarschaftshilfe.minimum_age  2025-01-01 open 16
""")
)

"""The benefits of SGB XI: federal text as of 29 April 2026, notice BAnz AT 12.12.2024 B7."""

from tests.domain.financing.cases import cases

CASES = tuple(
    cases("""
§ 36 SGB XI
sachleistung.pg1     2017-01-01 open       0
sachleistung.pg2     2022-01-01 2023-12-31 724
sachleistung.pg3     2022-01-01 2023-12-31 1363
sachleistung.pg4     2022-01-01 2023-12-31 1693
sachleistung.pg5     2022-01-01 2023-12-31 2095
sachleistung.pg2     2024-01-01 2024-12-31 761
sachleistung.pg3     2024-01-01 2024-12-31 1432
sachleistung.pg4     2024-01-01 2024-12-31 1778
sachleistung.pg5     2024-01-01 2024-12-31 2200
sachleistung.pg2     2025-01-01 open       796
sachleistung.pg3     2025-01-01 open       1497
sachleistung.pg4     2025-01-01 open       1859
sachleistung.pg5     2025-01-01 open       2299

§ 37 SGB XI
pflegegeld.pg1       2017-01-01 open       0
pflegegeld.pg2       2017-01-01 2023-12-31 316
pflegegeld.pg3       2017-01-01 2023-12-31 545
pflegegeld.pg4       2017-01-01 2023-12-31 728
pflegegeld.pg5       2017-01-01 2023-12-31 901
pflegegeld.pg2       2024-01-01 2024-12-31 332
pflegegeld.pg3       2024-01-01 2024-12-31 573
pflegegeld.pg4       2024-01-01 2024-12-31 765
pflegegeld.pg5       2024-01-01 2024-12-31 947
pflegegeld.pg2       2025-01-01 open       347
pflegegeld.pg3       2025-01-01 open       599
pflegegeld.pg4       2025-01-01 open       800
pflegegeld.pg5       2025-01-01 open       990

§ 45b SGB XI
entlastungsbetrag    2017-01-01 2024-12-31 125
entlastungsbetrag    2025-01-01 open       131

Entwurf des Pflegeneuordnungsgesetzes, statt § 45b SGB XI
sozialraumbudget     2027-01-01 open       175

§ 39 SGB XI
verhinderungspflege                   2017-01-01 2021-12-31 1612
verhinderungspflege                   2022-01-01 2024-12-31 1612
verhinderungspflege                   2025-01-01 2025-06-30 1685
verhinderungspflege.transfer          2024-01-01 2024-12-31 806
verhinderungspflege.transfer          2025-01-01 2025-06-30 843
verhinderungspflege.weeks             2025-07-01 open       8
verhinderungspflege.relatives_months  2025-07-01 open       2

§ 42 SGB XI
kurzzeitpflege             2022-01-01 2023-12-31 1774
kurzzeitpflege             2024-01-01 2024-12-31 1774
kurzzeitpflege             2025-01-01 2025-06-30 1854
kurzzeitpflege.transfer    2024-01-01 2024-12-31 1612
kurzzeitpflege.transfer    2025-01-01 2025-06-30 1685

§ 42a SGB XI
gemeinsamer_jahresbetrag           2025-07-01 open       3539
gemeinsamer_jahresbetrag.under_25  2025-01-01 2025-06-30 3539

§ 41 SGB XI
tagespflege.pg2      2022-01-01 2024-12-31 689
tagespflege.pg3      2022-01-01 2024-12-31 1298
tagespflege.pg4      2022-01-01 2024-12-31 1612
tagespflege.pg5      2022-01-01 2024-12-31 1995
tagespflege.pg2      2025-01-01 open       721
tagespflege.pg3      2025-01-01 open       1357
tagespflege.pg4      2025-01-01 open       1685
tagespflege.pg5      2025-01-01 open       2085

§ 40 Abs. 2 SGB XI
pflegehilfsmittel    2017-01-01 2023-12-31 40
pflegehilfsmittel    2024-01-01 2024-12-31 40
pflegehilfsmittel    2025-01-01 open       42

§ 40 Abs. 4 SGB XI
wohnumfeld.measure   2017-01-01 2024-12-31 4000
wohnumfeld.shared    2017-01-01 2024-12-31 16000
wohnumfeld.measure   2025-01-01 open       4180
wohnumfeld.shared    2025-01-01 open       16720

§ 38a SGB XI
wohngruppenzuschlag  2017-01-01 2024-12-31 214
§ 45f SGB XI, früher § 38a SGB XI
wohngruppenzuschlag  2025-01-01 open       224

§ 43a SGB XI
besondere_wohnform   2017-01-01 2024-12-31 266
besondere_wohnform   2025-01-01 open       278

§ 38 SGB XI
kombination.bound_months  2022-01-01 2024-12-31 6
kombination.bound_months  2025-01-01 open       6

§ 45a Abs. 4 SGB XI
umwandlung.share     2022-01-01 2024-12-31 40
umwandlung.share     2025-01-01 open       40

§ 37 Abs. 2 SGB XI
pflegegeld.days_of_month              2022-01-01 2024-12-31 30
pflegegeld.days_of_month              2025-01-01 open       30
pflegegeld.share_during_absence       2022-01-01 2024-12-31 50
pflegegeld.share_during_absence       2025-01-01 open       50
pflegegeld.weeks_kurzzeitpflege       2022-01-01 2024-12-31 8
pflegegeld.weeks_kurzzeitpflege       2025-01-01 open       8
pflegegeld.weeks_verhinderungspflege  2022-01-01 2024-12-31 6
pflegegeld.weeks_verhinderungspflege  2025-01-01 2025-06-30 6
pflegegeld.weeks_verhinderungspflege  2025-07-01 open       8

§ 37 Abs. 3 SGB XI
beratungseinsatz.months          2026-01-01 open       6
beratungseinsatz.months_pg4_pg5  2026-01-01 open       3
beratungseinsatz.video_every     2026-01-01 2027-03-31 2

§ 34 SGB XI
pflegegeld.weeks_abroad  2022-01-01 2024-12-31 8
pflegegeld.weeks_abroad  2025-01-01 open       8

§ 28 Abs. 2 SGB XI
beihilfe.share       2022-01-01 2024-12-31 50
beihilfe.share       2025-01-01 open       50
""")
)

"""The benefits of SGB XI: federal text as of 29 April 2026, notice BAnz AT 12.12.2024 B7."""

from tests.domain.financing.cases import cases

CASES = tuple(
    cases("""
§ 36 SGB XI
sachleistung.pg1                     2017-01-01 open       0      EUR_PER_MONTH
sachleistung.pg2                     2022-01-01 2023-12-31 724    EUR_PER_MONTH
sachleistung.pg3                     2022-01-01 2023-12-31 1363   EUR_PER_MONTH
sachleistung.pg4                     2022-01-01 2023-12-31 1693   EUR_PER_MONTH
sachleistung.pg5                     2022-01-01 2023-12-31 2095   EUR_PER_MONTH
sachleistung.pg2                     2024-01-01 2024-12-31 761    EUR_PER_MONTH
sachleistung.pg3                     2024-01-01 2024-12-31 1432   EUR_PER_MONTH
sachleistung.pg4                     2024-01-01 2024-12-31 1778   EUR_PER_MONTH
sachleistung.pg5                     2024-01-01 2024-12-31 2200   EUR_PER_MONTH
sachleistung.pg2                     2025-01-01 2027-12-31 796    EUR_PER_MONTH
sachleistung.pg3                     2025-01-01 2027-12-31 1497   EUR_PER_MONTH
sachleistung.pg4                     2025-01-01 2027-12-31 1859   EUR_PER_MONTH
sachleistung.pg5                     2025-01-01 2027-12-31 2299   EUR_PER_MONTH

§ 37 SGB XI
pflegegeld.pg1                       2017-01-01 open       0      EUR_PER_MONTH
pflegegeld.pg2                       2017-01-01 2023-12-31 316    EUR_PER_MONTH
pflegegeld.pg3                       2017-01-01 2023-12-31 545    EUR_PER_MONTH
pflegegeld.pg4                       2017-01-01 2023-12-31 728    EUR_PER_MONTH
pflegegeld.pg5                       2017-01-01 2023-12-31 901    EUR_PER_MONTH
pflegegeld.pg2                       2024-01-01 2024-12-31 332    EUR_PER_MONTH
pflegegeld.pg3                       2024-01-01 2024-12-31 573    EUR_PER_MONTH
pflegegeld.pg4                       2024-01-01 2024-12-31 765    EUR_PER_MONTH
pflegegeld.pg5                       2024-01-01 2024-12-31 947    EUR_PER_MONTH
pflegegeld.pg2                       2025-01-01 2027-12-31 347    EUR_PER_MONTH
pflegegeld.pg3                       2025-01-01 2027-12-31 599    EUR_PER_MONTH
pflegegeld.pg4                       2025-01-01 2027-12-31 800    EUR_PER_MONTH
pflegegeld.pg5                       2025-01-01 2027-12-31 990    EUR_PER_MONTH

§ 45b SGB XI
entlastungsbetrag                    2017-01-01 2024-12-31 125    EUR_PER_MONTH
entlastungsbetrag                    2025-01-01 2027-12-31 131    EUR_PER_MONTH

Entwurf des Pflegeneuordnungsgesetzes, statt § 45b SGB XI
sozialraumbudget                     2027-01-01 open       175    EUR_PER_MONTH

§ 39 SGB XI
verhinderungspflege                  2017-01-01 2021-12-31 1612   EUR_PER_YEAR
verhinderungspflege                  2022-01-01 2024-12-31 1612   EUR_PER_YEAR
verhinderungspflege                  2025-01-01 2025-06-30 1685   EUR_PER_YEAR
verhinderungspflege.transfer         2024-01-01 2024-12-31 806    EUR_PER_YEAR
verhinderungspflege.transfer         2025-01-01 2025-06-30 843    EUR_PER_YEAR
verhinderungspflege.weeks            2025-07-01 open       8      WEEKS
verhinderungspflege.apply_years      2026-01-01 open       1      YEARS
verhinderungspflege.relatives_months 2025-07-01 open       2      FACTOR

§ 42 SGB XI
kurzzeitpflege                       2022-01-01 2023-12-31 1774   EUR_PER_YEAR
kurzzeitpflege                       2024-01-01 2024-12-31 1774   EUR_PER_YEAR
kurzzeitpflege                       2025-01-01 2025-06-30 1854   EUR_PER_YEAR
kurzzeitpflege.transfer              2024-01-01 2024-12-31 1612   EUR_PER_YEAR
kurzzeitpflege.transfer              2025-01-01 2025-06-30 1685   EUR_PER_YEAR

§ 42a SGB XI
gemeinsamer_jahresbetrag             2025-07-01 2027-12-31 3539   EUR_PER_YEAR
gemeinsamer_jahresbetrag.under_25    2025-01-01 2025-06-30 3539   EUR_PER_YEAR

§ 41 SGB XI
tagespflege.pg2                      2022-01-01 2024-12-31 689    EUR_PER_MONTH
tagespflege.pg3                      2022-01-01 2024-12-31 1298   EUR_PER_MONTH
tagespflege.pg4                      2022-01-01 2024-12-31 1612   EUR_PER_MONTH
tagespflege.pg5                      2022-01-01 2024-12-31 1995   EUR_PER_MONTH
tagespflege.pg2                      2025-01-01 2027-12-31 721    EUR_PER_MONTH
tagespflege.pg3                      2025-01-01 2027-12-31 1357   EUR_PER_MONTH
tagespflege.pg4                      2025-01-01 2027-12-31 1685   EUR_PER_MONTH
tagespflege.pg5                      2025-01-01 2027-12-31 2085   EUR_PER_MONTH

§ 40 Abs. 2 SGB XI
pflegehilfsmittel                    2017-01-01 2023-12-31 40     EUR_PER_MONTH
pflegehilfsmittel                    2024-01-01 2024-12-31 40     EUR_PER_MONTH
pflegehilfsmittel                    2025-01-01 2027-12-31 42     EUR_PER_MONTH

§ 40 Abs. 4 SGB XI
wohnumfeld.measure                   2017-01-01 2024-12-31 4000   EUR
wohnumfeld.shared                    2017-01-01 2024-12-31 16000  EUR
wohnumfeld.measure                   2025-01-01 2027-12-31 4180   EUR
wohnumfeld.shared                    2025-01-01 2027-12-31 16720  EUR

§ 38a SGB XI
wohngruppenzuschlag                  2017-01-01 2024-12-31 214    EUR_PER_MONTH
§ 45f SGB XI, früher § 38a SGB XI
wohngruppenzuschlag                  2025-01-01 2027-12-31 224    EUR_PER_MONTH

§ 43a SGB XI
besondere_wohnform                   2017-01-01 2024-12-31 266    EUR_PER_MONTH
besondere_wohnform                   2025-01-01 2027-12-31 278    EUR_PER_MONTH

§ 38 SGB XI
kombination.bound_months             2022-01-01 2025-12-31 6      MONTHS
kombination.bound_months             2026-01-01 open       6      MONTHS

§ 45a Abs. 4 SGB XI
umwandlung.share                     2022-01-01 2024-12-31 40     PERCENT
umwandlung.share                     2025-01-01 open       40     PERCENT

§ 37 Abs. 2 SGB XI
pflegegeld.days_of_month             2022-01-01 2025-12-31 30     DAYS
pflegegeld.days_of_month             2026-01-01 open       30     DAYS
pflegegeld.share_during_absence      2022-01-01 2025-12-31 50     PERCENT
pflegegeld.share_during_absence      2026-01-01 open       50     PERCENT
pflegegeld.weeks_kurzzeitpflege      2022-01-01 2024-12-31 8      WEEKS
pflegegeld.weeks_kurzzeitpflege      2025-01-01 open       8      WEEKS
pflegegeld.weeks_verhinderungspflege 2022-01-01 2024-12-31 6      WEEKS
pflegegeld.weeks_verhinderungspflege 2025-01-01 2025-06-30 6      WEEKS
pflegegeld.weeks_verhinderungspflege 2025-07-01 open       8      WEEKS

§ 37 Abs. 3 SGB XI
beratungseinsatz.months              2026-01-01 open       6      MONTHS
beratungseinsatz.months_pg4_pg5      2026-01-01 open       3      MONTHS
beratungseinsatz.video_every         2026-01-01 2027-03-31 2      FACTOR

§ 34 SGB XI
pflegegeld.weeks_abroad              2026-01-01 open       8      WEEKS

§ 28 Abs. 2 SGB XI
beihilfe.share                       2022-01-01 2025-12-31 50     PERCENT
beihilfe.share                       2026-01-01 open       50     PERCENT
""")
)

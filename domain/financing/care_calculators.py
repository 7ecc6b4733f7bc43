"""The benefits of care insurance by their kind, all calculated from the same situation."""

from collections.abc import Callable, Mapping

from domain.financing import (
    care_items,
    entlastungsbetrag,
    jahresbetrag,
    kurzzeit_verhinderung,
    pflegegeld,
    sachleistung,
)
from domain.financing.calculation import Calculation

BENEFITS: Mapping[str, Callable[..., Calculation]] = {
    pflegegeld.KIND: pflegegeld.pflegegeld,
    sachleistung.KIND: sachleistung.sachleistung,
    entlastungsbetrag.MONTH: entlastungsbetrag.entlastungsbetrag,
    jahresbetrag.KIND: jahresbetrag.jahresbetrag,
    jahresbetrag.RELATIVES: jahresbetrag.by_relatives,
    kurzzeit_verhinderung.VERHINDERUNGSPFLEGE: kurzzeit_verhinderung.verhinderungspflege,
    kurzzeit_verhinderung.KURZZEITPFLEGE: kurzzeit_verhinderung.kurzzeitpflege,
    care_items.TAGESPFLEGE: care_items.tagespflege,
    care_items.PFLEGEHILFSMITTEL: care_items.pflegehilfsmittel,
    care_items.WOHNUMFELD: care_items.wohnumfeld,
    care_items.WOHNGRUPPENZUSCHLAG: care_items.wohngruppenzuschlag,
    care_items.BESONDERE_WOHNFORM: care_items.besondere_wohnform,
}

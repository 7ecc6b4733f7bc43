"""What people answer with when they ask who pays, what an hour costs and whether a wage will do."""

from enum import StrEnum


class Cause(StrEnum):
    """What the need comes from, as far as somebody else has to pay for it first."""

    NONE = "NONE"
    WORK_ACCIDENT = "WORK_ACCIDENT"
    COMPENSATION = "COMPENSATION"  # Soziale Entschädigung, SGB XIV


class Purpose(StrEnum):
    """What the assistance is for."""

    EVERYDAY = "EVERYDAY"
    CARE = "CARE"
    WORK = "WORK"
    FINDING_WORK = "FINDING_WORK"
    SCHOOL = "SCHOOL"
    STUDY = "STUDY"
    PARENTING = "PARENTING"
    VOLUNTEERING = "VOLUNTEERING"
    TRAVEL = "TRAVEL"
    HOSPITAL = "HOSPITAL"


class CareInsurance(StrEnum):
    """Where somebody is insured for care."""

    STATUTORY = "STATUTORY"
    PRIVATE = "PRIVATE"


class Housing(StrEnum):
    """Where somebody lives, as far as it decides who may pay and whose limits hold.

    Not `Living` of care insurance: a shared flat is a home here, but a care facility is not.
    """

    HOME = "HOME"
    CARE_FACILITY = "CARE_FACILITY"
    SPECIAL_HOUSING = "SPECIAL_HOUSING"  # besondere Wohnform of Eingliederungshilfe


class ModelWish(StrEnum):
    """Whether somebody wants to employ people, or a service to do so."""

    EMPLOY = "EMPLOY"
    SERVICE = "SERVICE"


class Land(StrEnum):
    """The sixteen Länder, as ISO 3166-2 shortens them."""

    BW = "BW"
    BY = "BY"
    BE = "BE"
    BB = "BB"
    HB = "HB"
    HH = "HH"
    HE = "HE"
    MV = "MV"
    NI = "NI"
    NW = "NW"
    RP = "RP"
    SL = "SL"
    SN = "SN"
    ST = "ST"
    SH = "SH"
    TH = "TH"


class PaidWork(StrEnum):
    """What is paid for, as far as the least or the highest pay depends on it."""

    ORDINARY = "ORDINARY"
    CARE_HELPER = "CARE_HELPER"
    CARE_TRAINED = "CARE_TRAINED"
    CARE_SKILLED = "CARE_SKILLED"
    NEIGHBOUR_HELP = "NEIGHBOUR_HELP"  # voluntary, recognised by the Land


class Funder(StrEnum):
    """Who may carry a part of the costs, in the order in which they are asked."""

    OTHER = "OTHER"  # accident insurance, compensation, Integrationsamt
    CARE_INSURANCE = "CARE_INSURANCE"
    INTEGRATION_ASSISTANCE = "INTEGRATION_ASSISTANCE"
    HELP_TO_CARE = "HELP_TO_CARE"


class Surcharge(StrEnum):
    """Hours that cost more."""

    NIGHT = "NIGHT"
    SUNDAY = "SUNDAY"
    HOLIDAY = "HOLIDAY"

"""Units of strength and dose as both FDA forms list them (3500 D1 and D2).

The code is the abbreviation printed on the form; go by the words, since the hidden values of the
official file are shifted against them.
"""

from __future__ import annotations

from aeapp.domain.codelists import CodeList


class DoseUnit(CodeList):
    """One unit of the printed list: code, words of the form, symbol in running text."""

    AN = "AN", "AS NECESSARY - AN", "as necessary"
    BQ = "BQ", "BECQUEREL(S) - BQ", "becquerel(s)"
    CI = "CI", "CURIE(S) - CI", "curie(s)"
    CYC = "CYC", "CYCLICAL - CYC", "cyclical"
    DF = "DF", "DOSAGE FORM - DF", "dosage form"
    GTT = "GTT", "DROP(S) - GTT", "drop(s)"
    GBQ = "GBQ", "GIGABECQUEREL(S) - GBQ", "gigabecquerel(s)"
    GM = "GM", "GRAM(S) - GM", "g"
    IU = "IU", "INTERNATIONAL UNIT(S) - IU", "IU"
    MIU = "MIU", "IU(1,000,000S) - MIU", "iu(1,000,000s)"
    KIU = "KIU", "IU(1000S) - KIU", "iu(1000s)"
    IU_KG = "IU/KG", "IU/KILOGRAM - IU/KG", "iu/kilogram"
    KBQ = "KBQ", "KILOBECQUEREL(S) - KBQ", "kilobecquerel(s)"
    KG = "KG", "KILOGRAM(S) - KG", "kg"
    L = "L", "LITRE(S) - L", "L"
    MBQ = "MBQ", "MEGABECQUEREL(S) - MBQ", "megabecquerel(s)"
    UCI = "UCI", "MICROCURIE(S) - UCI", "microcurie(s)"
    UGM = "UGM", "MICROGRAM(S) - UGM", "µg"
    UGM_KG = "UGM/KG", "MICROGRAM(S)/KILOGRAM(S) - UGM/KG", "µg/kg"
    UGM_UGM = "UGM/UGM", "MICROGRAM(S)/MICROGRAM(S) - UGM/UGM", "microgram(s)/microgram(s)"
    UGM_SQ_M = "UGM/SQ M", "MICROGRAM(S)/SQ. METERS - UGM/SQ M", "microgram(s)/sq. meters"
    UGM_HR = "UGM/HR", "MICROGRAMS/HOUR - UGM/HR", "µg/h"
    UL = "UL", "MICROLITRE(S) - UL", "µL"
    UMOLE = "UMOLE", "MICROMOLE(S) - UMOLE", "µmol"
    MCI = "MCI", "MILLICURIE(S) - MCI", "millicurie(s)"
    MEQ = "MEQ", "MILLIEQUIVALENT(S) - MEQ", "mEq"
    MG = "MG", "MILLIGRAM(S) - MG", "mg"
    MG_KG = "MG/KG", "MILLIGRAM(S)/KILOGRAM(S) - MG/KG", "mg/kg"
    MG_SQ_M = "MG/SQ M", "MILLIGRAM(S)/SQ. METERS - MG/SQ M", "milligram(s)/sq. meters"
    MG_MG = "MG/MG", "MILLIGRAMS/MILLIGRAMS - MG/MG", "milligrams/milligrams"
    MG_ML = "MG/ML", "MILLIGRAMS/MILLILITRES - MG/ML", "mg/mL"
    ML = "ML", "MILLILITRE(S) - ML", "mL"
    MMOLE = "MMOLE", "MILLIMOLE(S) - MMOLE", "mmol"
    MOLE = "MOLE", "MOLE(S) - MOLE", "mol"
    NCI = "NCI", "NANOCURIE(S) - NCI", "nanocurie(s)"
    NGM = "NGM", "NANOGRAM(S) - NGM", "ng"
    PERCENT = "%", "PERCENT - %", "%"
    PGM = "PGM", "PICOGRAM(S) - PGM", "pg"
    TOT = "TOT", "TOTAL - TOT", "total"
    TRI = "TRI", "TRIMESTER - TRI", "trimester"
    UNK = "UNK", "UNKNOWN - UNK", "unknown"

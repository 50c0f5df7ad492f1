"""Names and codes of what a file measures, as data: IEEE 11073, LOINC, tracks of monitors.

A pulse or a pressure says where it was taken; a name that does not say so is never given a source.
"""

from __future__ import annotations

from dataclasses import dataclass

from aeapp.domain.codelists.clinic import ObservationKind, ObservationSource

_Kind, _Source = ObservationKind, ObservationSource

VALUE, SYSTOLIC, DIASTOLIC, MEAN = "value", "systolic", "diastolic", "mean"


@dataclass(frozen=True, slots=True)
class Measure:
    """What one column, code or track measures.

    Attributes:
        item: Item of the reading: ``value``, or a part of a pressure.
    """

    kind: ObservationKind
    source: ObservationSource
    item: str = VALUE


def pressure_parts(
    source: ObservationSource, systolic: str, diastolic: str, mean: str
) -> dict[str, Measure]:
    """Return the three parts of a pressure under the names a layout gives them."""
    parts = ((systolic, SYSTOLIC), (diastolic, DIASTOLIC), (mean, MEAN))
    return {name: Measure(_Kind.BLOOD_PRESSURE, source, item) for name, item in parts}


# ISO/IEEE 11073-10101, partition 2 (and 2 with the medical supervisory part for scales and
# thermometers). Pulmonary and venous pressures are left out on purpose: they are no blood pressure
# of this program.
MDC_SOURCE = "ISO/IEEE 11073-10101 reference identifiers, as IHE PCD-01 and Continua messages use"
MDC: dict[str, Measure] = {
    "MDC_ECG_HEART_RATE": Measure(_Kind.HEART_RATE, _Source.ECG),
    "MDC_ECG_CARD_BEAT_RATE": Measure(_Kind.HEART_RATE, _Source.ECG),
    "MDC_PULS_OXIM_PULS_RATE": Measure(_Kind.HEART_RATE, _Source.OXIMETER),
    "MDC_PULS_RATE": Measure(_Kind.HEART_RATE, _Source.MONITOR),
    "MDC_BLD_PULS_RATE_INV": Measure(_Kind.HEART_RATE, _Source.ARTERIAL),
    "MDC_PULS_RATE_NON_INV": Measure(_Kind.HEART_RATE, _Source.CUFF),
    "MDC_PULS_OXIM_SAT_O2": Measure(_Kind.OXYGEN_SATURATION, _Source.OXIMETER),
    **pressure_parts(
        _Source.CUFF,
        "MDC_PRESS_BLD_NONINV_SYS",
        "MDC_PRESS_BLD_NONINV_DIA",
        "MDC_PRESS_BLD_NONINV_MEAN",
    ),
    **pressure_parts(
        _Source.ARTERIAL,
        "MDC_PRESS_BLD_ART_SYS",
        "MDC_PRESS_BLD_ART_DIA",
        "MDC_PRESS_BLD_ART_MEAN",
    ),
    **pressure_parts(
        _Source.ARTERIAL,
        "MDC_PRESS_BLD_ART_ABP_SYS",
        "MDC_PRESS_BLD_ART_ABP_DIA",
        "MDC_PRESS_BLD_ART_ABP_MEAN",
    ),
    "MDC_RESP_RATE": Measure(_Kind.RESPIRATORY_RATE, _Source.MONITOR),
    "MDC_TTHOR_RESP_RATE": Measure(_Kind.RESPIRATORY_RATE, _Source.MONITOR),
    "MDC_CO2_RESP_RATE": Measure(_Kind.RESPIRATORY_RATE, _Source.MONITOR),
    "MDC_CONC_AWAY_CO2_ET": Measure(_Kind.END_TIDAL_CO2, _Source.MONITOR),
    "MDC_TEMP": Measure(_Kind.TEMPERATURE, _Source.MONITOR),
    "MDC_TEMP_ORAL": Measure(_Kind.TEMPERATURE, _Source.MONITOR),
    "MDC_TEMP_BODY": Measure(_Kind.TEMPERATURE, _Source.MONITOR),
    "MDC_MASS_BODY_ACTUAL": Measure(_Kind.WEIGHT, _Source.MONITOR),
}
MDC_CODES: dict[str, str] = {
    "147842": "MDC_ECG_HEART_RATE",
    "149530": "MDC_PULS_OXIM_PULS_RATE",
    "149522": "MDC_PULS_RATE",
    "149546": "MDC_PULS_RATE_NON_INV",
    "150456": "MDC_PULS_OXIM_SAT_O2",
    "150021": "MDC_PRESS_BLD_NONINV_SYS",
    "150022": "MDC_PRESS_BLD_NONINV_DIA",
    "150023": "MDC_PRESS_BLD_NONINV_MEAN",
    "150033": "MDC_PRESS_BLD_ART_SYS",
    "150034": "MDC_PRESS_BLD_ART_DIA",
    "150035": "MDC_PRESS_BLD_ART_MEAN",
    "151562": "MDC_RESP_RATE",
    "151578": "MDC_TTHOR_RESP_RATE",
    "151594": "MDC_CO2_RESP_RATE",
    "151708": "MDC_CONC_AWAY_CO2_ET",
    "150344": "MDC_TEMP",
    "188424": "MDC_TEMP_ORAL",
    "188736": "MDC_MASS_BODY_ACTUAL",
}
# The clock of a device, and rows that announce a device or a group and hold no value.
MDC_DEVICE_CLOCK = "67975"


def mdc_measure(code: str, name: str) -> Measure | None:
    """Return what an IEEE code or its name measures; the name, where known, says more."""
    return MDC.get(name.strip()) or MDC.get(MDC_CODES.get(code.strip(), ""))


LOINC_SOURCE = "LOINC (loinc.org), codes of the HL7 vital-signs profiles"
LOINC_PRESSURE = frozenset({"85354-9", "55284-4"})
LOINC: dict[str, Measure] = {
    "8867-4": Measure(_Kind.HEART_RATE, _Source.OUTSIDE),
    "9279-1": Measure(_Kind.RESPIRATORY_RATE, _Source.OUTSIDE),
    "8310-5": Measure(_Kind.TEMPERATURE, _Source.OUTSIDE),
    "59408-5": Measure(_Kind.OXYGEN_SATURATION, _Source.OXIMETER),
    "2708-6": Measure(_Kind.OXYGEN_SATURATION, _Source.OUTSIDE),
    "29463-7": Measure(_Kind.WEIGHT, _Source.OUTSIDE),
    "19891-1": Measure(_Kind.END_TIDAL_CO2, _Source.OUTSIDE),
    **pressure_parts(_Source.OUTSIDE, "8480-6", "8462-4", "8478-0"),
}

# Tracks of Vital Recorder by their names behind the device; devices name alike tracks alike. HR
# alone is whatever the monitor chose, so that it has no source of its own.
TRACKS_SOURCE = "Vital Recorder: track names of the Solar8000, IntelliVue and Bx50 filters"
TRACKS: dict[str, Measure] = {
    "HR": Measure(_Kind.HEART_RATE, _Source.MONITOR),
    "ECG_HR": Measure(_Kind.HEART_RATE, _Source.ECG),
    "PLETH_HR": Measure(_Kind.HEART_RATE, _Source.OXIMETER),
    "NIBP_HR": Measure(_Kind.HEART_RATE, _Source.CUFF),
    "PLETH_SAT_O2": Measure(_Kind.OXYGEN_SATURATION, _Source.OXIMETER),
    "PLETH_SPO2": Measure(_Kind.OXYGEN_SATURATION, _Source.OXIMETER),
    "RR": Measure(_Kind.RESPIRATORY_RATE, _Source.MONITOR),
    "RR_CO2": Measure(_Kind.RESPIRATORY_RATE, _Source.MONITOR),
    "ETCO2": Measure(_Kind.END_TIDAL_CO2, _Source.MONITOR),
    "AWAY_CO2_ET": Measure(_Kind.END_TIDAL_CO2, _Source.MONITOR),
    "BT": Measure(_Kind.TEMPERATURE, _Source.MONITOR),
    "TEMP": Measure(_Kind.TEMPERATURE, _Source.MONITOR),
    **pressure_parts(_Source.CUFF, "NIBP_SBP", "NIBP_DBP", "NIBP_MBP"),
    **pressure_parts(_Source.CUFF, "NIBP_SYS", "NIBP_DIA", "NIBP_MEAN"),
    **pressure_parts(_Source.ARTERIAL, "ART_SBP", "ART_DBP", "ART_MBP"),
    **pressure_parts(_Source.ARTERIAL, "ART_SYS", "ART_DIA", "ART_MEAN"),
    **pressure_parts(_Source.ARTERIAL, "ABP_SYS", "ABP_DIA", "ABP_MEAN"),
}

"""Elements E, F and H: reactions, tests, narrative and comments.

A row an element: number, name, ICH conformance, what FDA asks (post-market/pre-market), longest, kind,
reasons for no value, HL7 type, code list, where it stands. See ``model`` for the signs of a place.
"""
# ruff: noqa: E501 - a row a line is what one can read

ROWS = """
E.i.1.1a|Reaction in the reporter's words|O||250|text||CE|MedDRA|$E/value/originalText
E.i.1.1b|Language of those words|C||3|letters||ST|ISO639|$E/value/originalText@language
E.i.1.2|Those words translated|O||250|text||ED||$E/outboundRelationship2<PERT>/observation{30@C19}/value
E.i.2.1a|MedDRA Version for Reaction / Event|M||4|text||CE|MedDRA|$E/value@codeSystemVersion
E.i.2.1b|Reaction / Event (MedDRA code)|M||8|number||CE|MedDRA|$E/value@code
E.i.3.1|Term Highlighted by the Reporter|O||1|number||CE|C10|$E/outboundRelationship2<PERT>/observation{37@C19}/value@code
E.i.3.2a|Results in Death|M|||flag|NI|BL||$E/outboundRelationship2<PERT>/observation{34@C19}/value@value
E.i.3.2b|Life Threatening|M|||flag|NI|BL||$E/outboundRelationship2<PERT>/observation{21@C19}/value@value
E.i.3.2c|Caused / Prolonged Hospitalisation|M|||flag|NI|BL||$E/outboundRelationship2<PERT>/observation{33@C19}/value@value
E.i.3.2d|Disabling / Incapacitating|M|||flag|NI|BL||$E/outboundRelationship2<PERT>/observation{35@C19}/value@value
E.i.3.2e|Congenital Anomaly / Birth Defect|M|||flag|NI|BL||$E/outboundRelationship2<PERT>/observation{12@C19}/value@value
E.i.3.2f|Other Medically Important Condition|M|||flag|NI|BL||$E/outboundRelationship2<PERT>/observation{26@C19}/value@value
FDA.E.i.3.2h|Required Intervention||M/M||flag|NI|BL||$E/outboundRelationship2<PERT>/observation{7@FDA2.1.3}/value@value
E.i.4|Date of Start of Reaction / Event|O|||date|MSK ASKU NASK|IVL_TS||$E/effectiveTime~low@value
E.i.5|Date of End of Reaction / Event|O|||date|MSK ASKU NASK|IVL_TS||$E/effectiveTime~high@value
E.i.6a|Duration of Reaction / Event (number)|C||5|number||IVL_TS||$E/effectiveTime~width@value
E.i.6b|Duration of Reaction / Event (unit)|C||50|text||IVL_TS||$E/effectiveTime~width@unit
E.i.7|Outcome of Reaction / Event at the Time of Last Observation|M||1|number||CE|C11|$E/outboundRelationship2<PERT>/observation{27@C19}/value@code
E.i.8|Medical Confirmation by Healthcare Professional|O|||flag||BL||$E/outboundRelationship2<PERT>/observation{24@C19}/value@value
E.i.9|Identification of the Country Where the Reaction / Event Occurred|O||2|letters||CD|ISO3166|$E/location/locatedEntity/locatedPlace/code@code
F.r.1|Test Date|C|||date|UNK|TS||$T/effectiveTime@value
F.r.2.1|Test Name (free text)|C||250|text||CD||$T/code/originalText
F.r.2.2a|MedDRA Version for Test Name|C||4|text||CD|MedDRA|$T/code@codeSystemVersion
F.r.2.2b|Test Name (MedDRA code)|C||8|number||CD|MedDRA|$T/code@code
F.r.3.1|Test Result (code)|C||1|number||CE|C12|$T/interpretationCode@code
F.r.3.2|Test Result (value / qualifier)|C||50|number|NINF PINF|IVL_PQ||$T/value%@value
F.r.3.3|Test Result (unit)|C||50|text||IVL_PQ||$T/value%@unit
F.r.3.4|Result Unstructured Data (free text)|C||2000|text||ED||$T/value
F.r.4|Normal Low Value|O||50|text||PQ||$T/referenceRange/observationRange(interpretationCode@code=L)/value@value
F.r.5|Normal High Value|O||50|text||PQ||$T/referenceRange/observationRange(interpretationCode@code=H)/value@value
F.r.6|Comments (free text)|O||2000|text||ED||$T/outboundRelationship2<PERT>/observation{10@C19}/value
F.r.7|More Information Available|O|||flag||BL||$T/outboundRelationship2<REFR>/observation{25@C19}/value@value
H.1|Case narrative|M||100000|text||ED||$I/text
H.2|Reporter's Comments|O||20000|text||ED||$A/component1/observationEvent{10@C19}(author/assignedEntity/code@code=3)/value
H.3.r.1a|MedDRA Version for Sender's Diagnosis / Syndrome and / or|C||4|text||CE|MedDRA|$A/component1/observationEvent{15@C19}/value@codeSystemVersion
H.3.r.1b|Sender's Diagnosis / Syndrome and / or Reclassification of Reaction /|C||8|number||CE|MedDRA|$A/component1/observationEvent{15@C19}/value@code
H.4|Sender's Comments|O||20000|text||ED||$A/component1/observationEvent{10@C19}(author/assignedEntity/code@code=1)/value
H.5.r.1a|Case Summary and Reporter's Comments Text|O||100000|text||ED||$I/component/observationEvent{36@C19}/value
H.5.r.1b|Case Summary and Reporter's Comments Language|C||3|letters||ST|ISO639|$I/component/observationEvent{36@C19}/value@language
"""

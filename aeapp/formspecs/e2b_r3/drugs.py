"""Elements G: products, doses, causality, device parts.

A row an element: number, name, ICH conformance, what FDA asks (post-market/pre-market), longest, kind,
reasons for no value, HL7 type, code list, where it stands. See ``model`` for the signs of a place.
"""
# ruff: noqa: E501 - a row a line is what one can read

ROWS = """
G.k.1|Characterisation of Drug Role|M||1|number||CE|C13|$CR/value@code
FDA.G.k.1.a|FDA Other Characterisation of Drug Role||C|1|number||CE|FDA1.1.8|$CR/value@code
G.k.2.1.1a|MPID Version Date / Number|O||20|text||CE||$KP/code@codeSystemVersion
G.k.2.1.1b|Medicinal Product Identifier (MPID)|O||20|text||CE|NDC|$KP/code@code
G.k.2.1.2a|PhPID Version Date/Number|O||10|text||CE||$KP/code@codeSystemVersion
G.k.2.1.2b|Pharmaceutical Product Identifier (PhPID)|O||250|text||CE||$KP/code@code
G.k.2.2|Medicinal Product Name as Reported by the Primary Source|M||250|text||EN||$KP/name
G.k.2.3.r.1|Substance / Specified Substance Name|O||250|text||TN||$KP/ingredient/ingredientSubstance/name
G.k.2.3.r.2a|Substance/Specified Substance TermID Version Date/Number|O||10|text||CE||$KP/ingredient/ingredientSubstance/code@codeSystemVersion
G.k.2.3.r.2b|Substance/Specified Substance TermID|O||100|text||CE|UNII|$KP/ingredient/ingredientSubstance/code@code
G.k.2.3.r.3a|Strength (number)|O||10|number||RTO||$KP/ingredient/quantity/numerator@value
G.k.2.3.r.3b|Strength (unit)|C||50|text||RTO||$KP/ingredient/quantity/numerator@unit
G.k.2.4|Identification of the Country Where the Drug Was Obtained|O||2|letters||AD||$D/consumable/instanceOfKind/subjectOf/productEvent{1@C18}/performer/assignedEntity/representedOrganization/addr/country
G.k.2.5|Investigational Product Blinded|O|||flag||BL||$D/outboundRelationship2<PERT>/observation{6@C19}/value@value
G.k.3.1|Authorisation / Application Number|O||35|text||II||$KP/asManufacturedProduct/subjectOf/approval/id{@R4}@extension
G.k.3.2|Country of Authorisation / Application|C||2|letters||CD|ISO3166|$KP/asManufacturedProduct/subjectOf/approval/author/territorialAuthority/territory/code@code
G.k.3.3|Name of Holder / Applicant|O||60|text||ON||$KP/asManufacturedProduct/subjectOf/approval/holder/role/playingOrganization/name
G.k.4.r.1a|Dose (number)|O||8|number||IVL_PQ||$S/doseQuantity@value
G.k.4.r.1b|Dose (unit)|C||50|text||IVL_PQ||$S/doseQuantity@unit
G.k.4.r.2|Number of Units in the Interval|O||4|number||PIVL_TS||$S/effectiveTime~period@value
G.k.4.r.3|Definition of the Time Interval Unit|C||50|text||PIVL_TS||$S/effectiveTime~period@unit
G.k.4.r.4|Date and Time of Start of Drug|O|||date|MSK ASKU NASK|IVL_TS||$S/effectiveTime~low@value
G.k.4.r.5|Date and Time of Last Administration|O|||date|MSK ASKU NASK|IVL_TS||$S/effectiveTime~high@value
G.k.4.r.6a|Duration of Drug Administration (number)|C||5|number||IVL_TS||$S/effectiveTime~width@value
G.k.4.r.6b|Duration of Drug Administration (unit)|C||50|text||IVL_TS||$S/effectiveTime~width@unit
G.k.4.r.7|Batch / Lot Number|O||35|text||ST||$S/consumable/instanceOfKind/productInstanceInstance/lotNumberText
G.k.4.r.8|Dosage Text|O||2000|text||ED||$S/text
G.k.4.r.9.1|Pharmaceutical Dose Form (free text)|O||60|text|UNK ASKU NASK|CE||$S/consumable/instanceOfKind/kindOfProduct/formCode/originalText
G.k.4.r.9.2a|Pharmaceutical Dose Form TermID Version Date/Number|O||25|text||CE||$S/consumable/instanceOfKind/kindOfProduct/formCode@codeSystemVersion
G.k.4.r.9.2b|Pharmaceutical Dose Form TermID|O||15|text||CE|EDQM-form|$S/consumable/instanceOfKind/kindOfProduct/formCode@code
G.k.4.r.10.1|Route of Administration (free text)|O||60|text|UNK ASKU NASK|CE||$S/routeCode/originalText
G.k.4.r.10.2a|Route of Administration TermID Version Date / Number|O||25|text||CE||$S/routeCode@codeSystemVersion
G.k.4.r.10.2b|Route of Administration TermID|O||15|text||CE|EDQM-route|$S/routeCode@code
G.k.4.r.11.1|Parent Route of Administration (free text)|O||60|text|UNK ASKU NASK|CE||$S/inboundRelationship<REFR>/observation{28@C19}/value/originalText
G.k.4.r.11.2a|Parent Route of Administration TermID Version Date / Number|O||25|text||CE||$S/inboundRelationship<REFR>/observation{28@C19}/value@codeSystemVersion
G.k.4.r.11.2b|Parent Route of Administration TermID|O||15|text||CE|EDQM-route|$S/inboundRelationship<REFR>/observation{28@C19}/value@code
G.k.5a|Cumulative Dose to First Reaction (number)|C||10|number||PQ||$D/outboundRelationship2<SUMM>/observation{14@C19}/value@value
G.k.5b|Cumulative Dose to First Reaction (unit)|C||50|text||PQ||$D/outboundRelationship2<SUMM>/observation{14@C19}/value@unit
G.k.6a|Gestation Period at Time of Exposure (number)|C||3|number||PQ||$D/outboundRelationship2<PERT>/observation{16@C19}/value@value
G.k.6b|Gestation Period at Time of Exposure (unit)|C||50|text||PQ||$D/outboundRelationship2<PERT>/observation{16@C19}/value@unit
G.k.7.r.1|Indication as Reported by the Primary Source|O||250|text|UNK ASKU NASK|CE|MedDRA|$D/inboundRelationship<RSON>/observation{19@C19}/value/originalText
G.k.7.r.2a|MedDRA Version for Indication|C||4|text||CE|MedDRA|$D/inboundRelationship<RSON>/observation{19@C19}/value@codeSystemVersion
G.k.7.r.2b|Indication (MedDRA code)|C||8|number||CE|MedDRA|$D/inboundRelationship<RSON>/observation{19@C19}/value@code
G.k.8|Action(s) Taken with Drug|O||1|number||CE|C15|$D/inboundRelationship<CAUS>/act/code@code
G.k.9.i.1|Reaction(s) / Event(s) Assessed|O||32|text||II||$CA/subject1/adverseEffectReference/id@root
G.k.9.i.2.r.1|Source of Assessment|O|/C|60|text||CE||$CA/author/assignedEntity/code/originalText
G.k.9.i.2.r.2|Method of Assessment|O|/C|60|text||CE||$CA/methodCode/originalText
G.k.9.i.2.r.3|Result of Assessment|O|/C|60|text||ST||$CA/value
G.k.9.i.3.1a|Interval from first dose to reaction (number)|C||5|number||PQ||$D/outboundRelationship1<SAS>/pauseQuantity@value
G.k.9.i.3.1b|Interval from first dose to reaction (unit)|C||50|text||PQ||$D/outboundRelationship1<SAS>/pauseQuantity@unit
G.k.9.i.3.2a|Interval from last dose to reaction (number)|C||5|number||PQ||$D/outboundRelationship1<SAE>/pauseQuantity@value
G.k.9.i.3.2b|Interval from last dose to reaction (unit)|C||50|text||PQ||$D/outboundRelationship1<SAE>/pauseQuantity@unit
G.k.9.i.4|Did Reaction Recur on Re-administration?|O||1|number||CE|C16|$D/outboundRelationship2<PERT>/observation{31@C19}/value@code
G.k.10.r|Additional Information on Drug (coded)|O||2|number||CE|C17|$D/outboundRelationship2<REFR>/observation{9@C19}/value(@codeSystem=C17)@code
FDA.G.k.10a|FDA Additional Information on Drug (coded)||O/C|2|number|NA|CE|FDA1.1.7|$D/outboundRelationship2<REFR>/observation{9@C19}/value(@codeSystem=FDA1.1.7)@code
FDA.G.k.10.1|FDA Specialized Product Category||O|10|text||CE|NCI|$KP/asManufacturedProduct/subjectOf/characteristic{C94031@NCI}/value@code
G.k.11|Additional Information on Drug (free text)|O||2000|text||ST||$D/outboundRelationship2<REFR>/observation{2@C19}/value
FDA.G.k.12.r.1|Malfunction||C||flag||BL||$DV/asManufacturedProduct/subjectOf/characteristic{C54026@NCI}/value@value
FDA.G.k.12.r.2.r|If follow-up, what type?||O|1|number||CE|FDA1.1.5|$DV/asManufacturedProduct/subjectOf/characteristic{C54592@NCI}/value@code
FDA.G.k.12.r.3.r|Device Problem Code||C|7|text||CE|NCI|$DV/asManufacturedProduct/subjectOf/characteristic{C54451@NCI}/value@code
FDA.G.k.12.r.4|Device Brand Name||C|80|text|NI|EN||$DV/name#1
FDA.G.k.12.r.5|Common Device Name||C|80|text|NI|EN||$DV/name#2
FDA.G.k.12.r.6|Device Product Code||C|10|text||CE|NCI|$DV/code@code
FDA.G.k.12.r.7.1a|Device Manufacturer Name||O|100|text||ON||$DV/asManufacturedProduct/manufacturerOrganization/name
FDA.G.k.12.r.7.1b|Device Manufacturer Address||O|100|text||AD||$DV/asManufacturedProduct/manufacturerOrganization/addr/streetAddressLine
FDA.G.k.12.r.7.1c|Device Manufacturer City||O|35|text||AD||$DV/asManufacturedProduct/manufacturerOrganization/addr/city
FDA.G.k.12.r.7.1d|Device Manufacturer State||O|40|text||AD||$DV/asManufacturedProduct/manufacturerOrganization/addr/state
FDA.G.k.12.r.7.1e|Device Manufacturer Country||O|2|text||AD||$DV/asManufacturedProduct/manufacturerOrganization/addr/country
FDA.G.k.12.r.8|Device Usage||O|1|number||CE|FDA1.1.4|$DV/asManufacturedProduct/subjectOf/characteristic{C54595@C19}/value@code
FDA.G.k.12.r.9|Device Lot Number||O|100|text||ST||$DV/instanceOfKind/productInstanceInstance/lotNumberText
FDA.G.k.12.r.10|Operator of the Device||O|1|number||CE|FDA1.1.6|$DV/asManufacturedProduct/subjectOf/characteristic(code@codeSystem=FDA1.1.6)/code@code
FDA.G.k.12.r.11.r|Remedial Action Initiated||C|1|number||CE|FDA1.1.3|$DV/asManufacturedProduct/subjectOf/characteristic{C54594@NCI}/value@code
"""

"""Elements D: the patient, history, past medicines, death, parent.

A row an element: number, name, ICH conformance, what FDA asks (post-market/pre-market), longest, kind,
reasons for no value, HL7 type, code list, where it stands. See ``model`` for the signs of a place.
"""
# ruff: noqa: E501 - a row a line is what one can read

ROWS = """
D.1|Patient (name or initials)|M||60|text|MSK UNK NA ASKU NASK|EN||$R/player1/name
D.1.1.1|Record number (GP Medical Record Number)|O||20|text|MSK|II||$R/player1/asIdentifiedEntity{1@C4}/id{@R7}@extension
D.1.1.2|Record number (Specialist Record Number)|O||20|text|MSK|II||$R/player1/asIdentifiedEntity{2@C4}/id{@R8}@extension
D.1.1.3|Record number (Hospital Record Number)|O||20|text|MSK|II||$R/player1/asIdentifiedEntity{3@C4}/id{@R9}@extension
D.1.1.4|Record number (Investigation Number)|O||20|text|MSK|II||$R/player1/asIdentifiedEntity{4@C4}/id{@R10}@extension
D.2.1|Date of Birth|O|||date|MSK|TS||$R/player1/birthTime@value
D.2.2a|Age at Time of Onset of Reaction / Event (number)|C||5|number||PQ||$R/subjectOf2/observation{3@C19}/value@value
D.2.2b|Age at Time of Onset of Reaction / Event (unit)|C||50|text||PQ||$R/subjectOf2/observation{3@C19}/value@unit
D.2.2.1a|Gestation Period When Reaction / Event Was Observed in the Foetus|C||3|number||PQ||$R/subjectOf2/observation{16@C19}/value@value
D.2.2.1b|Gestation Period When Reaction/Event Was Observed in the Foetus (unit)|C||50|text||PQ||$R/subjectOf2/observation{16@C19}/value@unit
D.2.3|Patient Age Group (as per reporter)|O||1|number|NI MSK UNK ASKU|CE|C9|$R/subjectOf2/observation{4@C19}/value@code
D.3|Body Weight (kg)|O||6|number||PQ|unit kg|$R/subjectOf2/observation{7@C19}/value@value
D.4|Height (cm)|O||3|number||PQ|unit cm|$R/subjectOf2/observation{17@C19}/value@value
D.5|Sex|O||1|number|MSK UNK ASKU NASK|CE|ISO5218|$R/player1/administrativeGenderCode@code
D.6|Last Menstrual Period Date|O|||date|MSK ASKU NASK|TS||$R/subjectOf2/observation{22@C19}/value@value
D.7.1.r.1a|MedDRA Version for Medical History|C||4|text||CD|MedDRA|$HX/code@codeSystemVersion
D.7.1.r.1b|Medical History (disease / surgical procedure / etc.) (MedDRA code)|C||8|number||CD|MedDRA|$HX/code@code
D.7.1.r.2|Start Date|O|||date|MSK ASKU NASK|IVL_TS||$HX/effectiveTime/low@value
D.7.1.r.3|Continuing|O|||flag|MSK UNK ASKU NASK|BL||$HX/inboundRelationship<REFR>/observation{13@C19}/value@value
D.7.1.r.4|End Date|O|||date|MSK ASKU NASK|IVL_TS||$HX/effectiveTime/high@value
D.7.1.r.5|Comments|O||2000|text||ED||$HX/outboundRelationship2<COMP>/observation{10@C19}/value
D.7.1.r.6|Family History|O|||flag||BL||$HX/outboundRelationship2<EXPL>/observation{38@C19}/value@value
D.7.2|Relevant medical history (text)|C||10000|text|MSK UNK ASKU NASK|ED||$HO/observation{18@C19}/value
D.7.3|Concomitant Therapies|O|||flag||BL||$HO/observation{11@C19}/value@value
D.8.r.1|Name of Drug as Reported|C||250|text|UNK NA|EN||$PD/consumable/instanceOfKind/kindOfProduct/name
D.8.r.2a|MPID Version Date / Number|O||20|text||CE||$PD/consumable/instanceOfKind/kindOfProduct/code@codeSystemVersion
D.8.r.2b|Medicinal Product Identifier (MPID)|O||20|text||CE|NDC|$PD/consumable/instanceOfKind/kindOfProduct/code@code
D.8.r.3a|PhPID Version Date/Number|O||10|text||CE||$PD/consumable/instanceOfKind/kindOfProduct/code@codeSystemVersion
D.8.r.3b|Pharmaceutical Product Identifier (PhPID)|O||250|text||CE||$PD/consumable/instanceOfKind/kindOfProduct/code@code
D.8.r.4|Start Date|O|||date|MSK ASKU NASK|IVL_TS||$PD/effectiveTime/low@value
D.8.r.5|End Date|O|||date|MSK ASKU NASK|IVL_TS||$PD/effectiveTime/high@value
D.8.r.6a|MedDRA Version for Indication|C||4|text||CE|MedDRA|$PD/outboundRelationship2<RSON>/observation{19@C19}/value@codeSystemVersion
D.8.r.6b|Indication (MedDRA code)|C||8|number||CE|MedDRA|$PD/outboundRelationship2<RSON>/observation{19@C19}/value@code
D.8.r.7a|MedDRA Version for Reaction|C||4|text||CE|MedDRA|$PD/outboundRelationship2<CAUS>/observation{29@C19}/value@codeSystemVersion
D.8.r.7b|Reaction (MedDRA code)|C||8|number||CE|MedDRA|$PD/outboundRelationship2<CAUS>/observation{29@C19}/value@code
D.9.1|Date of Death|O|/C||date|MSK ASKU NASK|TS||$R/player1/deceasedTime@value
D.9.2.r.1a|MedDRA Version for Reported Cause(s) of Death|C||4|text||CE|MedDRA|$R/subjectOf2/observation{32@C19}/value@codeSystemVersion
D.9.2.r.1b|Reported Cause(s) of Death (MedDRA code)|C||8|number||CE|MedDRA|$R/subjectOf2/observation{32@C19}/value@code
D.9.2.r.2|Reported Cause(s) of Death (free text)|C||250|text||CE|MedDRA|$R/subjectOf2/observation{32@C19}/value/originalText
D.9.3|Was Autopsy Done?|C|||flag|UNK ASKU NASK|BL||$R/subjectOf2/observation{5@C19}/value@value
D.9.4.r.1a|MedDRA Version for Autopsy-determined Cause(s) of Death|C||4|text||CE|MedDRA|$R/subjectOf2/observation{5@C19}/outboundRelationship2<DRIV>/observation{8@C19}/value@codeSystemVersion
D.9.4.r.1b|Autopsy-determined Cause(s) of Death (MedDRA code)|C||8|number||CE|MedDRA|$R/subjectOf2/observation{5@C19}/outboundRelationship2<DRIV>/observation{8@C19}/value@code
D.9.4.r.2|Autopsy-determined Cause(s) of Death (free text)|C||250|text||CE|MedDRA|$R/subjectOf2/observation{5@C19}/outboundRelationship2<DRIV>/observation{8@C19}/value/originalText
D.10.1|Parent Identification|O||60|text|MSK UNK ASKU NASK|EN||$PA/associatedPerson/name
D.10.2.1|Date of Birth of Parent|O|||date|MSK ASKU NASK|TS||$PA/associatedPerson/birthTime@value
D.10.2.2a|Age of Parent (number)|C||3|number||PQ||$PA/subjectOf2/observation{3@C19}/value@value
D.10.2.2b|Age of Parent (unit)|C||50|text||PQ||$PA/subjectOf2/observation{3@C19}/value@unit
D.10.3|Last Menstrual Period Date of Parent|O|||date|MSK ASKU NASK|TS||$PA/subjectOf2/observation{22@C19}/value@value
D.10.4|Body Weight (kg) of Parent|O||6|number||PQ|unit kg|$PA/subjectOf2/observation{7@C19}/value@value
D.10.5|Height (cm) of Parent|O||3|number||PQ|unit cm|$PA/subjectOf2/observation{17@C19}/value@value
D.10.6|Sex of Parent|C||1|number|MSK UNK ASKU NASK|CE|ISO5218|$PA/associatedPerson/administrativeGenderCode@code
D.10.7.1.r.1a|MedDRA Version for Medical History|C||4|text||CD|MedDRA|$PX/code@codeSystemVersion
D.10.7.1.r.1b|Medical History (disease / surgical procedure / etc.) (MedDRA code)|C||8|number||CD|MedDRA|$PX/code@code
D.10.7.1.r.2|Start Date|O|||date|MSK ASKU NASK|IVL_TS||$PX/effectiveTime/low@value
D.10.7.1.r.3|Continuing|O|||flag|MSK UNK ASKU NASK|BL||$PX/inboundRelationship<REFR>/observation{13@C19}/value@value
D.10.7.1.r.4|End Date|O|||date|MSK ASKU NASK|IVL_TS||$PX/effectiveTime/high@value
D.10.7.1.r.5|Comments|O||2000|text||ED||$PX/outboundRelationship2<COMP>/observation{10@C19}/value
D.10.7.2|Text for Relevant Medical History and Concurrent Conditions of Parent|O||10000|text||ED||$PH/observation{18@C19}/value
D.10.8.r.1|Name of Drug as Reported|O||250|text||EN||$PP/consumable/instanceOfKind/kindOfProduct/name
D.10.8.r.2a|MPID Version Date / Number|O||10|text||CE||$PP/consumable/instanceOfKind/kindOfProduct/code@codeSystemVersion
D.10.8.r.2b|Medicinal Product Identifier (MPID)|O||20|text||CE||$PP/consumable/instanceOfKind/kindOfProduct/code@code
D.10.8.r.3a|PhPID Version Date/Number|O||10|text||CE||$PP/consumable/instanceOfKind/kindOfProduct/code@codeSystemVersion
D.10.8.r.3b|Pharmaceutical Product Identifier (PhPID)|O||250|text||CE||$PP/consumable/instanceOfKind/kindOfProduct/code@code
D.10.8.r.4|Start Date|O|||date|MSK ASKU NASK|IVL_TS||$PP/effectiveTime/low@value
D.10.8.r.5|End Date|O|||date|MSK ASKU NASK|IVL_TS||$PP/effectiveTime/high@value
D.10.8.r.6a|MedDRA Version for Indication|C||4|text||CE|MedDRA|$PP/outboundRelationship2<RSON>/observation{19@C19}/value@codeSystemVersion
D.10.8.r.6b|Indication (MedDRA code)|C||8|number||CE|MedDRA|$PP/outboundRelationship2<RSON>/observation{19@C19}/value@code
D.10.8.r.7a|MedDRA Version for Reaction|C||4|text||CE|MedDRA|$PP/outboundRelationship2<CAUS>/observation{29@C19}/value@codeSystemVersion
D.10.8.r.7b|Reactions (MedDRA code)|C||8|number||CE|MedDRA|$PP/outboundRelationship2<CAUS>/observation{29@C19}/value@code
FDA.D.11.r.1|Patient Race Code||M/M|10|text|MSK UNK NA OTH|CE|NCI|$R/subjectOf2/observation{C17049@NCI}/value@code
FDA.D.12|Patient Ethnicity Code||M/M|10|text|NI MSK UNK NA|CE|NCI|$R/subjectOf2/observation{C16564@NCI}/value@code
"""

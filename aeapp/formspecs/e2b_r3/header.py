"""Elements N and C: batch, message, report, sources, sender, literature, study.

A row an element: number, name, ICH conformance, what FDA asks (post-market/pre-market), longest, kind,
reasons for no value, HL7 type, code list, where it stands. See ``model`` for the signs of a place.
"""
# ruff: noqa: E501 - a row a line is what one can read

ROWS = """
N.1.1|Types of Message in batch|M||2|number||SC|C1|$M/name@code
N.1.2|Batch Number|M||100|text||II||$M/id{@R22}@extension
N.1.3|Batch Sender Identifier|M||60|text||II||$M/sender/device/id{@R13}@extension
N.1.4|Batch Receiver Identifier|M||60|text||II||$M/receiver/device/id{@R14}@extension
N.1.5|Date of Batch Transmission|M|||date||TS||$M/creationTime@value
N.2.r.1|Message Identifier|M||100|text||II||$P/id{@R1}@extension
N.2.r.2|Message Sender Identifier|M||60|text||II||$P/sender/device/id{@R11}@extension
N.2.r.3|Message Receiver Identifier|M||60|text||II||$P/receiver/device/id{@R12}@extension
N.2.r.4|Date of Message Creation|M|||date||TS||$P/creationTime@value
C.1.1|Sender's (case) Safety Report Unique Identifier|M||100|text||II||$I/id{@R1}@extension
C.1.2|Date of Creation|M|||date||TS||$P/controlActProcess/effectiveTime@value
C.1.3|Type of Report|M||1|number||CE|C2|$I/subjectOf2/investigationCharacteristic{1@C23}/value@code
C.1.4|Date Report Was First Received from Source|M|||date||IVL_TS||$I/effectiveTime/low@value
C.1.5|Date of Most Recent Information for This Report|M|||date||TS||$I/availabilityTime@value
C.1.6.1|Are Additional Documents Available?|M|||flag||BL||$I/component/observationEvent{1@C19}/value@value
C.1.6.1.r.1|Documents Held by Sender|C||2000|text||ST||$I/reference/document{1@C27}/title
C.1.6.1.r.2|Included Documents|O|||file||B64||$I/reference/document{1@C27}/text
C.1.7|Does This Case Fulfil the Local Criteria for an Expedited Report?|M|||flag|NI|BL||$I/component/observationEvent{23@C19}/value@value
FDA.C.1.7.1|Local Criteria Report Type||M/M|1|number||CE|FDA2.1.1.1|$I/component/observationEvent{C54588@NCI}/value@code
C.1.8.1|Worldwide Unique Case Identification|M||100|text||II||$I/id{@R2}@extension
C.1.8.2|First Sender of This Case|M||1|number||CE|C3|$I/outboundRelationship/relatedInvestigation{1@C22}/subjectOf2/controlActEvent/author/assignedEntity/code@code
C.1.9.1|Other Case Identifiers in Previous Transmissions|M|||flag|NI|BL||$I/subjectOf2/investigationCharacteristic{2@C23}/value@value
C.1.9.1.r.1|Source(s) of the Case Identifier|C||100|text||II||$I/subjectOf1/controlActEvent/id{@R3}@assigningAuthorityName
C.1.9.1.r.2|Case Identifier(s)|C||100|text||II||$I/subjectOf1/controlActEvent/id{@R3}@extension
C.1.10.r|Identification Number of the Report Which Is Linked to This Report|O||100|text||II||$I/outboundRelationship/relatedInvestigation{^NA}/subjectOf2/controlActEvent/id{@R2}@extension
C.1.11.1|Report Nullification / Amendment|O||1|number||CE|C5|$I/subjectOf2/investigationCharacteristic{3@C23}/value@code
C.1.11.2|Reason for Nullification / Amendment|C||2000|text||CE||$I/subjectOf2/investigationCharacteristic{4@C23}/value/originalText
FDA.C.1.12|Combination Product Report Indicator||M/M||flag|NI|BL||$I/component/observationEvent{C156384@NCI}/value@value
C.2.r.1.1|Reporter's Title|O||50|text|MSK UNK ASKU NASK|PN||$RS/assignedPerson/name/prefix
C.2.r.1.2|Reporter's Given Name|O||60|text|MSK ASKU NASK|PN||$RS/assignedPerson/name/given#1
C.2.r.1.3|Reporter's Middle Name|O||60|text|MSK ASKU NASK|PN||$RS/assignedPerson/name/given#2
C.2.r.1.4|Reporter's Family Name|O||60|text|MSK ASKU NASK|PN||$RS/assignedPerson/name/family
C.2.r.2.1|Reporter's Organisation|O||60|text|MSK ASKU NASK|ON||$RS/representedOrganization/assignedEntity/representedOrganization/name
C.2.r.2.2|Reporter's Department|O||60|text|MSK ASKU NASK|ON||$RS/representedOrganization/name
C.2.r.2.3|Reporter's Street|O||100|text|MSK ASKU NASK|AD||$RS/addr/streetAddressLine
C.2.r.2.4|Reporter's City|O||35|text|MSK ASKU NASK|AD||$RS/addr/city
C.2.r.2.5|Reporter's State or Province|O||40|text|NI MSK ASKU NASK|AD||$RS/addr/state
C.2.r.2.6|Reporter's Postcode|O||15|text|MSK ASKU NASK|AD||$RS/addr/postalCode
C.2.r.2.7|Reporter's Telephone|O||33|text|MSK ASKU NASK|TEL||$RS/telecom{tel:}@value
FDA.C.2.r.2.8|Reporter's Email||M/M|100|text|MSK ASKU NASK|TEL||$RS/telecom{mailto:}@value
C.2.r.3|Reporter's Country Code|C||2|letters|MSK UNK ASKU NASK|CD|ISO3166|$RS/assignedPerson/asLocatedEntity/location/code@code
C.2.r.4|Qualification|C||1|number|UNK|CE|C6|$RS/assignedPerson/asQualifiedEntity/code@code
C.2.r.5|Primary Source for Regulatory Purposes|C||1|number||REAL||$I/outboundRelationship/priorityNumber@value
C.3.1|Sender Type|M||1|number||CE|C7|$SN/code@code
C.3.2|Sender's Organisation|C||100|text||ON||$SN/representedOrganization/assignedEntity/representedOrganization/name
C.3.3.1|Sender's Department|O|M/M|60|text||ON||$SN/representedOrganization/name
C.3.3.2|Sender's Title|O|M/M|50|text||PN||$SN/assignedPerson/name/prefix
C.3.3.3|Sender's Given Name|O|M/M|60|text||PN||$SN/assignedPerson/name/given#1
C.3.3.4|Sender's Middle Name|O||60|text||PN||$SN/assignedPerson/name/given#2
C.3.3.5|Sender's Family Name|O|M/M|60|text||PN||$SN/assignedPerson/name/family
C.3.4.1|Sender's Street Address|O|M/M|100|text||AD||$SN/addr/streetAddressLine
C.3.4.2|Sender's City|O|M/M|35|text||AD||$SN/addr/city
C.3.4.3|Sender's State or Province|O|M/M|40|text||AD||$SN/addr/state
C.3.4.4|Sender's Postcode|O|M/M|15|text||AD||$SN/addr/postalCode
C.3.4.5|Sender's Country Code|O|M/M|2|text||CD|ISO3166|$SN/assignedPerson/asLocatedEntity/location/code@code
C.3.4.6|Sender's Telephone|O|M/M|33|text||TEL||$SN/telecom{tel:}@value
C.3.4.7|Sender's Fax|O|M/M|33|text||TEL||$SN/telecom{fax:}@value
C.3.4.8|Sender's E-mail Address|O|M/M|100|text||TEL||$SN/telecom{mailto:}@value
C.4.r.1|Literature Reference(s)|O||500|text|ASKU NASK|ED||$I/reference/document{2@C27}/bibliographicDesignationText
C.4.r.2|Included Documents|O|||file||B64||$I/reference/document{2@C27}/text
C.5.1.r.1|Study Registration Number|O||50|text|ASKU NASK|II||$ST/authorization/studyRegistration/id{@R6}@extension
C.5.1.r.2|Study Registration Country|O||2|letters|ASKU NASK|CD|ISO3166|$ST/authorization/studyRegistration/author/territorialAuthority/governingPlace/code@code
C.5.2|Study Name|O||2000|text|ASKU NASK|ST||$ST/title
C.5.3|Sponsor Study Number|O||50|text|ASKU NASK|II||$ST/id{@R5}@extension
C.5.4|Study Type Where Reaction(s) / Event(s) Were Observed|C||1|number||CE|C8|$ST/code@code
FDA.C.5.5a|IND Number where AE Occurred||/C|10|number||II||$ST/authorization/studyRegistration/id{@FDA2.1.2.1}@extension
FDA.C.5.5b|Pre-ANDA Number where AE Occurred||/C|10|number||II||$ST/authorization/studyRegistration/id{@FDA2.1.2.2}@extension
FDA.C.5.6.r|IND number of cross reported IND||/C|10|number|NA|II||$ST/authorization/studyRegistration/id{@FDA2.1.2.3}@extension
"""

"""The order of children and the fixed attributes that the HL7 schemas ask for.

Source:
    HL7 v3 schemas of the ICH ICSR set: PORR_IN049016UV, PORR_MT049016UV, PORR_MT049023UV,
    POCP_MT010200UV, MCCI_MT200100UV.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from aeapp.formspecs.e2b_r3.nodes import Node

_ORDER = """
MCCI_IN200100UV01: id creationTime responseModeCode interactionId name PORR_IN049016UV receiver sender
PORR_IN049016UV: id creationTime interactionId processingCode processingModeCode acceptAckCode receiver sender controlActProcess
controlActProcess: code effectiveTime subject
investigationEvent: id code text statusCode effectiveTime availabilityTime reference component outboundRelationship subjectOf1 subjectOf2
document: code title text bibliographicDesignationText
adverseEventAssessment: subject1 component component1
primaryRole: player1 subjectOf1 subjectOf2
player1: name administrativeGenderCode birthTime deceasedTime asIdentifiedEntity role
associatedPerson: name administrativeGenderCode birthTime
asIdentifiedEntity: id code
role: code associatedPerson playingOrganization subjectOf1 subjectOf2
researchStudy: id code title authorization
studyRegistration: id author
observation: id code text effectiveTime value interpretationCode performer author location referenceRange outboundRelationship1 outboundRelationship2 inboundRelationship
observationRange: value interpretationCode
organizer: code component
substanceAdministration: id text effectiveTime routeCode doseQuantity consumable outboundRelationship1 outboundRelationship2 inboundRelationship
instanceOfKind: productInstanceInstance kindOfProduct subjectOf
kindOfProduct: code name formCode asManufacturedProduct ingredient part
partProduct: code name asManufacturedProduct instanceOfKind
ingredient: quantity ingredientSubstance
ingredientSubstance: code name
quantity: numerator denominator
asManufacturedProduct: manufacturerOrganization subjectOf
manufacturerOrganization: name addr
approval: id holder author
characteristic: code value
productEvent: code performer
causalityAssessment: code value methodCode author subject1 subject2
observationEvent: id code value author
outboundRelationship: priorityNumber relatedInvestigation
outboundRelationship1: pauseQuantity actReference
relatedInvestigation: code subjectOf2
investigationCharacteristic: code value
controlActEvent: id author
assignedEntity: code addr telecom assignedPerson representedOrganization
assignedPerson: name asQualifiedEntity asLocatedEntity
representedOrganization: name addr assignedEntity
name: prefix given family
addr: streetAddressLine city state postalCode country
effectiveTime: comp low width high period
comp: low width high period
value: low center high originalText
"""  # noqa: E501 - a node a line

ORDER: Mapping[str, tuple[str, ...]] = {
    name: tuple(children.split())
    for name, _colon, children in (line.partition(": ") for line in _ORDER.strip().splitlines())
}

_FIXED = """
act: classCode=ACT moodCode=EVN
actReference: classCode=OBS moodCode=EVN
adverseEffectReference: classCode=OBS moodCode=EVN
adverseEventAssessment: classCode=INVSTG moodCode=EVN
approval: classCode=CNTRCT moodCode=EVN
asIdentifiedEntity: classCode=IDENT
asLocatedEntity: classCode=LOCE
asManufacturedProduct: classCode=MANU
asQualifiedEntity: classCode=QUAL
assignedEntity: classCode=ASSIGNED
assignedPerson: classCode=PSN determinerCode=INSTANCE
associatedPerson: classCode=PSN determinerCode=INSTANCE
author: typeCode=AUT
authorization: typeCode=AUTH
causalityAssessment: classCode=OBS moodCode=EVN
characteristic: classCode=OBS moodCode=EVN
component: typeCode=COMP
component1: typeCode=COMP
consumable: typeCode=CSM
controlActEvent: classCode=CACT moodCode=EVN
controlActProcess: classCode=CACT moodCode=EVN
device: classCode=DEV determinerCode=INSTANCE
document: classCode=DOC moodCode=EVN
governingPlace: classCode=COUNTRY determinerCode=INSTANCE
holder: typeCode=HLD
ingredient: classCode=ACTI
ingredientSubstance: classCode=MMAT determinerCode=KIND
instanceOfKind: classCode=INST
investigationCharacteristic: classCode=OBS moodCode=EVN
investigationEvent: classCode=INVSTG moodCode=EVN
kindOfProduct: classCode=MMAT determinerCode=KIND
locatedEntity: classCode=LOCE
locatedPlace: classCode=COUNTRY determinerCode=INSTANCE
manufacturerOrganization: classCode=ORG determinerCode=INSTANCE
observation: classCode=OBS moodCode=EVN
observationEvent: classCode=OBS moodCode=EVN
observationRange: classCode=OBS moodCode=EVN.CRT
organizer: classCode=CATEGORY moodCode=EVN
outboundRelationship: typeCode=SPRT
part: classCode=PART
partProduct: classCode=DEV determinerCode=KIND
performer: typeCode=PRF
player1: classCode=PSN determinerCode=INSTANCE
playingOrganization: classCode=ORG determinerCode=INSTANCE
primaryRole: classCode=INVSBJ
productEvent: classCode=ACT moodCode=EVN
productInstanceInstance: classCode=MMAT determinerCode=INSTANCE
productUseReference: classCode=SBADM moodCode=EVN
receiver: typeCode=RCV
reference: typeCode=REFR
referenceRange: typeCode=REFV
relatedInvestigation: classCode=INVSTG moodCode=EVN
representedOrganization: classCode=ORG determinerCode=INSTANCE
researchStudy: classCode=CLNTRL moodCode=EVN
role: classCode=PRS
holder/role: classCode=HLD
sender: typeCode=SND
studyRegistration: classCode=ACT moodCode=EVN
subject: typeCode=SUBJ
adverseEventAssessment/subject1: typeCode=SBJ
subject1: typeCode=SUBJ
subject2: typeCode=SUBJ
subjectOf: typeCode=SBJ
primaryRole/subjectOf1: typeCode=SBJ
subjectOf1: typeCode=SUBJ
primaryRole/subjectOf2: typeCode=SBJ
role/subjectOf2: typeCode=SBJ
subjectOf2: typeCode=SUBJ
substanceAdministration: classCode=SBADM moodCode=EVN
territorialAuthority: classCode=TERR
territory: classCode=NAT determinerCode=INSTANCE
inboundRelationship: typeCode=REFR
location: typeCode=LOC
asLocatedEntity/location: classCode=COUNTRY determinerCode=INSTANCE
"""

FIXED: Mapping[str, dict[str, str]] = {
    name: dict(pair.split("=") for pair in pairs.split())
    for name, _colon, pairs in (line.partition(": ") for line in _FIXED.strip().splitlines())
}


# Of each node: at which place a child of a name stands.
_PLACES: Mapping[str, Mapping[str, int]] = {
    name: {child: n for n, child in enumerate(children)} for name, children in ORDER.items()
}
_LAST = max(map(len, ORDER.values()))


@cache
def _fixed(name: str, parent: str) -> Mapping[str, str]:
    return FIXED.get(f"{parent}/{name}") or FIXED.get(name, {})


def shaped(node: Node, parent: str = "") -> Node:
    """Put children in order and set the fixed attributes, all the way down; return the node."""
    top(node, parent)
    for child in node.children:
        shaped(child, node.name)
    return node


def top(node: Node, parent: str = "") -> Node:
    """Put the children of one node in order and set its fixed attributes; return the node."""
    if fixed := _fixed(node.name, parent):
        node.attributes = {**fixed, **node.attributes}
    if len(node.children) > 1:
        places = _PLACES.get(node.name, {})
        node.children.sort(key=lambda child: places.get(child.name, _LAST))
    return node

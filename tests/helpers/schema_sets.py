"""A schema set of our own, as small as the test of a set lets it be."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

HL7 = "urn:hl7-org:v3"
_HEAD = (
    f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="{HL7}" '
    f'targetNamespace="{HL7}" elementFormDefault="qualified">'
)
_ANY = '<xs:any processContents="skip" minOccurs="0" maxOccurs="unbounded"/>'
TYPES = f"""{_HEAD}<xs:complexType name="Any"><xs:sequence>{_ANY}</xs:sequence>
<xs:anyAttribute processContents="skip"/></xs:complexType></xs:schema>"""
_CASE = "".join(
    f'<xs:element name="{name}" type="Any"/>'
    for name in ("id", "creationTime", "interactionId", "processingCode", "processingModeCode",
                 "acceptAckCode", "receiver", "sender", "controlActProcess")
)  # fmt: skip
_BATCH = "".join(
    f'<xs:element name="{name}" type="Any"/>'
    for name in ("id", "creationTime", "responseModeCode", "interactionId", "name")
)
ENTRY = f"""{_HEAD}<xs:include schemaLocation="../coreschemas/types.xsd"/>
<xs:element name="MCCI_IN200100UV01"><xs:complexType><xs:sequence>{_BATCH}
<xs:element name="PORR_IN049016UV" maxOccurs="unbounded"><xs:complexType><xs:sequence>{_CASE}
</xs:sequence></xs:complexType></xs:element><xs:element name="receiver" type="Any"/>
<xs:element name="sender" type="Any"/></xs:sequence>
<xs:anyAttribute processContents="skip"/></xs:complexType></xs:element></xs:schema>"""
FILES: Mapping[str, str] = {
    "multicacheschemas/MCCI_IN200100UV01.xsd": ENTRY,
    "coreschemas/types.xsd": TYPES,
}


def as_folder(place: Path, files: Mapping[str, str] = FILES) -> Path:
    """Write a set as a folder."""
    for name, text in files.items():
        file = place / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return place


def as_zip(place: Path, files: Mapping[str, str] = FILES, *, below: str = "") -> Path:
    """Write a set as a ZIP, ``below`` a folder of it."""
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, text in files.items():
            pack.writestr(f"{below}{name}", text)
    return place

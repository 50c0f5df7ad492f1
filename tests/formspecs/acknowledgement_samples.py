"""Acknowledgements of our own, as receivers write them."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

ROOT = "2.16.840.1.113883.3.989.2.1.3"
_ANSWER = """<?xml version="1.0" encoding="UTF-8"?>
<MCCI_IN200101UV01 xmlns="urn:hl7-org:v3">
 <id extension="777" root="{root}.20"/>{created}
 <MCCI_IN000002UV01><id extension="888" root="{root}.19"/>
  <acknowledgement typeCode="{verdict}">
   <targetMessage><id extension="{number}" root="{root}.1"/></targetMessage>
   <acknowledgementDetail><text>{words}</text></acknowledgementDetail></acknowledgement>
 </MCCI_IN000002UV01>
 <sender><device><id extension="ZZFDA" root="{root}.17"/></device></sender>
 <acknowledgement typeCode="{batch_verdict}">
  <targetBatch><id extension="{batch}" root="{root}.22"/></targetBatch></acknowledgement>
</MCCI_IN200101UV01>
"""


def numbers_of(message: str) -> tuple[str, str]:
    """Return the numbers of batch and case in the text of a message."""
    found = [re.search(rf'root="{ROOT}\.{n}" extension="([^"]+)"', message) for n in (22, 1)]
    first, second = found
    assert first
    assert second
    return first[1], second[1]


def answer(
    message: str = "",
    *,
    batch: str | None = None,
    number: str | None = None,
    verdict: str = "CA",
    batch_verdict: str = "AE",
    words: str = "",
    created: str = "",
) -> str:
    """Return an acknowledgement of a message; numbers that are given stand in place of its own."""
    own = numbers_of(message) if message else ("", "")
    return _ANSWER.format(
        root=ROOT, batch=own[0] if batch is None else batch,
        number=own[1] if number is None else number, verdict=verdict,
        batch_verdict=batch_verdict, words=escape(words),
        created=f'<creationTime value="{created}"/>' if created else "",
    )  # fmt: skip

"""Files are known by their content; what is no such file is refused in words."""

from __future__ import annotations

import pytest

from aeapp.domain.attaching import MOST_BYTES, AttachmentRefusedError, title_from, type_of
from aeapp.domain.codelists.attaching import AttachmentType
from aeapp.domain.records import Attachment

PNG = b"\x89PNG\r\n\x1a\n" + bytes(8)


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("lab.pdf", b"%PDF-1.7 x", AttachmentType.PDF),
        ("lab.PDF", b"%PDF-1.7 x", AttachmentType.PDF),
        ("a.png", PNG, AttachmentType.PNG),
        ("a.jpg", b"\xff\xd8\xff\xe0", AttachmentType.JPEG),
        ("a.jpeg", b"\xff\xd8\xff\xe0", AttachmentType.JPEG),
        ("a.tif", b"II*\x00", AttachmentType.TIFF),
        ("a.tiff", b"MM\x00*", AttachmentType.TIFF),
        ("a.txt", "Natrium 141 mmol/l\r\n\tµg".encode(), AttachmentType.TEXT),
    ],
)
def test_a_file_is_what_its_content_is(name: str, content: bytes, found: AttachmentType) -> None:
    assert type_of(name, content) is found


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.pdf", b"", "empty"),
        ("a.pdf", b"%PDF-" + bytes(MOST_BYTES), "25 MB"),
        ("a.pdf", b"MZ\x90\x00", "program"),
        ("a.txt", b"MZ is how a program begins", "program"),
        ("a.png", b"\x7fELF\x02", "program"),
        ("a.txt", b"#!/bin/sh\nrm", "program"),
        ("a.txt", b"<html><script>", "program"),
        ("a.jpg", PNG, "not what the name"),
        ("a.exe", PNG, "not what the name"),
        ("a", PNG, "not what the name"),
        ("a.pdf", b"just words", "not what the name"),
        ("a.txt", b"a\x00b", "no PDF"),
        ("a.txt", b"\xff\xfe\x00", "no PDF"),
        ("a.zip", b"PK\x03\x04", "no PDF"),
    ],
)
def test_anything_else_is_refused_in_words(name: str, content: bytes, words: str) -> None:
    with pytest.raises(AttachmentRefusedError) as caught:
        type_of(name, content)
    assert words in caught.value.message
    assert caught.value.remedy


def test_the_largest_file_that_is_taken() -> None:
    assert type_of("a.pdf", b"%PDF-" + bytes(MOST_BYTES - 5)) is AttachmentType.PDF


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("lab report.pdf", "lab report"),
        ("some/where/lab.v2.pdf", "lab.v2"),
        ("C:\\files\\scan.png", "scan"),
        ("noending", "noending"),
        (".hidden", ".hidden"),
        ("a\nb\u202egpj.exe", "a b gpj"),
    ],
)
def test_a_title_is_the_name_without_path_and_ending(name: str, title: str) -> None:
    assert title_from(name) == title


def test_what_is_struck_does_not_count() -> None:
    assert Attachment().stands
    assert not Attachment(struck_reason="wrong patient").stands

"""Messages of strangers become plain nodes or are refused."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from aeapp.domain.rejection import ImportRejected
from aeapp.formspecs.e2b_r3.nodes import Node
from aeapp.formspecs.e2b_r3.structure import LOCATION
from aeapp.kernel.files import FileTroubleError
from aeapp.readers import e2b
from aeapp.readers.e2b import read_acknowledgement, read_nodes, stream_nodes

HL7 = "urn:hl7-org:v3"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
MESSAGE = (
    f'<?xml version="1.0"?>\n<MCCI_IN200100UV01 xmlns="{HL7}" xmlns:xsi="{XSI}" '
    f'xsi:schemaLocation="{HL7} http://nowhere.example/x.xsd">'
    '<id root="1.2" extension="A &amp; B &amp;#38;"/><value xsi:type="ST"> two  words </value>'
    "</MCCI_IN200100UV01>\n"
).encode()


def test_a_message_becomes_nodes_with_its_types_and_texts() -> None:
    root = read_nodes(MESSAGE)

    assert root.name == "MCCI_IN200100UV01"
    assert root.attributes.keys() == {LOCATION}
    assert root.children[0].attributes == {"root": "1.2", "extension": "A & B &#38;"}
    assert root.children[1].attributes == {"xsi:type": "ST"}
    assert root.children[1].text == " two  words "


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"<ichicsr lang='en'/>", "E2B(R2)"), (b"<MCCI_IN200100UV01/>", "not of HL7"),
     (MESSAGE.replace(b"</MCCI", b"</MCC"), "no XML"),
     (MESSAGE.replace(b"\n<M", b"\n<!DOCTYPE M SYSTEM 'x'>\n<M", 1), "DOCTYPE"),
     (MESSAGE.replace(b"\n<M", b"\n<!DOCTYPE M [<!ELEMENT M ANY>]>\n<M", 1), "DOCTYPE"),
     (b"plain", "no E2B(R3) message"), (b"%PDF-1.7", "no E2B(R3) message")],
)  # fmt: skip
def test_what_is_no_message_is_refused(content: bytes, sentence: str) -> None:
    with pytest.raises(ImportRejected) as refused:
        read_nodes(content)
    assert any(sentence in line for line in refused.value.lines())


def test_a_name_space_may_have_a_prefix() -> None:
    text = f'<h:MCCI_IN200100UV01 xmlns:h="{HL7}"><h:id extension="1"/></h:MCCI_IN200100UV01>'
    assert read_nodes(text.encode()).first("id")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(MESSAGE, "is a message with cases"), (b"<ichicsrack lang='en'/>", "E2B(R2)"),
     (b"<MCCI_IN200101UV01 xmlns='urn:other'/>", "not of HL7"),
     (b"<!DOCTYPE M SYSTEM 'x'><MCCI_IN200101UV01/>", "DOCTYPE"),
     (b"", "no acknowledgement of an E2B(R3)")],
)  # fmt: skip
def test_what_is_no_acknowledgement_is_refused(content: bytes, sentence: str) -> None:
    with pytest.raises(ImportRejected) as refused:
        read_acknowledgement(content)
    assert any(sentence in line for line in refused.value.lines())


def test_an_acknowledgement_is_no_message() -> None:
    with pytest.raises(ImportRejected) as refused:
        read_nodes(f'<MCCI_IN200101UV01 xmlns="{HL7}"/>'.encode())
    assert "'message acknowledgement' reads it." in refused.value.option


def test_text_of_many_lines_and_references_takes_no_longer_than_its_length() -> None:
    lines = 120_000
    text = b"A line &amp; what follows.\n" * lines
    message = b'<MCCI_IN200100UV01 xmlns="%s"><a>%s</a></MCCI_IN200100UV01>' % (HL7.encode(), text)
    begin = time.process_time()
    (node,) = read_nodes(message).children
    # Put together anew with each piece it took ten seconds.
    assert time.process_time() - begin < 3
    assert node.text == "A line & what follows.\n" * lines


def test_a_message_of_far_too_many_elements_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(e2b, "MOST_ELEMENTS", 3)
    with pytest.raises(ImportRejected, match="more elements"):
        read_nodes(MESSAGE)


def batch_of(count: int) -> bytes:
    one = b"<PORR_IN049016UV> <id/></PORR_IN049016UV>\n"
    begin = b'<MCCI_IN200100UV01 xmlns="%s"><id extension="B"/>' % HL7.encode()
    return begin + one * count + b'<sender a="b"/></MCCI_IN200100UV01>'


def test_messages_of_a_file_are_handed_over_one_by_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "batch.xml"
    file.write_bytes(batch_of(40_000))
    # What is let go of leaves room for the next.
    monkeypatch.setattr(e2b, "MOST_ELEMENTS", 10)
    taken: list[Node] = []

    def take(node: Node) -> None:
        taken[:] = [node, *taken[:1]]
        counted.append(1)

    counted: list[int] = []
    root = stream_nodes(file, take)
    assert len(counted) == 40_000
    assert taken[0] == taken[1] == Node("PORR_IN049016UV", children=[Node("id")])
    assert [child.name for child in root.children] == ["id", "sender"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"<MCCI_IN200101UV01/>", "acknowledgement"), (b"<ichicsr lang='en'/>", "E2B(R2)"),
     (batch_of(2)[:-5], "no XML"), (b"<!DOCTYPE M><MCCI_IN200100UV01/>", "DOCTYPE"),
     (b"plain", "no E2B(R3) message"), (b"%PDF-1.7", "no E2B(R3) message")],
)  # fmt: skip
def test_a_long_file_that_is_no_batch_is_refused(
    tmp_path: Path, content: bytes, sentence: str
) -> None:
    file = tmp_path / "batch.xml"
    file.write_bytes(content)
    with pytest.raises(ImportRejected) as refused:
        stream_nodes(file, lambda _node: None)
    assert any(sentence in line for line in refused.value.lines())


def test_a_long_file_that_is_not_there_is_trouble(tmp_path: Path) -> None:
    with pytest.raises(FileTroubleError):
        stream_nodes(tmp_path / "nothing.xml", lambda _node: None)

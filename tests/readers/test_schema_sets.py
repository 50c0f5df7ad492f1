"""A schema set of the user's: a folder or a ZIP, tried before it is used, never trusted."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from aeapp.domain.rejection import ImportRejected
from aeapp.kernel.files import FileTroubleError
from aeapp.readers import schema_files
from aeapp.readers.schema_sets import (
    _RIGHT,
    NoSchemaError,
    UnfitSchemaError,
    check_long,
    check_schema,
    probe_schemas,
)
from tests.helpers.schema_sets import ENTRY, FILES, TYPES, as_folder, as_zip

REAL = Path(__file__).parents[3] / "shared" / "e2b" / "schemas"
MESSAGE = _RIGHT.encode()
NAME = "multicacheschemas/MCCI_IN200100UV01.xsd"


def test_a_folder_and_a_zip_of_the_same_files_are_the_same_set(tmp_path: Path) -> None:
    folder = as_folder(tmp_path / "a set" / "of ICH")
    packed = as_zip(tmp_path / "set.zip", below="Guide 5.03/the schémas/")
    with zipfile.ZipFile(packed, "a") as pack:
        pack.writestr("__MACOSX/._types.xsd", b"\0")
        pack.writestr("Guide 5.03/readme.txt", b"Read me.")

    found = probe_schemas(packed)
    assert (found.files, len(found.sha256), found.errors) == (2, 64, ())
    assert probe_schemas(folder) == probe_schemas(tmp_path / "a set") == found
    assert check_schema(MESSAGE, packed) == found
    more = as_folder(tmp_path / "more", {**FILES, "coreschemas/types.xsd": TYPES + "\n"})
    assert probe_schemas(more).sha256 != found.sha256


def test_what_is_wrong_is_named_by_line(tmp_path: Path) -> None:
    packed = as_zip(tmp_path / "set.zip")
    spoilt = MESSAGE.replace(b"<controlActProcess", b"<wrong/><controlActProcess", 1)

    ((line, words),) = check_schema(spoilt, packed).errors
    assert line == 15
    assert "wrong" in words
    for broken in (b"<MCCI", b""):
        with pytest.raises(ImportRejected):
            check_schema(broken, packed)


@pytest.mark.parametrize(
    "doctype",
    ["<!DOCTYPE a>", '<!DOCTYPE a [<!ENTITY b "c">]>', "<!DOCTYPE a SYSTEM 'file:///etc/passwd'>"],
)
def test_a_message_with_a_doctype_is_not_checked(tmp_path: Path, doctype: str) -> None:
    with pytest.raises(ImportRejected) as refused:
        check_schema((doctype + _RIGHT).encode(), as_folder(tmp_path))
    assert any("DOCTYPE" in line for line in refused.value.lines())


def test_a_message_names_no_schema_that_is_looked_for(tmp_path: Path) -> None:
    other = tmp_path / "other.xsd"
    other.write_text("no schema", encoding="utf-8")
    hint = (
        'ITSVersion="XML_1.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        f'xsi:schemaLocation="urn:other {other.as_uri()}"'
    )
    told = _RIGHT.replace('ITSVersion="XML_1.0"', hint)
    inside = told.replace("<name code", '<name><a xmlns="urn:other"/></name><name code')

    folder = as_folder(tmp_path / "set")
    assert check_schema(told.encode(), folder).errors == ()
    assert "name" in check_schema(inside.encode(), folder).errors[0][1]


def test_a_file_of_any_length_is_checked_in_the_memory_of_one_message(tmp_path: Path) -> None:
    place, file = as_folder(tmp_path / "set"), tmp_path / "batch.xml"
    begin = MESSAGE.index(b"<PORR")
    end = MESSAGE.index(b"</PORR_IN049016UV>") + len(b"</PORR_IN049016UV>")
    batch = MESSAGE[:begin] + MESSAGE[begin:end] * 300 + MESSAGE[end:]
    file.write_bytes(batch)
    assert check_long(file, place) == probe_schemas(place)

    cut = MESSAGE[begin:end].replace(b"controlActProcess", b"wrong")
    file.write_bytes(batch + b" ")
    assert check_long(file, place).errors == ()
    file.write_bytes(MESSAGE[:begin] + MESSAGE[begin:end] * 3 + cut + MESSAGE[end:])
    ((_line, words),) = check_long(file, place).errors
    assert "wrong" in words
    with pytest.raises(FileTroubleError):
        check_long(tmp_path / "nothing.xml", place)


@pytest.mark.skipif(not REAL.is_dir(), reason="the ICH schema set is not on this machine")
def test_the_set_of_ich_is_the_same_as_a_zip(tmp_path: Path) -> None:
    files = {
        file.relative_to(REAL).as_posix(): file.read_text("utf-8") for file in REAL.rglob("*.xsd")
    }
    packed = as_zip(tmp_path / "ich.zip", files, below="ICH_ICSR_Schema_Files/")

    found = probe_schemas(packed)
    assert found.files == 55
    assert found == probe_schemas(REAL)
    assert check_schema(MESSAGE, packed).errors == ()
    wrong = MESSAGE.replace(b'typeCode="SND"', b'typeCode="XXX"', 1)
    assert check_schema(wrong, packed).errors


def include(where: str) -> dict[str, str]:
    return {NAME: ENTRY.replace("../coreschemas/types.xsd", where)}


_LAX = ENTRY.replace('<xs:element name="id" type="Any"/>', "", 1)
_DTD = '<!DOCTYPE x [<!ENTITY y "z">]>'
UNFIT: list[tuple[dict[str, str], str]] = [
    ({**FILES, "other/MCCI_IN200100UV01.xsd": TYPES}, "several different ones"),
    (include("http://127.0.0.1:9/types.xsd"), "names files that are not in it"),
    (include("file:///etc/passwd"), "names files that are not in it"),
    (include("../../types.xsd"), "names files that are not in it"),
    (include("types.xsd"), "names files that are not in it"),
    ({**FILES, "coreschemas/types.xsd": _DTD + TYPES}, "DOCTYPE"),
    ({**FILES, NAME: _DTD + ENTRY}, "DOCTYPE"),
    ({**FILES, NAME: "no XML"}, "cannot be loaded"),
    ({**FILES, NAME: "<html>not found</html>"}, "cannot be loaded"),
    ({**FILES, NAME: ENTRY.replace('type="Any"', 'type="None"', 1)}, "cannot be loaded"),
    ({**FILES, NAME: _LAX}, "refuses a message that is right"),
    ({NAME: '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace='
            '"urn:hl7-org:v3"><xs:element name="MCCI_IN200100UV01"/></xs:schema>'},
     "lets a message pass that is wrong"),
]  # fmt: skip


@pytest.mark.parametrize(("files", "why"), UNFIT)
def test_a_set_that_cannot_be_relied_on_is_not_used(
    tmp_path: Path, files: dict[str, str], why: str
) -> None:
    for place in (as_folder(tmp_path / "set", files), as_zip(tmp_path / "set.zip", files)):
        with pytest.raises(UnfitSchemaError) as refused:
            probe_schemas(place)
        assert why in refused.value.message


def test_a_schema_in_another_encoding_hides_no_doctype(tmp_path: Path) -> None:
    folder = as_folder(tmp_path)
    text = f'<?xml version="1.0" encoding="UTF-16"?>{_DTD}{TYPES}'
    (folder / "coreschemas" / "types.xsd").write_bytes(text.encode("utf-16"))
    with pytest.raises(UnfitSchemaError, match="DOCTYPE"):
        probe_schemas(folder)


def test_the_same_set_twice_in_a_folder_is_one(tmp_path: Path) -> None:
    twice = FILES | {f"deeper/{name}": text for name, text in FILES.items()}
    assert probe_schemas(as_folder(tmp_path, twice)).files == 4


def test_what_holds_no_set_is_named(tmp_path: Path) -> None:
    for place in (tmp_path, tmp_path / "not there", as_zip(tmp_path / "empty.zip", {})):
        with pytest.raises(NoSchemaError):
            probe_schemas(place)


# --- hostile archives


def packed(tmp_path: Path, change: Callable[[bytes], bytes]) -> Path:
    path = as_zip(tmp_path / "set.zip")
    path.write_bytes(change(path.read_bytes()))
    return path


def locked(content: bytes) -> bytes:
    """Say of each member that it asks for a password."""
    out = bytearray(content)
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        begin = out.find(sign)
        while begin >= 0:
            out[begin + at] |= 1
            begin = out.find(sign, begin + 4)
    return bytes(out)


def bomb(content: bytes) -> bytes:
    """State that the first member unpacks to a gigabyte."""
    begin = content.find(b"PK\x01\x02") + 24
    return content[:begin] + struct.pack("<I", 1_000_000_000) + content[begin + 4 :]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [(locked, "asks for a password"), (bomb, "unpacks to more"),
     (lambda _content: b"no ZIP at all", "no ZIP archive"),
     (lambda content: content[:40] + b"\xff" * 30 + content[70:], "structure")],
)  # fmt: skip
def test_a_hostile_zip_is_refused_with_a_sentence(
    tmp_path: Path, change: Callable[[bytes], bytes], sentence: str
) -> None:
    with pytest.raises(ImportRejected) as refused:
        probe_schemas(packed(tmp_path, change))
    assert any(sentence in line for line in refused.value.lines())


@pytest.mark.parametrize("name", ["../x.xsd", "/x.xsd", "a/../../x", "C:/x.xsd", "a\\x.xsd", NAME])
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_zip_that_names_files_outside_of_itself_is_refused(tmp_path: Path, name: str) -> None:
    path = as_zip(tmp_path / "set.zip")
    with zipfile.ZipFile(path, "a") as pack:
        info = zipfile.ZipInfo("x")
        info.filename = name
        pack.writestr(info, TYPES)
    with pytest.raises(ImportRejected) as refused:
        probe_schemas(path)
    assert any("outside of itself" in line for line in refused.value.lines())


def test_far_too_many_files_are_no_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, path = as_folder(tmp_path / "set"), as_zip(tmp_path / "set.zip")
    monkeypatch.setattr(schema_files, "MAX_FILES", 1)
    for place in (folder, path):
        with pytest.raises(ImportRejected):
            probe_schemas(place)
    monkeypatch.setattr(schema_files, "MAX_FILES", 10)
    monkeypatch.setattr(schema_files, "MAX_BYTES", 1500)
    for place in (folder, path):
        with pytest.raises(ImportRejected):
            probe_schemas(place)


def test_what_cannot_be_read_is_trouble(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = as_zip(tmp_path / "set.zip")

    def refuse(*_words: object, **_named: object) -> None:
        raise PermissionError

    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", refuse)
        with pytest.raises(FileTroubleError):
            probe_schemas(path)
    monkeypatch.setattr(schema_files, "_in_folder", refuse)
    with pytest.raises(FileTroubleError):
        probe_schemas(tmp_path)

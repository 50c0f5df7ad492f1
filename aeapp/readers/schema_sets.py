"""Hold a message against ICH's schemas, which the user brings: nothing is fetched from anywhere.

A set is read into memory, tried on a message that is right and on messages that are wrong, and
then used. Whatever a schema names is looked for in the set alone.
"""

from __future__ import annotations

import hashlib
import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote, unquote

from lxml import etree

from aeapp.domain.rejection import rejected
from aeapp.formspecs.e2b_r3.writing import BATCH, MESSAGE
from aeapp.kernel.errors import RefusedError
from aeapp.kernel.files import trouble
from aeapp.kernel.i18n import N_, _
from aeapp.kernel.progress import ReadSoFar, unheard
from aeapp.readers.guard import guarded
from aeapp.readers.schema_files import Stamp, files_of, stamp_of

_ENTRY = f"{BATCH}.xsd"
_SET = "set:/"
_MESSAGE = f"{{urn:hl7-org:v3}}{MESSAGE}"
_MOST_ERRORS = 50


class NoSchemaError(RefusedError):
    """What was named does not hold ICH's set."""

    code = "e2b.no-schema"

    def __init__(self) -> None:
        super().__init__(
            N_("This folder or ZIP does not hold the ICH ICSR schema set."),
            remedy=N_("Name the one with 'multicacheschemas' and 'coreschemas' in it."),
        )


class UnfitSchemaError(RefusedError):
    """A set is there and cannot be relied on."""

    code = "e2b.unfit-schema"

    def __init__(self, why: str) -> None:
        text = _("This schema set is not used: {why}").format(why=_(why))
        super().__init__(text, remedy=N_("Get the set from ICH again and name it anew."))


@dataclass(frozen=True, slots=True)
class SchemaCheck:
    """What the schemas say of a message.

    Attributes:
        files: How many files the set has.
        sha256: Of all of them, so that the trail says which set it was.
        errors: Line and sentence; empty for a valid message.
    """

    files: int
    sha256: str
    errors: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class _Set:
    """A schema set that was loaded and passed its test."""

    files: int
    sha256: str
    schema: etree.XMLSchema


class _Inside(etree.Resolver):  # type: ignore[misc] # lxml has no types
    """Gives a schema what it names out of the set, and nothing else."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files = files
        self.outside = False

    def resolve(self, system_url: str, _public_id: str, context: Any) -> Any:
        """Return the file of the set; an empty one for any other, which is remembered."""
        name = unquote(system_url or "")
        if name.startswith(_SET) and name.removeprefix(_SET) in self._files:
            content = self._files[name.removeprefix(_SET)]
            return self.resolve_string(content, context, base_url=system_url)
        self.outside = True
        return self.resolve_empty(context)


def check_schema(content: bytes, place: Path) -> SchemaCheck:
    """Check a message against the set in a folder or ZIP.

    Raises:
        NoSchemaError: The set is not there.
        UnfitSchemaError: It cannot be relied on.
        ImportRejected: The ZIP or the message is broken or hostile.
        FileTroubleError: The set cannot be read.
    """
    known = _known(place)
    with guarded(_("The file")):
        tree = etree.fromstring(content, _parser())
        if tree.getroottree().docinfo.doctype:
            sentence = N_("{path} declares a DOCTYPE; it is not read.")
            raise rejected(_("The file"), sentence)
        known.schema.validate(tree)
        errors = tuple((e.line, e.message) for e in list(known.schema.error_log)[:_MOST_ERRORS])
    return SchemaCheck(known.files, known.sha256, errors)


def check_long(path: Path, place: Path, told: ReadSoFar = unheard) -> SchemaCheck:
    """Check a file of any length, in the memory of one message; tell the first error alone.

    ``told`` hears how far the file is read.

    Raises:
        NoSchemaError: The set is not there.
        UnfitSchemaError: It cannot be relied on.
        FileTroubleError: File or set cannot be read.
    """
    known = _known(place)
    try:
        with path.open("rb") as file, guarded(_("The file")):
            error = _first_error(_Counted(file, told), known.schema)
    except OSError as trouble_of_file:
        raise trouble(trouble_of_file) from None
    return SchemaCheck(known.files, known.sha256, (error,) if error else ())


class _Counted:
    """A file that tells how much of it was read."""

    def __init__(self, file: IO[bytes], told: ReadSoFar) -> None:
        self._file, self._told = file, told

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes."""
        piece = self._file.read(size)
        self._told(self._file.tell())
        return piece


def _first_error(file: _Counted, schema: etree.XMLSchema) -> tuple[int, str] | None:
    parts = etree.iterparse(
        file, events=("end",), schema=schema, resolve_entities=False, no_network=True,
        load_dtd=False,
    )  # fmt: skip
    try:
        for _event, node in parts:
            # A message that was validated is let go of.
            if node.tag == _MESSAGE:
                node.clear()
                while node.getprevious() is not None:
                    del node.getparent()[0]
    except etree.XMLSyntaxError as error:
        return error.lineno or 0, error.msg or ""
    return None


def probe_schemas(place: Path) -> SchemaCheck:
    """Load a set and try it; return how many files it has and their hash.

    The hash is the same for a folder and a ZIP of the same files, however deep they lie.

    Raises:
        NoSchemaError: The set is not there.
        UnfitSchemaError: It cannot be relied on.
        ImportRejected: The ZIP is broken or hostile.
        FileTroubleError: The set cannot be read.
    """
    known = _known(place)
    return SchemaCheck(known.files, known.sha256)


def _known(place: Path) -> _Set:
    if not place.exists():
        raise NoSchemaError
    return _loaded(place, stamp_of(place))


@lru_cache(maxsize=1)
def _loaded(place: Path, _stamp: Stamp) -> _Set:
    """Load a set once for a batch of messages; a file that changed makes it another one."""
    files = files_of(place)
    schema = _schema_of(files)
    _try(schema)
    digest = hashlib.sha256()
    parts = sorted((posixpath.basename(name), content) for name, content in files.items())
    for name, content in parts:
        digest.update(name.encode() + b"\0" + hashlib.sha256(content).digest())
    return _Set(len(files), digest.hexdigest(), schema)


def _parser() -> etree.XMLParser:
    return etree.XMLParser(no_network=True, resolve_entities=False, load_dtd=False)


def _schema_of(files: Mapping[str, bytes]) -> etree.XMLSchema:
    entries = [name for name in files if posixpath.basename(name) == _ENTRY]
    if not entries:
        raise NoSchemaError
    if len({files[name] for name in entries}) > 1:
        raise UnfitSchemaError(N_("several different ones lie in the same place."))
    inside, parser = _Inside(files), _parser()
    parser.resolvers.add(inside)
    try:
        _refuse_doctype(files)
        name = min(entries, key=len)
        tree = etree.fromstring(files[name], parser, base_url=_SET + quote(name))
        schema = etree.XMLSchema(tree)
    except (etree.XMLSchemaParseError, etree.XMLSyntaxError):
        if not inside.outside:
            raise UnfitSchemaError(N_("its files cannot be loaded.")) from None
    if inside.outside:
        raise UnfitSchemaError(N_("it names files that are not in it."))
    return schema


def _refuse_doctype(files: Mapping[str, bytes]) -> None:
    """Refuse a set in which a file declares anything before its root, whatever its encoding."""
    for content in files.values():
        if etree.fromstring(content, _parser()).getroottree().docinfo.doctype:
            raise UnfitSchemaError(N_("a file of it declares a DOCTYPE."))


# --- the test of a set

# A message as small as the schema lets it be.
_RIGHT = f"""<{BATCH} xmlns="urn:hl7-org:v3" ITSVersion="XML_1.0">
<id root="2.16.840.1.113883.3.989.2.1.3.22" extension="T"/>
<creationTime value="20260101000000+0000"/>
<responseModeCode code="D"/>
<interactionId root="2.16.840.1.113883.1.6" extension="{BATCH}"/>
<name code="1" codeSystem="2.16.840.1.113883.3.989.2.1.1.1" displayName="ichicsr"/>
<PORR_IN049016UV><id root="2.16.840.1.113883.3.989.2.1.3.1" extension="T-1"/>
<creationTime value="20260101000000+0000"/>
<interactionId root="2.16.840.1.113883.1.6" extension="PORR_IN049016UV"/>
<processingCode code="P"/><processingModeCode code="T"/><acceptAckCode code="AL"/>
<receiver typeCode="RCV"><device classCode="DEV" determinerCode="INSTANCE">
<id root="2.16.840.1.113883.3.989.2.1.3.12" extension="R"/></device></receiver>
<sender typeCode="SND"><device classCode="DEV" determinerCode="INSTANCE">
<id root="2.16.840.1.113883.3.989.2.1.3.11" extension="S"/></device></sender>
<controlActProcess classCode="CACT" moodCode="EVN">
<code code="PORR_TE049016UV" codeSystem="2.16.840.1.113883.1.18"/>
<effectiveTime value="20260101000000+0000"/></controlActProcess>
</PORR_IN049016UV>
<receiver typeCode="RCV"><device classCode="DEV" determinerCode="INSTANCE">
<id root="2.16.840.1.113883.3.989.2.1.3.14" extension="R"/></device></receiver>
<sender typeCode="SND"><device classCode="DEV" determinerCode="INSTANCE">
<id root="2.16.840.1.113883.3.989.2.1.3.13" extension="S"/></device></sender>
</{BATCH}>"""
# What makes it wrong: an element nobody knows, one that has to be there, one in a wrong place.
_WRONG = (
    ("<responseModeCode", "<unknown/><responseModeCode"),
    ('<id root="2.16.840.1.113883.3.989.2.1.3.22" extension="T"/>', ""),
    ("controlActProcess", "controlActProgress"),
)


def _try(schema: etree.XMLSchema) -> None:
    """Refuse a set that refuses what is right, or lets pass what is wrong."""
    if not schema.validate(etree.fromstring(_RIGHT, _parser())):
        raise UnfitSchemaError(N_("it refuses a message that is right."))
    for right, wrong in _WRONG:
        if schema.validate(etree.fromstring(_RIGHT.replace(right, wrong), _parser())):
            raise UnfitSchemaError(N_("it lets a message pass that is wrong."))

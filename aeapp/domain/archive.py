"""The open case format: a whole case as one JSON text, and back.

``loads`` takes nothing that the format cannot hold and fills nothing in; it names every mistake of
a file by its path and then refuses the file whole. What a case lacks is the business of findings.
The format is described in ``docs/case-format.md`` and published as ``docs/case.schema.json``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar, cast

from aeapp.domain.case import BRANCHES, Case, settle
from aeapp.domain.codecs import from_json, to_json
from aeapp.domain.items import Attribute, FieldSpec, Kind, Record, Section, attributes_of
from aeapp.domain.links import links_of
from aeapp.domain.records import (
    Administration,
    Assessment,
    Attachment,
    Awareness,
    Call,
    CaseFile,
    Check,
    Clinic,
    Consent,
    Decision,
    Event,
    LabelList,
    Lot,
    Note,
    Observation,
    Patient,
    Product,
    Proposal,
    Question,
    Report,
    Reporter,
    Request,
    SafetyReview,
    Score,
    Sending,
    Session,
    Study,
)
from aeapp.domain.rejection import (
    ImportRejected,
    NewerFormat,
    Problem,
    Problems,
    printable,
    rejected,
    text_of,
)
from aeapp.domain.stating import bound
from aeapp.domain.upcasting import told_by_lines, upcast
from aeapp.kernel.errors import BadInputError
from aeapp.kernel.i18n import N_, _

FORMAT_NUMBER = 1
FORMAT = f"aeapp-case/{FORMAT_NUMBER}"
# Memory for hostile files is bounded by the number of values, not only by the bytes.
MAX_VALUES = 1_000_000
TAKEN = N_(
    "Choose a case file (JSON), an E2B(R3) message (XML) or a copy for the archive (PDF); "
    "nothing was taken from this file."
)
TAKEN_ELSEWHERE = N_("'import' takes in tables, readings and terms.")
ID_PATTERN = r"[A-Za-z0-9][A-Za-z0-9._:-]{0,99}"
_ID = re.compile(ID_PATTERN)
_MAX_DIGITS = 18

S = TypeVar("S", bound=Section)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Bundle(Section):
    """The records of one case, linked by ids that mean something in the file only."""

    clinic: Clinic | None = None
    patient: Patient | None = None
    studies: tuple[Study, ...] = ()
    products: tuple[Product, ...] = ()
    lots: tuple[Lot, ...] = ()
    sessions: tuple[Session, ...] = ()
    administrations: tuple[Administration, ...] = ()
    observations: tuple[Observation, ...] = ()
    case: CaseFile = field(default_factory=CaseFile)
    events: tuple[Event, ...] = ()
    checks: tuple[Check, ...] = ()
    notes: tuple[Note, ...] = ()
    scores: tuple[Score, ...] = ()
    safety: tuple[SafetyReview, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    calls: tuple[Call, ...] = ()
    reporters: tuple[Reporter, ...] = ()
    awareness: tuple[Awareness, ...] = ()
    consents: tuple[Consent, ...] = ()
    decisions: tuple[Decision, ...] = ()
    labels: tuple[LabelList, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    reports: tuple[Report, ...] = ()
    sendings: tuple[Sending, ...] = ()
    requests: tuple[Request, ...] = ()
    questions: tuple[Question, ...] = ()
    attachments: tuple[Attachment, ...] = ()

    def records(self) -> Iterator[Record]:
        """Yield every record, those first to which others link."""
        for _path, record in _placed(self):
            yield record

    def completed(self) -> Bundle:
        """Return the bundle with the links that a file of one case may leave out.

        What names no case belongs to the file's, what names no patient to the file's patient, and
        what was noted in the chair without naming a session to the session of the case.
        Givings and readings of a session of the case are in the case by their session.
        """
        reached = {self.case.session_id, *(e.session_id for e in self.events)}
        reached |= {g.session_id for g in self.administrations if g.case_id}
        reached |= {o.session_id for o in self.observations if o.case_id}
        reached.discard("")
        own = {"case": self.case.id, "patient": self.patient.id if self.patient else ""}
        only = self.sessions[0].id if len(self.sessions) == 1 else ""
        session = {"session": self.case.session_id or only}
        parts: dict[str, Any] = {}
        for a in attributes_of(Bundle):
            part = getattr(self, a.name)
            if a.repeated:
                chair = session if a.type in _OF_A_SESSION else {}
                parts[a.name] = tuple(_completed(record, own | chair, reached) for record in part)
            elif part is not None:
                parts[a.name] = _completed(part, own, reached)
        return Bundle(**parts)


# Records that a case reaches through its sessions only.
_OF_A_SESSION = (Check, Note, Score, SafetyReview, Proposal, Call)
KINDS = frozenset(cast("type[Record]", a.type).KIND for a in attributes_of(Bundle))


_keys: dict[Kind, dict[str, Attribute]] = {}


def keys_of(cls: Kind) -> dict[str, Attribute]:
    """Return the attributes of ``cls`` that the format has, by key.

    Links to what a file does not carry, such as the clinic's accounts, are not among them.
    """
    if cls not in _keys:
        _keys[cls] = {
            a.name: a for a in attributes_of(cls) if a.link is None or a.link.kind in KINDS
        }
    return _keys[cls]


def loads(source: str | bytes) -> Bundle:
    """Return the records that a case file holds.

    Raises:
        ImportRejected: The file is no case file of this format; ``problems`` says where and why.
    """
    raw = _parsed(text_of(source))
    if not isinstance(raw, _Object):
        raise rejected(_("The file"), N_("{path} does not hold a JSON object."))
    number = _number_of(raw)
    told_by_lines(raw)
    upcast(raw, number, FORMAT_NUMBER)
    return _Reader().bundle(raw)


def dumps(bundle: Bundle) -> str:
    """Return ``bundle`` as a case file: fixed order of keys, two spaces, a line feed at the end.

    Versions and links to the clinic's accounts stay behind.

    Raises:
        ValueError: An id is missing or stands twice, or a link names a record not in the bundle.
    """
    _check_links(bundle)
    tree = {"format": FORMAT, **_written(bundle)}
    return json.dumps(tree, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def case_from(bundle: Bundle) -> Case:
    """Return the case of ``bundle`` with its views computed; its newest report is the last one."""
    bundle = bundle.completed()
    parts: dict[str, Any] = {
        name: getattr(bundle, name)
        for name in BRANCHES
        if name != "report" and getattr(bundle, name) is not None
    }
    # What was struck through stays in the file and is no part of the case.
    parts["events"] = tuple(e for e in bundle.events if e.stands)
    parts["administrations"] = tuple(g for g in bundle.administrations if g.stands)
    if bundle.reports:
        parts["report"] = bundle.reports[-1]
    return bound(settle(Case(**parts)))


def _completed(record: Record, own: dict[str, str], reached: set[str]) -> Record:
    missing: dict[str, Any] = {
        a.name: own[a.link.kind]
        for a in attributes_of(type(record))
        if a.link and a.link.kind in own and not getattr(record, a.name)
    }
    if isinstance(record, Administration | Observation) and record.session_id in reached:
        missing.pop("case_id", None)
    return replace(record, **missing)


# ------------------------------------------------------------------ writing


def _placed(bundle: Bundle) -> Iterator[tuple[str, Record]]:
    for a in attributes_of(Bundle):
        child = getattr(bundle, a.name)
        if a.repeated:
            yield from ((f"{a.name}[{n}]", record) for n, record in enumerate(child))
        elif child is not None:
            yield a.name, child


def _check_links(bundle: Bundle) -> None:
    records = tuple(_placed(bundle))
    kinds = {record.id: record.KIND for _path, record in records}
    if len(kinds) < len(records) or "" in kinds:
        msg = "a record of the bundle has no id, or that of another one"
        raise ValueError(msg)
    for path, record in records:
        for name, kind, target in links_of(record, f"{path}."):
            if kind in KINDS and kinds.get(target) != kind:
                msg = f"{name} names a record that is not in the bundle"
                raise ValueError(msg)


def _written(section: Section) -> dict[str, Any]:
    out: dict[str, Any] = {}
    if isinstance(section, Record):
        out["id"] = section.id
    for name, a in keys_of(type(section)).items():
        value = getattr(section, name)
        if value is None or value in ("", ()):
            continue
        if not a.is_section:
            out[name] = to_json(value)
        elif a.repeated:
            out[name] = [_written(member) for member in value]
        elif written := _written(value):
            out[name] = written
    return out


# ------------------------------------------------------------------ JSON, strictly


class _Object(dict[str, Any]):
    """A JSON object that remembers the keys it held more than once."""

    __slots__ = ("repeated",)

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        self.repeated: tuple[str, ...] = ()
        if len(self) < len(pairs):
            names = [name for name, _value in pairs]
            self.repeated = tuple(name for name in self if names.count(name) > 1)


class _Refused:
    """Stands for a number that JSON readers accept and we do not: NaN, infinity, 5,000 digits."""

    def __init__(self, _text: str) -> None:
        pass


def _whole(digits: str) -> Any:
    return int(digits) if len(digits) <= _MAX_DIGITS else _Refused(digits)


def _parsed(text: str) -> Any:
    if text.count(",") + text.count("{") + text.count("[") > MAX_VALUES:
        raise rejected(_("The file"), N_("{path} holds more than a million values."))
    try:
        return json.loads(
            text,
            object_pairs_hook=_Object,
            parse_constant=_Refused,
            parse_float=_Refused,
            parse_int=_whole,
        )
    except json.JSONDecodeError as error:
        where = _("line {line}, column {column}").format(line=error.lineno, column=error.colno)
        raise rejected(where, N_("This is no JSON: {reason}.").format(reason=error.msg)) from None
    except RecursionError:
        raise rejected(_("The file"), N_("{path} is nested too deeply.")) from None


def _number_of(raw: _Object) -> int:
    """Return the number of the format that a file names, this one or an older one."""
    named = raw.get("format")
    match = re.fullmatch(r"aeapp-case/([1-9][0-9]{0,8})", named) if isinstance(named, str) else None
    if match is None:
        sentence = N_('{path} is not "aeapp-case/1": this is no case file.')
        raise rejected("format", sentence, remedy=TAKEN, option=TAKEN_ELSEWHERE)
    number = int(match.group(1))
    if number > FORMAT_NUMBER:
        raise NewerFormat("format")
    return number


# ------------------------------------------------------------------ reading


class _Reader:
    """Reads one file; every method returns something, so that all problems are found."""

    def __init__(self) -> None:
        self._problems = Problems()
        self._kinds: dict[str, str] = {}
        self._links: list[tuple[str, str, str]] = []

    def bundle(self, raw: _Object) -> Bundle:
        """Return the bundle, or refuse the file with all its problems."""
        if not isinstance(raw.get("case"), dict):
            self._problems.add("case", N_("{path} is missing: a file holds one case."))
        bundle = self._section(Bundle, raw, "")
        for path, kind, target in self._links:
            if self._kinds.get(target) != kind:
                self._problems.add(path, _unlinked(kind))
        self._problems.raise_if_any()
        return bundle

    def _section(self, cls: type[S], raw: Any, path: str) -> S:
        if not isinstance(raw, _Object):
            self._problems.add(path, N_("Expected an object in braces."))
            return cls()
        kind: Kind = cls
        known = keys_of(kind)
        own = "format" if kind is Bundle else "id" if issubclass(kind, Record) else ""
        for name in raw.repeated:
            self._problems.add(_at(path, _shown(name)), N_("{path} stands there twice."))
        values: dict[str, Any] = {}
        for name, value in raw.items():
            if name in known:
                values[name] = self._attribute(known[name], value, _at(path, name))
            elif name != own:
                self._problems.add(_at(path, _shown(name)), N_("{path} is not in the format."))
        if own == "id":
            values["id"] = self._id(kind.KIND, raw.get("id"), _at(path, "id"))
        return cls(**values)

    def _attribute(self, a: Attribute, raw: Any, path: str) -> Any:
        if a.item is not None:
            return self._value(FieldSpec(path, a.type, a.element, a.item), raw)
        if a.link is not None:
            return self._link(a.link.kind, raw, path)
        if not a.repeated:
            return self._section(a.type, raw, path)
        if not isinstance(raw, list):
            self._problems.add(path, N_("Expected a list in brackets."))
            return ()
        return tuple(self._section(a.type, m, f"{path}[{n}]") for n, m in enumerate(raw))

    def _value(self, spec: FieldSpec, raw: Any) -> Any:
        if isinstance(raw, _Object) and raw.repeated:
            self._problems.add(spec.path, N_("{path} holds the same key twice."))
        try:
            return from_json(spec, raw)
        except BadInputError as error:
            self._problems.add(spec.path, error.message)
            return None

    def _id(self, kind: str, raw: Any, path: str) -> str:
        if raw is None:
            self._problems.add(path, N_("{path} is missing: every record has one."))
        elif not isinstance(raw, str) or not _ID.fullmatch(raw):
            self._problems.add(
                path, N_("Expected an id: 1 to 100 letters, digits, dots, colons or hyphens.")
            )
        elif raw in self._kinds:
            self._problems.add(path, N_("{path} is the id of another record, too."))
        else:
            self._kinds[raw] = kind
            return raw
        return ""

    def _link(self, kind: str, raw: Any, path: str) -> str:
        if not isinstance(raw, str):
            self._problems.add(path, N_("Expected the id of a record in quotes."))
            return ""
        self._links.append((path, kind, raw))
        return raw


def _at(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _shown(name: str) -> str:
    """Return a name that a file has beyond the format; one that is empty is shown as that."""
    return printable(name) or '""'


def _unlinked(kind: str) -> str:
    return _("{{path}} names no {kind} of this file.").format(kind=kind)


__all__ = [
    "FORMAT",
    "Bundle",
    "ImportRejected",
    "NewerFormat",
    "Problem",
    "case_from",
    "dumps",
    "loads",
]

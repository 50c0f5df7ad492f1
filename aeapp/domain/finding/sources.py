"""Which words of which records find which place, and which facts narrow a search.

Only what is listed here is ever searched. A record that a role may not read is left out by not
being listed: no answer, no count and no suggestion can then tell that it exists.
"""

from __future__ import annotations

from dataclasses import dataclass

from aeapp.domain.codelists.finding import FoundKind

PATIENT, SESSION, EVENT, REPORT = KINDS = tuple(kind.value for kind in FoundKind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Records whose words find a place.

    Attributes:
        kind: Kind of the records.
        paths: Their items.
        by: Their link that equals ``of``; "id" where the place links to them.
        of: Link of the place, or "id".
        through: Kind that stands between: it holds ``by``, and ``link`` to the record.
        link: See ``through``.
        struck: Item that strikes the record through: its words count no more.
        unless: Item of ``through`` that holds a copy: where it is filled, the copy's words count.
    """

    kind: str
    paths: tuple[str, ...]
    by: str = "id"
    of: str = "id"
    through: str = ""
    link: str = ""
    struck: str = ""
    unless: str = ""

    def concerns(self, changed: frozenset[str]) -> bool:
        """Tell whether a change of these items, first names only, may change the words."""
        names = {path.partition(".")[0] for path in self.paths}
        return bool(changed & (names | {self.by, self.struck}))


_PATIENT = ("code", "name", "record_number")
_CASE = (
    "number",
    "sender_number",
    "worldwide_number",
    "other_numbers.number",
    "title",
    "narrative",
    "test_comments",
    "more_history",
    "device.brand",
    "device.common_name",
    "device.lot",
    "device.serial",
    "further_devices.brand",
    "further_devices.common_name",
    "further_devices.lot",
    "further_devices.serial",
)
_EVENT = ("verbatim", "note", "treatment", "stated_causality", "codings.term", "codings.code")
_GIVEN = ("package.name", "package.lot", "package.ndc", "package.maker")
_PRODUCT = ("name", "ndc", "maker")


def _given(by: str, of: str = "id") -> tuple[Source, ...]:
    """Return what was given: as it was copied from the package, else as the library has it.

    So a product that gets another name does not change what thousands of sessions say.
    """
    between = {"through": "administration", "by": by, "of": of}
    return (
        Source(kind="administration", by=by, of=of, paths=_GIVEN),
        Source(kind="product", link="product_id", unless="package.name", paths=_PRODUCT, **between),
        Source(kind="lot", link="lot_id", unless="package.lot", paths=("number",), **between),
    )


def _attached(by: str, of: str = "id") -> Source:
    return Source(kind="attachment", by=by, of=of, paths=("title",), struck="struck_reason")


SOURCES: dict[str, tuple[Source, ...]] = {
    PATIENT: (
        Source(
            kind="patient",
            paths=(
                *_PATIENT,
                "phone",
                "history",
                "allergies",
                "medicines.name",
                "conditions.name",
                "conditions.icd10cm",
            ),
        ),
    ),
    SESSION: (
        Source(
            kind="session",
            paths=("number", "indication", "protocol", "ending_reason", "transferred_to", "note"),
        ),
        Source(kind="patient", of="patient_id", paths=_PATIENT),
        Source(kind="note", by="session_id", paths=("words",)),
        _attached("session_id"),
        *_given("session_id"),
    ),
    EVENT: (
        Source(kind="event", paths=_EVENT),
        Source(kind="patient", of="patient_id", paths=_PATIENT),
        _attached("event_id"),
    ),
    REPORT: (
        Source(kind="report", paths=("number",)),
        Source(kind="case", of="case_id", paths=_CASE),
        Source(
            kind="patient",
            of="case_id",
            through="case",
            link="patient_id",
            paths=_PATIENT,
        ),
        Source(kind="event", by="case_id", of="case_id", paths=_EVENT),
        _attached("case_id", "case_id"),
        *_given("case_id", "case_id"),
    ),
}
# Items of a place that narrow a search or are shown in its line.
FACTS: dict[str, frozenset[str]] = {
    PATIENT: frozenset({"birth_date"}),
    SESSION: frozenset({"started", "planned", "ended", "ending", "patient_id"}),
    EVENT: frozenset({"onset", "seriousness", "struck_reason", "patient_id"}),
    REPORT: frozenset({"state", "reported_on", "case_id"}),
}

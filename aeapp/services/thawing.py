"""What was kept of a version, read again: case, stamp of the pages, values of the message."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from typing import Any

from aeapp.domain.archive import Bundle, case_from, loads
from aeapp.domain.case import Case, settle
from aeapp.domain.codelists.clinic import ObservationKind
from aeapp.domain.codelists.lifecycle import FrozenKind, SentAs
from aeapp.domain.findings import Finding, Severity
from aeapp.domain.records import ReportVersion, Sending
from aeapp.domain.rules.narrative import holds_back
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.limits import Limit
from aeapp.formspecs.e2b_r3.message import Batch, batch_from
from aeapp.services.pages import PageStamp
from aeapp.services.ports import UnitOfWork
from aeapp.services.sessions import of_kind
from aeapp.trail.chain import Head

STAMP_FORMAT = "aeapp-stamp/1"


def stamp_bytes(stamp: PageStamp, case: Case) -> bytes:
    """Return ``stamp`` and the limits of the case as JSON, equal for equal input."""
    tree = asdict(stamp) | {
        "format": STAMP_FORMAT,
        "form": case.report.form or "",
        "head": {"seq": stamp.head.seq, "h": stamp.head.h.hex()},
        "exported_on": stamp.exported_on.iso(),
        "limits": [_limit_json(limit) for limit in case.limits],
    }
    return (json.dumps(tree, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


def _limit_json(limit: Limit) -> dict[str, Any]:
    digits = {n: None if (v := getattr(limit, n)) is None else str(v) for n in ("low", "high")}
    return {"kind": limit.kind.value, "part": limit.part, "source": limit.source} | digits


def _limit(tree: dict[str, Any]) -> Limit:
    low, high = (None if tree[n] is None else Decimal(tree[n]) for n in ("low", "high"))
    return Limit(ObservationKind(tree["kind"]), tree["part"], low, high, tree["source"])


@dataclass(frozen=True, slots=True, repr=False)
class Thawed:
    """A version as it was sent, ready to be drawn or compared."""

    version: ReportVersion
    bundle: Bundle
    case: Case
    stamp: PageStamp
    form: str
    blank: bytes
    values: Batch | None = None


def held_in(uow: UnitOfWork, version: ReportVersion) -> tuple[Finding, ...]:
    """Return what an export would have waited for, of a version that was sent all the same."""
    return holds_back(_findings(_stamp_of(uow, version)["findings"]))


def _stamp_of(uow: UnitOfWork, version: ReportVersion) -> dict[str, Any]:
    tree: dict[str, Any] = json.loads(uow.blobs.proven(version.part(FrozenKind.STAMP).sha256 or ""))
    return tree


def _findings(trees: Iterable[dict[str, Any]]) -> tuple[Finding, ...]:
    return tuple(Finding(**f | {"severity": Severity(f["severity"])}) for f in trees)


def thawed(uow: UnitOfWork, version: ReportVersion) -> Thawed:
    """Return a version out of what was kept of it.

    Raises:
        FrozenAlteredError: What was kept is not what was sent.
    """
    bundle = loads(uow.blobs.proven(version.part(FrozenKind.CASE).sha256 or ""))
    tree = _stamp_of(uow, version)
    limits = tuple(_limit(limit) for limit in tree.pop("limits"))
    form, _format = tree.pop("form"), tree.pop("format")
    tree["head"] = Head(tree["head"]["seq"], bytes.fromhex(tree["head"]["h"]))
    tree["exported_on"] = PartialDate.parse(tree["exported_on"])
    tree["findings"] = _findings(tree["findings"])
    case = settle(replace(case_from(bundle), limits=limits))
    blank = version.part(FrozenKind.BLANK).sha256
    kept = uow.blobs.proven(blank) if blank else b""
    told = version.part(FrozenKind.VALUES).sha256
    values = batch_from(uow.blobs.proven(told)) if told else None
    return Thawed(version, bundle, case, PageStamp(**tree), form, kept, values)


def kept_document(uow: UnitOfWork, version: ReportVersion, sent_as: SentAs) -> str:
    """Return the hash of the document that went out as this; "" where none did."""
    if version.sent_as is sent_as:
        return version.part(FrozenKind.DOCUMENT).sha256 or ""
    lines = of_kind(Sending, uow.records.find("sending", report_version_id=version.id))
    return next((s.document_sha256 or "" for s in lines if s.document is sent_as), "")

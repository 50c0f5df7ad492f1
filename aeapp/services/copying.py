"""Copies that leave something out, with what their pages say of themselves."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

from aeapp.domain.case import Case
from aeapp.domain.chair.session_file import SessionFile
from aeapp.domain.copies import (
    CopyKind,
    Left,
    deidentified,
    deidentified_file,
    for_maker,
    still_tells,
    to_year,
)
from aeapp.domain.items import Section
from aeapp.kernel.errors import RefusedError
from aeapp.kernel.i18n import N_, _
from aeapp.services.pages import PageStamp

_SHOWN = 8


class CopyTellsError(RefusedError):
    """A de-identified copy still tells who the patient is."""

    code = "copy.tells"

    def __init__(self, what: tuple[str, ...]) -> None:
        super().__init__(
            _("Nothing was written: the copy would still tell {what}.").format(
                what=", ".join(_(one) for one in what)
            ),
            remedy=N_("Take it out of the texts, or make the copy with its texts withheld."),
        )


class NotACopyOfThisError(RefusedError):
    """A copy for a manufacturer was asked of what names the patient."""

    code = "copy.not-of-this"

    def __init__(self) -> None:
        super().__init__(
            N_("A paper of a session names the patient, so no manufacturer gets it."),
            remedy=N_("Export the report for the manufacturer, or the paper de-identified."),
            option=N_("--copy maker and --copy deidentified do so."),
        )


class NoMakerCopyError(RefusedError):
    """A copy for a manufacturer was asked of a paper that is made for none."""

    code = "copy.none-for-maker"

    def __init__(self) -> None:
        super().__init__(
            N_("This paper has no copy for a manufacturer."),
            remedy=N_("Export the report for the manufacturer, or this paper de-identified."),
            option=N_("--copy maker and --copy deidentified do so."),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Which copy is wanted.

    Attributes:
        texts_read: The person who asks has read every free text of the copy.
    """

    copy: CopyKind = CopyKind.FULL
    texts_read: bool = False


WHOLE = Wish()


def copied(case: Case, stamp: PageStamp, wish: Wish, who: str) -> tuple[Case, PageStamp, Left]:
    """Return the copy of ``case`` that is wished for, and what its pages say.

    Raises:
        CopyTellsError: It would still tell who the patient is.
    """
    if wish.copy is CopyKind.DEIDENTIFIED:
        made, left = deidentified(case, texts_read=wish.texts_read)
        proven(case, made)
        return made, unnamed(stamp, case.report.id, wish, who), left
    if wish.copy is CopyKind.MAKER:
        made, left = for_maker(case)
        words = _maker_words(named=case.filer.withhold_identity is False)
        return made, replace(stamp, copy=words, signed=""), left
    return case, stamp, Left()


def copied_file(
    file: SessionFile, stamp: PageStamp, wish: Wish, who: str
) -> tuple[SessionFile, PageStamp]:
    """Return the copy of a session's file that is wished for, and what its pages say.

    Raises:
        CopyTellsError: It would still tell who the patient is.
        NotACopyOfThisError: A copy for a manufacturer was wished for.
    """
    if wish.copy is CopyKind.MAKER:
        raise NotACopyOfThisError
    if wish.copy is CopyKind.FULL:
        return file, stamp
    made, _left = deidentified_file(file, texts_read=wish.texts_read)
    proven(Case(patient=file.patient, sessions=(file.session,), calls=file.calls), made)
    stamp = unnamed(stamp, file.session.id, wish, who)
    hours = _("Times count from the first dose, which is put at 12:00 on the first of January.")
    return made, replace(stamp, copy=f"{stamp.copy} {hours}")


def proven(case: Case, copy: Section) -> None:
    """See that a de-identified copy tells nothing known of the patient of ``case``.

    Raises:
        CopyTellsError: It does.
    """
    if found := still_tells(case, copy):
        raise CopyTellsError(found)


def unnamed(stamp: PageStamp, record_id: str, wish: Wish, who: str) -> PageStamp:
    """Return a stamp without number, zone or signature; a number of the clinic's own tells whose.

    Source:
        45 CFR 164.514(c): a code is not made from what is known of the patient.
    """
    code = hashlib.sha256(f"copy {record_id}".encode()).hexdigest()[:_SHOWN]
    if wish.texts_read:
        read = _("free texts read by {name}").format(name=who)
    else:
        read = _("free texts withheld")
    words = _("De-identified copy, Safe Harbor list removed; {read}.").format(read=read)
    return replace(
        stamp,
        report_number=f"D-{code}",
        # Pages are often made on the day they tell of.
        exported_on=to_year(stamp.exported_on),
        time_zone=_("zone withheld"),
        signed="",
        record="",
        correction="",
        # Findings stay: their sentences name nobody, and what blocks marks the copy as a draft.
        copy=words,
    )


def _maker_words(*, named: bool) -> str:
    if named:
        return _("Copy for the manufacturer; the reporter may be named.")
    return _("Copy for the manufacturer, without reporter, signature and letterhead.")

"""Fill the official fillable file that the clinic brought, and prove what stands in it.

The file keeps its pages. Each entry gets an appearance of its own in an embedded typeface, because
viewers draw what they find and the ones that draw for themselves lose letters. The XFA copy of the
form is taken out: a viewer that prefers it would show other content than the rest. What a cell
cannot hold stands on pages behind the form.

Sources: ISO 32000-1, 12.7 (fields), 12.5.5 (appearances); Form FDA 3500 (09/2025).
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pikepdf

from aeapp.domain.case import Case
from aeapp.formspecs import official as known
from aeapp.formspecs.model import Box, FormSpec
from aeapp.formspecs.official import Difference, OfficialFile
from aeapp.kernel.errors import KnownError, RefusedError
from aeapp.kernel.i18n import N_, _
from aeapp.kernel.progress import Progress
from exports.pdf import continuation, flow
from exports.pdf.cover import Stamp, running_head
from exports.pdf.facsimile import continued, draw_foot, draw_form_page
from exports.pdf.filling import SIZES, Block, Entry, Filling, fill
from exports.pdf.official_plan import Did, Planner, Put, What
from exports.pdf.pen import MM, Pen, inner_width

_MOST_NAMED = 5


class NotAFormError(RefusedError):
    """The file is no fillable form that the program knows."""

    code = "official.unknown"

    def __init__(self, difference: Difference | None) -> None:
        said = _("It is no PDF with fields.") if difference is None else _differs(difference)
        super().__init__(
            _("That is no edition of an official form known here. {said}").format(said=said),
            remedy=N_("Take the blank form from FDA's site; nothing was stored."),
        )


class NotProvenError(KnownError):
    """A value read back from the finished file is not the one that was put in."""

    code = "official.not-proven"

    def __init__(self, number: int) -> None:
        super().__init__(
            _("{number} values of the filled form read back otherwise.").format(number=number),
            remedy=N_("Nothing was written; export the content as fda3500 and tell the makers."),
        )


def _differs(difference: Difference) -> str:
    parts = [_("It is nearest to {title}.").format(title=difference.like.title)]
    for names, words in (
        (difference.missing, _("It lacks {count} fields, such as {names}.")),
        (difference.added, _("It has {count} more fields, such as {names}.")),
    ):
        if names:
            some = ", ".join(name.rpartition(".")[2] for name in names[:_MOST_NAMED])
            parts.append(words.format(count=len(names), names=some))
    return " ".join(parts)


@dataclass(frozen=True, slots=True)
class Filled:
    """The finished file.

    Attributes:
        pages: With those behind the form.
        values: Number of fields filled and read back.
    """

    pdf: bytes
    pages: int
    values: int
    did: tuple[Did, ...]


# ---------------------------------------------------------------- the blank file


# A field that is a number, or that lies in itself.
_BROKEN = (AttributeError, KeyError, TypeError, ValueError, RuntimeError, pikepdf.PdfError)


def edition_of(blank: bytes) -> OfficialFile:
    """Return the edition of a fillable file.

    Raises:
        NotAFormError: It is no PDF, has no fields, or those of no edition known here.
    """
    try:
        with _opened(blank) as pdf:
            names = frozenset(name for name, _field in fields_of(pdf))
    except _BROKEN:
        raise NotAFormError(None) from None
    found = known.recognise(names)
    if isinstance(found, Difference):
        raise NotAFormError(found if names else None)
    return found


def _opened(content: bytes) -> pikepdf.Pdf:
    try:
        # The official 3500A is encrypted with an empty password; what is written is not.
        return pikepdf.open(io.BytesIO(content))
    except (pikepdf.PdfError, pikepdf.PasswordError):
        raise NotAFormError(None) from None


def fields_of(pdf: pikepdf.Pdf) -> Iterator[tuple[str, Any]]:
    """Yield the full name and the dictionary of each field that holds a value or is a button."""
    form = pdf.Root.get("/AcroForm")
    if form is not None:
        for top in form.get("/Fields", []):
            yield from _below(top, "")


def _below(one: Any, above: str) -> Iterator[tuple[str, Any]]:
    name = ".".join(part for part in (above, str(one.get("/T", ""))) if part)
    children = [kid for kid in one.get("/Kids", []) if "/T" in kid]
    if not children:
        yield name, one
    for child in children:
        yield from _below(child, name)


# ---------------------------------------------------------------- filling


def fill_official(
    blank: bytes, case: Case, form: FormSpec, stamp: Stamp, progress: Progress
) -> Filled:
    """Return the official file filled with ``case``, read back and proven.

    Pure: the same file, case and stamp give the same bytes.

    Raises:
        NotAFormError: ``blank`` is not the official file of this edition.
        NotProvenError: What stands in the finished file is not what was put in.
        CancelledError: The person stopped it.
    """
    file = edition_of(blank)
    if file.form != form.key:
        raise NotAFormError(None)
    filling = fill(case, form)
    put = Planner(case, form, file, filling).put()
    behind = _Behind(case, form, filling, stamp)
    with _opened(blank) as pdf:
        progress.step(0, 3, "fields")
        expected = _Filler(pdf, form, put).filled()
        progress.step(1, 3, "pages")
        pages = behind.append(pdf, put.blocks)
        _mark(pdf, form, stamp)
        take_out_what_acts(pdf)
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True, encryption=False)
    progress.step(2, 3, "proof")
    _prove(out.getvalue(), expected)
    progress.step(3, 3, "proof")
    return Filled(out.getvalue(), pages, len(expected), tuple(put.did))


class _Filler:
    """Writes into one open file."""

    def __init__(self, pdf: pikepdf.Pdf, form: FormSpec, put: Put) -> None:
        self._pdf, self._form, self._put = pdf, form, put
        # What must be read back, by field; all others are empty.
        self._expected: dict[str, str] = {}
        self._drawn: list[tuple[Any, Entry]] = []

    def filled(self) -> dict[str, str]:
        _tell_parents(self._pdf)
        for name, one in fields_of(self._pdf):
            _empty(one)
            _show_nothing(self._pdf, one)
            if name in self._put.entries:
                self._write(name, one, self._put.entries[name])
            elif name in self._put.chosen:
                self._choose(name, one)
            elif name in self._put.ticked:
                self._tick(name, one)
        self._draw()
        return self._expected

    def _write(self, name: str, one: Any, entry: Entry) -> None:
        one["/V"] = pikepdf.String(entry.text)
        self._expected[name] = entry.text
        self._drawn.append((one, entry))

    def _choose(self, name: str, one: Any) -> None:
        """Choose by the word that is shown: the stored values of the 3500 are shifted."""
        word, cell, entry = self._put.chosen[name]
        shown = [str(o[1]) if isinstance(o, pikepdf.Array) else str(o) for o in one["/Opt"]]
        folded = [option.strip().casefold() for option in shown]
        if word.strip().casefold() not in folded:
            self._put.behind(cell, word, What.NOT_IN_THE_LIST)
            return
        at = folded.index(word.strip().casefold())
        option = one["/Opt"][at]
        stored = str(option[0]) if isinstance(option, pikepdf.Array) else str(option)
        one["/V"] = pikepdf.String(stored)
        one["/I"] = pikepdf.Array([at])
        self._expected[name] = stored
        piece = flow.one_line(shown[at], inner_width(entry.box), SIZES)
        self._drawn.append((one, Entry(entry.box, piece.lines, piece.size, shown[at])))

    def _tick(self, name: str, one: Any) -> None:
        on = next(key for key in one["/AP"]["/N"].keys() if key != "/Off")  # noqa: SIM118
        one["/V"] = one["/AS"] = pikepdf.Name(on)
        self._expected[name] = on

    def _draw(self) -> None:
        """Give each entry an appearance: one drawn page of its own, cut to the field."""
        if not self._drawn:
            return
        pen = Pen(self._form.width, self._form.height)
        for one, entry in self._drawn:
            pen.entry(_box_of(one, self._form, entry.box.page), entry.lines, entry.size)
            pen.end_page()
        with pikepdf.open(io.BytesIO(pen.finish())) as drawn:
            for page, (one, _entry) in zip(drawn.pages, self._drawn, strict=True):
                shape = self._pdf.copy_foreign(page.as_form_xobject())
                shape["/BBox"] = pikepdf.Array(list(one["/Rect"]))
                one["/AP"] = pikepdf.Dictionary(N=shape)


def _box_of(one: Any, form: FormSpec, page: int) -> Box:
    left, bottom, right, top = (float(value) / MM for value in one["/Rect"])
    return Box(page, left, form.height - top, right - left, top - bottom)


def _empty(one: Any) -> None:
    """Take out a value, as a sample or a used form brings it."""
    for key in ("/V", "/DV", "/I", "/AA", "/RV"):
        if key in one:
            del one[key]
    if str(one.get("/FT")) == "/Btn":
        if "/AS" in one:
            one["/AS"] = pikepdf.Name.Off
    elif "/AP" in one:
        del one["/AP"]


def _show_nothing(pdf: pikepdf.Pdf, one: Any) -> None:
    """Give an empty list a look of its own: one reader draws a grey bar where there is none."""
    if str(one.get("/FT")) == "/Ch":
        width, height = (float(one["/Rect"][n + 2]) - float(one["/Rect"][n]) for n in (0, 1))
        shape = pikepdf.Stream(pdf, b"", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form)
        shape["/BBox"] = pikepdf.Array([0, 0, abs(width), abs(height)])
        one["/AP"] = pikepdf.Dictionary(N=shape)


def _tell_parents(pdf: pikepdf.Pdf) -> None:
    """Name the parent of each field that lacks it, as files do that a tool has saved again.

    A reader that goes up from a field to find its whole name takes two rows for one field, and
    shows the value of one in both (ISO 32000-1, 12.7.3.1: Parent is required).
    """
    waiting: list[tuple[pikepdf.Object | None, pikepdf.Object]]
    waiting = [(None, top) for top in pdf.Root.AcroForm.get("/Fields", [])]
    while waiting:
        above, one = waiting.pop()
        if above is not None and "/Parent" not in one:
            one["/Parent"] = above
        waiting += [(one, kid) for kid in one.get("/Kids", [])]


def take_out_what_acts(pdf: pikepdf.Pdf) -> None:
    """Take out what would show other content or act: XFA, scripts, resetting."""
    form = pdf.Root.AcroForm
    for holder, keys in (
        (form, ("/XFA", "/NeedAppearances", "/CO")),
        (pdf.Root, ("/OpenAction", "/AA", "/NeedsRendering", "/Perms")),
        (pdf.Root.get("/Names", pikepdf.Dictionary()), ("/JavaScript",)),
    ):
        for key in keys:
            if key in holder:
                del holder[key]
    for _name, one in fields_of(pdf):
        if "/A" in one and str(one["/A"].get("/S")) != "/URI":
            del one["/A"]


def _mark(pdf: pikepdf.Pdf, form: FormSpec, stamp: Stamp) -> None:
    """Say on every page of a practice clinic or of a draft what it is."""
    word = "PRACTICE" if stamp.practice else "DRAFT" if stamp.draft else ""
    if not word:
        return
    pen = Pen(form.width, form.height)
    pen.watermark(word)
    pen.end_page()
    with pikepdf.open(io.BytesIO(pen.finish())) as drawn:
        for page in pdf.pages:
            page.add_underlay(drawn.pages[0], None)


class _Behind:
    """The pages behind the form: further products, and what the cells could not hold."""

    def __init__(self, case: Case, form: FormSpec, filling: Filling, stamp: Stamp) -> None:
        self._form, self._filling, self._stamp = form, filling, stamp
        self._head = running_head(case, form, stamp)

    def append(self, pdf: pikepdf.Pdf, blocks: Sequence[Block]) -> int:
        """Add the pages to ``pdf``; return how many the file has then."""
        sheets = continuation.lay_out(continued(blocks))[0] if blocks else []
        further = range(self._form.pages + 1, self._filling.pages + 1)
        total = len(pdf.pages) + len(further) + len(sheets)
        if not further and not sheets:
            return total
        pen = Pen(self._form.width, self._form.height)
        number = len(pdf.pages)
        for page in further:
            number += 1
            draw_form_page(pen, self._filling, page)
            self._end(pen, f"further page {page - self._form.pages}", number, total)
        for sheet in sheets:
            number += 1
            title = f"{self._form.title}: continued"
            continuation.draw(pen, sheet, title, self._head)
            self._end(pen, "continuation", number, total)
        with pikepdf.open(io.BytesIO(pen.finish())) as drawn:
            pdf.pages.extend(drawn.pages)
        return total

    def _end(self, pen: Pen, kind: str, page: int, pages: int) -> None:
        words = f"Page {page} of {pages}"
        draw_foot(pen, self._form, self._stamp, words, kind, last=page == pages)
        pen.end_page()


def _prove(content: bytes, expected: dict[str, str]) -> None:
    """Read every field of the finished file back."""
    wrong = 0
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for name, one in fields_of(pdf):
            found = one.get("/AS", one.get("/V")) if "/AS" in one else one.get("/V")
            said = "" if found is None or found == pikepdf.Name.Off else str(found)
            wrong += said != expected.get(name, "")
    if wrong:
        raise NotProvenError(wrong)

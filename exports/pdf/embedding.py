"""Put the glyphs that a document uses into its file, with what each of them says.

A glyph is named by its number in the font. What a reader copies is the text of each glyph; where
those of a cluster do not spell it, the text stands beside it (``ActualText``). PDFium, and with it
Chrome, leaves such a text out where no character of it is of the basic plane: a glyph that shows
two pictures alike (a hand, and the hand in a colour of skin) stands in a second copy of the font.

Source:
    ISO 32000-1, 9.7 (composite fonts), 9.10 (extraction of text), 14.9.4 (replacement text).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import uharfbuzz
from reportlab.pdfbase import pdfdoc

from exports.pdf.shaping import Run
from exports.pdf.typefaces import INVISIBLE, Cluster, Glyph, Typeface

_KEPT = frozenset({"glyf", "loca", "head", "hhea", "hmtx", "maxp", "cvt ", "fpgm", "prep", "CFF "})
_SYMBOLIC = 4
_MOST_LINES = 100  # of one block of a character map
_STEM = 80
_LAST_BASIC = "\ufffd"
_TWINS_FROM = 50  # further faces than there are of different ones


class Embedded:
    """One face in one document.

    Attributes:
        name: Of the font in the resources of the pages.
    """

    def __init__(self, typeface: Typeface, name: str) -> None:
        self.typeface, self.name = typeface, name
        self._said: dict[int, str] = {}
        self._widths: dict[int, float] = {}
        self._twin: Embedded | None = None

    def show(self, run: Run, size: float) -> str:
        """Return the operators that draw a run where the text stands."""
        operators = _Operators(size, self.name)
        for cluster in run.clusters:
            face = self.copy_for(cluster)
            spelled = face.spells(cluster, rtl=run.rtl)
            operators.set_face(face.name)
            operators.put(cluster, "" if spelled else cluster.text)
        return operators.all()

    def copy_for(self, cluster: Cluster) -> Embedded:
        """Return the copy of the font in which the one glyph of a picture says just that."""
        if len(cluster.glyphs) > 1 or min(cluster.text) <= _LAST_BASIC:
            return self
        if self._said.get(cluster.glyphs[0].number, cluster.text) == cluster.text:
            return self
        if self._twin is None:
            self._twin = Embedded(self.typeface, f"G{int(self.name[1:]) + _TWINS_FROM}")
        return self._twin.copy_for(cluster)

    def spells(self, cluster: Cluster, *, rtl: bool) -> bool:
        """Tell whether the texts of the glyphs make up that of the cluster; learns new glyphs."""
        for glyph in cluster.glyphs:
            self._widths[glyph.number] = glyph.width
            if glyph.number not in self._said:
                # What is invisible is drawn as a space: that one must go on to say it is one.
                alone = len(cluster.glyphs) == 1 and cluster.text not in INVISIBLE
                letter = cluster.text if alone else self.typeface.letter_of(glyph.number)
                self._said[glyph.number] = letter or cluster.text[-1]
        said = [self._said[glyph.number] for glyph in cluster.glyphs]
        return "".join(reversed(said) if rtl else said) == cluster.text

    def add_to(self, document: Any) -> None:
        """Write the font into a document that is about to be finished."""
        dictionary = pdfdoc.PDFDictionary
        base = f"{_tag(self.name)}+{self.typeface.name}"
        is_glyf = self._of_glyf()
        descendant = dictionary(
            {
                "Type": "/Font",
                "Subtype": "/CIDFontType2" if is_glyf else "/CIDFontType0",
                "BaseFont": f"/{base}",
                "CIDSystemInfo": dictionary(
                    {
                        "Registry": pdfdoc.PDFString("Adobe"),
                        "Ordering": pdfdoc.PDFString("Identity"),
                        "Supplement": 0,
                    }
                ),
                "DW": 1000,
                "W": pdfdoc.PDFArray(list(self._listed_widths())),
                "FontDescriptor": document.Reference(self._descriptor(document, base)),
            }
        )
        if is_glyf:
            descendant["CIDToGIDMap"] = "/Identity"
        font = dictionary(
            {
                "Type": "/Font",
                "Subtype": "/Type0",
                "BaseFont": f"/{base}",
                "Encoding": "/Identity-H",
                "DescendantFonts": pdfdoc.PDFArray([document.Reference(descendant)]),
                "ToUnicode": document.Reference(_stream(document, self._to_unicode())),
            }
        )
        document.idToObject["BasicFonts"].dict[self.name] = document.Reference(font)
        if self._twin is not None:
            self._twin.add_to(document)

    def _of_glyf(self) -> bool:
        return "glyf" in self.typeface.face.table_tags

    def _listed_widths(self) -> Iterator[object]:
        for number, width in sorted(self._widths.items()):
            yield number
            yield pdfdoc.PDFArray([_short(width)])

    def _descriptor(self, document: Any, base: str) -> pdfdoc.PDFDictionary:
        up, down, (low, high) = self.typeface.metrics()
        is_glyf = self._of_glyf()
        file = _stream(document, self._subset())
        if is_glyf:
            file.dictionary["Length1"] = len(file.content)
        else:
            file.dictionary["Subtype"] = "/CIDFontType0C"
        return pdfdoc.PDFDictionary(
            {
                "Type": "/FontDescriptor",
                "FontName": f"/{base}",
                "Flags": _SYMBOLIC,
                "FontBBox": pdfdoc.PDFArray([-1000, _short(low), 3000, _short(high)]),
                "ItalicAngle": 0,
                "Ascent": _short(up),
                "Descent": _short(down),
                "CapHeight": _short(up),
                "StemV": _STEM,
                "FontFile2" if is_glyf else "FontFile3": document.Reference(file),
            }
        )

    def _subset(self) -> bytes:
        face = self.typeface.face
        wanted = uharfbuzz.SubsetInput()
        wanted.glyph_set.update({0, *self._said})
        wanted.flags = uharfbuzz.SubsetFlags.NO_LAYOUT_CLOSURE
        dropped = sorted(set(face.table_tags) - _KEPT)
        wanted.drop_table_tag_set.update(int.from_bytes(tag.encode()) for tag in dropped)
        if self._of_glyf():
            wanted.flags |= uharfbuzz.SubsetFlags.RETAIN_GIDS
            wanted.pin_all_axes_to_default(face)
            return bytes(wanted.subset(face).blob.data)
        # Here the numbers stay in the list of names of the table itself.
        return bytes(wanted.subset(face).reference_table("CFF ").data)

    def _to_unicode(self) -> bytes:
        lines = [
            f"<{number:04X}> <{text.encode('utf-16-be').hex().upper()}>"
            for number, text in sorted(self._said.items())
        ]
        blocks = [lines[n : n + _MOST_LINES] for n in range(0, len(lines), _MOST_LINES)]
        body = "\n".join(
            f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks
        )
        return _CMAP.format(body=body).encode("ascii")


_CMAP = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
{body}
endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""


def _stream(document: Any, content: bytes) -> pdfdoc.PDFStream:
    stream = pdfdoc.PDFStream(content=content)
    if document.compression:
        stream.filters = [pdfdoc.PDFZCompress]
    return stream


def _tag(name: str) -> str:
    """Return the six letters that say a font is part of another."""
    letters = "".join(chr(ord("A") + int(digit)) for digit in f"{int(name[1:]):02d}")
    return "GLYP"[: 6 - len(letters)] + letters


class _Operators:
    """The operators of one run, glyphs in as few arrays as they allow."""

    def __init__(self, size: float, face: str) -> None:
        self._size, self._face = size, face
        self._done: list[str] = []
        self._array: list[str] = []
        self._move = 0.0

    def set_face(self, face: str) -> None:
        """Go on in a copy of the font."""
        if face != self._face:
            self._flush()
            self._done.append(f"/{face} {self._size:g} Tf")
            self._face = face

    def put(self, cluster: Cluster, words: str) -> None:
        """Add a cluster; ``words`` is what it says where its glyphs do not."""
        if words:
            self._flush()
            text = words.encode("utf-16-be").hex().upper()
            self._done.append(f"/Span <</ActualText <FEFF{text}>>> BDC")
        for glyph in cluster.glyphs:
            self._glyph(glyph)
        if words:
            self._flush()
            self._done.append("EMC")

    def _glyph(self, glyph: Glyph) -> None:
        if move := round(self._move + glyph.dx, 2):
            self._array.append(_short(-move))
        self._move = glyph.advance - glyph.dx - glyph.width
        if glyph.dy:
            self._flush()
            self._done.append(f"{_short(glyph.dy * self._size / 1000)} Ts")
        self._array.append(f"<{glyph.number:04X}>")
        if glyph.dy:
            self._flush()
            self._done.append("0 Ts")

    def _flush(self) -> None:
        if self._array:
            self._done.append(f"[{' '.join(self._array)}] TJ")
            self._array = []

    def all(self) -> str:
        """Return the operators."""
        self._flush()
        return " ".join(self._done)


def _short(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") or "0"

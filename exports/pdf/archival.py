"""Make a drawn and tagged document one that lasts and can be read aloud: PDF/A-3a and PDF/UA-1.

Source:
    ISO 19005-3 (PDF/A-3), ISO 14289-1 (PDF/UA-1), ISO 32000-1, 14.7 and 14.8.
"""

from __future__ import annotations

import hashlib
import html
import io
import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from exports.pdf import srgb
from exports.pdf.tagging import Mark, Node, Tags

LANGUAGE = "en-US"
CASE_FILE = "case.json"
MESSAGE_FILE = "e2br3.xml"
# So many pages have bookmarks.
_SEVERAL = 2
# reportlab writes this day where it must be the same for the same content.
_DAY = "2000-01-01T00:00:00Z"
_PDF_DAY = "D:20000101000000Z"


@dataclass(frozen=True, slots=True)
class Attached:
    """A file inside the document: what its pages were made from, or the same in another form.

    Attributes:
        relation: To the pages, as PDF/A-3 names it.
    """

    name: str
    described: str
    content: bytes
    media: str = "application/json"
    relation: str = "Source"


def case_name(place: int) -> str:
    """Return the name of the case in that place from 1; the first is the one that readers seek."""
    return CASE_FILE if place == 1 else CASE_FILE.replace(".", f"-{place}.")


def finished(drawn: bytes, tags: Tags, *attached: Attached) -> bytes:
    """Return the document with its structure, its description and the files it was made from."""
    with pikepdf.open(io.BytesIO(drawn)) as pdf:
        _structure(pdf, tags)
        _bookmarks(pdf, tags)
        _describe(pdf)
        _colours(pdf)
        if attached:
            _attach(pdf, attached)
        out = io.BytesIO()
        pdf.save(
            out,
            deterministic_id=True,
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
        return out.getvalue()


# ------------------------------------------------------------------ structure


def _structure(pdf: pikepdf.Pdf, tags: Tags) -> None:
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    made: dict[int, Any] = {}
    root.K = Array([_element(pdf, tags.root, root, made)])
    numbers: list[Any] = []
    for page, owners in enumerate(tags.owners[: len(pdf.pages)]):
        owned = Array([made[id(node)] for node in owners])
        numbers.extend([page, pdf.make_indirect(owned)])
        pdf.pages[page].obj.StructParents = page
        pdf.pages[page].obj.Tabs = Name.S
    root.ParentTree = pdf.make_indirect(Dictionary(Nums=Array(numbers)))
    root.ParentTreeNextKey = len(pdf.pages)
    pdf.Root.StructTreeRoot = root
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    pdf.Root.Lang = String(LANGUAGE)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)


def _element(pdf: pikepdf.Pdf, node: Node, parent: Any, made: dict[int, Any]) -> Any:
    element = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name(f"/{node.role}"), P=parent))
    made[id(node)] = element
    if node.alt:
        element.Alt = String(node.alt)
    if attributes := _attributes(node):
        element.A = attributes
    page = next((kid.page for kid in node.kids if isinstance(kid, Mark)), None)
    if page is not None:
        element.Pg = pdf.pages[page].obj
    # A cell without an entry is an empty element: every row has as many as the head.
    if kids := list(_kids(pdf, node, element, made, page)):
        element.K = Array(kids)
    return element


def _attributes(node: Node) -> Any:
    """Return what readers ask of a picture, the head of a column, and a list with its labels."""
    if node.box:
        box = Array([round(value, 2) for value in node.box])
        return Dictionary(O=Name.Layout, BBox=box, Placement=Name.Block)
    if node.role == "TH":
        return Dictionary(O=Name.Table, Scope=Name.Row if node.kind == "row" else Name.Column)
    if node.role == "L":
        # Labels are words of ours, not numbers that a reader could count on from.
        return Dictionary(O=Name.List, ListNumbering=Name("/None"))
    if node.kind == "struck":
        return Dictionary(O=Name.Layout, TextDecorationType=Name.LineThrough)
    return None


def _says(node: Node) -> bool:
    return any(isinstance(kid, Mark) or _says(kid) for kid in node.kids)


def _kids(
    pdf: pikepdf.Pdf, node: Node, element: Any, made: dict[int, Any], page: int | None
) -> Iterator[Any]:
    for kid in node.kids:
        if isinstance(kid, Node):
            if kid.role in ("TH", "TD") or _says(kid):
                yield _element(pdf, kid, element, made)
        elif kid.page == page:
            yield kid.number
        else:
            other = pdf.pages[kid.page].obj
            yield Dictionary(Type=Name.MCR, Pg=other, MCID=kid.number)


def _bookmarks(pdf: pikepdf.Pdf, tags: Tags) -> None:
    """List the headings of a document of several pages, so that nobody has to leaf through it."""
    if len(pdf.pages) < _SEVERAL:
        return
    with pdf.open_outline() as outline:
        levels = [outline.root]
        for depth, words, page in tags.headings():
            item = pikepdf.OutlineItem(words, page, "Fit")
            at = min(depth, len(levels) - 1)
            levels[at].append(item)
            levels[at + 1 :] = [item.children]


# ------------------------------------------------------------------ description


def _describe(pdf: pikepdf.Pdf) -> None:
    """Put what the file says of itself into its description, word for word as in the old place."""
    said = {name: _one_line(str(pdf.docinfo.get(f"/{name}", ""))) for name in _SAID}
    # Readers announce a document by its title, so that it must have one.
    said["Title"] = said["Title"] or said["Subject"]
    for key in list(pdf.docinfo.keys()):
        del pdf.docinfo[key]
    for name, words in said.items():
        if words:
            pdf.docinfo[f"/{name}"] = String(words)
    pdf.docinfo.CreationDate = pdf.docinfo.ModDate = String(_PDF_DAY)
    escaped = {name: html.escape(text, quote=True) for name, text in said.items()}
    described = pdf.make_stream(_XMP.format(day=_DAY, **escaped).encode())
    described.Type, described.Subtype = Name.Metadata, Name.XML
    pdf.Root.Metadata = described
    for page in pdf.pages:
        if "/Trans" in page.obj:
            del page.obj["/Trans"]


def _one_line(text: str) -> str:
    """Return a text without what XML may not hold, and without blanks that it does not keep."""
    return " ".join(_CONTROL.sub(" ", text).split())


_CONTROL = re.compile("[\x00-\x1f\ufffe\uffff]")
_SAID = ("Title", "Subject", "Keywords", "Creator", "Producer")
_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
    xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
   <pdfaid:part>3</pdfaid:part>
   <pdfaid:conformance>A</pdfaid:conformance>
   <pdfuaid:part>1</pdfuaid:part>
   <dc:format>application/pdf</dc:format>
   <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{Title}</rdf:li></rdf:Alt></dc:title>
   <dc:description><rdf:Alt>
    <rdf:li xml:lang="x-default">{Subject}</rdf:li>
   </rdf:Alt></dc:description>
   <pdf:Keywords>{Keywords}</pdf:Keywords>
   <pdf:Producer>{Producer}</pdf:Producer>
   <xmp:CreatorTool>{Creator}</xmp:CreatorTool>
   <xmp:CreateDate>{day}</xmp:CreateDate>
   <xmp:ModifyDate>{day}</xmp:ModifyDate>
  </rdf:Description>
  <rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
    xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
    xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
   <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
    <pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
    <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
    <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
    <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
     <pdfaProperty:name>part</pdfaProperty:name>
     <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
     <pdfaProperty:category>internal</pdfaProperty:category>
     <pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>
    </rdf:li></rdf:Seq></pdfaSchema:property>
   </rdf:li></rdf:Bag></pdfaExtension:schemas>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>
"""


def _colours(pdf: pikepdf.Pdf) -> None:
    profile = _packed(pdf, srgb.profile())
    profile.N = 3
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=String("sRGB"),
        Info=String("sRGB, IEC 61966-2-1"),
        DestOutputProfile=profile,
    )
    pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])


# ------------------------------------------------------------------ what it was made from


def _attach(pdf: pikepdf.Pdf, files: Sequence[Attached]) -> None:
    specs = [_specified(pdf, one) for one in files]
    named = sorted(zip((one.name for one in files), specs, strict=True), key=itemgetter(0))
    names = Array([part for name, spec in named for part in (String(name), spec)])
    pdf.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=names))
    pdf.Root.AF = Array(specs)


def _specified(pdf: pikepdf.Pdf, attached: Attached) -> Any:
    file = _packed(pdf, attached.content)
    file.Type, file.Subtype = Name.EmbeddedFile, Name(f"/{attached.media}")
    file.Params = Dictionary(
        Size=len(attached.content),
        ModDate=String(_PDF_DAY),
        CheckSum=String(hashlib.md5(attached.content, usedforsecurity=False).digest()),
    )
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Filespec,
            F=String(attached.name),
            UF=String(attached.name),
            Desc=String(attached.described),
            AFRelationship=Name(f"/{attached.relation}"),
            EF=Dictionary(F=file, UF=file),
        )
    )


def _packed(pdf: pikepdf.Pdf, content: bytes) -> Any:
    stream = pdf.make_stream(b"")
    stream.write(zlib.compress(content, 9), filter=Name.FlateDecode)
    return stream

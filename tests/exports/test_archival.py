"""The copy for the archive: made to last, readable aloud, the case inside; and what breaks it."""

from __future__ import annotations

import io
import re
import subprocess
import unicodedata
import zlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import ModuleType

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, String
from PIL import Image, ImageCms

from aeapp.domain.archive import dumps, loads
from aeapp.domain.codelists.mandatory import Capacity
from aeapp.formspecs import form
from aeapp.kernel.progress import NoProgress
from exports.pdf import handover, rems_content, session_record, sheets, srgb
from exports.pdf.archival import Attached, case_name, finished
from exports.pdf.archive_reading import ArchiveDamagedError, NotAnArchiveError, case_files
from exports.pdf.continuation import Heading, Para
from exports.pdf.facsimile import render
from exports.pdf.sheets import Frame
from exports.pdf.tagging import Tags
from exports.preview import page_picture
from tests.conftest import REPOSITORY
from tests.exports import cases, cases_3500a, reading
from tests.exports.session_files import STAMP, full_file
from tests.exports.test_scripts import SAMPLES
from tests.helpers.hostile import damaged
from tests.helpers.pdf_rules import faults, spoken
from tests.helpers.tools import require_tool

LIMIT = 1024 * 1024
# Composed, as texts are when they enter.
WORDS = unicodedata.normalize("NFC", "\n".join(SAMPLES.values()))
NARRATIVE = f"{cases.NARRATIVE}\n{WORDS} ཀ"


def archived(
    case=None, content: bytes = b'{"format": "x"}\n', stamp=cases.STAMP, key: str = "fda3500"
) -> bytes:
    tags = Tags()
    case = cases.full(narrative=NARRATIVE, suspects=3) if case is None else case
    done = render(case, form(key), stamp, NoProgress(), tags)
    return finished(done.pdf, tags, Attached("case.json", "The case", content))


@cache
def one() -> bytes:
    return archived()


# ---------------------------------------------------------------- what it is


@pytest.mark.parametrize("case", [cases.full, cases.empty, cases.unknowns])
def test_it_is_made_to_last_and_can_be_read_aloud(case: Callable[[], object]) -> None:
    assert faults(archived(case(), stamp=cases.draft(practice=True))) == []


def test_it_is_so_on_cioms() -> None:
    assert faults(archived(key="cioms1")) == []


@pytest.mark.parametrize("page", [session_record, handover, rems_content])
def test_it_is_so_of_papers_that_are_text_and_tables(page: ModuleType) -> None:
    """Also without a case inside, and where a table goes on over the page."""
    file = full_file()
    tags, frame = Tags(), Frame(page.TITLE, page.subtitle(file), STAMP)
    parts = [*page.parts(file), LONG] if page is session_record else page.parts(file)
    drawn, pages = sheets.render(parts, frame, NoProgress(), tags)
    content = finished(drawn, tags)
    assert faults(content) == []
    assert sheets.render(parts, frame, NoProgress())[0] != drawn
    assert pages >= (4 if page is session_record else 1)


LONG = sheets.Table(
    (("Time", 1.0), ("Words", 3.0)),
    tuple(sheets.Row((f"T+{n}", f"row {n} " + "word " * 30), frozenset({1})) for n in range(60)),
)


def test_a_table_is_read_row_by_row_under_its_heads_and_a_cell_whole_over_the_page() -> None:
    tags = Tags()
    long = sheets.Table((("Time", 1.0), ("Words", 3.0)), (sheets.Row(("T+1", "word " * 4000)),))
    parts = [Heading("Notes"), Para("one", label="First"), Para("two", label="Second"), long]
    drawn, _pages = sheets.render(parts, Frame("Paper", "of a test", STAMP), NoProgress(), tags)
    said = [(role, reading.words(words)) for role, words in spoken(finished(drawn, tags))]
    inner = ["LI", "Lbl", "LBody"]
    roles = ["Document", "H1", "P", "H2", "L", *inner, *inner]
    assert [role for role, _words in said] == [*roles, "Table", "TR", "TH", "TH", "TR", "TD", "TD"]
    assert [words for _role, words in said[-4:-2]] == ["Words", ""]
    assert said[-1] == ("TD", reading.words("word " * 4000))


def outline_of(content: bytes) -> list[tuple[int, str, int]]:
    with pikepdf.open(io.BytesIO(content)) as pdf, pdf.open_outline() as outline:
        pages = {page.obj.objgen: n for n, page in enumerate(pdf.pages)}

        def listed(items, depth: int) -> list[tuple[int, str, int]]:
            found = []
            for item in items:
                found.append((depth, item.title, pages[item.destination[0].objgen]))
                found += listed(item.children, depth + 1)
            return found

        return listed(outline.root, 0)


def test_its_bookmarks_are_its_headings_each_on_its_page() -> None:
    marks = outline_of(one())
    assert marks[0] == (0, "Content for Form FDA 3500 (09/2025): cover", 0)
    assert [depth for depth, _words, _page in marks] == [0] + [1] * (len(marks) - 1)
    assert [page for _depth, _words, page in marks] == sorted(page for _d, _w, page in marks)
    texts = [reading.squeezed(page) for page in reading.page_texts(one())]
    for _depth, words, page in marks:
        assert reading.squeezed(words) in texts[page], words
    headings = [reading.words(text) for role, text in spoken(one()) if role in ("H1", "H2")]
    assert [words for _depth, words, _page in marks] == headings
    assert outline_of(archived(cases.empty()))
    tags = Tags()
    short, pages = sheets.render(
        [Heading("Notes")], Frame("Paper", "of a test", STAMP), NoProgress(), tags
    )
    assert (pages, outline_of(finished(short, tags))) == (1, [])


def test_the_rows_of_two_drugs_are_tables_under_the_captions_of_their_boxes() -> None:
    said = spoken(archived(key="cioms1"))
    heads = [reading.words(text) for role, text in said if role == "TH"]
    for caption in ("14. SUSPECT DRUG(S) (include generic name)", "15. DAILY DOSE(S)",
                    "16. ROUTE(S) OF ADMINISTRATION", "19. THERAPY DURATION"):  # fmt: skip
        assert caption in heads
    assert heads.count("#1") == heads.count("#2") == 4


def test_a_table_of_the_form_has_its_heads_and_a_cell_for_each_column() -> None:
    said = spoken(one())
    begin = next(n for n, (role, _words) in enumerate(said) if role == "Table")
    roles = [role for role, _words in said[begin : begin + 11]]
    assert roles == ["Table", "TR", *["TH"] * 4, "TR", *["TD"] * 4]
    assert reading.words(said[begin + 3][1]) == "Low Test Range"
    assert {role for role, words in said if reading.words(words) in ("1.", "2.", "10.")} == {"TH"}
    # A printed number beside an empty row says nothing.
    said = spoken(archived(cases.empty()))
    assert not any(reading.words(words) in ("1.", "2.", "10.") for _role, words in said)


@pytest.mark.parametrize("capacity", [Capacity.USER_FACILITY, Capacity.SPONSOR])
def test_it_is_so_on_the_mandatory_form(capacity: Capacity) -> None:
    assert faults(archived(cases_3500a.full(capacity), key="fda3500a")) == []


def test_it_is_so_with_every_script_and_further_pages(tmp_path: Path) -> None:
    assert faults(one()) == []
    tool, file = require_tool("qpdf"), tmp_path / "a.pdf"
    file.write_bytes(one())
    done = subprocess.run([tool, "--check", file], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


def test_its_pages_look_like_those_that_are_sent() -> None:
    case = cases.full(narrative=NARRATIVE, suspects=3)
    plain = render(case, form("fda3500"), cases.STAMP, NoProgress()).pdf
    ours, theirs = (
        [sorted(reading.squeezed(page)) for page in reading.page_texts(pdf)]
        for pdf in (one(), plain)
    )
    assert ours == theirs
    for page in range(len(ours)):
        assert page_picture(one(), page, 60).pixels == page_picture(plain, page, 60).pixels


def test_its_title_is_one_line_that_xml_may_hold_and_never_empty() -> None:
    for number, title in (("\tN-1  <b>\n& 2 ", "N-1 <b> & 2"), ("", form("fda3500").title)):
        content = archived(cases.empty(), stamp=replace(cases.STAMP, report_number=number))
        assert faults(content) == []
        with pikepdf.open(io.BytesIO(content)) as pdf:
            assert str(pdf.docinfo.Title) == title


def test_a_stream_without_an_end_of_line_is_found() -> None:
    broken = one().replace(b"\nendstream\nendobj", b" endstream\nendobj", 1)
    assert "file: a stream without an end of line" in faults(broken)
    assert broken != one()


def test_the_same_case_gives_the_same_bytes() -> None:
    assert archived() == one()


def test_what_is_read_aloud_is_everything_in_the_order_of_the_form() -> None:
    said = spoken(one())
    words = [reading.words(text) for _role, text in said]
    order = ["A. PATIENT INFORMATION", "1. Patient Identifier (In confidence)", "KC-0031"]
    order += ["B. ADVERSE EVENT, PRODUCT PROBLEM", "C. PRODUCT AVAILABILITY"]
    places = [words.index(text) for text in order]
    assert places == sorted(places)
    assert not any("Page 3 of" in text for text in words)  # the foot is ornament
    titles = [text for (role, _t), text in zip(said, words, strict=True) if role in ("H1", "H2")]
    assert titles[0] == "Content for Form FDA 3500 (09/2025): cover"
    assert "A. PATIENT INFORMATION" in titles


def test_every_script_is_read_aloud_as_it_was_typed() -> None:
    said = reading.squeezed("".join(text for _role, text in spoken(one())))
    for script, words in SAMPLES.items():
        if script not in ("Arabic", "Hebrew"):  # these are kept as they stand on the line
            assert reading.squeezed(unicodedata.normalize("NFC", words)) in said, script


def test_a_box_says_whether_it_is_ticked() -> None:
    said = []
    with pikepdf.open(io.BytesIO(one())) as pdf:
        said = [str(thing.Alt) for thing in pdf.objects if _is_figure(thing)]
    assert set(said) == {"ticked", "not ticked"}
    assert min(said.count("ticked"), said.count("not ticked")) > 20


def _is_figure(thing: object) -> bool:
    return isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == "/Figure"


# ---------------------------------------------------------------- the profile


def test_the_profile_has_the_colours_of_srgb() -> None:
    ours = ImageCms.ImageCmsProfile(io.BytesIO(srgb.profile()))
    assert ours.profile.xcolor_space.strip() == "RGB"
    image = Image.new("RGB", (6, 1))
    colours = [(0, 0, 0), (255, 255, 255), (204, 227, 237), (255, 0, 0), (12, 200, 90), (9, 9, 250)]
    image.putdata(colours)
    turned = ImageCms.profileToProfile(image, ours, ImageCms.createProfile("sRGB"))
    assert turned is not None
    for before, after in zip(colours, turned.get_flattened_data(), strict=True):
        assert all(abs(a - b) <= 2 for a, b in zip(before, after, strict=True)), (before, after)


# ---------------------------------------------------------------- what would be wrong


Change = Callable[[pikepdf.Pdf], object]
Place = Callable[[pikepdf.Pdf], pikepdf.Object]


def root_of(pdf: pikepdf.Pdf) -> pikepdf.Object:
    return pdf.Root


def changed(change: Change) -> bytes:
    with pikepdf.open(io.BytesIO(one())) as pdf:
        change(pdf)
        out = io.BytesIO()
        as_it_is = pikepdf.StreamDecodeLevel.none
        pdf.save(out, compress_streams=False, stream_decode_level=as_it_is)
        return out.getvalue()


def first_page(pdf: pikepdf.Pdf, behind: bytes) -> None:
    page = pdf.pages[0]
    page.Contents = pdf.make_stream(page.Contents.read_bytes() + behind)


def renumbered(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0]
    content = page.Contents.read_bytes()
    page.Contents = pdf.make_stream(content.replace(b"/MCID 0>>", b"/MCID 700>>", 1))


def profile_of(pdf: pikepdf.Pdf) -> pikepdf.Object:
    return pdf.Root.OutputIntents[0].DestOutputProfile


def elements(pdf: pikepdf.Pdf, role: str) -> list[pikepdf.Object]:
    return [
        thing
        for thing in pdf.objects
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == f"/{role}"
    ]


def composite(pdf: pikepdf.Pdf) -> pikepdf.Object:
    names = pdf.pages[3].Resources.Font
    found = [font for font in names.values() if font.Subtype == "/Type0"]
    return next(f for f in found if f.DescendantFonts[0].Subtype == "/CIDFontType2")


def simple(pdf: pikepdf.Pdf) -> pikepdf.Object:
    return next(f for f in pdf.pages[0].Resources.Font.values() if f.Subtype == "/TrueType")


def described(pdf: pikepdf.Pdf, old: bytes, new: bytes) -> None:
    stream = pdf.Root.Metadata
    text = stream.read_bytes()
    assert old in text
    stream.write(text.replace(old, new, 1))


def no_subset(pdf: pikepdf.Pdf) -> None:
    simple(pdf).BaseFont = Name("/DejaVuSansCondensed")


def loose_mark(pdf: pikepdf.Pdf) -> None:
    pdf.Root.StructTreeRoot.ParentTree.Nums[1].pop()


def other_width(pdf: pikepdf.Pdf) -> None:
    composite(pdf).DescendantFonts[0].W[1] = Array([5])


def twice(pdf: pikepdf.Pdf) -> None:
    element = elements(pdf, "H1")[0]
    element.K.append(element.K[0])


def other_parent(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "P")[0].P = elements(pdf, "P")[1]


def attachment(pdf: pikepdf.Pdf) -> pikepdf.Object:
    return pdf.Root.AF[0]


def without_font(pdf: pikepdf.Pdf) -> None:
    del composite(pdf).DescendantFonts[0].FontDescriptor["/FontFile2"]


def notdef(pdf: pikepdf.Pdf) -> None:
    first_page(pdf, behind=b" /P <</MCID 900>> BDC BT /F1+0 9 Tf <00> Tj ET EMC")


def script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("1"))


def glass(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].Resources.ExtGState = Dictionary(G=Dictionary(ca=0.5))


def private(pdf: pikepdf.Pdf) -> None:
    stream = simple(pdf).ToUnicode
    text = stream.read_bytes()
    stream.write(re.sub(rb"<0050>", b"<E123>", text))


def footless(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0]
    page.Contents = pdf.make_stream(page.Contents.read_bytes().replace(b"/Footer", b"/Other"))


def moved_cell(pdf: pikepdf.Pdf) -> None:
    cell, part = elements(pdf, "TD")[0], elements(pdf, "Sect")[0]
    cell.P = part
    part.K.append(cell)


def text_in_row(pdf: pikepdf.Pdf) -> None:
    row, head = elements(pdf, "TR")[0], elements(pdf, "TH")[0]
    row.Pg = head.Pg
    row.K.append(head.K[0])


def headless(pdf: pikepdf.Pdf) -> None:
    for head in elements(pdf, "TH"):
        head.S = Name.TD


def role(old: str, new: str) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        elements(pdf, old)[0].S = Name(f"/{new}")

    return change


def behind(content: bytes) -> Change:
    return lambda pdf: first_page(pdf, behind=content)


def without(key: str, place: Place = root_of) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        del place(pdf)[key]

    return change


def put(key: str, value: object, place: Place = root_of) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        place(pdf)[key] = value

    return change


def told(old: bytes, new: bytes) -> Change:
    return lambda pdf: described(pdf, old, new)


BREAKS: list[tuple[str, Change]] = [
    ("description: none", without("/Metadata")),
    ("description: does not say PDF/A-3a", told(b">3<", b">2<")),
    ("description: does not say PDF/UA-1", told(b"pdfuaid:part>1", b"pdfuaid:part>2")),
    ("description: schema of PDF/UA", told(b"pdfua/ns/id/</pdfaSchema", b"x</pdfaSchema")),
    ("description: no title", told(b"KC-2026-000031/3500/1", b"")),
    ("description: /Title", put("/Title", String("other"), lambda pdf: pdf.docinfo)),
    ("description: the day", put("/CreationDate", String("D:2001"), lambda pdf: pdf.docinfo)),
    ("colours: no output intent", without("/OutputIntents")),
    ("colours: no profile", lambda pdf: profile_of(pdf).write(b"x" * 200)),
    ("colours: the profile has", lambda pdf: profile_of(pdf).write(srgb.profile()[:-4])),
    ("colours: CMYK", behind(b" 0 0 0 1 k")),
    ("fonts: /GLYPAB+", without_font),
    ("fonts: /DejaVuSansCondensed is not marked", no_subset),
    ("fonts: /GLYP", other_width),
    ("fonts: /F1+0 does not say", without("/ToUnicode", simple)),
    ("fonts: /F1+0 shows the sign", notdef),
    ("attachments: one is not described", without("/AFRelationship", attachment)),
    ("attachments: one belongs to nothing", put("/AF", Array([]))),
    ("attachments: one is not what", lambda pdf: attachment(pdf).EF.F.write(b"{}")),
    ("attachments: kind or day", without("/ModDate", lambda pdf: attachment(pdf).EF.F.Params)),
    ("acts: /JavaScript", script),
    ("acts: fields", put("/AcroForm", Dictionary(Fields=Array([])))),
    ("acts: transparency", glass),
    ("structure: not marked", without("/MarkInfo")),
    ("structure: no language", without("/Lang")),
    ("structure: the title", without("/ViewerPreferences")),
    ("structure: page 2 has no order", without("/Tabs", lambda pdf: pdf.pages[1].obj)),
    ("structure: none", without("/StructTreeRoot")),
    ("structure: Chapter is no element", role("H2", "Chapter")),
    ("structure: a picture without", without("/Alt", lambda pdf: elements(pdf, "Figure")[0])),
    ("structure: the first heading", role("H1", "H2")),
    ("structure: a level of headings", role("H2", "H3")),
    ("structure: a second title", role("H2", "H1")),
    ("structure: several pages without bookmarks", without("/Outlines")),
    ("structure: page 1 has ornament", behind(b" /Artifact BMC EMC")),
    ("structure: a head of a column", lambda pdf: elements(pdf, "TH")[0].K.pop()),
    ("structure: content (f)", behind(b" 0 0 9 9 re f")),
    ("structure: content without an end", behind(b" /P BMC")),
    ("structure: an end without", behind(b" EMC")),
    ("structure: P inside of", behind(b" /P BMC /P <</MCID 901>> BDC EMC EMC")),
    ("structure: mark 0 of page 1 is not on it", renumbered),
    ("structure: page 1 has mark 0 twice", behind(b" /P <</MCID 0>> BDC EMC")),
    ("structure: mark", loose_mark),
    ("structure: mark (0, 0) stands twice", twice),
    ("structure: an element with another parent", other_parent),
    ("file: a string that is", put("/Lang", String("x" * 40_000))),
    ("file: states saved", behind(b" q" * 40 + b" Q" * 40)),
    ("fonts: /F1+0 says a private", private),
    ("structure: page 1 has a foot", footless),
    ("structure: TD inside of Sect", moved_cell),
    ("structure: TR holds P", role("TD", "P")),
    ("structure: Table holds P", role("TR", "P")),
    ("structure: L holds P", role("LI", "P")),
    ("structure: LI holds P", role("Lbl", "P")),
    ("structure: TR holds text", text_in_row),
    ("structure: a table with rows", lambda pdf: elements(pdf, "TR")[1].K.pop()),
    ("structure: a table without a head", headless),
    ("structure: a head that", without("/A", lambda pdf: elements(pdf, "TH")[0])),
    ("structure: a list that", without("/A", lambda pdf: elements(pdf, "L")[0])),
    ("structure: a picture without a place", without("/A", lambda pdf: elements(pdf, "Figure")[0])),
    ("structure: an empty element", put("/K", Array([]), lambda pdf: elements(pdf, "H2")[0])),
]


@pytest.mark.parametrize(("fault", "change"), BREAKS, ids=[fault for fault, _change in BREAKS])
def test_each_rule_finds_what_breaks_it(fault: str, change: Change) -> None:
    assert any(found.startswith(fault) for found in faults(changed(change)))


def test_rules_of_the_file_find_what_breaks_them() -> None:
    assert "file: not version 1.7" in faults(one().replace(b"%PDF-1.7", b"%PDF-1.4", 1))
    assert "file: something behind its end" in faults(one() + b"\nmore")
    plain = render(cases.full(), form("fda3500"), cases.STAMP, NoProgress()).pdf
    assert {"structure: none", "description: none"} <= set(faults(plain))


# ---------------------------------------------------------------- the case inside


def test_the_case_comes_out_as_it_went_in() -> None:
    file = REPOSITORY / "tests" / "data" / "cases" / "P3.json"
    content = dumps(loads(file.read_bytes())).encode()
    (found,) = case_files(archived(cases.full(), content), LIMIT)
    assert found == content
    assert dumps(loads(found)).encode() == content


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7\nnothing",
        b"",
        render(cases.empty(), form("fda3500"), cases.STAMP, NoProgress()).pdf,
    ],
    ids=["no PDF", "empty", "regulator's copy"],
)
def test_a_pdf_without_a_case_is_refused_by_name(content: bytes) -> None:
    with pytest.raises(NotAnArchiveError):
        case_files(content, LIMIT)


def test_a_case_that_was_changed_or_is_too_long_is_refused() -> None:
    other = changed(
        lambda pdf: attachment(pdf).EF.F.write(zlib.compress(b"{}"), filter=Name.FlateDecode)
    )
    for content, limit in ((other, LIMIT), (one(), 3)):
        with pytest.raises(ArchiveDamagedError):
            case_files(content, limit)
    broken = changed(lambda pdf: attachment(pdf).EF.F.write(b"x", filter=Name.FlateDecode))
    with pytest.raises(ArchiveDamagedError):
        case_files(broken, LIMIT)


def test_every_case_of_a_paper_comes_out_within_one_limit_for_all() -> None:
    tags, frame = Tags(), Frame("Paper", "of a test", STAMP)
    drawn, _pages = sheets.render([Para("text")], frame, NoProgress(), tags)
    files = [Attached(case_name(n), "A case", b"{%d}" % n * 9) for n in (1, 2, 3)]
    content = finished(drawn, tags, *files)
    assert faults(content) == []
    assert case_files(content, 81) == tuple(one.content for one in files)
    for limit in (27, 54, 80):
        with pytest.raises(ArchiveDamagedError):
            case_files(content, limit)


def test_a_case_packed_in_another_way_is_not_unpacked() -> None:
    plain = changed(lambda pdf: attachment(pdf).EF.F.write(b"{}"))
    with pytest.raises(NotAnArchiveError):
        case_files(plain, LIMIT)


@given(content=st.deferred(lambda: damaged(one())))
def test_a_damaged_file_gives_the_case_or_a_refusal(content: bytes) -> None:
    with suppress(NotAnArchiveError, ArchiveDamagedError):
        assert case_files(content, LIMIT) == (b'{"format": "x"}\n',)

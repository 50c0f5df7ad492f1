"""Releases are read by their heads and fields; what is wrong is named by file and line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from aeapp.domain.codelists.coding import TerminologyName, TermLevel
from aeapp.domain.codelists.safety import Severity
from aeapp.domain.coding import ctcae, meddra, release
from aeapp.domain.coding.ctcae import Sheet, csv_sheet, ctcae_of
from aeapp.domain.coding.grades import GradeBook, edition_key, graded_by
from aeapp.domain.coding.meddra import meddra_of, missing_of, refuse_missing
from aeapp.domain.coding.release import Release, blocks_of
from aeapp.domain.coding.terms import release_terms
from aeapp.domain.records import Event, Terminology
from aeapp.domain.records.coding import Coding
from aeapp.domain.rejection import ImportRejected
from tests.helpers.terminologies import HEADS, ROWS, SMALL, VERSION, ctcae_csv

REAL = Path(__file__).parents[2].parent / "shared/data/terminology"


def head_of(found: Release) -> Terminology:
    return Terminology(
        name=found.name, edition=found.edition, meddra_edition=found.meddra_edition, current=True
    )


def refusal(read: Callable[[], object]) -> str:
    with pytest.raises(ImportRejected) as caught:
        read()
    return "\n".join(caught.value.lines())


# --- CTCAE


def test_a_table_of_grades_is_read_by_its_heads() -> None:
    found = ctcae_of([csv_sheet(ctcae_csv())])

    assert (found.name, found.edition, found.meddra_edition) == (TerminologyName.CTCAE, "7.5", "")
    assert found.counts() == ((TermLevel.EVENT, 2), (TermLevel.OTHER, 1))
    drizzle = found.entries[0]
    assert (drizzle.code, drizzle.term, drizzle.soc) == ("90100001", "Drizzle", "Weather disorders")
    assert (drizzle.grade1, drizzle.grade3, drizzle.grade4) == ("Damp", "Soaked", None)
    assert (drizzle.definition, drizzle.remark, found.retired) == ("Rain.", None, 0)


def test_the_order_of_the_columns_does_not_matter() -> None:
    turned = ctcae_csv(tuple(row[::-1] for row in ROWS), HEADS[::-1])

    assert ctcae_of([csv_sheet(turned)]).entries == ctcae_of([csv_sheet(ctcae_csv())]).entries


def test_remarks_below_the_terms_are_passed_over_and_empty_lines_too() -> None:
    remark = ("", "", "A remark of the makers", *("",) * 8)
    more = ctcae_csv((*ROWS, ("",) * 11, remark))

    assert len(ctcae_of([csv_sheet(more)]).entries) == len(ROWS)


PLAIN_HEADS = tuple("CTCAE Term" if "v7.5" in h else h for h in HEADS)


@pytest.mark.parametrize("title", ["CTCAE v7.5 Clean Copy", "Version 7.5", "ctcae_7.5"])
def test_the_version_stands_in_the_title(title: str) -> None:
    rows = csv_sheet(ctcae_csv(heads=PLAIN_HEADS)).rows

    assert ctcae_of([Sheet("Cover", ()), Sheet(title, rows)]).edition == "7.5"


def test_the_version_is_asked_for_where_the_file_does_not_say_it() -> None:
    sheet = csv_sheet(ctcae_csv(heads=PLAIN_HEADS))

    assert "which version of CTCAE" in refusal(lambda: ctcae_of([sheet]))
    assert ctcae_of([sheet], "5.0").meddra_edition == "20.1"
    two = Sheet("CTCAE v5.0 and v6.0", sheet.rows)
    assert "which version of CTCAE" in refusal(lambda: ctcae_of([two]))


def test_a_column_of_versions_says_the_version_and_must_say_one() -> None:
    heads = (*PLAIN_HEADS, "ctcae_version", "meddra_version")
    same = ctcae_csv(tuple((*row, "6.0", "28.0") for row in ROWS), heads)
    found = ctcae_of([csv_sheet(same)])
    mixed = ctcae_csv(tuple((*row, f"{n}.0", "28.0") for n, row in enumerate(ROWS)), heads)

    assert (found.edition, found.meddra_edition) == ("6.0", "28.0")
    assert "more than one version" in refusal(lambda: ctcae_of([csv_sheet(mixed)]))


def test_a_table_without_the_columns_is_refused_by_their_names() -> None:
    heads = tuple(h.replace("Grade 4", "x").replace("MedDRA SOC", "y") for h in HEADS)

    said = refusal(lambda: ctcae_of([csv_sheet(ctcae_csv(heads=heads))]))
    assert "missing: MedDRA SOC, Grade 4" in said
    assert "missing: CTCAE Term" in refusal(lambda: ctcae_of([]))


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (("9010x", *ROWS[0][1:]), "line 3: The code is not digits alone."),
        (("", *ROWS[0][1:]), "line 3: The code is not digits alone."),
        ((*ROWS[0][:2], " ", *ROWS[0][3:]), "line 3: The term is empty."),
        (ROWS[1], "line 3: The term stands in the file already."),
        ((*ROWS[0][:3], "x" * 4001, *ROWS[0][4:]), "line 3: The text is longer"),
        ((*ROWS[0][:2], "x" * 251, *ROWS[0][3:]), "line 3: The text is longer"),
        ((*ROWS[0][:3], "a\x00b", *ROWS[0][4:]), "line 3: The text holds a sign"),
    ],
)
def test_a_wrong_row_refuses_the_table_by_its_line(row: tuple[str, ...], said: str) -> None:
    content = ctcae_csv((ROWS[1], row))

    assert said in refusal(lambda: ctcae_of([csv_sheet(content)]))


def test_a_table_without_a_row_holds_no_term() -> None:
    assert "holds no term" in refusal(lambda: ctcae_of([csv_sheet(ctcae_csv(()))]))


def test_a_file_that_is_no_table_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "no line of a CSV" in refusal(lambda: csv_sheet(b'a,"b" c\n'))
    assert "not UTF-8" in refusal(lambda: csv_sheet(b"\xff\xfe"))
    monkeypatch.setattr(ctcae, "MOST_TERMS", 2)
    assert "more terms" in refusal(lambda: csv_sheet(b"a\nb\nc\n"))


@pytest.mark.parametrize(
    ("name", "edition", "counts"),
    [("ctcae-v5.csv", ("5.0", "20.1"), (811, 26)), ("ctcae-v6.csv", ("6.0", "28.0"), (824, 26))],
)
def test_the_published_editions_are_read(
    name: str, edition: tuple[str, str], counts: tuple[int, int]
) -> None:
    if not (REAL / name).is_file():
        pytest.skip("the published table is not beside the repository")
    found = ctcae_of([csv_sheet((REAL / name).read_bytes())])

    assert (found.edition, found.meddra_edition) == edition
    assert tuple(count for _level, count in found.counts()) == counts


# --- MedDRA


def read(**changes: str | bytes) -> Release:
    files = SMALL | {f"{name}.asc": content for name, content in changes.items()}

    def one(name: str) -> bytes:
        content = files[name]
        return content.encode() if isinstance(content, str) else content

    return meddra_of(one)


def test_a_distribution_is_read_with_primary_class_and_currency() -> None:
    found = read()

    assert (found.name, found.edition, found.language) == (
        TerminologyName.MEDDRA,
        VERSION,
        "English",
    )
    assert found.counts() == (
        (TermLevel.LOWEST, 7),
        (TermLevel.PREFERRED, 3),
        (TermLevel.CLASS, 2),
    )
    assert found.retired == 1
    terms = {t.code: t for t in release_terms(head_of(found), found.entries)}
    assert set(terms) == {
        "93000001", "94000001", "94000002", "93000002", "94000003", "93000003", "94000004",
    }  # fmt: skip
    assert terms["94000001"].above == "Drizzle syndrome · Weather disorders"
    assert terms["93000003"].above == "Furniture disorders"
    assert [code for code, t in terms.items() if not t.current] == ["94000002"]
    assert {t.meddra_edition for t in terms.values()} == {VERSION}


def test_old_releases_in_latin_letters_are_read_too() -> None:
    line = "94000009$Flügel wobble$93000003$$$$$$$Y$$\r\n"
    modern = read(llt=SMALL["llt.asc"] + line)
    old = read(llt=(SMALL["llt.asc"] + line).encode("latin-1"))

    assert modern.entries == old.entries
    assert modern.entries[-1].term == "Flügel wobble"


@pytest.mark.parametrize(
    ("name", "line", "said"),
    [
        ("llt", "9400000x$Word$93000001$$$$$$$Y$$", "llt.asc line 8: The code is not digits"),
        ("llt", "94000001$Word$93000001$$$$$$$Y$$", "llt.asc line 8: The code stands"),
        ("llt", "94000009$Word$99999999$$$$$$$Y$$", "llt.asc line 8: The preferred term is not"),
        ("llt", "94000009$Word$93000001$$$$$$$$Y$", "llt.asc line 8: The tenth field, currency"),
        ("llt", "94000009$$93000001$$$$$$$Y$$", "llt.asc line 8: The term is empty."),
        ("llt", "94000009$a\x07b$93000001$$$$$$$Y$$", "llt.asc line 8: The text holds a sign"),
        ("llt", "94000009", "llt.asc line 8: The term is empty."),
        ("pt", "93x$Word$$90000001$$$$$$$$", "pt.asc line 4: The code is not digits alone."),
        ("pt", "93000009$Word$$90000001$$$$$$$$", "pt.asc line 4: The preferred term has no prim"),
        ("soc", "90000001$Word$x$$$$$$$", "soc.asc line 3: The code stands in the file already."),
        (
            "mdhier",
            "93000001$1$1$90000002$a$b$c$d$e$$1$Y$",
            "mdhier.asc line 5: The preferred term ",
        ),
        ("mdhier", "93000001$1$1$90000009$a$b$c$d$e$$1$Y$", "mdhier.asc line 5: The class is not"),
        ("mdhier", "93000001$1$1$90000002$a$b$c$d$e$$1$$", "mdhier.asc line 5: The flag of the"),
        ("llt", "x" * 4001, "llt.asc line 8: The line is longer"),
    ],
)
def test_a_wrong_line_refuses_the_release_by_file_and_line(name: str, line: str, said: str) -> None:
    content = SMALL[f"{name}.asc"] + line + "\n"

    assert said in refusal(lambda: read(**{name: content}))


def test_every_wrong_line_is_told_at_once() -> None:
    wrong = SMALL["llt.asc"].replace("$Y$$", "$?$$")

    assert refusal(lambda: read(llt=wrong)).count("currency") == 6


@pytest.mark.parametrize("content", ["", "\n", "next$English$\n", "9$English$\n"])
def test_a_release_has_to_say_its_version(content: str) -> None:
    assert "version of the release" in refusal(lambda: read(meddra_release=content))


def test_a_release_says_its_language_or_is_english() -> None:
    assert read(meddra_release="91.1$Dutch$").language == "Dutch"
    assert read(meddra_release="91.1$").language == "English"


def test_files_that_are_too_large_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "llt.asc: The file holds no term." in refusal(lambda: read(llt="\n"))
    monkeypatch.setattr(meddra, "MOST_TERMS", 3)
    assert "mdhier.asc line 4: The file holds more lines" in refusal(read)
    monkeypatch.setattr(meddra, "MAX_FILE", 20)
    assert "soc.asc: The file is larger" in refusal(read)


def test_missing_files_are_named() -> None:
    assert missing_of(name.upper() for name in SMALL) == ()
    refuse_missing(SMALL)
    some = [name for name in SMALL if name not in ("llt.asc", "hlt_pt.asc")]
    assert "missing: hlt_pt.asc, llt.asc" in refusal(lambda: refuse_missing(some))


# --- blocks and grades


def test_terms_are_stored_in_blocks_in_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(release, "TERMS_A_BLOCK", 5)
    entries = read().entries
    blocks = list(blocks_of(entries, "t"))

    assert [(b.number, b.terminology_id, len(b.entries)) for b in blocks] == [
        (1, "t", 5),
        (2, "t", 5),
        (3, "t", 2),
    ]
    assert tuple(e for b in blocks for e in b.entries) == entries


def graded(edition: str, grade2: str) -> tuple[Terminology, Release]:
    rows = (ROWS[0], (*ROWS[1][:4], grade2, *ROWS[1][5:]))
    found = ctcae_of([csv_sheet(ctcae_csv(rows))], edition)
    return head_of(found), found


BOOK = GradeBook(
    (head, found.entries) for head, found in (graded("7.5", "Up"), graded("12.0", "Up for an hour"))
)


def test_every_edition_says_its_own_sentences_the_newest_first() -> None:
    new, old = BOOK.of("hypertension")

    assert (new.edition, old.edition) == ("12.0", "7.5")
    assert (new.sentences[Severity.MODERATE], old.sentences[Severity.MODERATE]) == (
        "Up for an hour",
        "Up",
    )
    assert (new.same, new.definition, new.remark) == (True, "Pressure.", "Consider: Drizzle")


@pytest.mark.parametrize("words", ["Blood pressure increased", "bp up"])
def test_a_finding_is_read_beside_the_term_that_grades_it_and_keeps_its_name(words: str) -> None:
    new, _old = BOOK.of(words)

    assert (new.term, new.same) == ("Hypertension", False)


def test_a_grade_that_a_term_does_not_have_is_left_out() -> None:
    assert list(BOOK.of("drizzle")[0].sentences) == [
        Severity.MILD,
        Severity.MODERATE,
        Severity.SEVERE,
    ]


@pytest.mark.parametrize("words", ["Nausea", "hypertensive crisis", "", None])
def test_nothing_is_said_of_an_event_that_no_edition_names(words: str | None) -> None:
    assert BOOK.of(words) == ()


def test_editions_are_compared_as_numbers() -> None:
    assert sorted(["28.0", "9.1", "28.1", "x"], key=edition_key) == ["x", "9.1", "28.0", "28.1"]
    assert edition_key(None) == (0,)


def test_grades_are_found_by_the_code_that_a_person_gave_else_by_the_words() -> None:
    told = Event(verbatim="pressure up")
    other = Coding(terminology=TerminologyName.OWN, term="Dizziness")
    coded = Coding(terminology=TerminologyName.CTCAE, term="Hypertension")

    assert graded_by(replace(told, codings=(other,))) == "pressure up"
    assert graded_by(replace(told, codings=(other, coded))) == "Hypertension"
    assert graded_by(Event()) == ""


def test_a_term_without_a_preferred_term_stands_below_its_class() -> None:
    found = ctcae_of([csv_sheet(ctcae_csv())])

    terms = list(release_terms(head_of(found), found.entries))
    assert [t.above for t in terms if t.code == "90100001"] == ["Weather disorders"]

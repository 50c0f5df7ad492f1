"""The bundle of an inspection is checked by its own checker, which names what was altered."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from aeapp.domain.codelists.clinic import Role
from aeapp.domain.inspection import Period
from aeapp.domain.records import Staff
from aeapp.persistence import proofs
from aeapp.services.documents import Export
from aeapp.services.inspection_bundle import NoCheckerError, TrailRoleError
from aeapp.trail.anchors import Signer
from aeapp.trail.canonical import canonical
from aeapp.trail.manifests import signed_manifest
from exports.bundle import MANIFEST
from tests.helpers.guards import SENTINEL
from tests.helpers.life import ONLINE, Life, a_life

Parts = dict[str, bytes]
NOVEMBER = Period(dt.date(2026, 11, 1), dt.date(2026, 11, 30))
TOOL = Path(__file__).parents[2] / "tools" / "verify_trail.py"


def packed(life: Life, out: Path) -> Export:
    file, drawn = life.app.inspection.drawn(NOVEMBER)
    return life.app.packing.write(file, drawn, out)


def check(target: Path, *words: str) -> tuple[int, str]:
    """Run the checker as an inspector does: another program, without our packages on the path."""
    done = subprocess.run(
        [sys.executable, str(TOOL), str(target), *words],
        capture_output=True, text=True, timeout=120, check=False, cwd=target.parent,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


def altered(
    pack: Path, name: str, old: bytes, new: bytes, forge: Callable[[Parts], str] | None = None
) -> Path:
    """Return a copy of a bundle in which one file says something else; ``forge`` makes its list."""
    out = pack.with_name(f"altered-{name}.zip")
    with zipfile.ZipFile(pack) as files:
        parts = {info.filename: files.read(info) for info in files.infolist()}
    assert old in parts[name]
    parts[name] = parts[name].replace(old, new, 1)
    if forge is not None:
        parts[MANIFEST] = forge(parts).encode()
    with zipfile.ZipFile(out, "w") as files:
        for each, content in parts.items():
            files.writestr(each, content)
    return out


def listed(parts: Parts) -> dict[str, str]:
    return {n: hashlib.sha256(c).hexdigest() for n, c in parts.items() if n != MANIFEST}


def with_the_old_signature(parts: Parts) -> str:
    return canonical({**json.loads(parts[MANIFEST]), "sha256": listed(parts)}) + "\n"


def without_a_signature(parts: Parts) -> str:
    return canonical({**json.loads(with_the_old_signature(parts)), "sig": "", "key_id": ""})


def with_a_key_of_their_own(parts: Parts) -> str:
    private = Ed25519PrivateKey.from_private_bytes(b"f" * 32)
    public = private.public_key().public_bytes_raw()
    keys = json.loads(parts["keys.json"])
    parts["keys.json"] = json.dumps([*keys, public.hex()]).encode()
    told = json.loads(parts[MANIFEST])
    signer = Signer(key_id="k-" + hashlib.sha256(public).hexdigest()[:32], sign=private.sign)
    return signed_manifest(told["install"], (told["seq"], told["h"]), listed(parts), signer)


def test_a_bundle_is_checked_alone_and_what_was_altered_is_named(tmp_path: Path) -> None:
    life = a_life(tmp_path / "clinic", Role.COMPLIANCE)
    life.send(replace(ONLINE, reference="=1+1"))
    out = tmp_path / "pack.zip"
    done = packed(life, out)
    assert life.app.documents.known(out) is not None
    head, key = life.app.head().seq, life.app.packing.key_id
    life.app.close()
    code, said = check(out)
    assert (code, said.splitlines()[0]) == (0, "GOOD"), said
    assert "9 files of the bundle" in said
    assert f"manifest signed by {key}\n  that key came with the bundle" in said

    with zipfile.ZipFile(out) as files:
        names = {info.filename for info in files.infolist()}
        trail = list(csv.reader(io.StringIO(files.read("trail.csv").decode("utf-8-sig"))))
        events = list(csv.reader(io.StringIO(files.read("events.csv").decode("utf-8-sig"))))
        files.extractall(tmp_path / "unpacked")
    assert {"trail.jsonl", "anchors.jsonl", "verify_trail.py", "software.json"} < names
    # The entry of the bundle itself comes after what it holds.
    assert len(trail) - 1 == head - 2
    assert trail[0][:2] == ["entry", "at (UTC)"]
    assert "submit" in {row[7] for row in trail}
    # What a spreadsheet would compute is text; the table of events names nobody.
    assert "'=1+1" in events[1]
    assert SENTINEL not in "".join(cell for row in (*events, *trail) for cell in row)
    assert check(tmp_path / "unpacked")[0] == 0
    assert key in (tmp_path / "unpacked" / "README.txt").read_text()
    assert done.path == out

    pdf = altered(out, "inspection.pdf", b"%PDF-1", b"%PDF-2")
    assert check(pdf) == (1, "TAMPERED: inspection.pdf: is not the file that was bundled\n")
    words = b"posted before anybody signed", b"posted after it"
    entry = altered(out, "trail.jsonl", *words, with_a_key_of_their_own)
    code, said = check(entry)
    assert (code, "the text does not have its hash" in said) == (1, True)
    cut = tmp_path / "cut.zip"
    cut.write_bytes(out.read_bytes()[:-40])
    assert check(cut)[0] == 3


def test_the_signature_shows_an_exchanged_table_and_whose_key_it_is_the_clinic_tells(
    tmp_path: Path,
) -> None:
    """The table of the events is proven by no chain; only the signed list of hashes shows it."""
    life = a_life(tmp_path / "clinic", Role.COMPLIANCE)
    out = tmp_path / "pack.zip"
    packed(life, out)
    key = life.app.packing.key_id
    keys = ("--keys", str(next(tmp_path.rglob("clinic.vault.a"))))
    life.app.close()
    code, said = check(out, *keys)
    assert (code, "is one of the keys you gave" in said, key in said) == (0, True, True), said
    other = tmp_path / "other.json"
    other.write_text(json.dumps(["11" * 32]))
    code, said = check(out, "--keys", str(other))
    assert (code, f"not checked: the signature of the manifest, by {key}" in said) == (2, True)

    words = "events.csv", b"patient", b"citizen"
    assert check(altered(out, *words, with_the_old_signature)) == (
        1, "TAMPERED: manifest.json: the signature is not good\n",
    )  # fmt: skip
    assert check(altered(out, *words, without_a_signature)) == (
        1, "TAMPERED: manifest.json: is not signed\n",
    )  # fmt: skip
    # Somebody with a key of their own can make another bundle; the name of the key shows it.
    forged = altered(out, *words, with_a_key_of_their_own)
    code, said = check(forged)
    assert (code, key in said) == (0, False)
    assert "ask the clinic by another way" in said
    assert check(forged, *keys)[0] == 2

    # What somebody spoilt on purpose is named, and stops nothing with a traceback.
    for spoilt in (b'{"slots": [{}]}', b"[7]", b'["zz"]', b"7"):
        other.write_bytes(spoilt)
        assert check(out, "--keys", str(other)) == (3, "CANNOT BE READ: other.json: no key file\n")
    unnamed = altered(out, *words, lambda p: p[MANIFEST].decode().replace(f'"{key}"', "[1]"))
    assert check(unnamed)[1].endswith(": no inspection bundle of this format\n")

    added = tmp_path / "added.zip"
    added.write_bytes(out.read_bytes())
    with zipfile.ZipFile(added, "a") as files:
        files.writestr("addendum.pdf", b"%PDF-1.7")
    assert check(added) == (1, "TAMPERED: addendum.pdf: was added to the bundle\n")


@pytest.mark.parametrize(("role", "others", "may"), [
    (Role.NURSE, False, False), (Role.PRESCRIBER, False, True), (Role.PRESCRIBER, True, False),
])  # fmt: skip
def test_the_trail_is_given_out_by_those_who_may(
    tmp_path: Path, role: Role, others: bool, may: bool
) -> None:
    life = a_life(tmp_path, role)
    try:
        if others:
            life.app.sessions.save(Staff(user_name="lead", name="K. Lead", role=Role.COMPLIANCE))
        assert life.app.packing.may_give is may
        out = tmp_path / "pack.zip"
        if may:
            assert packed(life, out).pages > 0
        else:
            with pytest.raises(TrailRoleError):
                packed(life, out)
            assert not out.exists()
    finally:
        life.app.close()


def test_without_its_checker_no_bundle_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    life = a_life(tmp_path / "clinic", Role.COMPLIANCE)
    try:
        monkeypatch.setattr(proofs, "_CHECKER", tmp_path / "verify_trail.py")
        before, out = life.app.head(), tmp_path / "pack.zip"
        for content in (None, b""):
            if content is not None:
                (tmp_path / "verify_trail.py").write_bytes(content)
            with pytest.raises(NoCheckerError) as refused:
                packed(life, out)
            assert "PDF" in refused.value.remedy
        assert (out.exists(), life.app.head()) == (False, before)
    finally:
        life.app.close()

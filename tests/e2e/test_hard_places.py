"""A full disk, a read-only place, a newer file: said in a sentence, nothing lost."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from aeapp.domain.records import Patient
from aeapp.kernel.errors import AppError, KnownError
from aeapp.services.app import App
from tests.helpers.clinic import PASSWORD, USER, cheap_clinics, new_clinic
from tests.helpers.tools import lacking


def mounted(place: Path, *options: str) -> None:
    """Mount a small memory disk at ``place``, or say why this machine cannot."""
    place.mkdir()
    if os.name != "posix" or os.geteuid() != 0:
        lacking("only root may mount a small disk")
    words = ["mount", "-t", "tmpfs", "-o", ",".join(options), "tmpfs", str(place)]
    if subprocess.run(words, capture_output=True, check=False).returncode:
        lacking("this machine lets nobody mount a disk")


def unmount(place: Path) -> None:
    subprocess.run(["umount", "-l", str(place)], capture_output=True, check=False)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    place = tmp_path / "disk"
    mounted(place, "size=6m")
    yield place
    unmount(place)


def fill_up(place: Path) -> Path:
    """Leave less than a page of room."""
    ballast = place / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for size in (1 << 16, 1 << 9):
            try:
                while True:
                    file.write(bytes(size))
            except OSError:
                continue
    return ballast


def save_until_refused(app: App) -> tuple[list[Patient], KnownError]:
    saved: list[Patient] = []
    for n in range(5000):
        try:
            saved.append(app.patients.save(Patient(code=f"P-{n}", history="x" * 4000)))
        except KnownError as error:
            return saved, error
    pytest.fail("the disk never filled")


def test_a_full_disk_is_named_and_work_goes_on_after_it(small_disk: Path) -> None:
    app = cheap_clinics().create(new_clinic(small_disk))
    app.patients.save(Patient(code="before"))
    ballast = fill_up(small_disk)

    saved, refused = save_until_refused(app)

    assert "full" in refused.message.lower()
    assert refused.remedy
    ballast.unlink()
    after = app.patients.save(Patient(code="after"))
    codes = {line.code for line in app.patients.lines(app.patients.ids())}
    assert codes == {"before", "after", *(p.code for p in saved)}
    assert after.version == 1
    app.close()
    again = cheap_clinics().open(str(small_disk / "larkspur.aeclinic"), USER, PASSWORD)
    assert len(again.patients.ids()) == len(codes)
    again.close()


def test_a_read_only_place_is_named(small_disk: Path) -> None:
    cheap_clinics().create(new_clinic(small_disk)).close()
    remount = ["mount", "-o", "remount,ro", str(small_disk)]
    subprocess.run(remount, check=True, capture_output=True)

    with pytest.raises(KnownError) as refused:
        cheap_clinics().open(str(small_disk / "larkspur.aeclinic"), USER, PASSWORD)

    assert refused.value.remedy
    assert "writ" in refused.value.message.lower()


def test_a_clinic_is_not_made_where_one_stands(tmp_path: Path) -> None:
    cheap_clinics().create(new_clinic(tmp_path)).close()

    with pytest.raises(AppError):
        cheap_clinics().create(new_clinic(tmp_path))

    cheap_clinics().open(str(tmp_path / "larkspur.aeclinic"), USER, PASSWORD).close()


def test_a_clinic_that_could_not_be_made_leaves_nothing_behind(small_disk: Path) -> None:
    ballast = fill_up(small_disk)
    with pytest.raises(KnownError):
        cheap_clinics().create(new_clinic(small_disk))
    ballast.unlink()

    left = {path.name for path in small_disk.glob("larkspur.aeclinic/*")}
    assert not left & {"clinic.db", "clinic.vault.a", "clinic.vault.b"}
    cheap_clinics().create(new_clinic(small_disk)).close()

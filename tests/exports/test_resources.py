"""Files of installed packages, and a typeface that is missing or broken."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from aeapp.kernel.resources import ResourceMissingError, package_file, package_folder
from exports.pdf import fonts


def test_a_package_is_found_without_importing_it() -> None:
    assert (package_folder(fonts.PACKAGE) / "LICENSE").is_file()
    assert fonts.PACKAGE not in sys.modules


def test_what_is_not_there_is_said_with_a_remedy() -> None:
    for name, file in (("no_such_package_here", "x"), (fonts.PACKAGE, "no-such.ttf"), ("sys", "x")):
        with pytest.raises(ResourceMissingError) as caught:
            package_file(name, file)
        assert "Install the program again" in caught.value.remedy


def test_a_broken_typeface_is_said_with_a_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "broken_typeface"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / fonts.FILES[fonts.REGULAR]).write_bytes(b"not a font")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(fonts, "PACKAGE", "broken_typeface")
    with pytest.raises(fonts.FontBrokenError):
        fonts.face.__wrapped__(fonts.REGULAR)

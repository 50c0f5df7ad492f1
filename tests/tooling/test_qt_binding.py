"""The binding itself, because one release of it was broken on our Python."""

import sys
from importlib.metadata import version

import pytest
from PySide6.QtWidgets import QApplication, QLabel


def test_calls_that_return_nothing_keep_none_alive(qapp: QApplication) -> None:
    label = QLabel()
    before = sys.getrefcount(None)

    for _ in range(1000):
        label.setText("x")

    assert sys.getrefcount(None) > before - 100


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal from Python 3.12 on")
def test_the_probe_would_see_a_lost_reference() -> None:
    import ctypes  # noqa: PLC0415 (only for this)

    release = ctypes.pythonapi.Py_DecRef
    release.argtypes, release.restype = [ctypes.py_object], None
    keep = ctypes.pythonapi.Py_IncRef
    keep.argtypes, keep.restype = [ctypes.py_object], None
    before = sys.getrefcount(None)

    for _ in range(200):
        release(None)
    after = sys.getrefcount(None)
    for _ in range(200):
        keep(None)

    assert after < before - 100


def test_the_pin_stands_while_the_release_after_it_is_broken() -> None:
    assert tuple(map(int, version("PySide6-Essentials").split(".")[:2])) == (6, 11)

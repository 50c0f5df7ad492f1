"""What the vault's tests share: a clock, a clinic, and an attacker with an editor."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from aeapp.vault import KdfParameters, OpenVault, create_vault, open_vault
from aeapp.vault.document import VaultDocument
from aeapp.vault.files import read_copies, write_copies
from aeapp.vault.layout import with_mac
from aeapp.vault.unlocking import Person, make_slot, new_private_keys

NAME = "dana.reyes"
PASSWORD = "correct battery giraffe stapler"
OTHER = "seven violet anchors drift north"
CLINIC = "Larkspur Ketamine Clinic"
A = "clinic.vault.a"
B = "clinic.vault.b"


@dataclass
class Clock:
    """A clock that stands until it is moved."""

    at: dt.datetime = field(default=dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC))

    def __call__(self) -> dt.datetime:
        return self.at

    def forward(self, **by: float) -> None:
        self.at += dt.timedelta(**by)


def create(folder: Path, clock: Clock, password: str = PASSWORD) -> OpenVault:
    return create_vault(
        folder,
        user_name=NAME,
        display_name="Dana Reyes, RN",
        password=password,
        clinic_name=CLINIC,
        now=clock,
        kdf=KdfParameters.for_tests(),
    )


def opened(folder: Path, clock: Clock, password: str = PASSWORD, name: str = NAME) -> OpenVault:
    return open_vault(folder, user_name=name, password=password, now=clock)


def add_person(folder: Path, vault: OpenVault, clock: Clock, name: str, password: str) -> None:
    """Add a slot the way a later program will: the format has room for many."""
    data_key = bytes.fromhex(vault.database_key())
    document = read_copies(folder).newest
    slot = make_slot(
        Person(user_id=f"u-{name}", user_name=name, display_name=name),
        new_private_keys(),
        password,
        KdfParameters.for_tests(),
        vault_id=vault.vault_id,
        data_key=data_key,
        at=clock(),
        generation=document.generation + 1,
    )
    save(folder, with_slots(document, (*document.slots, slot), data_key))


def with_slots(document: VaultDocument, slots: tuple, data_key: bytes) -> VaultDocument:
    document = replace(document, slots=slots, generation=document.generation + 1)
    return with_mac(document, data_key)


def save(folder: Path, document: VaultDocument) -> None:
    write_copies(folder, [("a", document), ("b", document)])


def spelled(tree: object) -> bytes:
    """The canonical JSON of the written format, by its own line."""
    return json.dumps(tree, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def tree_of(path: Path) -> dict:
    return json.loads(path.read_bytes())


def rehashed(tree: dict) -> bytes:
    """What an attacker without a key can write: any content, its checksum right."""
    rest = {k: v for k, v in tree.items() if k != "sha256"}
    return spelled(rest | {"sha256": hashlib.sha256(spelled(rest)).hexdigest()})


def edit(path: Path, change: Callable[[dict], object]) -> None:
    tree = tree_of(path)
    change(tree)
    path.write_bytes(rehashed(tree))


def edit_both(folder: Path, change: Callable[[dict], object]) -> None:
    for name in (A, B):
        edit(folder / name, change)

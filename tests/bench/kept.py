"""Say how many bytes a version of the stored report keeps, by recording one in a copy."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from aeapp.domain.codelists.clinic import Channel
from aeapp.domain.codelists.lifecycle import NotThere
from aeapp.domain.records import Sending
from tests.bench.child import say
from tests.bench.stored import facts_of, open_stored


def main(place: str) -> None:
    """Record the report as sent in a copy of the clinic, and tell the sizes."""
    with tempfile.TemporaryDirectory(dir=Path(place).parent) as folder:
        copy = Path(shutil.copytree(place, Path(folder) / "copy"))
        app = open_stored(copy)
        report = app.cases.gather(facts_of(copy)["case"]).report
        line = Sending(
            channel=Channel.ONLINE,
            at=app.context.minute(),
            reference="1",
            proof_lacks=NotThere.NONE_GIVEN,
        )
        app.sending.record(report.id, line, unsigned_because="measured")
        (kept,) = app.versions.lines(report.id)
        app.close()
    say(sizes=[str(part.size) for part in kept.version.parts])


if __name__ == "__main__":
    main(*sys.argv[1:])

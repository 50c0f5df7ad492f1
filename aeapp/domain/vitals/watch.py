"""The vitals watch: asks for repeats, and proposes events that only a person decides on.

A pure function of readings, rules and the proposals there are. It never makes an event, closes a
proposal only where a person took its last reading away, and names findings, not diagnoses. Readings
that are struck through, artefacts or still to be looked at are no evidence and are passed over; one
to be looked at that is far beyond a limit is asked for again all the same.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from aeapp.domain.codelists.clinic import ObservationKind, ObservationStatus
from aeapp.domain.codelists.session import NotAnEvent, ProposalState, ReadingPart, Side
from aeapp.domain.records.observation import Observation
from aeapp.domain.records.proposal import Proposal, Witness
from aeapp.domain.records.watch_rule import WatchRule
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.due import Repeat, later
from aeapp.domain.vitals.table import is_evidence
from aeapp.domain.vitals.watch_words import basis_of, limit_words
from aeapp.kernel.i18n import _

Baseline = Mapping[ObservationKind, Observation]

_IN_A_ROW = 2
# Reasons that say the readings were wrong: they tell nothing of the readings that follow.
_MISREAD = frozenset({NotAnEvent.ARTEFACT, NotAnEvent.CUFF, NotAnEvent.WRONG_PATIENT})


@dataclass(frozen=True, slots=True)
class Passed:
    """A rule that a reading is beyond, and by what: the limit, or the change from baseline."""

    rule: WatchRule
    by_limit: bool
    severe: bool
    percent: int


@dataclass(frozen=True, slots=True)
class _Point:
    """One reading that is evidence, with the rules of one finding that it passed."""

    when: dt.datetime
    reading: Observation
    passed: tuple[Passed, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """What may be proposed: the rules of one quantity with the same words for it."""

    term: str
    kind: ObservationKind
    rules: tuple[WatchRule, ...]

    @property
    def codes(self) -> frozenset[str]:
        """Return the codes of its rules."""
        return frozenset(r.code for r in self.rules if r.code)


@dataclass(frozen=True, slots=True)
class Watched:
    """One session as the watch sees it.

    Attributes:
        rules: The rules in use for the session's route.
        zero: Begin of the first dose; before it nothing is proposed.
    """

    patient_id: str
    session_id: str
    readings: Sequence[Observation]
    rules: Sequence[WatchRule]
    zero: PartialDate | None
    proposals: Sequence[Proposal] = ()


def findings_of(rules: Iterable[WatchRule]) -> tuple[Finding, ...]:
    """Return the findings that the rules in use can propose."""
    found: dict[tuple[str, ObservationKind], list[WatchRule]] = {}
    for rule in rules:
        if rule.active and rule.kind is not None and rule.term and rule.code:
            found.setdefault((rule.term, rule.kind), []).append(rule)
    return tuple(Finding(term, kind, tuple(own)) for (term, kind), own in found.items())


def baseline_of(readings: Iterable[Observation], zero: PartialDate | None) -> Baseline:
    """Return the last reading of each quantity before the first dose that counts."""
    begin = zero.utc() if zero is not None else None
    if begin is None:
        return {}
    found: dict[ObservationKind, tuple[dt.datetime, Observation]] = {}
    for reading in readings:
        when = _instant(reading)
        if when is None or when > begin or reading.kind is None or not is_evidence(reading):
            continue
        known = found.get(reading.kind)
        if known is None or when >= known[0]:
            found[reading.kind] = (when, reading)
    return {kind: reading for kind, (_when, reading) in found.items()}


def passed_by(
    reading: Observation, rules: Iterable[WatchRule], baseline: Baseline
) -> tuple[Passed, ...]:
    """Return the rules that ``reading`` is beyond; a reading without a number is beyond none."""
    found = (_passed(reading, rule, baseline) for rule in rules if rule.kind is reading.kind)
    return tuple(p for p in found if p is not None)


def flag_words(reading: Observation, rules: Iterable[WatchRule], baseline: Baseline) -> str:
    """Return which rules a reading is beyond: ``over 180, 42 % over baseline``; else empty.

    A reading in question raises no flag until a person says that it is right.
    """
    words: list[str] = []
    if not is_evidence(reading):
        return ""
    for passed in passed_by(reading, rules, baseline):
        if passed.by_limit:
            over = _("over {limit}") if passed.rule.side is Side.ABOVE else _("under {limit}")
            words.append(over.format(limit=passed.rule.limit))
        else:
            words.append(_percent_words(passed))
    return ", ".join(dict.fromkeys(words))


def repeats(watched: Watched) -> tuple[Repeat, ...]:
    """Return what is to be read again: each quantity whose last reading is beyond a rule.

    A reading in question asks too where it is in the severe band, or beyond a limit that has none;
    elsewhere it is passed over.
    """
    found: dict[ObservationKind, Repeat] = {}
    for finding, points in _seen(watched, _may_ask):
        last = next((p for p in reversed(points) if _asks(p)), None)
        if last is None or not last.passed or not isinstance(last.reading.at, PartialDate):
            continue
        waits = [p.rule.repeat_minutes for p in last.passed if p.rule.repeat_minutes is not None]
        at = later(last.reading.at, min(waits)) if waits else None
        known = found.get(finding.kind)
        if at is not None and (known is None or at.sort_key() < known.at.sort_key()):
            found[finding.kind] = Repeat(at, frozenset((finding.kind,)))
    return tuple(found.values())


def propose(watched: Watched) -> tuple[Proposal, ...]:
    """Return the proposals to be stored: new ones, and open ones that more readings speak for.

    One finding has one open proposal. What was decided on is not proposed again until a reading
    in between was normal, unless it gets worse: the severe band, or another rule of the finding.
    What goes on unchanged after it was taken for an event is added to the proposal of that event.
    """
    changed: list[Proposal] = []
    for finding, points in _seen(watched, is_evidence):
        standing = (p for p in watched.proposals if p.state is not ProposalState.WITHDRAWN)
        own = [p for p in standing if p.rule in finding.codes]
        changed += _of_finding(watched, finding, points, own)
    return tuple(changed)


def witnesses(proposal: Proposal, readings: Iterable[Observation]) -> tuple[Observation, ...]:
    """Return the readings that speak for a proposal and still count, in time order."""
    ids = {w.observation_id for w in proposal.readings}
    found = [(when, r) for r in readings if r.id in ids and (when := _instant(r)) is not None]
    return tuple(r for _when, r in sorted(found, key=lambda pair: pair[0]) if is_evidence(r))


def unsupported(
    proposals: Iterable[Proposal], readings: Sequence[Observation]
) -> tuple[Proposal, ...]:
    """Return the open proposals of which no reading counts any more."""
    opened = (p for p in proposals if p.state is ProposalState.OPEN)
    return tuple(p for p in opened if not witnesses(p, readings))


def peak(seen: Sequence[Observation], rule: WatchRule) -> Observation | None:
    """Return the reading farthest beyond ``rule``, the first of equals; None without one."""
    numbered = [(n, r) for r in seen if (n := _number(r, rule.part)) is not None]
    if not numbered:
        return None
    pick = max if rule.side is Side.ABOVE else min
    best = pick(number for number, _reading in numbered)
    return next(reading for number, reading in numbered if number == best)


# --- one rule and one reading


def _instant(reading: Observation) -> dt.datetime | None:
    return reading.at.utc() if isinstance(reading.at, PartialDate) else None


def _number(reading: Observation, part: ReadingPart | None) -> Decimal | None:
    number = getattr(reading, (part or ReadingPart.VALUE).value)
    return number if isinstance(number, Decimal) else None


def _beyond(number: Decimal, limit: Decimal | None, side: Side | None) -> bool:
    if limit is None:
        return False
    return number > limit if side is Side.ABOVE else number < limit


def _passed(reading: Observation, rule: WatchRule, baseline: Baseline) -> Passed | None:
    number = _number(reading, rule.part)
    if number is None:
        return None
    by_limit = _beyond(number, rule.limit, rule.side)
    severe = _beyond(number, rule.severe, rule.side)
    percent = _change(reading, rule, baseline)
    changed = percent is not None and rule.percent_of_baseline is not None
    by_change = changed and (percent or 0) > (rule.percent_of_baseline or 0)
    if not (by_limit or severe or by_change):
        return None
    return Passed(rule, by_limit or severe, severe, int(percent or 0))


def _change(reading: Observation, rule: WatchRule, baseline: Baseline) -> Decimal | None:
    """Return by how many per cent the reading lies beyond the baseline, on the rule's side."""
    before = baseline.get(rule.kind) if rule.kind is not None else None
    number = _number(reading, rule.part)
    base = _number(before, rule.part) if before is not None else None
    if not base or number is None or rule.percent_of_baseline is None:
        return None
    rise = (number - base) * 100 / base
    return rise if rule.side is Side.ABOVE else -rise


def _percent_words(passed: Passed) -> str:
    above = passed.rule.side is Side.ABOVE
    words = _("{n} % over baseline") if above else _("{n} % under baseline")
    return words.format(n=passed.percent)


# --- one finding


def _may_ask(reading: Observation) -> bool:
    return is_evidence(reading) or reading.status is ObservationStatus.QUESTIONED


def _asks(point: _Point) -> bool:
    """Tell whether a reading says if its quantity is to be read again."""
    alarming = (p.severe or (p.by_limit and p.rule.severe is None) for p in point.passed)
    return is_evidence(point.reading) or any(alarming)


def _seen(
    watched: Watched, wanted: Callable[[Observation], bool]
) -> Iterator[tuple[Finding, list[_Point]]]:
    """Yield each finding with the ``wanted`` readings for and against it, in time order."""
    begin = watched.zero.utc() if watched.zero is not None else None
    if begin is None:
        return
    evidence: dict[ObservationKind, list[tuple[dt.datetime, Observation]]] = {}
    for reading in watched.readings:
        when = _instant(reading)
        if when is None or when <= begin or reading.kind is None or not wanted(reading):
            continue
        evidence.setdefault(reading.kind, []).append((when, reading))
    baseline = baseline_of(watched.readings, watched.zero)
    for finding in findings_of(watched.rules):
        ordered = sorted(evidence.get(finding.kind, ()), key=lambda pair: (pair[0], pair[1].id))
        yield finding, [_Point(w, r, passed_by(r, finding.rules, baseline)) for w, r in ordered]


def _runs(points: Iterable[_Point]) -> Iterator[list[_Point]]:
    """Yield the readings beyond a rule that no normal one parts."""
    run: list[_Point] = []
    for point in points:
        if point.passed:
            run.append(point)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _speaks(run: Sequence[_Point]) -> bool:
    """Tell whether a run is enough for a proposal: two times in a row, or one severe reading."""
    times = {point.when for point in run}
    return len(times) >= _IN_A_ROW or any(p.severe for point in run for p in point.passed)


def _covers(proposal: Proposal, run: Sequence[_Point]) -> bool:
    """Tell whether a proposal is about this run."""
    ids = {w.observation_id for w in proposal.readings}
    if any(point.reading.id in ids for point in run):
        return True
    first = proposal.first.utc() if proposal.first is not None else None
    last = proposal.last.utc() if proposal.last is not None else None
    return first is not None and last is not None and run[0].when <= last and run[-1].when >= first


@dataclass(frozen=True, slots=True)
class _Told:
    """What a run tells beyond what was decided: readings for a new proposal, and for an old one."""

    fresh: Sequence[_Point] = ()
    more: Sequence[_Point] = ()
    of: Proposal | None = None


def _of_finding(
    watched: Watched, finding: Finding, points: Sequence[_Point], own: Sequence[Proposal]
) -> Iterator[Proposal]:
    opened = next((p for p in own if p.state is ProposalState.OPEN), None)
    decided = [p for p in own if p.state is not ProposalState.OPEN]
    misread = _ids(p for p in decided if p.reason in _MISREAD)
    judged = [p for p in decided if p.reason not in _MISREAD]
    fresh: list[_Point] = []
    for run in _runs(points):
        left = [point for point in run if point.reading.id not in misread]
        about = [p for p in judged if _covers(p, run)]
        told = _told(watched, finding, left, about) if about else _Told(left)
        if about or _speaks(left) or (opened is not None and left and _covers(opened, left)):
            fresh += told.fresh
        if told.of is not None and (more := _extended(told.of, told.more)) is not None:
            yield more
    if fresh:
        new = _made(watched, finding, fresh) if opened is None else _extended(opened, fresh)
        if new is not None:
            yield new


def _told(
    watched: Watched, finding: Finding, run: Sequence[_Point], about: Sequence[Proposal]
) -> _Told:
    """Part what follows a decision: from where it got worse on it is new, before it is known."""
    known = _ids(about)
    baseline = baseline_of(watched.readings, watched.zero)
    seen = [
        level
        for reading in watched.readings
        if reading.id in known
        for level in _levels(passed_by(reading, finding.rules, baseline))
    ]
    others = [point for point in run if point.reading.id not in known]
    worse = (n for n, p in enumerate(others) if not _levels(p.passed).issubset(seen))
    begin = next(worse, len(others))
    events = [p for p in about if p.state is not ProposalState.DISMISSED]
    more = others[:begin] if events else []
    return _Told(others[begin:], more, events[-1] if more else None)


def _ids(proposals: Iterable[Proposal]) -> frozenset[str]:
    return frozenset(w.observation_id for p in proposals for w in p.readings)


def _levels(passed: Iterable[Passed]) -> frozenset[tuple[str | None, bool]]:
    """Return the rules that were passed, and once more those whose severe band was reached."""
    return frozenset((p.rule.code, band) for p in passed for band in {False, p.severe})


def _made(watched: Watched, finding: Finding, points: Sequence[_Point]) -> Proposal:
    proposal = Proposal(
        patient_id=watched.patient_id,
        session_id=watched.session_id,
        rule=points[0].passed[0].rule.code,
        term=finding.term,
        state=ProposalState.OPEN,
    )
    return _with(proposal, points)


def _extended(proposal: Proposal, points: Sequence[_Point]) -> Proposal | None:
    """Return the proposal with what more speaks for it; None where nothing does."""
    known = {w.observation_id for w in proposal.readings}
    if all(point.reading.id in known for point in points):
        return None
    return _with(proposal, points)


def _with(proposal: Proposal, points: Sequence[_Point]) -> Proposal:
    times = [p.reading.at for p in points if isinstance(p.reading.at, PartialDate)]
    ends = [*times, *(at for at in (proposal.first, proposal.last) if at is not None)]
    known, said = [w.observation_id for w in proposal.readings], proposal.basis
    ids = dict.fromkeys((*known, *(p.reading.id for p in points)))
    passed = {p.rule.code: p.rule for point in points for p in point.passed}
    new = [rule for rule in passed.values() if limit_words(rule) not in (said or "")]
    if new:
        said = "; ".join(word for word in (said, basis_of(new)) if word)
    return replace(
        proposal,
        basis=said,
        first=min(ends, key=lambda at: at.sort_key()),
        last=max(ends, key=lambda at: at.sort_key()),
        readings=tuple(Witness(observation_id=id_) for id_ in ids),
    )

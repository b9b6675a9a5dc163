"""Duplicates inside the files: one person entered twice, one ID or number on two persons; and who is already known."""
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

from ombun.imports.rules import same_person
from ombun.imports.rules.headings import Field
from ombun.imports.rules.reasons import reason
from ombun.imports.rules.register_row import KnownMember, Reason, RegisterRow
from ombun.imports.rules.register_sheet import SheetRow
from ombun.members.rules.names import NameReading

_ALIKE_MAX = 50


@dataclass(kw_only=True)
class Entry:
    """A data row on its way to a verdict: its values, what is doubted so far, whom it repeats, whom it is."""

    file: str
    sheet: str
    row: SheetRow
    values: RegisterRow
    reasons: list[Reason]
    written_after: str = ""
    reference: str = ""
    repeats: "Entry | None" = None
    known: KnownMember | None = None
    emptied: set[str] = field(default_factory=set)

    def doubt(self, code: str, about: Field | None, **facts: object) -> None:
        """Add a doubt; the field it is about stays empty on commit."""
        if not any(found.code == code and found.facts.get("field") == (about or "") for found in self.reasons):
            self.reasons.append(reason(code=code, row=self.row, field=about, **facts))
        if about is not None:
            self.emptied.add(about.value)

    @property
    def taken(self) -> RegisterRow:
        """The values a commit may write: the doubtful ones are empty."""
        return self.values if not self.emptied else replace(self.values, **dict.fromkeys(self.emptied, None))  # type: ignore[arg-type]

    def is_shared(self, code: str, about: Field, **with_whom: object) -> None:
        """Doubt the ID or number of this entry, which stands on somebody else too."""
        written = self.values.national_id if about is Field.NATIONAL_ID else self.values.member_no
        self.doubt(code, about, digits=written, **with_whom)

    @property
    def place(self) -> dict[str, object]:
        """Whose entry it is and where it stands, in facts."""
        return {"same_file": self.file, "same_sheet": self.sheet, "same_row": self.row.row} | _whose(self.values)


def find_repeated(*, entries: Sequence[Entry]) -> None:
    """Mark in the entries every person entered twice, and every ID or number that stands on two persons.

    Of two entries of a person the one written second is the repetition. Both rows of a shared ID or number are
    doubted, for nobody can tell from the file whose it is.
    """
    for group in _groups(entries, lambda entry: _given(entry.values.national_id)):
        _pairs(group, Field.NATIONAL_ID, "duplicate_id", same_person.is_same_with_one_id)
    for group in _groups(entries, lambda entry: _given(entry.values.member_no)):
        _pairs(group, Field.MEMBER_NO, "duplicate_member_no", same_person.is_same_with_one_number)
    for group in _groups(entries, lambda entry: same_person.name_keys(row=entry.values)):
        _pairs(group, None, "", same_person.is_same_by_name)
    for entry in entries:
        _say_whom_it_repeats(entry)


def _pairs(group: Sequence[Entry], about: Field | None, code: str, is_same: Callable[..., bool]) -> None:
    alone = [entry for entry in group if entry.repeats is None]
    for one, other in combinations(alone[:_ALIKE_MAX], 2):
        if one.repeats is not None or other.repeats is not None:
            continue
        if is_same(one=one.values, other=other.values):
            other.repeats = one
        elif about:
            one.is_shared(code, about, **other.place)
            other.is_shared(code, about, **one.place)
    if about:
        for entry in alone[_ALIKE_MAX:]:
            entry.is_shared(code, about, **alone[0].place)


def _groups(entries: Sequence[Entry], keys: Callable[[Entry], Iterable[str]]) -> list[list[Entry]]:
    """Entries that share a key, each group in the order in which its entries were written."""
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        for key in keys(entry):
            found.setdefault(key, []).append(entry)
    return [sorted(group, key=lambda entry: entry.written_after) for group in found.values() if len(group) > 1]


def _given(value: str | None) -> Iterable[str]:
    return (value,) if value else ()


def _say_whom_it_repeats(entry: Entry) -> None:
    first = entry
    while first.repeats is not None:
        first = first.repeats
    if first is not entry:
        entry.doubt("duplicate_person", None, **first.place, is_variant=_spelt(first.values) != _spelt(entry.values))


def _whose(row: RegisterRow) -> dict[str, object]:
    name = NameReading(name_title=row.name_title, first_name=row.first_name, last_name=row.last_name).full_name
    return {"same_member_no": row.member_no or "-", "same_name": name or "-"}


def _spelt(row: RegisterRow) -> tuple[object, ...]:
    return row.first_name, row.last_name, row.moo


def find_known(*, entries: Sequence[Entry], known: Sequence[KnownMember]) -> None:
    """Find who of the entries is already in the register: by ID, by number, by name; and whom they contradict.

    An entry of a known member under another number is a second entry of that person, not a new number; but whoever
    answers for a row that was questioned (it carries its reference) may give the person another one. An entry that was
    merged is known as itself: `known` names it too.
    """
    known = sorted(known, key=lambda member: member.person is None)  # a person before what was merged into them
    by_id = {member.national_id or "": member for member in known if member.national_id}
    by_number = {member.member_no or "": member for member in known if member.member_no}
    by_reference = {reference: member for member in known for reference in member.references}
    by_name: dict[str, list[KnownMember]] = {}
    for member in known:
        for key in dict.fromkeys(key for said in (member, *member.said_before)
                                 for key in same_person.name_keys(row=said)):
            by_name.setdefault(key, []).append(member)
    for entry in entries:
        told = by_reference.get(entry.reference)
        if told is not None and same_person.is_same_with_one_id(one=entry.values, other=told):
            entry.known = told
        _find_known_one(entry, by_id.get(entry.values.national_id or ""), by_number.get(entry.values.member_no or ""),
                        [member for key in same_person.name_keys(row=entry.values) for member in by_name.get(key, ())])
    seen: dict[int, Entry] = {}
    for entry in sorted(entries, key=lambda entry: entry.written_after):
        if entry.known is None or entry.repeats is not None:
            continue
        first = seen.setdefault(entry.known.member_id, entry)
        if first is not entry:
            entry.repeats = first
            _say_whom_it_repeats(entry)


def _is(entry: Entry, member: KnownMember, is_same: Callable[..., bool]) -> bool:
    """Whether a row is somebody of the register, as they are or as they were before a merge."""
    return any(is_same(one=entry.values, other=said) for said in (member, *member.said_before))


def _find_known_one(
    entry: Entry, with_id: KnownMember | None, with_number: KnownMember | None, with_name: Sequence[KnownMember]
) -> None:
    told = entry.known
    if with_id is not None and with_number is not None and with_id.person_id == with_number.person_id:
        with_id = with_number
    if told is None and with_id is not None and _is(entry, with_id, same_person.is_same_with_one_id):
        entry.known = with_id
    elif with_id is not None and (told is None or with_id.person_id != told.person_id):
        entry.is_shared("duplicate_id", Field.NATIONAL_ID, **_whose(with_id))
    if with_number is not None and (entry.known is None or with_number.person_id != entry.known.person_id):
        if entry.known is None and _is(entry, with_number, same_person.is_same_with_one_number):
            entry.known = with_number
        else:
            entry.is_shared("duplicate_member_no", Field.MEMBER_NO, **_whose(with_number))
    if entry.known is None:
        alike = [member for member in with_name if _is(entry, member, same_person.is_same_by_name)]
        entry.known = alike[-1] if len({member.person_id for member in alike}) == 1 else None
    mine, theirs = entry.taken.member_no, entry.known.member_no if entry.known else None
    if told is None and entry.known and mine and theirs and mine != theirs and entry.repeats is None:
        is_variant = _spelt(entry.known) != _spelt(entry.values)
        entry.doubt("duplicate_person", None, **_whose(entry.known), is_variant=is_variant)

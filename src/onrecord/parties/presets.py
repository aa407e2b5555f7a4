"""Known parties: data files that a user can read and extend."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path

from onrecord.model import OnrecordError, Party, PartyKind, Side
from onrecord.parties.names import Index, slug

SHIPPED = (
    "hollywood.toml",
    "unions_us.toml",
    "employers_us.toml",
    "unions_uk.toml",
    "employers_uk.toml",
    "third_parties.toml",
    "outlets.toml",
)
_SLUG = re.compile(r"[^\W_A-Z]+(?:-[^\W_A-Z]+)*")
_FIELDS = frozenset({"id", "name", "kind", "side", "aliases", "plain", "parent"})


class PresetError(OnrecordError):
    """A file of parties that cannot be used; the message names the file and the entry."""


@dataclass(frozen=True, slots=True)
class Preset:
    """A known party; ``plain`` are those of its names that are ordinary words too."""

    party: Party
    plain: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Presets:
    """Known parties by id, in the order of the files, with an index of their names."""

    by_id: Mapping[str, Preset]
    index: Index = field(repr=False)

    def party(self, id: str) -> Party | None:
        found = self.by_id.get(id)
        return None if found is None else found.party


def load(paths: Sequence[Path] = ()) -> Presets:
    """The shipped parties and those of the user's files; an entry with the id of an earlier one replaces it.

    Raises PresetError when a file cannot be read or an entry is wrong.
    """
    return _loaded(tuple(paths))


@cache
def _shipped() -> tuple[Preset, ...]:
    folder = files("onrecord.parties").joinpath("data")
    return tuple(p for name in SHIPPED for p in _read(folder.joinpath(name).read_text("utf-8"), name))


def _loaded(paths: tuple[Path, ...]) -> Presets:
    by_id = {p.party.id: p for p in _shipped()}
    for path in paths:
        try:
            text = path.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise PresetError(f"{path}: the file of parties cannot be read: {error}") from None
        by_id.update((p.party.id, p) for p in _read(text, str(path)))
    for preset in by_id.values():
        parent = preset.party.parent
        if parent is not None and parent not in by_id:
            raise PresetError(
                f"party {preset.party.id!r} has the parent {parent!r}, which no file of parties defines; "
                "add an entry for it or leave the parent out"
            )
    return Presets(by_id, Index(_names(by_id.values())))


def _names(presets: Iterable[Preset]) -> Iterable[tuple[str, str | None, bool]]:
    for preset in presets:
        for name in dict.fromkeys((preset.party.name, *preset.party.aliases, *preset.plain)):
            yield name, preset.party.id, name in preset.plain


def _read(text: str, source: str) -> list[Preset]:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PresetError(f"{source}: not a TOML file: {error}") from None
    unknown = set(data) - {"defaults", "party"}
    if unknown or not isinstance(data.get("party"), list) or not isinstance(data.get("defaults", {}), dict):
        raise PresetError(f"{source}: expected [[party]] entries and at most one [defaults] table")
    return [
        _entry(data.get("defaults", {}), row, f"{source}, entry {n}")
        for n, row in enumerate(data["party"], start=1)
    ]


def _entry(defaults: Mapping[str, object], row: object, where: str) -> Preset:
    if not isinstance(row, dict) or not isinstance(row.get("name"), str) or not row["name"].strip():
        raise PresetError(f"{where}: a party needs a name")
    where = f"{where} ({row['name']})"
    if unknown := sorted(set(row) - _FIELDS):
        raise PresetError(f"{where}: unknown field {unknown[0]!r}; known are {', '.join(sorted(_FIELDS))}")
    values = {**defaults, **row}
    id = values.get("id", slug(str(row["name"])))
    if not isinstance(id, str) or not _SLUG.fullmatch(id):
        raise PresetError(f"{where}: the id {id!r} is not a slug such as {slug(str(row['name']))!r}")
    try:
        kind = PartyKind(str(values.get("kind", "")))
    except ValueError:
        raise PresetError(f"{where}: kind has to be one of {', '.join(PartyKind)}") from None
    try:
        side = None if values.get("side") is None else Side(str(values["side"]))
    except ValueError:
        raise PresetError(f"{where}: side has to be one of {', '.join(Side)}, or left out") from None
    parent = values.get("parent")
    if parent is not None and not isinstance(parent, str):
        raise PresetError(f"{where}: parent has to be the id of a party")
    plain = _texts(values.get("plain", []), "plain", where)
    aliases = tuple(dict.fromkeys(a for a in (*_texts(values.get("aliases", []), "aliases", where), *plain)))
    return Preset(
        Party(
            id=id,
            name=str(row["name"]),
            kind=kind,
            side=side,
            aliases=tuple(a for a in aliases if a != row["name"]),
            parent=parent,
        ),
        plain,
    )


def _texts(value: object, name: str, where: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(v, str) and v.strip() for v in value):
        raise PresetError(f"{where}: {name} has to be a list of names")
    return tuple(value)

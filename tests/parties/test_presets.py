from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from onrecord.model import PartyKind, Side
from onrecord.parties.lines import traps
from onrecord.parties.names import key, words
from onrecord.parties.presets import PresetError, load

PRESETS = load()


def every_name() -> list[tuple[str, str]]:
    return [(n, p.party.id) for p in PRESETS.by_id.values() for n in (p.party.name, *p.party.aliases)]


@pytest.mark.parametrize("id", sorted(PRESETS.by_id))
def test_each_entry_is_found_by_each_of_its_names(id: str) -> None:
    party = PRESETS.by_id[id].party
    for name in (party.name, *party.aliases):
        line = words(f"They met {name} again", 0, len(f"They met {name} again"))
        at = 3 if name.casefold().startswith("the ") else 2
        found = PRESETS.index.at(line, at)
        assert found is not None and id in found.ids, name
        assert len(found.key) == len(key(name)), f"a longer or shorter name takes the place of {name!r}"


def test_no_name_is_given_twice_without_need() -> None:
    counted = Counter((key(name), id) for name, id in every_name())
    twice = [k for k, n in counted.items() if n > 1]
    # Only the case of letters may tell two names apart: "Unison", "UNISON".
    assert all(len({n for n, id in every_name() if (key(n), id) == k}) > 1 for k in twice)


def test_no_preset_is_hidden_by_a_phrase_that_names_no_party() -> None:
    for name, id in every_name():
        found = words(name, 0, len(name))
        hidden = traps().at(found, 0)
        assert hidden is None or len(hidden.key) < len(key(name)), (name, id)


def test_every_id_is_a_slug_and_every_parent_is_there() -> None:
    for id, preset in PRESETS.by_id.items():
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", id)
        assert preset.party.parent is None or preset.party.parent in PRESETS.by_id


def test_kinds_and_sides_agree() -> None:
    for preset in PRESETS.by_id.values():
        match preset.party.kind:
            case PartyKind.UNION:
                assert preset.party.side is Side.WORKERS
            case PartyKind.EMPLOYER | PartyKind.EMPLOYERS_BODY:
                assert preset.party.side is Side.EMPLOYERS
            case PartyKind.OUTLET | PartyKind.THIRD_PARTY:
                assert preset.party.side is Side.NEITHER
            case PartyKind.COMMITTEE | PartyKind.FACTION | PartyKind.GROUP | PartyKind.PERSON:
                assert preset.party.kind is not PartyKind.PERSON and preset.party.side is not None


def test_a_users_file_adds_and_replaces(tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text(
        '[[party]]\nname = "Lamplighters\' Society"\nkind = "union"\nside = "workers"\naliases = ["LS"]\n'
        '[[party]]\nid = "uaw"\nname = "Auto Workers"\nkind = "union"\nside = "workers"\n',
        "utf-8",
    )
    loaded = load([mine])
    new = loaded.party("lamplighters-society")
    assert new is not None and new.aliases == ("LS",)
    replaced = loaded.party("uaw")
    assert replaced is not None and replaced.name == "Auto Workers"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[[party]]\nkind = 'union'", "entry 1: a party needs a name"),
        ("[[party]]\nname = 'A'\nkind = 'club'", "entry 1 (A): kind has to be one of"),
        ("[[party]]\nname = 'A'\nkind = 'union'\nside = 'left'", "entry 1 (A): side has to be one of"),
        ("[[party]]\nname = 'A'\nkind = 'union'\nalias = ['B']", "entry 1 (A): unknown field 'alias'"),
        ("[[party]]\nname = 'A'\nkind = 'union'\naliases = 'B'", "entry 1 (A): aliases has to be a list"),
        ("[[party]]\nid = 'A b'\nname = 'A'\nkind = 'union'", "entry 1 (A): the id 'A b' is not a slug"),
        ("[[party]]\nname = 'A'\nkind = 'union'\nparent = 'nobody'", "has the parent 'nobody'"),
        ("[[party]\n", "not a TOML file"),
        ("party = 3", "expected [[party]] entries"),
    ],
)
def test_a_wrong_entry_is_named_with_its_file(tmp_path: Path, text: str, says: str) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text(text, "utf-8")
    with pytest.raises(PresetError) as error:
        load([mine])
    assert says in str(error.value)
    assert "mine.toml" in str(error.value) or "parent" in says


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(PresetError, match=r"nowhere\.toml: the file of parties cannot be read"):
        load([tmp_path / "nowhere.toml"])

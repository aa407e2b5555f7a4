"""An index of names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onrecord.text.names import Word, key, slug, words

__all__ = ["Alias", "Index", "Word", "key", "slug", "words"]


@dataclass(frozen=True, slots=True)
class Alias:
    """A name in an index. ``ids`` has several where parties share it; none for a phrase that names no party.

    ``plain``: an ordinary word or common surname too, which counts only with a capital that the beginning of the
    sentence does not explain."""

    key: tuple[str, ...]
    capitals: tuple[bool, ...]
    acronym: bool
    plain: bool
    ids: tuple[str, ...]

    def fits(self, found: Sequence[Word]) -> bool:
        """Whether words with the same key have capitals where the alias has them."""
        if self.acronym:
            return all(w.text.isupper() or not w.text[0].isalpha() for w in found)
        return all(w.capital for w, capital in zip(found, self.capitals, strict=True) if capital)


class Index:
    """Names by their first word, the longest first."""

    def __init__(self, entries: Iterable[tuple[str, str | None, bool]]) -> None:
        """``entries`` are (name, id or None, plain)."""
        merged: dict[tuple[tuple[str, ...], bool], Alias] = {}
        for name, id, plain in entries:
            found = words(name, 0, len(name))
            if len(found) > 1 and found[0].norm == "the":
                found = found[1:]
            letters = "".join(w.text for w in found if w.text.isalnum())
            # "iPad", "Equity UK": only a name all in capitals is an acronym.
            acronym = len(letters) > 1 and letters.isupper()
            this = tuple(w.norm for w in found)
            if not this:
                continue
            before = merged.get((this, acronym))
            capitals = tuple(w.capital for w in found)
            ids: tuple[str, ...] = () if id is None else (id,)
            if before is not None:
                ids = tuple(dict.fromkeys(before.ids + ids))
                plain = plain and before.plain
                capitals = tuple(a and b for a, b in zip(capitals, before.capitals, strict=True))
            merged[this, acronym] = Alias(this, capitals, acronym, plain, ids)
        self._by_first: dict[str, list[Alias]] = {}
        for alias in merged.values():
            self._by_first.setdefault(alias.key[0], []).append(alias)
        for aliases in self._by_first.values():
            aliases.sort(key=lambda a: (-len(a.key), a.acronym, a.key))

    def at(self, sentence: Sequence[Word], i: int) -> Alias | None:
        """The longest name that begins at word ``i``."""
        for alias in self._by_first.get(sentence[i].norm, ()):
            end = i + len(alias.key)
            found = sentence[i:end]
            if tuple(w.norm for w in found) == alias.key and alias.fits(found):
                return alias
        return None

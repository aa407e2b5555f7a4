"""Resolve the source of an attribution: whose words these are, by what it was resolved, or why it was not."""

from __future__ import annotations

from dataclasses import dataclass, field

from onrecord.attribution.lexicon import source_words
from onrecord.attribution.names import Names, Nature
from onrecord.attribution.parts import (
    RELATIVE,
    affiliation_of,
    apposed,
    gender_of,
    head_of,
    outlet_of,
    owner_of,
    side_of,
)
from onrecord.attribution.spans import Attribution
from onrecord.attribution.tree import Range
from onrecord.model import Party, PartyKind, Side, Source, Span

_HE = frozenset({"he", "him", "his", "himself"})
_SHE = frozenset({"she", "her", "hers", "herself"})
_IT = frozenset({"it", "its", "itself"})
_THEY = frozenset({"they", "them", "their", "theirs", "themselves"})
_FIRST = frozenset({"i", "we", "our", "us", "my", "me", "ours"})
_ROLES = frozenset({"nsubj", "nsubjpass", "pobj", "dobj", "appos", "conj"})
_LATELY = 40  # attributions back: nobody further away is meant by a pronoun
_INDEFINITE = frozenset({"none", "nobody", "some", "many", "few", "most", "both", "everyone", "anyone", "all"})


@dataclass(frozen=True, slots=True)
class Speaker:
    """A resolved source and what it is; None when that cannot be told. ``head`` is the token it hangs on,
    ``gender`` the pronoun it answers to where known. ``parties`` has several ids when a source names several."""

    source: Source
    nature: Nature | None
    head: int | None = None
    gender: str | None = None
    parties: tuple[str, ...] = ()
    issued: bool = False  # through a document of its own, or its spokesperson
    first_person: bool = False
    pronoun: bool = False
    outlet: str | None = None  # of a reporter, or of "the Ledger's sources"

    def relaying(self) -> tuple[str, ...]:
        """The names to list when this speaker only relays what another said, innermost first."""
        if self.source.name is None or (self.source.span is None and self.nature is Nature.UNNAMED):
            return ()
        if self.first_person and self.nature is None:
            return ()
        return (self.source.name, *((self.outlet,) if self.outlet else ()))


NOBODY = Speaker(Source(name="unnamed", why="the text leaves the source out"), Nature.UNNAMED)


@dataclass(slots=True)
class Speakers:
    """Resolves the sources of one document in text order and remembers who has spoken.

    ``voice`` is the party that says "we" in a document of its own, None elsewhere.
    """

    names: Names
    voice: Party | None = None
    spoken: list[tuple[int, Speaker]] = field(default_factory=list)
    _open: set[int] = field(default_factory=set)  # pronouns being resolved
    _subjects: dict[int, list[Speaker]] = field(default_factory=dict)

    def resolve(self, attribution: Attribution) -> Speaker:
        """The speaker of an attribution."""
        if not attribution.source:
            return NOBODY
        span = Span(attribution.source[0].start, attribution.source[-1].end)
        if len(attribution.source) > 1:
            span = attribution.source[-1]
        tokens = self.names.parsed.tokens(span)
        if len(tokens) == 0:
            return Speaker(Source(name=None, span=span, why="no words in the source"), None)
        found = self.of_phrase((tokens.start, tokens.end))
        if found.head is not None and found.source.name is not None:
            self.spoken.append((tokens.start, found))
        return found

    def cited(self, attribution: Attribution, speaker: Speaker) -> Speaker | None:
        """Of "the Ledger, citing two officials, reported": the officials."""
        if not attribution.cue or not (speaker.nature is Nature.OUTLET or speaker.outlet):
            return None
        grid, parsed = self.names.grid, self.names.parsed
        sentence = parsed.sentence_at(attribution.cue[0].start)
        if sentence is None:
            return None
        for token in range(sentence.first, sentence.last):
            if grid.words[token] == "citing" and not any(
                c.holds(parsed.span(token, token + 1)) for c in attribution.content
            ):
                named = grid.child(token, "dobj")
                found = self.of_phrase(grid.subtree(named)) if named is not None else None
                if found is not None and found.nature in {Nature.UNNAMED, Nature.PERSON, Nature.ORGANISATION}:
                    return found
        return None

    def of_phrase(self, found: Range) -> Speaker:
        """The speaker that a noun phrase stands for."""
        grid = self.names.grid
        head = head_of(self.names, found)
        span = self.names.parsed.span(*found)
        word = grid.words[head]
        if word in RELATIVE and grid.pos[head] in {"PRON", "SCONJ", "DET"}:
            return self._antecedent(head, span)
        both = self._several(found, head, span)
        if both is not None:
            return both
        nature = self.names.nature(head)
        if nature is Nature.PRONOUN:
            return self._pronoun(head, span)
        if nature is Nature.DOCUMENT:
            return self._issuer(head, found, span)
        if nature is Nature.SPOKESPERSON:
            return self._spokesperson(head, found, span)
        if nature is Nature.UNNAMED and self.names.party(head) is None:
            named = apposed(self.names, head, found)
            if named is not None:
                return self._person(named, head, found, span)
        if nature is Nature.PERSON:
            return self._person(head, head, found, span)
        if nature in {Nature.UNNAMED, Nature.THING}:
            return self._described(head, found, span, nature)
        return self._organisation(head, found, span, nature)

    # --------------------------------------------------------------------- kinds of phrases

    def _person(self, named: int, head: int, found: Range, span: Span) -> Speaker:
        party = self.names.party(named)
        affiliation = affiliation_of(self.names, found, named)
        person = party if party is not None and self.names.nature(named) is Nature.PERSON else None
        side = (person.side if person else None) or (affiliation.side if affiliation else None)
        source = Source(
            name=self.names.name(named),
            span=span,
            party=person.id if person else None,
            side=side,
            affiliation=affiliation.name if affiliation else None,
            why="named" if named == head else "named in an apposition",
        )
        outlet = affiliation.name if affiliation and affiliation.kind is PartyKind.OUTLET else None
        return Speaker(source, Nature.PERSON, named, gender_of(self.names, found), outlet=outlet)

    def _organisation(self, head: int, found: Range, span: Span, nature: Nature) -> Speaker:
        party = self.names.party(head)
        if party is not None:
            mention = self.names.who.at(self.names.span(head))
            why = (mention.why if mention else "") or "names the party"
            source = Source(name=party.name, span=span, party=party.id, side=party.side, why=why)
            return Speaker(source, nature, head, "it", parties=(party.id,))
        plain = self.names.grid.pos[head] == "NOUN"
        name = self.names.description(head, found) if plain else self.names.name(head)
        why = "an organisation without a name: no single party it could be" if plain else "named"
        return Speaker(Source(name=name, span=span, why=why), nature, head, "it")

    def _described(self, head: int, found: Range, span: Span, nature: Nature) -> Speaker:
        party = self.names.party(head)
        name = self.names.description(head, found)
        side = party.side if party else side_of(self.names, found, head)
        why = "a description: the text gives no name"
        source = Source(name=name, span=span, party=party.id if party else None, side=side, why=why)
        if party is not None and party.side is Side.EMPLOYERS:
            # "The studios say": companies speak through their body, workers do not through theirs.
            return Speaker(source, Nature.ORGANISATION, head, "they", parties=(party.id,))
        several = self.names.grid.pos[head] == "NUM" and self.names.grid.words[head] != "one"
        plural = self.names.grid.tags[head] in {"NNS", "NNPS"} or several
        return Speaker(
            source,
            nature,
            head,
            "they" if plural else gender_of(self.names, found),
            outlet=outlet_of(self.names, head, found),
        )

    def _spokesperson(self, head: int, found: Range, span: Span) -> Speaker:
        named = apposed(self.names, head, found)
        body = owner_of(self.names, head, found)
        if named is not None:
            return self._person(named, head, found, span)
        if body is None:
            name = self.names.description(head, found)
            return Speaker(
                Source(name=name, span=span, why="a spokesperson"), Nature.SPOKESPERSON, head, issued=True
            )
        of = self.of_phrase(body)
        if of.nature is not Nature.ORGANISATION:
            whose = f"{of.source.name}'s {self.names.grid.words[head]}" if of.source.name else None
            source = Source(name=whose, span=span, side=of.source.side, why="a spokesperson")
            return Speaker(source, Nature.SPOKESPERSON, head, gender_of(self.names, found), issued=True)
        source = Source(
            name=of.source.name, span=span, party=of.source.party, side=of.source.side, why="its spokesperson"
        )
        return Speaker(source, Nature.ORGANISATION, head, gender_of(self.names, found), of.parties, issued=True)

    def _issuer(self, head: int, found: Range, span: Span) -> Speaker:
        """Who issued a document that speaks."""
        body = owner_of(self.names, head, found)
        word = self.names.grid.lemmas[head]
        if body is not None:
            of = self.of_phrase(body)
            if of.nature in {Nature.ORGANISATION, Nature.OUTLET, Nature.PERSON, Nature.SPOKESPERSON}:
                source = Source(
                    name=of.source.name,
                    span=span,
                    party=of.source.party,
                    side=of.source.side,
                    affiliation=of.source.affiliation,
                    why=f"its {word}: {of.source.why}" if of.nature is Nature.ORGANISATION else of.source.why,
                )
                return Speaker(source, of.nature, head, "it", of.parties, issued=True)
        if word in source_words().outlet_items and word not in source_words().documents:
            name = self.names.description(head, found)
            return Speaker(
                Source(name=name, span=span, why="an outlet's, without its name"), Nature.OUTLET, head, "it"
            )
        last = self._last_organisation(head)
        if last is not None and body is None:
            why = f"the {word} of the organisation that spoke last"
            source = Source(
                name=last.source.name, span=span, party=last.source.party, side=last.source.side, why=why
            )
            return Speaker(source, Nature.ORGANISATION, head, "it", last.parties, issued=True)
        name = self.names.description(head, found)
        return Speaker(Source(name=name, span=span, why="a document whose issuer is not said"), None, head, "it")

    def _several(self, found: Range, head: int, span: Span) -> Speaker | None:
        """ "The guild and the alliance", "both sides"."""
        ids = self.names.who.both_sides(span)
        if ids:
            named = [p.name for p in (self.names.who.party(i) for i in ids) if p is not None]
            source = Source(name=" and ".join(named), span=span, why="both sides of the dispute")
            return Speaker(source, Nature.ORGANISATION, head, "they", ids)
        grid = self.names.grid
        heads = [head]
        for kid in grid.kids[head]:
            if grid.deps[kid] == "conj" and kid < found[1]:
                heads.append(kid)
        if len(heads) < 2:
            return None
        each = [self.names.nature(h) for h in heads]
        if not all(n in {Nature.ORGANISATION, Nature.PERSON, Nature.OUTLET} for n in each):
            return None
        parties = [self.names.party(h) for h in heads]
        name = " and ".join(self.names.name(h) for h in heads)
        nature = each[0] if len(set(each)) == 1 else Nature.ORGANISATION
        source = Source(name=name, span=span, why="several sources together")
        return Speaker(source, nature, head, "they", tuple(p.id for p in parties if p is not None))

    # --------------------------------------------------------------------- words that point elsewhere

    def _antecedent(self, head: int, span: Span) -> Speaker:
        grid = self.names.grid
        verb = grid.heads[head]
        while grid.deps[verb] not in {"relcl", "acl", "ROOT"}:
            verb = grid.heads[verb]
        noun = grid.heads[verb]
        if noun == verb or noun > head or verb in self._open:
            return Speaker(Source(name=None, span=span, why="a relative clause without antecedent"), None)
        self._open.add(verb)
        found = self.of_phrase((grid.left[noun], max(noun + 1, min(grid.right[noun], head))))
        self._open.discard(verb)
        return found

    def _pronoun(self, head: int, span: Span) -> Speaker:
        word = self.names.grid.words[head]
        if word in _FIRST:
            return self._first_person(head, span)
        form = "he" if word in _HE else "she" if word in _SHE else "it" if word in _IT else "they"
        if word not in _HE | _SHE | _IT | _THEY:
            name = self.names.text((head, head + 1))
            return Speaker(Source(name=name, span=span, why="an indefinite pronoun"), Nature.UNNAMED, head)
        if head in self._open:
            return Speaker(Source(name=None, span=span, why=f"{word!r} stands for itself"), None, pronoun=True)
        self._open.add(head)
        groups = self._candidates(head)
        self._open.discard(head)
        for group, where in groups:
            fitting = _distinct([s for s in group if _fits(s, form)])
            if len(fitting) > 1:
                spoke = {id(s) for _, s in self.spoken[-_LATELY:]}
                fitting = [s for s in fitting if id(s) in spoke] or fitting
            if len(fitting) == 1:
                of = fitting[0]
                source = Source(
                    name=of.source.name,
                    span=span,
                    party=of.source.party,
                    side=of.source.side,
                    affiliation=of.source.affiliation,
                    why=f"{word!r}: the only one it can be {where}",
                )
                gender = of.gender if form == "they" else form
                return Speaker(source, of.nature, head, gender, of.parties, of.issued, pronoun=True)
            if len(fitting) > 1:
                several = ", ".join(str(s.source.name) for s in fitting)
                return Speaker(
                    Source(name=None, span=span, why=f"{word!r} could be {several}"), None, pronoun=True
                )
        return Speaker(
            Source(name=None, span=span, why=f"nobody {word!r} could be stands near"), None, pronoun=True
        )

    def _first_person(self, head: int, span: Span) -> Speaker:
        if self.voice is not None:
            source = Source(
                name=self.voice.name,
                span=span,
                party=self.voice.id,
                side=self.voice.side,
                why="the organisation that issued the document speaks",
            )
            return Speaker(source, Nature.ORGANISATION, head, None, (self.voice.id,), first_person=True)
        article = self.names.parsed.article
        name = article.outlet or article.byline
        return Speaker(Source(name=name, span=span, why="the author"), None, head, first_person=True)

    # --------------------------------------------------------------------- candidates

    def _candidates(self, head: int) -> list[tuple[list[Speaker], str]]:
        """Those a pronoun could stand for, nearest first: earlier in its sentence and the sentence before, then
        the paragraph, then the last to speak in the paragraph before."""
        parsed = self.names.parsed
        here = parsed.sentence_of(head)
        if here is None:
            return []
        nearby: list[tuple[list[Speaker], str]] = []
        same = self._people_in(here.first, head)
        nearby.append((same, "earlier in the sentence"))
        first = here.n - 1
        while first > 0 and parsed.sentences[first - 1].block == here.block:
            first -= 1
        earlier = parsed.sentences[first : here.n - 1]
        for sentence in reversed(earlier):
            nearby.append((self._people_in(sentence.first, sentence.last), "in the sentences before"))
        if len(earlier) < 2:
            before = [s for at, s in self.spoken[-_LATELY:] if at < here.first and self._near(at, here.block)]
            nearby.append((before[-1:], "who spoke in the paragraph before"))
        return nearby

    def _spoke(self, token: int) -> Speaker | None:
        """Who spoke through the phrase of a token."""
        left = self.names.grid.left[token]
        return next((s for at, s in self.spoken[-_LATELY:] if s.head == token or left <= at <= token), None)

    def _near(self, token: int, block: int) -> bool:
        sentence = self.names.parsed.sentence_of(token)
        return sentence is not None and block - 1 <= sentence.block <= block

    def _people_in(self, first: int, last: int) -> list[Speaker]:
        """Subjects and other names of a stretch; where a subject fits, it is what a pronoun takes up."""
        known = self._subjects.get(first * 1_000_003 + last)
        if known is not None:
            return known
        grid = self.names.grid
        out: list[Speaker] = []
        for token in range(first, last):
            if grid.deps[token] not in _ROLES or grid.pos[token] in {"VERB", "AUX"}:
                continue
            if grid.words[token] in _INDEFINITE:
                continue
            subject = grid.deps[token] in {"nsubj", "nsubjpass"}
            spoke = self._spoke(token)
            if grid.pos[token] == "PRON":
                if spoke is not None and spoke.head == token:
                    out.append(spoke)
                continue
            nature = self.names.nature(token)
            if nature is Nature.PERSON or (subject and nature in {Nature.UNNAMED, Nature.ORGANISATION}):
                joined = grid.child(token, "cc") or grid.right[token]
                out.append(self.of_phrase((grid.left[token], max(token + 1, min(joined, last)))))
            elif subject and nature is Nature.SPOKESPERSON:
                out.append(self.of_phrase(grid.subtree(token)))
        self._subjects[first * 1_000_003 + last] = out
        return out

    def _last_organisation(self, before: int) -> Speaker | None:
        here = self.names.parsed.sentence_of(before)
        if here is None:
            return None
        for at, speaker in reversed(self.spoken):
            if at < before and speaker.nature is Nature.ORGANISATION and speaker.source.name:
                sentence = self.names.parsed.sentence_of(at)
                near = sentence is not None and here.block - 1 <= sentence.block
                return speaker if near else None
        return None


def _fits(speaker: Speaker, form: str) -> bool:
    if form in {"he", "she"}:
        human = speaker.nature in {Nature.PERSON, Nature.UNNAMED, Nature.SPOKESPERSON} or (
            speaker.issued and speaker.gender in {"he", "she"}
        )
        return human and speaker.gender in {None, form}
    if form == "it":
        return speaker.nature in {Nature.ORGANISATION, Nature.OUTLET} and speaker.gender != "they"
    return speaker.gender == "they" or len(speaker.parties) > 1


def _distinct(speakers: list[Speaker]) -> list[Speaker]:
    out: dict[str, Speaker] = {}
    for speaker in speakers:
        if speaker.source.name is not None:
            out.setdefault(speaker.source.name, speaker)
    return list(out.values())

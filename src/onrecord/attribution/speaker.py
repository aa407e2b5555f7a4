"""Resolve the source of an attribution: whose words these are, by what it was resolved, or why it was not."""

from __future__ import annotations

from dataclasses import dataclass, field

from onrecord.attribution.lexicon import source_words
from onrecord.attribution.names import Names, Nature
from onrecord.attribution.parts import (
    RELATIVE,
    affiliation_of,
    apposed,
    bearer_of,
    gender_of,
    head_of,
    issued_before,
    outlet_of,
    owner_of,
    sender_of,
    side_of,
)
from onrecord.attribution.quotations import Quotation, around
from onrecord.attribution.spoken import LATELY, NOBODY, Speaker, again, distinct, fits, taken_up
from onrecord.attribution.tree import Range
from onrecord.model import Attribution, Party, PartyKind, Side, Source, Span

_HE = frozenset({"he", "him", "his", "himself"})
_SHE = frozenset({"she", "her", "hers", "herself"})
_IT = frozenset({"it", "its", "itself"})
_THEY = frozenset({"they", "them", "their", "theirs", "themselves"})
_FIRST = frozenset({"i", "we", "our", "us", "my", "me", "ours"})
_ROLES = frozenset({"nsubj", "nsubjpass", "pobj", "dobj", "appos", "conj"})
_COLLECTIVE = frozenset(
    {"public", "staff", "crew", "crowd", "media", "management", "leadership", "press", "people"}
)
_SIDES = frozenset({"side", "party", "camp"})
_INDEFINITE = frozenset({"none", "nobody", "some", "many", "few", "most", "both", "everyone", "anyone", "all"})


@dataclass(slots=True)
class Speakers:
    """Resolves the sources of one document in text order and remembers who has spoken.

    ``voice`` is the party that says "we" in a document of its own, None elsewhere.
    """

    names: Names
    voice: Party | None = None
    quoted: tuple[Quotation, ...] = ()
    spoken: list[tuple[int, Speaker]] = field(default_factory=list)
    _open: set[int] = field(default_factory=set)  # pronouns being resolved
    _subjects: dict[tuple[int, int, bool], list[Speaker]] = field(default_factory=dict)

    def resolve(self, attribution: Attribution) -> Speaker:
        """The speaker of an attribution."""
        if not attribution.source:
            return self._issuer_of_cue(attribution) or NOBODY
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

    def _issuer_of_cue(self, attribution: Attribution) -> Speaker | None:
        """Of "the guild said in a statement that ...", where the statement is the cue: the guild."""
        grid = self.names.grid
        for cue in attribution.cue:
            tokens = self.names.parsed.tokens(cue)
            for token in range(tokens.start, tokens.end):
                document = grid.pos[token] == "NOUN" and self.names.nature(token) is Nature.DOCUMENT
                issuer = sender_of(self.names, token) if document else None
                if issuer is not None:
                    return self.of_phrase(issuer)
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
            return self._met_before(head, found, span, nature) or self._described(head, found, span, nature)
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
        return Speaker(source, Nature.PERSON, named, gender_of(self.names, found, head), outlet=outlet)

    def _organisation(self, head: int, found: Range, span: Span, nature: Nature) -> Speaker:
        party = self.names.party(head)
        if party is not None:
            mention = self.names.who.at(self.names.span(head))
            why = (mention.why if mention else "") or "names the party"
            source = Source(name=party.name, span=span, party=party.id, side=party.side, why=why)
            return Speaker(source, nature, head, "it", parties=(party.id,))
        plain = self.names.grid.pos[head] == "NOUN"
        full = self.names.full_form(head, found) if plain else None
        if full is not None:
            return self._organisation(full, (full, full + 1), span, nature)
        name = self.names.description(head, found) if plain else self.names.name(head)
        why = "an organisation without a name: no single party it could be" if plain else "named"
        return Speaker(Source(name=name, span=span, why=why), nature, head, "it")

    def _met_before(self, head: int, found: Range, span: Span, nature: Nature) -> Speaker | None:
        """Who a description takes up: the one person whose role it is, or who spoke as such."""
        if nature is not Nature.UNNAMED or self.names.party(head) is not None:
            return None
        bearer, before = bearer_of(self.names, head, found), taken_up(self.names, head, found, self.spoken)
        if bearer is not None and before is None:
            name = self.names.name(bearer)
            source = Source(name=name, span=span, why="the one person told to have this role")
            return Speaker(source, Nature.PERSON, head, gender_of(self.names, found, head))
        return again(self.names, found, before) if before is not None and bearer is None else None

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
        collective = self.names.grid.words[head] in _COLLECTIVE
        plural = self.names.grid.tags[head] in {"NNS", "NNPS"} or several or collective
        return Speaker(
            source,
            nature,
            head,
            "they" if plural else gender_of(self.names, found, head),
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
            return Speaker(source, Nature.SPOKESPERSON, head, gender_of(self.names, found, head), issued=True)
        source = Source(
            name=of.source.name, span=span, party=of.source.party, side=of.source.side, why="its spokesperson"
        )
        return Speaker(
            source, Nature.ORGANISATION, head, gender_of(self.names, found, head), of.parties, issued=True
        )

    def _issuer(self, head: int, found: Range, span: Span) -> Speaker:
        """Who issued a document that speaks."""
        word = self.names.grid.lemmas[head]
        body = owner_of(self.names, head, found)
        if body is None and self.names.grid.words[found[0]] in {"the", "this", "that"}:
            body = issued_before(self.names, head)
        if body is not None and head not in self._open:
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
        ids = self.names.who.both_sides(span) or self._neither(found, head)
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

    def _neither(self, found: Range, head: int) -> tuple[str, ...]:
        """Both leading parties, where a phrase says "neither side" or "each side"."""
        grid, who = self.names.grid, self.names.who
        determiner = grid.words[found[0]] in {"neither", "either", "each"}
        if found[1] - found[0] != 2 or not determiner or grid.lemmas[head] not in _SIDES:
            return ()
        return (who.workers, who.employers) if who.workers is not None and who.employers is not None else ()

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
            fitting = distinct([s for s in group if fits(s, form)])
            if len(fitting) > 1:
                spoke = {id(s) for _, s in self.spoken[-LATELY:]}
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
        within = around(self.quoted, head) is not None
        same = self._people_in(here.first, head, within=within)
        nearby.append((same, "earlier in the sentence"))
        first = here.n - 1
        while first > 0 and parsed.sentences[first - 1].block == here.block:
            first -= 1
        earlier = parsed.sentences[first : here.n - 1]
        for sentence in reversed(earlier):
            nearby.append(
                (self._people_in(sentence.first, sentence.last, within=within), "in the sentences before")
            )
        if len(earlier) < 2:
            before = [s for at, s in self.spoken[-LATELY:] if at < here.first and self._near(at, here.block)]
            nearby.append((before[-1:], "who spoke in the paragraph before"))
        return nearby

    def _spoke(self, token: int) -> Speaker | None:
        """Who spoke through the phrase of a token."""
        left = self.names.grid.left[token]
        return next((s for at, s in self.spoken[-LATELY:] if s.head == token or left <= at <= token), None)

    def _near(self, token: int, block: int) -> bool:
        sentence = self.names.parsed.sentence_of(token)
        return sentence is not None and block - 1 <= sentence.block <= block

    def _people_in(self, first: int, last: int, *, within: bool) -> list[Speaker]:
        """Subjects and other names of a stretch; where a subject fits, it is what a pronoun takes up. Those within
        quotation marks count only for a pronoun ``within`` such marks."""
        known = self._subjects.get((first, last, within))
        if known is not None:
            return known
        grid = self.names.grid
        out: list[Speaker] = []
        for token in range(first, last):
            if grid.deps[token] not in _ROLES or grid.pos[token] in {"VERB", "AUX"}:
                continue
            if grid.words[token] in _INDEFINITE or (not within and around(self.quoted, token) is not None):
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
        self._subjects[first, last, within] = out
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

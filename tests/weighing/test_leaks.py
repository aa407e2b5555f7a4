from datetime import date

from onrecord.model import (
    Article,
    Authority,
    Block,
    BlockRole,
    Dated,
    Event,
    EventStatus,
    EventType,
    Mention,
    Participant,
    Party,
    PartyKind,
    Precision,
    Quote,
    ReadArticle,
    Reading,
    Side,
    Source,
    Span,
    StandingInterval,
    State,
    Statement,
)
from onrecord.weighing import blackouts, leaks
from onrecord.weighing.leaks import words

UNION = Party(id="union", name="Stagehands' Union", kind=PartyKind.UNION, side=Side.WORKERS, aliases=("union",))
HOUSES = Party(id="houses", name="Theatre Owners", kind=PartyKind.EMPLOYERS_BODY, side=Side.EMPLOYERS)


def span_of(text, words):
    at = text.index(words)
    return Span(at, at + len(words))


def document(text, day, *, said=(), events=()):
    """``said``: (source, authority, side, content); ``events``: (type, evidence, parties, when); all in words."""
    id = f"d{day}{len(text)}"
    statements = tuple(
        Statement(
            id=f"{id}-{n}",
            document=id,
            source=Source(name=source, span=span_of(text, source), side=side),
            cue=None,
            content=(span_of(text, content),),
            quote=Quote.INDIRECT,
            authority=authority,
        )
        for n, (source, authority, side, content) in enumerate(said)
    )
    happened = tuple(
        Event(
            id=f"{id}-e{n}",
            document=id,
            type=kind,
            status=EventStatus.HAPPENED,
            participants=tuple(Participant(name=p, role="actor", party=p) for p in parties),
            evidence=span_of(text, evidence),
            when=when,
            statement=next((s.id for s in statements if s.content[0].holds(span_of(text, evidence))), None),
        )
        for n, (kind, evidence, parties, when) in enumerate(events)
    )
    dated = Dated(value=date.fromisoformat(day), precision=Precision.DAY)
    mentions = tuple(Mention(span=span_of(text, p.name), party=p.id) for p in (UNION, HOUSES) if p.name in text)
    article = Article(
        id=id,
        capture_sha256="0",
        name=id,
        source=id,
        text=text,
        blocks=(Block(Span(0, len(text)), BlockRole.PARAGRAPH),),
        published=dated,
    )
    reading = Reading(
        document=id,
        reader="test",
        kind=None,
        published=dated,
        parties=(UNION, HOUSES),
        mentions=mentions,
        statements=statements,
        events=happened,
    )
    return ReadArticle(article=article, reading=reading)


SILENCE = document(
    "Both camps agreed on a media blackout on Monday.",
    "2024-06-04",
    events=[(EventType.MEDIA_BLACKOUT, "a media blackout", ("union", "houses"), "2024-06-03")],
)


def interval(state, first):
    return StandingInterval(
        state=state,
        first=date.fromisoformat(first),
        last=None,
        since_known=True,
        established=True,
        authority=None,
        evidence=(),
    )


def test_a_blackout_runs_from_its_day_to_what_ends_it():
    (found,) = blackouts([SILENCE], (), [interval(State.TENTATIVE_AGREEMENT, "2024-06-20")])
    assert (found.first, found.first_known, found.last) == (date(2024, 6, 3), True, date(2024, 6, 20))
    assert "tentative agreement" in found.why
    (open_one,) = blackouts([SILENCE], (), ())
    assert open_one.last is None


def test_a_joint_statement_rule_is_a_blackout_too():
    rule = document("The parties speak only through joint statements.", "2024-06-05")
    (found,) = blackouts([rule], (), ())
    assert (found.first, found.first_known) == (date(2024, 6, 5), False)


def test_an_insider_and_a_side_are_told_whose_account_it_is_as_the_text_says():
    broken = document(
        "A person close to the Theatre Owners said that a deal was near. A passer-by hoped for a deal soon. "
        "Stagehands' Union said that the offer was thin.",
        "2024-06-10",
        said=[
            ("A person close to the Theatre Owners", Authority.UNNAMED, None, "a deal was near"),
            ("A passer-by", Authority.UNNAMED, None, "for a deal soon"),
            ("Stagehands' Union", Authority.PARTY, Side.WORKERS, "the offer was thin"),
        ],
    )
    found = leaks([SILENCE, broken], blackouts([SILENCE], (), ()))
    assert [(x.authority, x.carries, x.speaker) for x in found] == [
        (Authority.UNNAMED, Side.EMPLOYERS, None),
        (Authority.PARTY, Side.WORKERS, "Stagehands' Union"),
    ]


def test_outside_a_blackout_nothing_is_a_leak():
    late = document(
        "Sources say that a deal was near.",
        "2024-06-25",
        said=[("Sources", Authority.UNNAMED, None, "a deal was near")],
    )
    silences = blackouts([SILENCE], (), [interval(State.TENTATIVE_AGREEMENT, "2024-06-20")])
    assert leaks([SILENCE, late], silences) == ()


def test_a_party_that_calls_a_publication_a_leak_is_marked_as_spin():
    charge = document(
        "The Stagehands' Union said that the Theatre Owners had leaked the offer when it published it in full.",
        "2024-06-10",
        said=[("The Stagehands' Union", Authority.PARTY, Side.WORKERS, "the Theatre Owners had leaked the offer")],
        events=[(EventType.LEAK_REPORTED, "had leaked the offer", ("houses",), None)],
    )
    (found,) = [x for x in leaks([charge], ()) if x.charge]
    assert (found.spin, found.carries) == (True, Side.WORKERS)
    assert "employers" in found.why


def test_the_words_of_the_data_file_are_used():
    assert words().insider.search("somebody with knowledge of the talks")
    assert words().rule.search("neither party is supposed to talk")
    assert not words().talks.search("the weather was fine")

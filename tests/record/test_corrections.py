"""What people rule on parties: seen through it a reading changes, the machine's rows never do."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.model import (
    Authority,
    Certainty,
    Dispute,
    Event,
    EventStatus,
    EventType,
    Mention,
    Participant,
    Party,
    PartyKind,
    Quote,
    ReadArticle,
    Reading,
    Side,
    Source,
    Span,
    Statement,
)
from onrecord.record.corrections import Correction, Corrections, Matter, Rulings, corrected, facing
from tests.factories import article, dated

TEXT = (
    "The Quay Crews Union walked out at Bolt Docks. The quay folk said no. Rosa Tan, of Local 9, said the crew "
    "lodge agreed. Bolt Docks and the Quay Crews Union said so."
)
UNION = Party(id="qcu", name="Quay Crews Union", kind=PartyKind.UNION, side=Side.WORKERS, aliases=("QCU",))
FIRM = Party(id="bolt-docks", name="Bolt Docks", kind=PartyKind.EMPLOYER)
LOCAL = Party(id="local-9", name="Local 9", kind=PartyKind.UNION)
ROSA = Party(id="rosa-tan", name="Rosa Tan", kind=PartyKind.PERSON, parent="local-9", aliases=("Tan",))
KNOWN = {p.id: p for p in (UNION, FIRM, LOCAL, ROSA)}


def at(words: str, last: bool = False) -> Span:
    start = TEXT.rindex(words) if last else TEXT.index(words)
    return Span(start, start + len(words))


def said(source: Source, authority: Authority, id: str) -> Statement:
    return Statement(
        id=id,
        document="doc",
        source=source,
        cue=None,
        content=(at("agreed"),),
        quote=Quote.INDIRECT,
        authority=authority,
        via=("Quay Crews Union",),
        certainty=Certainty.CERTAIN,
    )


STATEMENTS = (
    said(Source(name="quay folk", span=at("The quay folk"), why="a description"), Authority.UNNAMED, "s1"),
    said(
        Source(name="Rosa Tan", span=at("Rosa Tan"), party="rosa-tan", affiliation="Local 9"),
        Authority.NAMED,
        "s2",
    ),
    said(Source(name="Bolt Docks and Quay Crews Union", span=at("Bolt Docks", True)), Authority.JOINT, "s3"),
    said(Source(name="Quay Crews Union", party="qcu", side=Side.WORKERS), Authority.PARTY, "s4"),
)
READ = ReadArticle(
    article=article(TEXT),
    reading=Reading(
        document="doc",
        reader="r",
        kind=None,
        published=dated("2024-04-08"),
        parties=tuple(KNOWN[i] for i in sorted(KNOWN)),
        mentions=(
            Mention(span=at("Quay Crews Union"), party="qcu"),
            Mention(span=at("Bolt Docks"), party="bolt-docks"),
            Mention(span=at("Rosa Tan"), party="rosa-tan"),
            Mention(span=at("Local 9"), party="local-9"),
            Mention(span=at("Bolt Docks", True), party="bolt-docks"),
            Mention(span=at("Quay Crews Union", True), party="qcu"),
        ),
        statements=STATEMENTS,
        events=(
            Event(
                id="e1",
                document="doc",
                type=EventType.STRIKE_START,
                status=EventStatus.HAPPENED,
                participants=(Participant(name="Quay Crews Union", role="actor", party="qcu"),),
                evidence=at("walked out"),
            ),
        ),
    ),
)


def ruled(*rulings: tuple[str, Matter, str] | tuple[str, Matter, str, bool], known=KNOWN):  # type: ignore[no-untyped-def]
    made = tuple(
        Correction(number=n, party=r[0], matter=r[1], value=r[2], holds=r[3] if len(r) > 3 else True)
        for n, r in enumerate(rulings, start=1)
    )
    return Rulings.of(made, known)


def seen(*rulings: tuple[str, Matter, str] | tuple[str, Matter, str, bool]) -> Reading:
    return corrected(READ, ruled(*rulings)).reading


def party(reading: Reading, id: str) -> Party:
    return next(p for p in reading.parties if p.id == id)


def source(reading: Reading, id: str) -> Source:
    return next(s for s in reading.statements if s.id == id).source


def test_without_a_ruling_a_reading_is_itself() -> None:
    assert corrected(READ, ruled()) is READ


def test_a_new_name_is_seen_wherever_the_party_is_and_the_old_one_becomes_another_name() -> None:
    reading = seen(("qcu", Matter.NAME, "Crews of the Quay"))
    assert party(reading, "qcu").name == "Crews of the Quay"
    assert set(party(reading, "qcu").aliases) == {"QCU", "Quay Crews Union"}
    assert source(reading, "s4").name == "Crews of the Quay"
    assert source(reading, "s3").name == "Bolt Docks and Crews of the Quay"
    assert reading.statements[0].via == ("Crews of the Quay",)
    assert reading.events[0].participants == (Participant(name="Crews of the Quay", role="actor", party="qcu"),)
    assert "judgement 1" in source(reading, "s4").why


def test_merged_parties_are_one_with_all_their_names_and_mentions() -> None:
    reading = seen(("local-9", Matter.SAME, "qcu"))
    assert {p.id for p in reading.parties} == {"qcu", "bolt-docks", "rosa-tan"}
    assert "Local 9" in party(reading, "qcu").aliases
    assert [m.party for m in reading.mentions].count("qcu") == 3
    assert party(reading, "rosa-tan").parent == "qcu"
    assert source(reading, "s2").affiliation == "Quay Crews Union"


def test_a_text_of_both_that_turn_out_to_be_one_is_no_joint_text() -> None:
    reading = seen(("bolt-docks", Matter.SAME, "qcu"))
    joint = next(s for s in reading.statements if s.id == "s3")
    assert (joint.source.name, joint.authority) == ("Quay Crews Union", Authority.PARTY)


def test_a_side_reaches_statements_and_the_people_of_the_body() -> None:
    reading = seen(("local-9", Matter.SIDE, "workers"), ("bolt-docks", Matter.SIDE, "employers"))
    assert party(reading, "bolt-docks").side is Side.EMPLOYERS
    assert party(reading, "rosa-tan").side is Side.WORKERS
    assert source(reading, "s2").side is Side.WORKERS


def test_a_name_that_a_person_gives_resolves_mentions_and_sources_that_the_reader_left_open() -> None:
    reading = seen(("qcu", Matter.ALIAS, "quay folk"))
    assert source(reading, "s1").name == "Quay Crews Union"
    assert source(reading, "s1").party == "qcu"
    assert Mention(span=at("quay folk"), party="qcu", why="judgement 1: its name") in reading.mentions


def test_a_name_that_is_not_a_partys_leaves_its_source_open() -> None:
    reading = seen(("rosa-tan", Matter.ALIAS, "Rosa Tan", False))
    assert source(reading, "s2").party is None
    assert source(reading, "s2").name == "Rosa Tan"
    assert "not a name of" in source(reading, "s2").why


def test_a_name_split_off_is_a_party_of_its_own_and_of_the_same_kind() -> None:
    reading = seen(("qcu", Matter.ALIAS, "Quay Crews Union"), ("qcu-lodge", Matter.ALIAS, "crew lodge"))
    assert party(reading, "qcu-lodge").name == "crew lodge"
    split = Rulings.of((Correction(number=1, party="qcu", matter=Matter.ALIAS, value="QCU"),), {})
    assert corrected(READ, split).reading.statements[3].source.party == "qcu"


def test_a_member_takes_the_side_of_its_body() -> None:
    reading = seen(("local-9", Matter.MEMBER_OF, "qcu"))
    assert party(reading, "local-9").parent == "qcu"
    assert party(reading, "local-9").side is Side.WORKERS
    assert party(seen(("rosa-tan", Matter.MEMBER_OF, "local-9", False)), "rosa-tan").parent is None


def test_another_kind_gives_its_statements_another_authority() -> None:
    reading = seen(("rosa-tan", Matter.KIND, "employer"))
    assert next(s for s in reading.statements if s.id == "s2").authority is Authority.PARTY


@pytest.mark.parametrize(
    ("rulings", "canonical"),
    [
        ([("qcu", Matter.SAME, "local-9"), ("local-9", Matter.SAME, "qcu")], "qcu"),
        ([("local-9", Matter.SAME, "qcu"), ("local-9", Matter.SAME, "qcu", False)], "local-9"),
        ([("local-9", Matter.SAME, "bolt-docks"), ("local-9", Matter.SAME, "qcu")], "qcu"),
        ([("bolt-docks", Matter.SAME, "local-9"), ("local-9", Matter.SAME, "qcu")], "qcu"),
    ],
)
def test_of_two_mergers_the_later_says_which_name_stays(rulings, canonical) -> None:  # type: ignore[no-untyped-def]
    assert ruled(*rulings).canonical("local-9") == canonical


def test_a_ruling_follows_the_name_when_the_id_has_changed() -> None:
    """Another file of parties knows the body under an id of its own."""
    reading = seen(("quay-crews-union", Matter.NAME, "Crews"))
    assert party(reading, "qcu").name == "Crews"


def test_a_ruling_for_one_dispute_is_not_seen_in_another() -> None:
    made = (Correction(number=1, party="qcu", matter=Matter.NAME, value="Crews", dispute="here"),)
    corrections = Corrections(made, KNOWN)
    assert corrected(READ, corrections.within("there")) is READ
    assert party(corrected(READ, corrections.within("here")).reading, "qcu").name == "Crews"


def test_the_sides_of_a_dispute_follow_the_rulings() -> None:
    dispute = Dispute(id="d", name="d", workers=("local-9",), employers=("bolt-docks", "agent"))
    found = facing(dispute, ruled(("local-9", Matter.SAME, "qcu"), ("agent", Matter.SIDE, "neither")))
    assert (found.workers, found.employers) == (("qcu",), ("bolt-docks",))


_IDS = st.sampled_from(sorted(KNOWN))
_NAMES = st.sampled_from(["Rosa Tan", "QCU", "crew", "the quay folk", "."])
_MADE = st.one_of(
    st.tuples(_IDS, st.just(Matter.SAME), _IDS, st.booleans()),
    st.tuples(
        _IDS,
        st.just(Matter.ALIAS),
        st.sampled_from(["Rosa Tan", "QCU", "crew", "the quay folk", "."]),
        st.booleans(),
    ),
    st.tuples(_IDS, st.just(Matter.NAME), st.text(min_size=1, max_size=8), st.booleans()),
    st.tuples(_IDS, st.just(Matter.SIDE), st.sampled_from([s.value for s in Side]), st.booleans()),
    st.tuples(_IDS, st.just(Matter.MEMBER_OF), _IDS, st.booleans()),
)


@given(st.lists(_MADE, max_size=8))
def test_whatever_is_ruled_spans_stay_and_every_party_is_known(rulings) -> None:  # type: ignore[no-untyped-def]
    reading = seen(*rulings)
    ids = {p.id for p in reading.parties}
    assert {m.party for m in reading.mentions} <= ids | {None}
    assert {s.source.party for s in reading.statements} <= ids | {None}
    assert [s.content for s in reading.statements] == [s.content for s in STATEMENTS]
    assert [s.source.span for s in reading.statements] == [s.source.span for s in STATEMENTS]
    spans = [m.span for m in reading.mentions]
    assert spans == sorted(spans) and not any(a.overlaps(b) for a, b in pairwise(spans))
    assert all(0 <= s.start < s.end <= len(TEXT) for s in spans)

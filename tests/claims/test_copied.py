from hypothesis import given
from hypothesis import strategies as st

from onrecord.claims import copied
from onrecord.claims.copied import LEAST
from tests.claims.making import document

PASSAGE = (
    "The harbour will stay shut until the crews and the port have signed a paper that names "
    "who may sail at night and who may not"
)


def test_a_shared_passage_is_found_with_its_spans_in_both():
    a = document("a", f"Nobody slept. {PASSAGE}, they said.")
    b = document("b", f"{PASSAGE}, it was reported from the quay.")
    (found,) = copied(a.article, b.article)
    assert (found.a.document, found.b.document) == ("a", "b")
    assert found.a.span.of(a.article.text) == PASSAGE
    assert found.b.span.of(b.article.text) == PASSAGE


def test_a_small_edit_does_not_break_a_passage():
    b = document("b", PASSAGE.replace("signed a paper", "signed two long papers"))
    (found,) = copied(document("a", PASSAGE).article, b.article)
    assert found.b.span.of(b.article.text).startswith("The harbour")
    assert found.b.span.of(b.article.text).endswith("may not")


def test_a_long_name_alone_is_no_copy():
    name = "the Joint Council of Harbour Pilots and River Masters"
    a, b = document("a", f"{name} met in Ostby"), document("b", f"Nobody asked {name} at all")
    assert copied(a.article, b.article) == ()


WORDS = st.lists(st.sampled_from("ab"), min_size=1, max_size=40).map(" ".join)


@given(WORDS, WORDS)
def test_passages_slice_their_texts_and_are_the_same_from_either_side(one, other):
    a, b = document("a", one).article, document("b", other).article
    found = copied(a, b)
    assert {(p.b, p.a) for p in copied(b, a)} == {(p.a, p.b) for p in found}
    for passage in found:
        assert passage.words >= LEAST
        assert passage.a.span.of(a.text)
        assert passage.b.span.of(b.text)

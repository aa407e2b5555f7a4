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
    (found,) = copied([b, a])
    assert (found.a.document, found.b.document) == ("a", "b")
    assert found.a.span.of(a.article.text) == PASSAGE
    assert found.b.span.of(b.article.text) == PASSAGE


def test_a_small_edit_does_not_break_a_passage():
    b = document("b", PASSAGE.replace("signed a paper", "signed two long papers"))
    (found,) = copied([document("a", PASSAGE), b])
    assert found.b.span.of(b.article.text).startswith("The harbour")
    assert found.b.span.of(b.article.text).endswith("may not")


def test_a_long_name_alone_is_no_copy():
    name = "the Joint Council of Harbour Pilots and River Masters"
    assert copied([document("a", f"{name} met in Ostby"), document("b", f"Nobody asked {name} at all")]) == ()


@given(st.lists(st.lists(st.sampled_from("ab"), min_size=1, max_size=40).map(" ".join), min_size=2, max_size=3))
def test_passages_slice_their_texts_and_do_not_depend_on_order(texts):
    documents = [document(str(n), text) for n, text in enumerate(texts)]
    found = copied(documents)
    assert found == copied(documents[::-1])
    for passage in found:
        assert passage.words >= LEAST
        for evidence in (passage.a, passage.b):
            assert evidence.span.end <= len(texts[int(evidence.document)])

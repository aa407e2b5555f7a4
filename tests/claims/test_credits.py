import pytest

from onrecord.claims.credits import agency
from tests import factories


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("OSTBY (AP) — The ferries sail again.", "Associated Press"),
        ("The ferries sail again.\n\nWith reporting by Reuters", "Reuters"),
        ("The ferries sail again.\n\nBy Agence France-Presse", "Agence France-Presse"),
        ("The captain told Reuters that the ferries sail again.", None),
        ("The PA system on the quay was silent.", None),
    ],
)
def test_a_credit_line_names_the_agency_and_a_mention_does_not(text, expected):
    assert agency(factories.article(text)) == expected

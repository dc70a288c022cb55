"""Numbers and services as texts refer to them."""

from __future__ import annotations

from careguide.guide import services


def test_a_number_that_holds_another_is_dialled_whole() -> None:
    """The words for a crisis line dial that line, although the emergency number stands inside its number."""
    country = {
        "call": {"emergency": "911", "crisis": "the helpline on 800 911 2000", "poison": "911"},
        "emergency": [{"number": "911"}],
        "crisis": [{"number": "800 911 2000"}],
    }

    found = services.own_references(country)

    assert found["crisis"].endswith("](tel:8009112000)")
    assert found["emergency"] == "[911](tel:911)"
    assert found["poison"] == "[911](tel:911)", "where a country has no line of that kind"

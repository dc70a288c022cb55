"""Texts of another language over a thing: what they change, what they may not, and what they must keep."""

from __future__ import annotations

from typing import Any

from careguide.guide.overlay import Overlaid, fingerprint, overlaid
from careguide.model.flows import Flow
from careguide.model.lists import Criterion
from careguide.model.topics import Remedy, Symptom

SIGN = {
    "id": "long",
    "level": "same-day",
    "lead": "It goes on",
    "sign": "It still bleeds after 15 minutes.",
    "hint": "Call {call:advice}.",
    "search_words": ["still bleeding"],
    "context": ["everyone"],
}
SPANISH = {
    "id": "long",
    "lead": "No para",
    "sign": "Todavía sangra después de 15 minutos.",
    "hint": "Llame a {call:advice}.",
    "search_words": ["no para", "sigue sangrando"],
}
OF = fingerprint([SIGN["lead"], SIGN["sign"], SIGN["hint"]])


def laid(model: Any, original: dict[str, Any], given: dict[str, Any]) -> Overlaid:
    return overlaid(model, original, given, name="thing")


def told(found: Overlaid) -> list[str]:
    return [fault.message for fault in found.faults]


def test_texts_change_and_nothing_else() -> None:
    """A level, a context and an id are the original's; words that readers type are the language's own."""
    found = laid(Criterion, SIGN, {**SPANISH, "of": OF})

    assert [] == found.faults == found.missing
    kept = {name: found.value[name] for name in ("id", "level", "context")}
    assert kept == {name: SIGN[name] for name in kept}
    assert "Todavía sangra después de 15 minutos." == found.value["sign"]
    assert ["no para", "sigue sangrando"] == found.value["search_words"]


def test_what_a_translation_may_not_say_is_named() -> None:
    """Each at its place, and each stops the build."""
    for given, message, tip in (
        ({"level": "self-care"}, "must not be given: a translation holds texts alone", "Delete it"),
        ({"context": ["child"]}, "must not be given: a translation holds texts alone", "Delete it"),
        ({"sources": ["leaflet"]}, "must not be given: a translation holds texts alone", "Delete it"),
        ({"hnt": "Llame."}, "must be a text that exists", "Did you mean 'hint'?"),
        ({"why": "Porque sí."}, "must stand in the original too", "Delete it"),
        ({"lead": ["No para"]}, "must be one text, as in the original", "See the original"),
        ({"hint": "Llame."}, "must keep {call:advice}, as the original does", "filled in by the page"),
        (
            {"sign": "Todavía sangra después de 20 minutos."},
            "must have the numbers of the original, 15, but has 20",
            "write it in digits",
        ),
        (
            {"sign": "Todavía sangra después de quince minutos."},
            "must have the numbers of the original, 15, but has none",
            "write it in digits",
        ),
    ):
        found = laid(Criterion, SIGN, {**SPANISH, "of": OF, **given})

        [fault] = [fault for fault in found.faults if fault.message == message]
        assert fault.place == tuple(given)
        assert fault.blocks, given
        assert tip in fault.tip, given


def test_a_text_without_a_fingerprint_is_named() -> None:
    """Otherwise nobody could tell when it grows old."""
    assert ["of must be given: it says what was translated"] == told(laid(Criterion, SIGN, SPANISH))


def test_where_the_original_has_changed_only_that_is_told() -> None:
    """Whoever changes 15 to 20 minutes may not know the language; nothing stops them."""
    changed = {**SIGN, "sign": "It still bleeds after 20 minutes."}
    found = laid(Criterion, changed, {**SPANISH, "of": OF})

    assert [] == found.faults
    assert [True] == [block.stale for block in found.blocks]


def test_a_line_break_is_no_change() -> None:
    """A fingerprint is of words."""
    assert fingerprint(["Sip\n  water."]) == fingerprint(["Sip water."]) != fingerprint(["Sip tea."])


def test_what_is_missing_stays_the_originals() -> None:
    """The page shows it in the original's words; words to search for are left out."""
    found = laid(Criterion, SIGN, {"id": "long", "of": fingerprint(["It goes on"]), "lead": "No para"})

    assert [("sign",), ("hint",)] == found.missing
    assert SIGN["sign"] == found.value["sign"]
    assert [] == found.value["search_words"]


SYMPTOM = {
    "title": "Nosebleed",
    "causes": [{"cause": "dry-air", "says": "It cracks."}, {"cause": "picking", "says": "A nail."}],
}


def test_entries_are_known_by_their_key_in_any_order() -> None:
    """Each has a fingerprint of its own, so that one change makes one entry old."""
    found = laid(
        Symptom,
        SYMPTOM,
        {
            "of": fingerprint(["Nosebleed"]),
            "title": "Sangrado",
            "causes": [
                {"cause": "picking", "of": fingerprint(["A nail."]), "says": "Una uña."},
                {"cause": "dry-air", "of": "00000000", "says": "Se agrieta."},
            ],
        },
    )

    assert [] == found.faults == found.missing
    assert ["Se agrieta.", "Una uña."] == [each["says"] for each in found.value["causes"]]
    assert {"thing": False, "thing/causes/picking": False, "thing/causes/dry-air": True} == {
        block.name: block.stale for block in found.blocks
    }


def test_an_entry_that_the_original_lacks_is_named() -> None:
    """With the one that may have been meant."""
    for entries, message in (
        ([{"cause": "pickng", "of": "0", "says": "Una uña."}], "must be one of the original's, not 'pickng'"),
        ([{"says": "Una uña."}], "an entry must have cause"),
        ([{"cause": "picking"}, {"cause": "picking"}], "must stand once, but 'picking' stands twice"),
    ):
        found = laid(Symptom, SYMPTOM, {"causes": entries})

        assert message in told(found), entries


def test_a_list_without_keys_keeps_its_order_and_length() -> None:
    """Where its length differs the original is shown, which a notice says: it may have grown."""
    blocks = [{"text": "Call now."}, {"part": "service"}]
    flow = {"results": [{"level": "emergency", "blocks": blocks}]}
    given = {"text": "Llame ya.", "of": fingerprint(["Call now."])}

    whole = laid(Flow, flow, {"results": [{"level": "emergency", "blocks": [given, {"part": "service"}]}]})
    short = laid(Flow, flow, {"results": [{"level": "emergency", "blocks": [given]}]})

    assert [] == whole.faults
    assert [{"text": "Llame ya."}, {"part": "service"}] == whole.value["results"][0]["blocks"]
    assert blocks == short.value["results"][0]["blocks"]
    [fault] = short.faults
    assert (fault.message, fault.blocks) == ("must have as many entries as the original, 2, but has 1", False)


def test_a_text_keeps_its_sources() -> None:
    """A sentence that cites another source is another statement."""
    original = {"title": "Rest", "lead": "Rest helps.[@leaflet]"}
    of = fingerprint(["Rest", "Rest helps.[@leaflet]"])

    assert [] == told(laid(Remedy, original, {"of": of, "title": "Descanso", "lead": "Ayuda.[@leaflet]"}))
    assert ["must cite the sources of the original"] == told(
        laid(Remedy, original, {"of": of, "title": "Descanso", "lead": "Ayuda.[@study]"})
    )

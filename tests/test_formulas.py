"""Reading formulas and syllables of the languages that have them, and sentences and words of any language.

Every number was worked out by hand from what was published.
"""

from __future__ import annotations

import pytest
from careguide.guide.formulas import FORMULAS, Measured, wiener_sachtextformel
from careguide.guide.readability import Reading, Vocabulary, length

ENGLISH, SPANISH, GERMAN, ITALIAN = (
    Reading(language="en"),
    Reading(language="es", abbreviations="Dr. Dra. Sr. Sra. p.ej. EE."),
    Reading(language="de", abbreviations="Dr. bzw. ca. z.B. d.h. 0."),
    Reading(language="it"),
)


# ------------------------------------------------------------------------------------------------------------
# Formulas


def test_a_spanish_text_is_scored_by_inflesz() -> None:
    """The opening of the Quixote: one sentence of 33 words and 60 syllables."""
    quixote = (
        "En un lugar de la Mancha, de cuyo nombre no quiero acordarme, no ha mucho tiempo que vivía un "
        "hidalgo de los de lanza en astillero, adarga antigua, rocín flaco y galgo corredor."
    )
    score = SPANISH.score([quixote])

    assert (33, 60) == SPANISH.measured(quixote)[:2]
    assert score is not None
    assert (206.835 - 62.3 * 60 / 33 - 33) == pytest.approx(score.grade)
    assert score.smog is None  # a formula for English


def test_a_german_text_is_scored_by_the_first_wiener_sachtextformel() -> None:
    """A rhyme of 14 words: 4 of more than six letters, 6 of one syllable. Its figure is known as 3.77."""
    rhyme = "Alle meine Entchen schwimmen auf dem See, Köpfchen unters Wasser, Schwänzchen in die Höh."
    score = GERMAN.score([rhyme])

    assert (14, 0, 4, 6) == tuple(GERMAN.measured(rhyme)[place] for place in (0, 2, 3, 4))
    assert score is not None
    assert 3.77 == round(score.grade or 0, 3)
    # A sentence of a newspaper, by its counts alone.
    assert 13.913 == round(wiener_sachtextformel(Measured(16, 0, 6, 7, 4), 1), 3)


def test_a_language_without_a_formula_has_no_figure() -> None:
    """Its words and sentences are counted all the same, and its longest sentence is its hardest."""
    score = ITALIAN.score(["Il naso sanguina.", "La pelle nel naso è sottile."])

    assert score is not None
    assert (9, 2, None, None) == (score.words, score.sentences, score.grade, score.smog)
    assert score.hardest.startswith("La pelle")
    assert not ITALIAN.is_hard(" ".join(["precipitevolissimevolmente"] * 30))


def test_a_hard_sentence_is_told_from_an_easy_one() -> None:
    """Whether more or less is harder, the limit lies between, and the harder of two is named."""
    for reading, easy, hard in (
        (
            ENGLISH,
            "Sit down and lean forward a little.",
            "Administration necessitates perseverance everywhere here.",
        ),
        (
            SPANISH,
            "Ponga la mano en el cuello y no la mueva.",
            "La administración intravenosa requiere supervisión especializada permanente.",
        ),
        (
            GERMAN,
            "Legen Sie die Hand auf den Hals und drücken Sie nicht.",
            "Krankenhausbehandlungen erfordern kontinuierliche medizinische Überwachungsmaßnahmen.",
        ),
    ):
        formula = FORMULAS[reading.language]
        score = reading.score([easy, hard])

        assert [False, True] == [reading.is_hard(each) for each in (easy, hard)]
        assert [False, True] == [formula.harder(reading.grade(each), formula.limit) for each in (easy, hard)]
        assert score is not None, reading
        assert hard == score.hardest, reading


# ------------------------------------------------------------------------------------------------------------
# Syllables

SYLLABLES = {
    "es": {
        1: "bien rey muy y guion muy buey",
        2: "casa día país leo guerra quiero agua búho oír huevo baúl aún hoja",
        3: "pingüino Uruguay poeta alcohol idea línea héroe músculo urgencias cuídate",
        4: "zanahoria vehículo aéreo respiración teléfono",
        7: "antiinflamatorio",
    },
    "de": {
        1: "See auf Höh Geist Beet Knie beim",
        2: "Ärztin Rücken meine geehrt schreien bauen neue Quelle Baby gehen",
        3: "Parteien Museum Theater beenden Region geeignet betrachtet",
        4: "Nasenbluten beobachten Apotheke beeinflussen überraschend",
    },
}


@pytest.mark.parametrize("reading", [SPANISH, GERMAN], ids=["es", "de"])
def test_syllables_are_counted_by_the_rules_of_the_language(reading: Reading) -> None:
    """Vowels that are heard as one, and those that are not."""
    for expected, words in SYLLABLES[reading.language].items():
        assert [(word, expected) for word in words.split()] == [
            (word, reading.count(word)) for word in words.split()
        ]


def test_an_english_word_with_an_accent_is_one_word() -> None:
    """As in names of illnesses."""
    assert [2, 2, 2] == [ENGLISH.count(word) for word in ("naïve", "café", "Barré")]
    assert 6 == length("Guillain-Barré is not a café")  # a hyphen parts words


# ------------------------------------------------------------------------------------------------------------
# Sentences and words


def test_a_text_is_cut_into_sentences_in_any_script() -> None:
    """Whatever its first letter is; a shortened word of the language ends none."""
    for reading, marked in (
        (GERMAN, "Sie blutet.|Ärzte helfen.|Über Nacht auch."),
        (GERMAN, "Wer hilft?|„Öffnen Sie“, sagt sie.|»Äpfel.|Öl.|„Übung."),
        (GERMAN, "Am 3. März kam Dr. Ähre, z. B. um 8 Uhr, bzw. Äpfel."),
        (GERMAN, "Das war z.B. Öl.|Es half 2026.|Danach nicht."),
        (SPANISH, "Duele.|¿Es grave?|¡No!|Sí.|¿y ahora?|No."),  # whatever ¿ opens is a sentence
        (SPANISH, "Espere.|«Ábralo» dijo.|Él no."),
        (SPANISH, "La Dra. Ávila vive en EE. UU.|Atiende hoy."),
        (ENGLISH, "Ask Dr.|Smith."),  # no shortened words are known here
        (ITALIAN, "Бок болит.|Что делать?|Ждать."),
        (ITALIAN, "أنفك ينزف.|هل هو خطر؟|لا تقلق."),
    ):
        assert marked.split("|") == reading.sentences(marked.replace("|", " "))


def test_a_word_is_one_word_in_any_script() -> None:
    """No letter cuts a word to pieces."""
    for sentence, expected in (
        ("Der Rücken tut weh.", 4),
        ("Größere Äpfel überall.", 3),
        ("¿Cuándo empezó el niño?", 4),
        ("Спина болит.", 2),
        ("الظَّهْرُ يُؤْلِم", 2),  # vowels are marks on letters
        ("u\u0308ber", 1),  # an umlaut in two pieces
        ("snake_case 3,5 kg", 3),
    ):
        assert expected == length(sentence)


def test_a_pinned_word_counts_in_any_language() -> None:
    """As the guide's own list has it."""
    assert 5 == Reading(Vocabulary(syllables={"ärztin": 5}), "de").count("Ärztin")

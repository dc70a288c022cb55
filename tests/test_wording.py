"""Words that readers must not see, and words that only look like them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from careguide.checks import wording
from careguide.checks.sentences import ReaderText
from careguide.guide.guide import Guide
from careguide.guide.words import FOLDER, changed
from careguide.source.yaml_reader import Document
from conftest import EXAMPLE, load


@pytest.fixture(scope="module")
def guide() -> Guide:
    return load(EXAMPLE)


def found(guide: Guide, words: str, field: str = "text", path: str = "data/causes/x.yml") -> list[str]:
    """The rules that a text breaks: problems and notices."""
    text = ReaderText(path, lambda: 1, field, 0, words, words, guide.reading)
    problems = [each for each in wording.check(guide, [text]) if each.path == path]
    assert all(each.line == 1 and each.tip for each in problems)
    return [each.rule for each in problems]


WRONG = {
    "texts_are_finished": [
        "TODO: say how long it lasts.",
        "It lasts for XXX days.",
        "Lorem ipsum dolor sit amet.",
        "It stops by itself (TBC).",
        "It stops within [number] days.",
        "Add text here.",
        "…",
        "It lasts ... days.",
        "Is that so???",
        "To do: say how long it lasts.",
        "It lasts for ___ days.",
        "It stops within XX days.",
        "It stops (please check).",
        "It stops (source needed).",
        "Text follows here.",
        "Coming soon.",
        "n/a",
        "Question 6.",
        "Describe the hazard.",
        "It lasts days (add a source).",
        *(
            "Consectetur adipiscing elit.",
            "Insert name.",
            "Put the text from Dr Klein here.",
            "More to come.",
            "Wording to be agreed.",
            "It lasts XX nights.",
        ),
    ],
    "texts_promise_nothing": [
        *("This heals everyone.", "Everybody is healed.", "It is the best spray in the world."),
        "This always works.",
        "It is 100 % safe.",
        "It is 100% effective.",
        "There are no side effects.",
        "Ointment never fails.",
        "It is completely safe and has no side effects.",
        "It works for everybody.",
        "It is guaranteed to help.",
        "Salt water is a miracle.",
        "It works every time.",
        "Scientifically proven.",
        "It is never dangerous.",
        "You will be cured.",
        "There is no risk.",
        "It detoxes the body.",
        "You cannot have a tumour.",
        "Miracle drops for the nose, but they are not cheap.",
    ],
    "cures_are_proven": [
        "Ointment cures a scratch.",
        "Salt water will cure your cold.",
        "Steam can cure it.",
        "The cure: salt water.",
        *("Steam will heal it.", "All nosebleeds are harmless.", "You can always prevent it."),
        *("You will never bleed again.", "It rids you of it for good.", "Both always stop it."),
    ],
    "medicines_are_not_changed_alone": [
        *("Come off your blood thinners until it stops.", "Give up your tablets.", "Ditch the pills."),
        *("You do not need your tablets any more.", "Throw your blood thinners away."),
        *("Take your mum's tablets.", "Skip tonight's dose.", "You can drop your tablets."),
        "Stop your tablets.",
        "It heals. Stop taking your blood thinner.",
        "If it stings, halve your dose.",
        "You should just stop warfarin.",
        "Do not take your medicine.",
        "Take two extra tablets.",
        "Skip your pills for a day.",
        "You can stop taking aspirin.",
        "Pause your heart medicine.",
        "Take twice your usual dose.",
        "Discontinue the drug.",
        "Take your friend’s tablets.",
        *("Come off them at once.", "Discontinue statins a week before.", "Stop silver nitrate today."),
    ],
    "words_do_not_claim": [
        "A doctor makes the diagnosis.",
        "This is a Symptom Checker.",
    ],
    "doctors_are_followed": [
        *("Do not bother your doctor with it.", "Don't trouble a nurse.", "Never trust a doctor."),
        "Ignore your doctor.",
        "Ignore what your nurse says.",
        "Then ignore the pharmacist.",
        "Do not call an ambulance.",
        "Do not go to the hospital.",
    ],
    "amounts_have_units": [
        "Hold for 10.",
        "Press for 15, then let go.",
        "Rest for 5 to 10 and try again.",
        "Wait for ten.",
        "Take 200 twice a day.",
        "Wait 10, then press.",
        "Drink 2 a day.",
        "Hold for 10 – 15.",
        *("Wait 2 to 3 before the next.", "No more than 10 of vitamin B6.", "The limit is 200 a day."),
    ],
    "templates_are_not_shown": [
        "It lasts {{ days }} days.",
        "It lasts {% if long %}weeks{% endif %}.",
        "See [[dry air]].",
        "It lasts ${days} days.",
        "It lasts {days} days.",
        "It lasts %s days.",
        "It lasts %(days)s days.",
        "It lasts #{days} days.",
        "It lasts $days.",
        "Dial {call:emergency at once.",
        *(
            "Since when, $NAME?",
            "Hello %NAME%.",
            "It lasts __DAYS__.",
            "It lasts [% days %].",
            "It lasts %1$s days.",
        ),
    ],
    "marks_are_closed": [
        "This is **important and goes on.",
        "See [dry air, which goes on.",
        "It stops (mostly by itself.",
        "It is `so and goes on.",
        'It "heals by itself.',
        "It is *important and goes on.",
        "It is “so and goes on.",
        "See dry air](cause:dry-air).",
    ],
    "links_say_where_they_lead": [
        "Read on [here](cause:dry-air).",
        "[Click here](cause:dry-air) to read on.",
        "See [](cause:dry-air).",
        "See [ ](cause:dry-air).",
        "See [https://health.example/](https://health.example/).",
        "[Read more](cause:dry-air)",
        "See [this article](cause:dry-air).",
        "See [more information](cause:dry-air).",
        "[Click here to find out more](cause:dry-air)",
    ],
    "addresses_are_links": [
        "See https://health.example/nose for more.",
        "See www.health.example.",
        "See [dry air] (cause:dry-air).",
        "See (dry air)[cause:dry-air].",
        "It is so.(@leaflet)",
        "See health.org/nose for more.",
        "See [dry air](cause: dry-air).",
        "See [the study](https://health.example/a b).",
        "Write to [us](mailto:).",
    ],
    "citations_are_written": [
        "It stops.[leaflet]",
        "It stops.@leaflet",
        "It stops.[@leaflet; study]",
        "It stops.[@ leaflet]",
        "It stops.[1]",
    ],
    "ranges_go_up": [
        *("Wait 10 to 5 days.", "Wait 10–5 days.", "It takes 3 to 3 weeks."),
        *("It lasts between 9 and 3 days.", "It takes ten to five days."),
        *("Rest for ninety to sixty minutes.", "It takes twenty-four to twelve hours."),
        *("It helps 12 of 10 people.", "It helps 150 % of them."),
        *("Wait 10 to 15 minutes, never more than 12.", "Entre 9 y 3 veces."),
    ],
    "sentences_are_in_one_language": [
        "Die Haut in der Nase ist dünn.",
        "La peau dans le nez est fine.",
        "La piel de la nariz es fina.",
        "De huid in de neus is niet dik.",
        "Нос заживает сам.",
        "It heals, aber manchmal nicht.",
    ],
    "medicines_are_spelt_right": [
        "Ask for silver nitrat.",
        "Ask for silver nitrste.",
        "Ask for Examplestik.",
        *("Take ibuprophen.", "Take parcetamol.", "Ask about sertralin."),
    ],
    "times_can_be": [
        *("It closed on 31 February 2025.", "It opened on 31 April 2026.", "It began on 32 May 2020."),
    ],
    "words_are_spelt_right": [
        *(
            "You may recieve it.",
            "Your freind's nose.",
            "Its color is red.",
            "It cant bleed.",
            "An esophagus.",
        ),
        *("Symtoms last.", "You have diarhea.", "Go to a hospital and apologize."),
    ],
    "parts_are_in_one_language": [
        *("Dieser Ratgeber ist erfunden, so that it can be tested.", "Most people heal (und das schnell)."),
        *("It helps, wenn man ruhig sitzt, and then it stops.", "ein Tuch oder ein Taschentuch"),
    ],
    "texts_have_no_slips": [
        *("Rest for 2,5 hours.", "Adults aged 12 or over can press it.", "A child aged 40 can press it."),
        *("It stops by by itself.", "It stops  by itself.", "It stops .", "It stops.."),
        *(
            "MOST PEOPLE NEED NO DOCTOR.",
            "It heals soon.Then wait.",
            "It heals!!",
            "It heals,then it is gone.",
        ),
    ],
}


@pytest.mark.parametrize("rule", WRONG)
def test_what_readers_must_not_see_is_named(guide: Guide, rule: str) -> None:
    missed = {words: rules for words in WRONG[rule] if (rules := found(guide, words)) != [rule]}

    assert {} == missed


def test_what_only_looks_like_it_is_right(guide: Guide) -> None:
    right = (
        "Nothing always works.",
        "Mueva todo el brazo.",
        "It is almost always harmless.",
        "There is no cure for a cold.",
        "Nobody can promise that it is completely safe.",
        "Do not stop your tablets by yourself.",
        "Ask a pharmacist before you stop a medicine.",
        "Stop your tablets only once a doctor has told you to.",
        "A lower dose may help.",
        "Never stop steroid tablets suddenly.",
        "Stop the exercise if it hurts.",
        "Hold it for 5, 10 or 15 seconds.",
        "Hold it for 10 to 15 minutes.",
        "It helps 1 in 10 people, for 2 of 3 days.",
        "It is open for 24 hours.",
        "A child aged 2 to 15.",
        "Take 2 tablets twice a day.",
        "It was 12 to 5 o'clock on 10/11 to 9/12.",
        "See the [dry air](cause:dry-air) page.",
        "See [the study](https://health.example/a_(b)).",
        "HLA-B*27, 2*3*4 and a_b stand as they are.",
        "He is 6' 2\" tall.",
        'He said "no", and she (his wife) said “yes”.',
        "Gilles de la Tourette syndrome has a name.",
        "Who, when and where?",
        "What is the xanthoma on my lid?",
        "Todos is a Spanish word.",
        "Silver nitrate is a salt. Nitrates are salts too.",
        "Call {call:emergency} now.",
        "Write something down each day.",
        *("He said that that helps.", "Day by day it heals.", "See notes (e.g., on salt).  Then wait."),
        *("It is 2,5 or 2.5 cm.", "No medicine is a miracle.", "Always stop if it hurts."),
        "Check this with your doctor.",
        "Wait one or two weeks.",
        "Women have two X chromosomes, XX.",
        "Doctors can stop the medicine and change your dose.",
        "Most people have no side effects that last.",
        "Do not wait for an ambulance if none comes.",
        "Stop the bleeding with a clean cloth.",
        "It costs $5, or 30 % more.",
        "It is so.[@leaflet; @study]",
        "Do I need an eye clinic?",
        "[About this guide](cause:dry-air)",
        *("Skip the missed dose and take the next one as usual.", "Drop your shoulders.", "Give up smoking."),
        *(
            "A child aged 12 presses it; it opened on 29 February 2024.",
            "You do not need a doctor for one bleed.",
        ),
        *(
            "Throw the tissue away.",
            "Not everyone is healed.",
            "Do not go to bed yet.",
            "A cloth feels best.",
        ),
        *("Cut down on coffee.", "It takes half a day or an hour and a half.", "It costs US$30."),
        *(
            "Gilles de la Tourette syndrome",
            "Cells die, and new ones grow.",
            "Los Angeles, Las Vegas",
            "E. coli, a germ",
        ),
        *("Its colour (US: color) is red.", "The Center for Noses helps.", "Epistaxis and ALS are names."),
    )

    assert {} == {words: rules for words in right if (rules := found(guide, words))}


def test_a_question_asks_one_thing(guide: Guide) -> None:
    """Elsewhere two questions may follow each other."""
    for words in ("Since when? Which side?", "Who, when, and how often?", "Where? When? Why?"):
        assert ["questions_ask_one_thing"] == found(guide, words, "question"), words
        assert ["questions_ask_one_thing"] == found(guide, words, "screens[0].ask"), words
        assert [] == found(guide, words, "lead"), words
    assert [] == found(guide, "Where does it bleed, and is it always there?", "question")


def test_a_sign_is_no_question(guide: Guide) -> None:
    """The check makes one of it; who it is asked of answers yes or no."""
    for field in ("sign", "lead", "paper", "[1].sign"):
        for words in ("Does it bleed, and do you bruise?", "Is it so?", "It bleeds. Every week?"):
            assert ["questions_ask_one_thing"] == found(guide, words, field, "data/criteria.yml")
        assert [] == found(guide, "Your nose bleeds every week.", field, "data/criteria.yml")


def test_a_flow_has_gaps(guide: Guide) -> None:
    """The check of flows knows which; so has the text of another file none."""
    assert [] == found(guide, "You told us: {boxes}.", path="data/flow.yml")
    assert ["templates_are_not_shown"] == found(guide, "You told us: {boxes}.")


def test_a_guide_in_another_language_may_use_it(guide: Guide) -> None:
    german = replace(guide, site=guide.site.model_copy(update={"language": "de"}))

    assert [] == found(german, "Die Haut in der Nase ist dünn.")


ORDERS = {
    "es": (
        (
            "Suspenda su medicación si le duele.",
            "Duplique la dosis si no mejora.",
            "Mantenga 10 y suelte.",
            *("Espere 15.", "No la tome más.", "Tome el doble."),
            *(
                "Deje sus anticoagulantes hasta que pare.",
                "Olvídese de sus pastillas.",
                "Insertar aquí el texto.",
            ),
            *("Falta completar.", "Curan para siempre un párpado.", "Es infalible.", "Tome ibuporfeno."),
            *("Entre tres y dos semanas.", "Espere de cuatro a dos minutos.", "rub or press the eye"),
        ),
        (
            "No suspenda su medicación por su cuenta.",
            "Cambie la dosis solo si su médico se lo dice.",
            "Deje las pastillas fuera del alcance de los niños.",
            "Espere de 10 a 15 minutos, durante 3 noches.",
            *(
                "Está pendiente de su respiración.",
                "Deje que la nariz descanse.",
                "Espere de dos a cuatro días.",
            ),
            *("Tome paracetamol.", "No tome más de 2 pastillas al día.", "La mayoría no vuelve a sangrar."),
        ),
    ),
    "de": (
        (
            *(
                "Nehmen Sie vorher die doppelte Menge Ihrer Tabletten.",
                "Setzen Sie Ihr Medikament ab.",
                "Verdoppeln Sie die Dosis.",
                "Halten Sie 10.",
            ),
            *("Setzen Sie Ihre Tabletten ab, wenn Ihnen schwindelig wird.", "Brechen Sie die Behandlung ab."),
            *("Hier noch den Text von Frau Klein einfügen.", "Quelle nachtragen.", "Es hilft jedem."),
            *("the nose and the throat", "Nehmen Sie Ibuprophen.", "Halten Sie zehn."),
            *("Nehmen Sie Ibuprophen.", "Ruhen Sie zehn bis fünf Minuten.", "Zwischen drei und zwei Tagen."),
        ),
        (
            *(
                "Setzen Sie Ihr Medikament nicht selbst ab.",
                "Halten Sie 10 Sekunden.",
                "Nehmen Sie 2 Tabletten.",
            ),
            *(
                "Lassen Sie sich Tabletten verschreiben.",
                "Sie können die Tabletten einnehmen.",
                "Setzen Sie sich.",
            ),
            *("Hier steht, was hilft.", "Es hilft den meisten Menschen.", "Ruhen Sie fünf bis zehn Minuten."),
        ),
    ),
}
"""What nobody may be told to do with a medicine, and amounts without a unit; and what is right."""


def test_orders_and_amounts_are_looked_at_in_each_language_of_the_package(guide: Guide) -> None:
    declared = yaml.safe_load((FOLDER / "en.yml").read_text(encoding="utf-8"))
    for language, (wrong, right) in ORDERS.items():
        package = yaml.safe_load((FOLDER / f"{language}.yml").read_text(encoding="utf-8"))
        made = changed(declared, Document("data/words.yml", {}), package)[0]
        other = replace(guide, words=made, site=guide.site.model_copy(update={"language": language}))
        rules = {"medicines_are_not_changed_alone", "amounts_have_units", "medicines_are_spelt_right"}
        rules |= {"texts_are_finished", "texts_promise_nothing", "ranges_go_up", "parts_are_in_one_language"}

        assert [] == [said for said in wrong if rules.isdisjoint(found(other, said))]
        assert [] == [said for said in right if not rules.isdisjoint(found(other, said))]


def test_a_name_fits_one_line(guide: Guide) -> None:
    """Elsewhere a text may have more lines, and more words."""
    for field, words, path in (
        ("title", "Too much\ncaffeine", "data/causes/x.yml"),
        ("sections[1].heading", "What\nhelps", "data/causes/x.yml"),
        ("title", "A nose " * 8, "content/x.md"),
        ("description", "A nose " * 21, "content/x.md"),
        ("diary", "Nasenscheidewandverkrümmung", "data/questions.yml"),
        ("diary", "Hypersensitivitiesofthenose today", "data/questions.yml"),
        ("title", "Nasenscheidewandverkrümmungsbehandlung", "data/causes/x.yml"),
        ("title", "PICKING YOUR NOSE", "data/causes/x.yml"),
        ("sections[1].heading", "WHAT HELPS MOST", "data/causes/x.yml"),
    ):
        assert ["names_fit_one_line"] == found(guide, words, field, path), field
        assert [] == found(guide, words, "text", path), field


Write = Callable[..., Path]


def test_headings_and_first_lines_are_read_too(project: Write) -> None:
    """Each is named at its own line."""
    front = "---\ntitle: TODO\ndescription: It always works.\n---\n\n"
    guide = load(project({"content/a.md": f"{front}# A page\n\n## Lorem ipsum\n\nWords.\n"}))

    assert [("texts_are_finished", 2), ("texts_are_finished", 8), ("texts_promise_nothing", 3)] == sorted(
        (each.rule, each.line) for each in wording.check(guide, []) if each.path == "content/a.md"
    )

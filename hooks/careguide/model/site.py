"""Who publishes a guide, and what marks it as theirs: the one file `data/site.yml`."""

from typing import Annotated

from pydantic import Field, StringConstraints

from careguide.model import languages
from careguide.model.fields import ADDRESS, Form, Part, Plain, Ref, Short, Text, Title
from careguide.model.languages import Language
from careguide.source import project

FILE = project.SITE
_CONTACT = rf"""(?:{ADDRESS}|mailto:[^\s<>"'@,;]+@(?:[^\s<>"'@,;.]+\.)+[^\s<>"'@,;.]{{2,}})"""
_DRAWING = r"overrides/(?!.*\.\.)[\w./-]+\.svg"
_LOGO = "overrides/assets/images/logo.svg"
Contact = Annotated[
    str, Form("an address that starts with https:// or mailto:", _CONTACT, "https://guide.example/contact/")
]
Colour = Annotated[
    str, StringConstraints(to_lower=True), Form("a colour such as '#17324a'", "#[0-9a-fA-F]{6}", "#17324a")
]
Phone = Annotated[Plain, Form("a number to call", r"(?:.*\d){3}.*", "555 0199")]
Drawing = Annotated[str, Form(f"an SVG file in overrides/, such as {_LOGO}", _DRAWING, _LOGO)]


class Colours(Part):
    """The guide's own colours in one scheme. One that is left out is the package's."""

    ink: Colour | None = None
    """Headings, the name of the site and strong lines."""
    link: Colour | None = None
    """Links."""
    button: Colour | None = None
    """The ground of the main button."""
    paper: Colour | None = None
    """The ground of the page."""
    sheet: Colour | None = None
    """The ground of the text."""
    text: Colour | None = None
    """The text."""


class Schemes(Part):
    """The guide's own colours by scheme. Paper and share cards take the light ones."""

    light: Colours = Colours()
    """On a light ground, and on paper."""
    dark: Colours = Colours()
    """On a dark ground. What is left out is the package's dark colour."""

    def given(self) -> dict[str, dict[str, str]]:
        """The guide's own colours, by scheme and name."""
        return self.model_dump(exclude_none=True)


class Home(Part):
    """The home page."""

    headline: Title
    """Its heading."""
    description: Short
    """What the guide is about, in a sentence or two: shown by search engines and when a page is shared."""


Months = Annotated[int, Field(ge=1, le=120)]


class CheckAgain(Part):
    """After how many months what a page says must be checked against its sources again.

    The worse a mistake, and the sooner it goes out of date, the shorter. What is left out is the default.
    """

    signs: Months = 12
    """Warning signs, questions and symptoms: a wrong one may cost a life."""
    medicines: Months = 12
    """Pages about medicines: warnings and names change within a year."""
    prose: Months = 24
    """All other pages. They change slowly; three years, as many services allow, is too long."""
    numbers: Months = 6
    """Phone numbers: they change without a word to anybody."""


class Reviewer(Part):
    """Somebody who may sign that a text is right. Nobody is named who has not agreed."""

    name: Plain
    """Their name, as readers see it."""
    role: Plain
    """Their profession, as readers see it: 'nurse'."""

    @property
    def signature(self) -> str:
        """How a review names them."""
        return f"{self.name}, {self.role}"


class Site(Part):
    """Who publishes the guide, and what marks it as theirs."""

    name: Title
    """The name of the guide, as it stands on every page, sheet and card."""
    tagline: Title
    """What it is, in a few words, beside its name."""
    owner: Plain
    """Who publishes it: a person, a clinic, a project."""
    contact: Contact | None = None
    """Where to reach them."""
    address: Plain | None = None
    """Their address, as it stands on printed sheets."""
    phone: Phone | None = None
    """Their phone number, as it stands on printed sheets."""
    licence: Text
    """How the words may be used, as readers are told."""
    logo: Drawing | None = None
    """The mark beside the name."""
    card_drawing: Drawing | None = None
    """A drawing at the foot of share cards."""
    colours: Schemes = Schemes()
    """The guide's own colours."""
    countries: tuple[Annotated[str, Ref("services")], ...] = ()
    """Ids from data/services.yml, in the order they are shown. The first is for who has not chosen one."""
    language: Annotated[Plain, Field(examples=["en-GB"])] = languages.DEFAULT
    """The tag of the guide's language, with its region or without: en-GB, es. Dates and numbers of a language
    without a region are those of the first country."""
    translations: tuple[Annotated[Plain, Field(examples=["es"])], ...] = ()
    """Its other languages, each a folder in data/ and in content/ that holds the texts in it: es."""
    reviewers: tuple[Reviewer, ...] = ()
    """Who may sign a review. Nobody until somebody has agreed to it."""
    check_again: CheckAgain = CheckAgain()
    """After how many months each sort of page must be checked again."""
    home: Home
    """The home page."""

    @property
    def locale(self) -> Language:
        """Its language, with what is known of it."""
        return languages.known(self.language, self.countries)


UNNAMED = Site(
    name="Health guide",
    tagline="Plain health leaflets",
    owner="Nobody yet",
    licence="All rights reserved.",
    home=Home(headline="Health guide", description="Calm, plain answers."),
)
"""What stands for a site that cannot be read, so that the rest can be checked in the same run."""

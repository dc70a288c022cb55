"""Values of a guide: what is worked out from one is not carried along when it is copied."""

from __future__ import annotations

from careguide.guide.readability import Vocabulary
from careguide.model.topics import Cause
from conftest import EXAMPLE, load


def test_a_copied_thing_has_the_references_it_names_and_no_others() -> None:
    """A copy without a red line names no sign for it, although its original was asked first."""
    cause = load(EXAMPLE).causes["weak-vessels"]
    named = [leaf.text for leaf in cause.leaves]
    assert cause.red[0] in named

    copied = cause.model_copy(update={"red": ()})

    assert [text for text in named if text not in cause.red] == [leaf.text for leaf in copied.leaves]
    assert named == [leaf.text for leaf in cause.leaves]
    assert isinstance(copied, Cause)


def test_a_copied_vocabulary_counts_with_its_own_words() -> None:
    """So with anything else that is found out once."""
    words = Vocabulary(names=("epistaxis",))
    assert "it is Xyname" == words.without_names("it is epistaxis")

    assert "it is epistaxis" == words.model_copy(update={"names": ()}).without_names("it is epistaxis")

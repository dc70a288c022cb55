"""What this guide says about single words: `data/reading.yml`."""

from __future__ import annotations

from conftest import load
from sites import GUIDE


def test_the_list_itself_is_plain() -> None:
    """No plainer word is on the list too, and each source is named with its page."""
    vocabulary = load(GUIDE).vocabulary
    listed = {word for each in vocabulary.plainer for word in each.words}
    again = {say: vocabulary.plain_words(say) for each in vocabulary.plainer for say in each.words.values()}

    assert len(listed) == sum(len(each.words) for each in vocabulary.plainer) > 100
    assert {} == {say: found for say, found in again.items() if found}
    assert [] == [each.source for each in vocabulary.plainer if bool(each.source) != bool(each.url)]

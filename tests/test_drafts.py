"""What is still being written is not published, and nothing that is published names it."""

from __future__ import annotations

import careguide
from careguide.guide import drafts, loader
from careguide.pages import writer
from conftest import EXAMPLE, TODAY, Project, changed, problems

SYMPTOM = "data/symptoms/nosebleed.yml"


def test_the_flow_of_a_draft_is_not_published(project: Project) -> None:
    """A symptom that is a draft takes its page, its article, its questions and its sheets along."""
    draft = changed(SYMPTOM, ("title: Nosebleed\n", "draft: true\ntitle: Nosebleed\n"))
    before, after = (careguide.build(root, today=TODAY) for root in (EXAMPLE, project(draft)))

    def about(site: careguide.Site) -> set[str]:
        found = {page.path for page in site.pages} | {handout.id for handout in site.handouts}
        return {each for each in found if "nosebleed" in each}

    assert {"symptoms/nosebleed.md", "check/nosebleed.md", "nosebleed", "nosebleed-diary"} <= about(before)
    assert set() == about(after)
    assert before.guide.flows
    assert before.guide.vignettes
    assert not after.guide.flows
    assert not after.guide.vignettes


def test_what_is_quoted_as_code_names_no_draft(project: Project) -> None:
    """A page that shows how a link is written does not send anybody there."""
    about = changed("content/about.md", ("`[link](cause:picking)`", "`[link](symptom:loss-of-smell)`"))

    assert "" == problems(project(about))


def test_only_pages_that_may_show_a_draft_are_written_again_with_it() -> None:
    """A check writes pages twice where somebody writes a draft; those that it takes as they are stay so."""
    guide, _ = loader.load(EXAMPLE)
    published, _ = writer.pages(drafts.published(guide), today=TODAY)
    with_drafts, _ = writer.pages(guide, today=TODAY)
    paths = {page.path for page in with_drafts}
    differ = {page.path for page in set(with_drafts) - set(published)}

    assert {"symptoms/loss-of-smell.md", "symptoms/index.md"} <= differ
    assert differ <= drafts.may_show(guide, paths) < paths

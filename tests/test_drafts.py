"""What is still being written is not published, and nothing that is published names it."""

from __future__ import annotations

import careguide
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

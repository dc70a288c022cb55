"""This guide's look-up by code, as it is built."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Page, expect
from sites import served
from test_lookup import ICD, test_links_of_built_pages_lead_somewhere  # noqa: F401 - run again


def test_a_twitch_in_a_records_system_opens_its_page(site: Path, tab: Page) -> None:
    """R25.3, as a records system asks: for the patient, for the clinician, and to hand over."""
    asked = {"mainSearchCriteria.v.c": "R25.3", "mainSearchCriteria.v.cs": ICD}
    named = {**asked, "mainSearchCriteria.v.dn": "Neck fasciculation"}
    hand_over = {"informationRecipient": "PAT", "performer": "PROV", "taskContext.c.c": "PROBLISTREV"}
    spanish = {"informationRecipient.languageCode.c": "es-MX"}
    with served(site) as address:
        for request, page, heading in (
            (asked, "symptoms/muscle-twitching/", "Muscle twitching"),
            (named, "symptoms/neck-twitching/", "Neck twitching"),
            ({**asked, "informationRecipient": "PROV"}, "clinicians/muscle-twitching/", "Muscle twitching"),
            ({**asked, **hand_over}, "handouts/muscle-twitching/", "Muscle twitching"),
            ({**named, **spanish}, "es/symptoms/neck-twitching/", ""),
            ({**asked, **spanish, **hand_over}, "handouts/es/muscle-twitching/", ""),
        ):
            tab.goto(f"{address}infobutton/?{urlencode(request)}", wait_until="commit")
            tab.wait_for_url(f"{address}{page}")
            expect(tab.locator("h1")).to_have_text(re.compile(f"^{heading}"))

"""Publishing: MkDocs builds beside the site that is there, whose place the new one takes at the end."""

import logging
from collections.abc import Mapping
from pathlib import Path

import mkdocs
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.utils import CountHandler

from careguide.guide.guide import Guide
from careguide.hosting import offline, offline_copy
from careguide.site_folder import NextSite, refused

log = logging.getLogger("mkdocs.hooks.careguide")


class Publishing:
    """A site that is being built for a folder."""

    def __init__(self, config: MkDocsConfig) -> None:
        """Let the engine, which empties the folder that it builds into, build beside the site."""
        self._site = Path(config.site_dir)
        root = Path(config.config_file_path).parent
        read_from = list(map(root.joinpath, ("data", "hooks", ".git", ".cache")))
        read_from += map(Path, filter(None, (config.docs_dir, config.theme.custom_dir)))
        if reason := refused(self._site, read_from):
            raise PluginError(reason)
        self._next = NextSite(self._site)
        config.site_dir = str(self._next.folder)

    def finish(self, config: MkDocsConfig, editions: Mapping[str, Guide]) -> bool:
        """Publish the site, unless the engine is about to refuse it: it counts its warnings after this."""
        config.site_dir = str(self._site)
        handlers = logging.getLogger(mkdocs.__name__).handlers
        if config.strict and any(isinstance(each, CountHandler) and each.get_counts() for each in handlers):
            return False
        if config.extra.get("offline"):
            offline.make_local(self._next.folder)
        elif config.extra["worker"]:
            script = offline_copy.script(self._next.folder, editions)
            (self._next.folder / offline_copy.SCRIPT).write_text(script, encoding="utf-8", newline="\n")
        self._next.publish()
        log.info("The new site stands in %s", self._site)
        return True

    def drop(self) -> None:
        """Delete what was begun and may not be published."""
        self._next.drop()

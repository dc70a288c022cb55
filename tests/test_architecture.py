"""What the core must not do. Who may import whom is a contract in pyproject.toml: see `make lint`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import careguide

CORE = Path(careguide.__file__).parent
ENGINES = {"mkdocs", "properdocs", "material", "zensical"}


def test_the_core_runs_without_any_engine() -> None:
    """With every engine made unfindable, the core and the command line still load."""
    hidden = f"import sys; sys.modules.update(dict.fromkeys({sorted(ENGINES)}))"
    code = f"{hidden}; import careguide.cli; careguide.build"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=CORE.parent, capture_output=True, text=True, check=False
    )

    assert (0, "") == (done.returncode, done.stderr)


def test_the_public_names_exist() -> None:
    """What `__init__` promises is there."""
    assert careguide.__all__
    assert [] == [name for name in careguide.__all__ if not hasattr(careguide, name)]

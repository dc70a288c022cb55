"""`python -m careguide`, for use without installing."""

from .cli import main

raise SystemExit(main())

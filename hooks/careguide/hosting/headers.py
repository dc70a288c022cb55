"""What a host says about every file of a site: what pages may do, and how long a browser may keep a file."""

from collections.abc import Mapping

from careguide import styling

_ALLOWED = {
    "default-src": "'none'",
    "style-src": "'self'",
    "script-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "worker-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
}
"""What a page may load and do: nothing but what is the site's own. Data in a page (JSON-LD) is no script."""
IN_PAGES = "; ".join(f"{what} {whose}" for what, whose in _ALLOWED.items())
"""The content policy as it stands in each page, for hosts that send no header of ours."""
POLICY = f"{IN_PAGES}; frame-ancestors 'none'"
"""The content policy as a host sends it: only there can it say who may show a page in a frame."""
REFERRER = "no-referrer"
"""No other site is told that somebody came from here."""
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": REFERRER,
    "Permissions-Policy": (
        "accelerometer=(), camera=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), "
        "payment=(), usb=()"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""What is sent with every file."""
ONLY_TLS = "max-age=31536000"
"""How long a browser that came by TLS comes by nothing else. The host's other names are not ours to bind."""
KEPT = "public, max-age=300, must-revalidate"
"""How long pages, and all that has one name for good, may be kept: advice must not be old."""
KEPT_BY_PATH: Mapping[str, str] = {
    f"/{styling.FOLDER}/": "public, max-age=31536000, immutable",  # their names change with what they hold
    "/assets/fonts/": "public, max-age=2592000",
}
"""The same for folders whose files may be kept longer."""
FOR_ALL: Mapping[str, str] = {"Access-Control-Allow-Origin": "*"}
"""What is sent besides with open data: a page of any other site may read it."""
OPEN = "/api/"
TYPES: Mapping[str, str] = {
    "css": "text/css",
    "csv": "text/csv",
    "html": "text/html",
    "ics": "text/calendar",
    "js": "text/javascript",
    "json": "application/json",
    "jsonl": "application/jsonl",
    "md": "text/markdown",
    "pdf": "application/pdf",
    "png": "image/png",
    "svg": "image/svg+xml",
    "txt": "text/plain",
    "webmanifest": "application/manifest+json",
    "woff2": "font/woff2",
    "xml": "application/xml",
    "zip": "application/zip",
}
"""What each file is, by the end of its name."""
_PACKED = {"application/pdf", "application/zip", "font/woff2", "image/png"}
TEXTS = sorted({*TYPES.values()} - _PACKED - {"text/html"})
"""Those that get smaller when they are packed, and are in UTF-8, besides pages."""

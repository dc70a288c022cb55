"""Debian's nginx, while it serves what `careguide deploy nginx` has written."""

from __future__ import annotations

import os
import random
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


def free_ports(number: int) -> list[int]:
    """Ports that nobody uses, below those that a system gives to whoever asks for any."""
    ports: list[int] = []
    while len(ports) < number:
        port = random.SystemRandom().randrange(15_000, 30_000)
        with suppress(OSError), socket.socket() as free:
            free.bind(("127.0.0.1", port))
            ports.append(port)
    return ports


@contextmanager
def running(folder: Path) -> Iterator[None]:
    """Nginx with the file `nginx.conf` of a folder, as Debian includes it. It warns of nothing."""
    kept = [
        f"{what}_temp_path {folder}/{what};" for what in ("client_body", "proxy", "fastcgi", "scgi", "uwsgi")
    ]
    user = "user root;" if os.geteuid() == 0 else ""  # the folder is only its own user's
    (folder / "debian.conf").write_text(
        f"{user} include /etc/nginx/modules-enabled/*.conf;"
        f"error_log {folder}/errors.log; pid {folder}/nginx.pid; worker_processes auto; events {{}}"
        f"http {{ {' '.join(kept)} sendfile on; tcp_nopush on; include {folder}/nginx.conf; }}",
        encoding="utf-8",
    )
    tried = _nginx(folder, "-t")
    assert "warn" not in tried.stderr
    _nginx(folder)
    try:
        yield
    finally:
        _nginx(folder, "-s", "stop")


def _nginx(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = ["nginx", "-c", str(folder / "debian.conf"), *options]
    environment = {**os.environ, "PATH": f"{os.environ['PATH']}:/usr/sbin"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, done.stderr
    return done

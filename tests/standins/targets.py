"""Where webhooks go: to a server on this machine, while the signature speaks of its public address."""

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass
class Targets:
    """`webhooks` is where to post; `public_url` is what the system calls itself. Both without a trailing slash."""

    webhooks: str | None = None
    public_url: str | None = None

    def aim(self, webhooks: str | None, public_url: str | None) -> None:
        """Post there from now on; without a public address the two are the same."""
        self.webhooks = webhooks.rstrip("/") if webhooks else None
        self.public_url = public_url.rstrip("/") if public_url else self.webhooks

    def public(self, path: str) -> str | None:
        """The public URL of one of our webhooks, None while nobody has said where the system is."""
        return self.public_url + path if self.webhooks and self.public_url else None

    def real(self, url: str) -> str | None:
        """Where a post for this URL really goes. None for any other machine: a stand-in never calls out by itself."""
        if self.webhooks and self.public_url and url.startswith(self.public_url + "/"):
            return self.webhooks + url.removeprefix(self.public_url)
        return url if _on_this_machine(url) else None


def _on_this_machine(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False  # a name

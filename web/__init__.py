"""The doors for HTTP: the API, the webhooks, the plain pages, the phone."""

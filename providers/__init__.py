"""One file per vendor: send, verify its signature, read its webhooks. Nothing here touches the records."""

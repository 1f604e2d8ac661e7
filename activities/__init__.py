"""Things done once per key, for the workflows: judge, send, write down, hand over."""

"""The programs behind the `followthrough` command, one per file."""

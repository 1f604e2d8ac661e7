"""The rules of Followthrough: pure models and functions. No I/O, no clock, no Temporal."""

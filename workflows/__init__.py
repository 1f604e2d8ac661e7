"""Durable workflows. They wait, record and carry out; every judgement is asked of `domain` and recorded."""

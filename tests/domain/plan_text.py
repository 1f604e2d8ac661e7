"""A good plan file as text, and the same with one place changed."""

GOOD = """\
client:
  name: Ana Ortiz
  phone: +1 541 555 0104
  email: ana@example.com
  time_zone: America/Los_Angeles
  consents:
    - {channel: sms, date: 2026-09-01, source: intake form}
therapist:
  name: Maya Lindqvist
  phone: "+1 541 555 0110"
goals:
  - id: pain
    description: less pain
    measure: nprs
    baseline: 7
    target: 3
    benchmarks:
      - {by_session: 4, expect: 50 %}
dosage:
  session_minutes: 60
  spacing: P14D
  sessions: 6
  modality: deep tissue
follow_up:
  send_window: {opens: 09:00, closes: 20:00}
script:
  - {at: PT1H, event: {type: appointment_booked, appointment_id: v1, starts_at: P2DT6H}}
  - {at: P1D, reply: yes}
  - {at: P2DT7H, event: {type: session_completed, appointment_id: v1, measures: [{goal: pain, value: 7}]}}
  - {at: P3D, decide: {choice: modify, changes: {spacing: P7D}}}
"""


def a_file(old: str = "", new: str = "") -> str:
    """The good file with one place changed."""
    assert not old or GOOD.count(old) == 1, f"{old!r} must name one place"
    return GOOD.replace(old, new) if old else GOOD

"""The words of the answers that a question to a person offers."""

from web.choices import choice_words


def test_who_chooses_maintenance_reads_that_insurance_usually_doesnt_pay_for_it() -> None:
    assert choice_words("plateau")["maintenance"] == (
        "Maintenance: keep what was reached (insurance usually doesn't pay for it)"
    )

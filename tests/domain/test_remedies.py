import activities.sending_words as words
from domain.remedies import REMEDIES, remedy
from providers.base import BECAUSE


def test_every_cause_that_a_provider_or_the_sending_can_name_has_a_remedy():
    ours = [value for name, value in vars(words).items() if name.isupper() and isinstance(value, str)]
    assert [cause for cause in [*BECAUSE.values(), *ours] if not remedy(cause)] == []


def test_the_longest_fitting_cause_counts_and_an_unknown_one_has_no_remedy():
    assert remedy("not delivered (code 30005)") == REMEDIES["not delivered"]
    assert (
        remedy("enough messages for now; too late: it would no longer be of use")
        == "Nothing to do: it takes care of itself."
    )
    assert remedy("aliens") == ""

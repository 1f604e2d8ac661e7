"""Which row holds for a payer; and the packaged table is whole: each pair has a row, or a reason to have none."""

from collections import Counter
from typing import get_args

import pytest

from domain.claim_rules import all_rules, packaged_rules, rule_for
from domain.payer import PayerType, Rule, RuleAbout, Whose
from tests.domain.claim_rows import TYPES, a_payer, a_rule

ABOUTS: tuple[RuleAbout, ...] = get_args(RuleAbout)

NO_ROW: dict[RuleAbout, dict[PayerType, str]] = {
    "prompt_pay": {
        "aca": "state law alone, and only some states are known",
        "medicare_advantage": "not known",
        "workers_comp": "state law; only Oregon's is known",
        "auto": "state law; only Oregon's is known (Washington's names no days)",
        "other": "not known",
    },
    "state_complaint": {
        "erisa": "the state has no say over a self-funded plan",
        "medicare": "federal",
        "medicare_advantage": "federal",
        "medicaid_managed": "the state's Medicaid agency hears it, by no known clock",
        "workers_comp": "a review by the state's division takes its place",
        "other": "not known",
    },
    "external_review": {
        "medicare_advantage": "the plan itself sends an upheld denial on",
        "workers_comp": "no such step known",
        "auto": "no such step known",
        "other": "not known",
    },
    "dispute": {"medicare": "its appeals are the provider's own too"},
    "appeal_decision": {"workers_comp": "not known", "auto": "not known", "other": "not known"},
    "external_decision": {
        "medicare_advantage": "not known",
        "medicaid_managed": "the state sets it",
        "workers_comp": "no such step known",
        "auto": "no such step known",
        "other": "not known",
    },
}
"""What has no row where the payer's state is not known, and why."""


def test_every_kind_of_deadline_has_a_row_for_every_kind_of_payer_or_a_reason_to_have_none():
    missing = {(about, kind) for about in ABOUTS for kind in TYPES if rule_for(about, a_payer(kind), []) is None}
    assert missing == {(about, kind) for about, kinds in NO_ROW.items() for kind in kinds}


def test_every_row_has_an_id_of_its_own():
    assert [each for each, times in Counter(rule.id for rule in packaged_rules()).items() if times > 1] == []


def test_no_two_packaged_rows_are_for_the_same_payers_and_claims():
    scopes = Counter((r.about, r.payer_type, r.state, r.method, r.whose is None) for r in packaged_rules())
    assert [scope for scope, times in scopes.items() if times > 1] == []


def test_no_packaged_row_is_for_a_payer_of_a_practice_or_verified_in_its_name():
    assert [rule.id for rule in packaged_rules() if rule.payer or rule.verified_by] == []


def test_a_starting_value_says_so_in_its_source():
    for rule in packaged_rules():
        assert (rule.sure == "L") == rule.source.startswith(("Default", "Usual", "Starting value")), rule.id


@pytest.mark.parametrize(
    ("about", "kind", "state", "method", "expected"),
    [
        ("prompt_pay", "commercial", "TX", "paper", "prompt-pay-texas-paper-commercial"),
        ("prompt_pay", "commercial", "TX", "electronic", "prompt-pay-texas-electronic-commercial"),
        ("prompt_pay", "aca", "HI", "paper", "prompt-pay-15-30-paper-hi-aca"),
        ("prompt_pay", "erisa", "TX", "paper", "prompt-pay-erisa"),  # a state's law doesn't reach these plans
        ("prompt_pay", "commercial", "NY", "paper", "prompt-pay-commercial"),
        ("prompt_pay", "workers_comp", "OR", "paper", "prompt-pay-workers-comp-oregon"),
        ("prompt_pay", "workers_comp", "TX", "paper", None),
        ("prompt_pay", "auto", "OR", "paper", "prompt-pay-auto-oregon"),
        ("acknowledgement", "erisa", None, "electronic", "acknowledgement"),
        ("acknowledgement", "erisa", None, "paper", None),  # nobody acknowledges paper
        ("first_check", "erisa", None, "electronic", "first-check-electronic"),
        ("first_check", "erisa", None, "paper", "first-check-paper"),
        ("first_check", "workers_comp", "OR", "electronic", "first-check-workers-comp"),
        ("timely_filing", "commercial", "OR", "electronic", "timely-filing"),
        ("timely_filing", "medicaid_managed", "OR", "electronic", "timely-filing-medicaid-oregon"),
        ("timely_filing", "medicaid_managed", "TX", "electronic", "timely-filing-medicaid"),
        ("internal_appeal", "workers_comp", "OR", "paper", "appeal-workers-comp-oregon"),
        ("internal_appeal", "workers_comp", "ID", "paper", "appeal-unknown-workers-comp"),
    ],
)
def test_the_most_specific_packaged_row_holds(
    about: RuleAbout, kind: PayerType, state: str | None, method: str, expected: str | None
):
    rule = rule_for(about, a_payer(kind, state, method=method), [])
    assert (rule and rule.id) == expected


def test_the_way_this_claim_was_sent_counts_before_the_payers_usual_one():
    rule = rule_for("first_check", a_payer(method="electronic"), [], method="paper")
    assert rule is not None
    assert rule.id == "first-check-paper"


@pytest.mark.parametrize(
    ("about", "kind", "whose", "expected"),
    [
        ("internal_appeal", "erisa", "member", "appeal-erisa"),
        ("internal_appeal", "erisa", "provider", None),  # the provider has the dispute of its contract
        ("internal_appeal", "erisa", None, "appeal-erisa"),
        ("internal_appeal", "medicare", "provider", "appeal-medicare"),
        ("internal_appeal", "medicare", "member", "appeal-medicare"),
        ("dispute", "erisa", "provider", "dispute-erisa"),
        ("dispute", "erisa", "member", None),
        ("information", "erisa", "member", "information-erisa-member"),
        ("information", "erisa", "provider", "information-erisa"),
        ("information", "erisa", None, "information-erisa"),  # the shorter one, where nobody said whose it is
    ],
)
def test_the_members_right_and_the_providers_are_kept_apart(
    about: RuleAbout, kind: PayerType, whose: Whose | None, expected: str | None
):
    rule = rule_for(about, a_payer(kind), [], whose=whose)
    assert (rule and rule.id) == expected


def chosen(*practice: Rule, about: RuleAbout = "timely_filing", kind: PayerType = "commercial") -> str:
    rule = rule_for(about, a_payer(kind, "OR"), practice)
    assert rule is not None
    return rule.id


def test_a_row_for_one_payer_wins_over_every_other():
    wide = a_rule(id="wide", payer_type="workers_comp", state="OR")
    assert chosen(a_rule(payer="premier"), wide, kind="workers_comp") == "ours"


def test_a_row_for_another_payer_is_never_taken():
    assert chosen(a_rule(payer="some-other")) == "timely-filing"


def test_a_general_row_of_the_practice_wins_over_the_packaged_general_one_but_not_over_a_narrower_one():
    assert chosen(a_rule()) == "ours"
    assert chosen(a_rule(), kind="workers_comp") == "timely-filing-workers-comp-oregon"


def test_a_row_of_the_practice_for_a_state_wins_over_a_packaged_one_for_a_type():
    assert chosen(a_rule(state="OR"), kind="medicare") == "ours"


def test_a_row_of_the_practice_wins_at_the_same_width_though_the_packaged_one_tells_paper_from_electronic():
    texas = a_rule(about="prompt_pay", payer_type="commercial", state="TX", counts_from="received", days=25)
    rule = rule_for("prompt_pay", a_payer("commercial", "TX"), [texas])
    assert rule is texas


def test_a_row_of_the_practice_for_one_side_wins_over_a_packaged_one_for_both():
    ours = a_rule(about="information", payer_type="erisa", counts_from="asked", whose="provider", days=20)
    assert rule_for("information", a_payer("erisa"), [ours]) is ours


def test_the_last_of_two_equal_rows_of_the_practice_holds():
    assert chosen(a_rule(id="earlier"), a_rule(id="later")) == "later"


def test_a_row_with_a_packaged_id_takes_its_place_even_where_it_says_something_narrower():
    replaced = a_rule(id="timely-filing", payer_type="auto", days=45)
    assert rule_for("timely_filing", a_payer("commercial"), [replaced]) is None
    assert rule_for("timely_filing", a_payer("auto"), [replaced]) is replaced


def test_all_rules_are_the_practices_and_the_packaged_ones_that_it_did_not_replace():
    replaced, own = a_rule(id="timely-filing", days=45), a_rule(id="own")
    rules = all_rules([replaced, own])
    assert rules[:2] == [replaced, own]
    assert len(rules) == len(packaged_rules()) + 1
    assert [rule.days for rule in rules if rule.id == "timely-filing"] == [45]


def test_a_corrected_claim_has_the_limit_of_a_first_claim_until_the_practice_writes_its_own():
    payer = a_payer("workers_comp", "OR")
    taken = rule_for("corrected_claim", payer, [])
    assert taken is not None
    assert (taken.about, taken.days, taken.counts_from, taken.sure) == ("corrected_claim", 60, "service", "M")
    assert taken.source == "OAR 436-009-0010; the limit of a first claim, taken for a corrected one"
    own = a_rule(about="corrected_claim", days=365)
    assert rule_for("corrected_claim", payer, [own]) is own


def test_a_starting_value_stays_one_for_a_corrected_claim():
    taken = rule_for("corrected_claim", a_payer(), [])
    assert taken is not None
    assert (taken.days, taken.sure) == (90, "L")

"""What to ask a payer before the first visit, and again when the plan year turns: each question with its reason."""

from typing import NamedTuple


class Question(NamedTuple):
    """One question of the call. `id` is how the answer is kept."""

    id: str
    question: str
    why: str


QUESTIONS: tuple[Question, ...] = (
    Question(
        "benefit",
        "Does the plan cover massage therapy: codes 97124 and 97140?",
        "Many plans cover one code and not the other.",
    ),
    Question(
        "by_therapist",
        "Is it covered when a licensed massage therapist gives it?",
        "Some pay only physical therapists or chiropractors; Medicare never pays a massage therapist.",
    ),
    Question(
        "visits", "How many visits a year are covered, and when does the plan year begin?", "The pool and its turn."
    ),
    Question(
        "shared",
        "Are those visits shared with chiropractic, acupuncture or physical therapy?",
        "Visits elsewhere then use up ours.",
    ),
    Question(
        "minutes",
        "How many minutes is one visit, and how many units a day are paid?",
        "Where 30 minutes are a visit, an hour counts as two.",
    ),
    Question(
        "used", "How many of them are used so far this year, here and elsewhere?", "What is left decides the plan."
    ),
    Question(
        "authorization",
        "Is prior authorization needed? Its number, visits and dates?",
        "Without it the claim is denied, and asking afterwards is often refused.",
    ),
    Question(
        "referral",
        "Is a referral or prescription needed, from whom, and how long is it good for?",
        "It has to be on file before the visit.",
    ),
    Question("deductible", "What is the deductible, and how much of it is met?", "Until it is met, the client pays."),
    Question("copay", "What is the copay or coinsurance for a visit?", "What the client pays each time."),
    Question(
        "network",
        "Are we in network; if not, are there benefits out of network?",
        "Out of network pays less, or nothing.",
    ),
    Question(
        "timely_filing",
        "Within how many days must a claim, and a corrected claim, be filed?",
        "A late claim is lost, and may not be billed to the client.",
    ),
    Question("appeals", "Where are appeals sent, and within how many days?", "Needed on the day of a denial."),
    Question(
        "reference", "What is the reference number of this call, and who am I speaking with?", "The only proof of it."
    ),
)
QUESTION_IDS = frozenset(question.id for question in QUESTIONS)

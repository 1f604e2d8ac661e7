"""What was taken out, a medicine changed, a broken bone, a new diagnosis: it holds the visit; everyday talk doesn't."""

import pytest

from domain.replies import Understanding, understand
from domain.touchpoint import QuestionKind


def holds(meant: Understanding, asked: QuestionKind) -> bool:
    """As the plan takes it: news hold a visit, and so does the yes of the health question."""
    told = "contraindication" in (meant.intent, *meant.also)
    return told or (asked == "screening_yes_no" and meant.intent == "yes")


@pytest.mark.parametrize("asked", ["screening_yes_no", "confirm_appointment", "pain_0_10"])
@pytest.mark.parametrize(
    "text",
    [
        "got my gallbladder out two wks ago",
        "had my appendix removed last week",
        "they took my tonsils out on monday",
        "I had a lumpectomy on Friday",
        "had my hip replaced in January",
        "me sacaron la vesícula",
        "the dr upped my metoprolol",
        "my doctor doubled my lisinopril",
        "cardiologist changed my blood pressure dose",
        "doc switched me to losartan",
        "me cambiaron la dosis de la metformina",
        "started wegovy. otherwise no",
        "I just started Ozempic",
        "they put me on humira",
        "now on zepbound",
        "no nothing new apart from the fall down the stairs, ribs are cracked",
        "had a nasty fall on the ice",
        "my wrist is fractured",
        "started HRT",
        "Y. Kids all have strep, I've got a sore throat too",
        "my son has the flu and I feel feverish",
        "Doctor says I have osteoporosis now",
        "they found I have afib",
        "MRI showed a herniated disc",
        "they're testing me for MS",
        "the doctor told me I have diabetes",
        "El doctor dice que tengo artritis",
    ],
)
def test_news_of_the_body_hold_the_visit_whatever_was_asked(text: str, asked: QuestionKind) -> None:
    assert holds(understand(text, open_question=asked), asked)


@pytest.mark.parametrize(
    "text",
    [
        "Just IVF hormones",
        "ivf shots",
        "nah. lil scratchy throat that's all",
    ],
)
def test_the_bare_name_of_a_treatment_answers_the_health_question(text: str) -> None:
    assert holds(understand(text, open_question="screening_yes_no"), "screening_yes_no")


@pytest.mark.parametrize("asked", ["screening_yes_no", "confirm_appointment", "pain_0_10"])
@pytest.mark.parametrize(
    "text",
    [
        "No, all good",
        "nothing new",
        "the knots are out of my shoulder",
        "got my hair done",
        "took the trash out, running late",
        "had my teeth cleaned",
        "I had my tonsils out as a kid",
        "Had my appendix out 20 years ago",
        "my phone screen is cracked",
        "neck cracked nicely",
        "see you in april",
        "my cholesterol is fine",
        "my feet were numb with cold waiting for the bus lol but back is a 2",
        "my hands were numb from the cold",
        "it was freezing and my fingers went numb",
        "doctor says I have to keep moving",
        "The doctor said massage is fine",
        "my son started school",
        "started a new job",
        "started yoga",
        "my kids have strep",
        "my wife started wegovy",
        "changed my shirt",
        "the doctor changed my appointment",
        "no fall, no fever",
        "I have a new dog",
        "took a spill on my shirt",
        "bypass road is closed",
    ],
)
def test_everyday_talk_of_the_same_words_holds_nothing(text: str, asked: QuestionKind) -> None:
    assert not holds(understand(text, open_question=asked), asked)


@pytest.mark.parametrize(
    "text",
    [
        "on warfrin now",
        "they put me on prednisolon and presnidone",
        "taking coumdin",
        "just got out of the hospital",
        "im back from the ER",
        "3 stents last month",
        "got a bit of a temp",
        "running a low grade temp",
        "there's a hard lump on my neck",
        "the lump is growing",
        "hay una bolita nueva",
        "my roommate has strep and I think I have it too",
        "mi hijo tiene fiebre, creo que yo también",
    ],
)
def test_misspelt_medicines_and_bodies_in_few_words_are_news(text: str) -> None:
    meant = understand(text, open_question="confirm_appointment")
    assert "contraindication" in (meant.intent, *meant.also)


@pytest.mark.parametrize(
    "text",
    [
        "I got a temp job",
        "coming from my shift at the hospital",
        "lump sum is fine",
        "the room temp was nice",
        "my roommate has strep",
        "performing well, thanks",
    ],
)
def test_a_temp_job_and_a_lump_sum_are_no_news(text: str) -> None:
    meant = understand(text, open_question="confirm_appointment")
    assert "contraindication" not in (meant.intent, *meant.also)

"""What messages say, and which templates are refused. Expected texts are written by hand."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from domain.client import Channel, Language
from domain.errors import Problem, Refused
from domain.sms_segments import foreign
from domain.touchpoint import Fact
from domain.wording import LANGUAGES, TEMPLATES, Rendered, Wording

SEATTLE = "America/Los_Angeles"
WORDING = Wording.load()
CHANNELS: tuple[Channel, ...] = ("sms", "email")
Pairs = list[tuple[str, str | int | float | timedelta]]


def facts(**changed: Fact) -> dict[str, Fact]:
    """A fact for every variable that a template may use."""
    tom: dict[str, Fact] = {
        "first_name": "Tom",
        "practice": "Harbor Massage",
        "practice_phone": "+12065550101",
        "therapist": "Ana Reyes",
        "goal": "turn the head to check the blind spot",
        "next_goal": "sleep through the night",
        "question": "Can you turn your head to check the blind spot?",
        "homework_item": "stretches, never to the point of pain",
        "url": "https://example.com/x",
        "when": datetime(2026, 3, 3, 22, 0, tzinfo=UTC),
        "minutes": 30,
        "by_session": 3,
        "spacing": timedelta(days=4),
        "sessions": 3,
        "homework": [("moist heat", ""), ("stretches", "never to the point of pain")],
        "changes": [("minutes", 60), ("spacing", timedelta(days=7)), ("pressure", "lighter")],
        "options": "1) Anna or 2) Ben",
        "numbers": "1 or 2",
        "action": "Ask where the claim stands.",
        "checklist": "1) Ask for its status. 2) Record it.",
        "reference": "IC-1001",
        "deadline": "internal appeal",
        "last_day": "Mon Nov 23, 2026",
        "act_by": "Fri Nov 13, 2026",
        "words": "Your forms are at the desk; bring the blue card, please.",
    }
    return tom | changed


def rendered(template: str, language: Language = "en", channel: Channel = "sms", **changed: Fact) -> Rendered:
    return WORDING.render(template, language=language, channel=channel, facts=facts(**changed), zone=SEATTLE)


def text(template: str, language: Language = "en", channel: Channel = "sms", **changed: Fact) -> str:
    return rendered(template, language, channel, **changed).text


def refusal(folder: Path, content: str, language: str = "en") -> Refused:
    (folder / f"{language}.yaml").write_text(content, encoding="utf-8")
    with pytest.raises(Refused) as caught:
        Wording.load(folder)
    return caught.value


def with_file(folder: Path, content: str, language: str = "en") -> Callable[..., Rendered]:
    """Renders with the packaged templates under a practice's own file."""
    (folder / f"{language}.yaml").write_text(content, encoding="utf-8")
    own = Wording.load(folder)

    def render(template: str, language: Language = "en", channel: Channel = "sms") -> Rendered:
        return own.render(template, language=language, channel=channel, facts=facts(), zone=SEATTLE)

    return render


def only_problem(folder: Path, content: str, language: str = "en") -> Problem:
    problems = refusal(folder, content, language).problems
    assert len(problems) == 1, [str(problem) for problem in problems]
    return problems[0]


# --- what clients read


def test_the_welcome_tells_the_whole_plan_and_how_to_stop() -> None:
    assert text("welcome") == (
        "Hi Tom, Harbor Massage here. Your plan with Ana Reyes: 30-minute sessions, every 4 days. "
        "Length: 12 days (3 sessions). In between: moist heat and stretches (never to the point of pain). "
        "How we'll know it worked: by session 3 you should reach your goal: turn the head to check the blind spot. "
        "Questions: (206) 555-0101. Not for emergencies: call 911. Reply STOP to stop messages, HELP for help."
    )


def test_a_reminder_shows_the_visit_on_the_clients_clock() -> None:
    assert text("reminder") == (
        "Hi Tom, Harbor Massage will see you Tue Mar 3, 2:00 PM. Reply C to confirm, R to reschedule."
    )


def test_a_reminder_in_spanish_uses_the_24_hour_clock() -> None:
    assert text("reminder", "es") == (
        "Hola Tom, Harbor Massage le espera el mar 3 mar, 14:00. Responda C para confirmar, R para cambiar la hora."
    )


def test_a_plan_change_says_each_lever_in_plain_words() -> None:
    assert text("plan_change") == (
        "Harbor Massage: your plan changes. From now on: 60-minute sessions, every week, lighter pressure. "
        "Questions? Call (206) 555-0101."
    )


def test_facts_back_from_json_read_the_same_as_fresh_ones() -> None:
    assert text("reminder", when="2026-03-03T22:00:00Z") == text("reminder")
    assert text("welcome", spacing="P4D") == text("welcome")
    stored: Pairs = [("minutes", 60), ("spacing", "P7D"), ("pressure", "lighter")]
    assert text("plan_change", changes=stored) == text("plan_change")


def test_a_zone_without_summer_time_is_shown_as_it_is() -> None:
    phoenix = WORDING.render("reminder", language="en", channel="sms", facts=facts(), zone="America/Phoenix")
    assert "Tue Mar 3, 3:00 PM" in phoenix.text


@pytest.mark.parametrize(
    ("spacing", "english", "spanish"),
    [
        (timedelta(days=1), "every day", "cada día"),
        (timedelta(days=7), "every week", "cada semana"),
        (timedelta(days=14), "every two weeks", "cada dos semanas"),
        (timedelta(days=42), "every 6 weeks", "cada 6 semanas"),
        (timedelta(days=4), "every 4 days", "cada 4 días"),
        (timedelta(seconds=10), "every 10 seconds", "cada 10 segundos"),
        (timedelta(hours=36), "every 1 day and 12 hours", "cada 1 día y 12 horas"),
    ],
)
def test_spacing_is_said_in_words(spacing: timedelta, english: str, spanish: str) -> None:
    assert f"- When to come back: {english}\n" in text("welcome", channel="email", spacing=spacing)
    assert f"- Cuándo volver: {spanish}\n" in text("welcome", "es", "email", spacing=spacing)


@pytest.mark.parametrize(
    ("sessions", "english", "spanish"),
    [
        (4, "8 weeks (4 sessions)", "8 semanas (4 sesiones)"),
        (1, "one session", "una sesión"),
        ("open", "open-ended", "sin fecha final"),
    ],
)
def test_the_length_of_a_plan_is_said_in_words(sessions: int | str, english: str, spanish: str) -> None:
    apart = timedelta(days=14)
    in_english = text("welcome", channel="email", sessions=sessions, spacing=apart)
    assert f"- How long it takes in all: {english}\n" in in_english
    in_spanish = text("welcome", "es", "email", sessions=sessions, spacing=apart)
    assert f"- Cuánto dura todo el plan: {spanish}\n" in in_spanish


def test_every_lever_has_words_in_both_languages() -> None:
    levers: Pairs = [
        ("minutes", 45),
        ("spacing", timedelta(days=21)),
        ("sessions", "open"),
        ("pressure", "suave"),
        ("modality", "masaje sueco"),
        ("cadence", "lento"),
        ("homework", "estirar"),
    ]
    assert (
        "sesiones de 45 minutos, cada tres semanas, sin fecha final, presión suave, masaje sueco, ritmo lento, "
        "tareas nuevas: estirar" in text("plan_change", "es", "email", changes=levers)
    )
    assert (
        "45-minute sessions, every three weeks, open-ended, suave pressure, masaje sueco, lento rhythm, "
        "new homework: estirar" in text("plan_change", channel="email", changes=levers)
    )


def test_homework_that_was_taken_away_is_said() -> None:
    assert "From now on: no homework." in text("plan_change", changes=[("homework", "")])


def test_a_lever_that_already_names_itself_is_not_doubled() -> None:
    assert "From now on: light pressure." in text("plan_change", changes=[("pressure", "light pressure")])


def test_a_plan_without_homework_says_so() -> None:
    assert "In between: nothing special." in text("welcome", homework=[])


def test_spanish_joins_with_e_before_an_i_sound() -> None:
    assert "calor e inclinar el cuello" in text("welcome", "es", homework=[("calor", ""), ("inclinar el cuello", "")])
    assert "calor y hielo" in text("welcome", "es", homework=[("calor", ""), ("hielo", "")])


# --- what an SMS costs


def test_an_accent_in_a_name_is_dropped_in_sms_and_kept_in_email() -> None:
    assert text("reminder", first_name="María").startswith("Hi Maria, ")
    assert "Hi María," in text("welcome", channel="email", first_name="María")


def test_a_name_keeps_the_letters_that_cost_nothing() -> None:
    assert text("reminder", first_name="Begoña").startswith("Hi Begoña, ")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("template", sorted(TEMPLATES))
def test_every_message_is_cheap_with_long_and_accented_values(template: str, language: Language) -> None:
    most = {"welcome": 4, "screening": 2, "homework": 2, "benchmark_met_next": 2, "plan_change": 2, "maintenance": 2}
    claims = ("claim_nudge", "claim_nudge_client", "prompt_pay_letter_due", "deadline_alert", "deadline_passed")
    most |= dict.fromkeys(claims, 2) | {"claim_denied_notice": 3}
    by_number = ("notice_goal", "notice_goal_reminder", "notice_goal_backup", "answer_several", "answer_by_link")
    most |= dict.fromkeys(by_number, 2)
    homework: Pairs = [("ó" * 60, "í" * 80)] * 5
    sent = text(
        template,
        language,
        practice="[Ínstituto] de Masaje y Bienestar " + "x" * 6,
        first_name="Á" * 80,
        therapist="María Ángeles de los Santos " * 2,
        goal="í" * 60,
        next_goal="ú" * 60,
        question="¿" + "ó" * 88 + "?",
        homework_item="á" * 142,
        homework=homework,
        changes=[("minutes", 120), ("modality", "í" * 40), ("pressure", "ó" * 30), ("homework", "á" * 300)],
        url="https://example.com/" + "x" * 60,
        spacing=timedelta(days=10, hours=12),
        sessions=199,
        by_session=199,
        when=datetime(2026, 9, 30, 19, 0, tzinfo=UTC),
        action="ó" * 104,
        checklist="á" * 600,
        reference="x" * 40,
        deadline="reclamación corregida",
        last_day="mié 30 sept 2026",
        act_by="mié 30 sept 2026",
    )
    assert foreign(sent) == []
    assert WORDING.segments(sent) <= most.get(template, 1), sent


def test_homework_too_long_for_an_sms_keeps_the_limits_and_says_that_there_is_more() -> None:
    long: Pairs = [("stretches of the neck and the shoulders", "never to the point of pain")] * 3
    assert "In between: stretches of the neck and the shoulders (never to the point of pain) and more. How" in text(
        "welcome", homework=long
    )
    assert text("welcome", channel="email", homework=long).count("never to the point of pain") == 3


def test_a_plan_change_too_long_for_an_sms_leaves_the_homework_list_out_first() -> None:
    long: Pairs = [("minutes", 60), ("homework", "a walk around the block " * 10)]
    assert "From now on: 60-minute sessions, new homework." in text("plan_change", changes=long)


def test_a_link_is_never_cut_or_rewritten() -> None:
    link = "https://example.com/~harbor/[review]?" + "x" * 70
    assert text("review_request", url=link).endswith(f" {link}")


# --- what must and mustn't be in a message


def test_an_sms_has_no_subject_and_an_email_has_a_neutral_one() -> None:
    assert rendered("benchmark_met").subject is None
    assert rendered("benchmark_met", channel="email").subject == "Good news from Harbor Massage"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("template", sorted(TEMPLATES))
def test_every_message_names_the_practice_and_leaves_no_brace(template: str, language: Language) -> None:
    for channel in CHANNELS:
        message = rendered(template, language, channel)
        assert "Harbor Massage" in message.text
        assert "{" not in message.text + (message.subject or "")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("template", sorted(name for name in TEMPLATES if name.startswith("notice_")))
def test_a_notice_to_staff_shows_nothing_of_the_client(template: str, language: Language) -> None:
    few: dict[str, Fact] = {"practice": "Harbor Massage", "url": "https://example.com/x"}
    message = WORDING.render(template, language=language, channel="email", facts=few, zone=SEATTLE)
    assert message.text.endswith(" https://example.com/x")


def test_a_value_with_braces_or_line_breaks_stays_a_value() -> None:
    assert text("new_goal", channel="email", goal="{practice_phone}\nBcc: x").startswith(
        "Harbor Massage: your new goal: {practice_phone} Bcc: x."
    )


def test_a_missing_fact_is_a_bug_and_not_a_message_with_a_hole() -> None:
    few: dict[str, Fact] = {"practice": "Harbor Massage", "first_name": "Tom"}
    with pytest.raises(KeyError, match="when"):
        WORDING.render("reminder", language="en", channel="sms", facts=few, zone=SEATTLE)


def test_a_moment_without_its_offset_is_a_bug() -> None:
    with pytest.raises(ValueError, match="offset"):
        text("reminder", when="2026-03-03T22:00:00")


# --- a practice's own templates


def test_a_practice_replaces_one_template_and_keeps_the_others(tmp_path: Path) -> None:
    own = with_file(tmp_path, 'feedback: "{practice}: how was it, {first_name}? 1 to 5, please."')
    assert own("feedback", channel="email") == Rendered(
        "A question from Harbor Massage", "Harbor Massage: how was it, Tom? 1 to 5, please."
    )
    assert own("reminder") == rendered("reminder")
    assert own("feedback", language="es") == rendered("feedback", "es")


def test_a_new_text_takes_the_packaged_email_with_it(tmp_path: Path) -> None:
    own = with_file(tmp_path, 'review_request: "{practice} would like a review: {url}"')
    message = own("review_request", channel="email")
    assert message.text == "Harbor Massage would like a review: https://example.com/x"


def test_a_new_subject_alone_keeps_the_text(tmp_path: Path) -> None:
    own = with_file(tmp_path, "feedback:\n  subject: Hola de {practice}\n", "es")
    assert own("feedback", language="es", channel="email") == Rendered(
        "Hola de Harbor Massage", text("feedback", "es", "email")
    )


def test_an_override_left_blank_changes_nothing(tmp_path: Path) -> None:
    assert with_file(tmp_path, "feedback:\nhelp: {text: }\n")("feedback") == rendered("feedback")


def test_an_empty_folder_changes_nothing(tmp_path: Path) -> None:
    own = Wording.load(tmp_path).render("reminder", language="en", channel="sms", facts=facts(), zone=SEATTLE)
    assert own == rendered("reminder")


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="is no folder"):
        Wording.load(tmp_path / "nowhere")


# --- refusals at load


def test_an_unknown_template_is_refused_with_its_line(tmp_path: Path) -> None:
    problem = only_problem(tmp_path, "# ours\nremindr: hello\n")
    assert str(problem) == "line 2: remindr: is no template that anything sends; check the spelling"


def test_an_unknown_variable_is_refused_with_those_that_exist(tmp_path: Path) -> None:
    problem = only_problem(tmp_path, 'feedback: "{practice}: hello {nickname}"')
    assert problem.field == "feedback.text"
    assert problem.fix == (
        "has the unknown variable {nickname}; this template may use first_name, practice, practice_phone, therapist"
    )


def test_a_variable_of_another_template_is_unknown_here(tmp_path: Path) -> None:
    assert "{when}" in only_problem(tmp_path, 'feedback: "{practice}: {when}"').fix


def test_a_lonely_brace_is_refused(tmp_path: Path) -> None:
    assert "brace without its partner" in only_problem(tmp_path, 'feedback: "{practice}: {first_name"').fix


def test_a_text_without_the_practices_name_is_refused(tmp_path: Path) -> None:
    assert only_problem(tmp_path, "feedback: hello, 1 to 5 please").fix == "needs {practice}; put it in"


def test_a_reminder_without_the_time_is_refused(tmp_path: Path) -> None:
    assert "needs {when}" in only_problem(tmp_path, 'reminder: "{practice} will see you soon"').fix


def test_more_than_one_segment_is_refused_unless_it_is_allowed(tmp_path: Path) -> None:
    long = "{practice}: " + "please tell us how you feel " * 5
    problem = only_problem(tmp_path, f'feedback: "{long}"')
    assert problem.fix == "takes 2 SMS segments with the longest names, and 1 allowed; shorten it or raise segments"
    allowed = with_file(tmp_path, f'feedback: {{text: "{long}", segments: 2}}')
    assert allowed("feedback").text.startswith("Harbor Massage: please tell us")


def test_characters_that_force_ucs2_are_named_with_what_to_write(tmp_path: Path) -> None:
    problem = only_problem(tmp_path, "feedback: '{practice}: ¿cómo está hoy? 👍'", "es")
    assert problem.fix == (
        "has characters that make each SMS cost two to three times as much; "
        "write 'ó' as 'o', 'á' as 'a', '👍' as nothing (leave it out)"
    )


def test_an_email_text_may_have_any_character(tmp_path: Path) -> None:
    (tmp_path / "es.yaml").write_text("feedback: {email: '{practice}: ¿cómo está? 👍'}", encoding="utf-8")
    own = Wording.load(tmp_path).render("feedback", language="es", channel="email", facts=facts(), zone=SEATTLE)
    assert own.text == "Harbor Massage: ¿cómo está? 👍"


@pytest.mark.parametrize(
    ("invitation", "word"),
    [
        ("Reply CANCEL to cancel.", "CANCEL"),
        ("C to confirm, STOP to call it off.", "STOP"),
        ("Reply stop if you can't come.", "STOP"),
        ("Reply C to confirm or cancel to cancel.", "CANCEL"),
        ("Text 'quit' if not.", "QUIT"),
        ("END = no visit", "END"),
        ("Responda CANCELAR si no puede.", "CANCELAR"),
    ],
)
def test_an_opt_out_word_is_never_invited_as_an_answer(tmp_path: Path, invitation: str, word: str) -> None:
    problem = only_problem(tmp_path, f'reminder: "{{practice}}, {{when}}. {invitation}"')
    assert problem.fix.startswith(f"invites {word}, which carriers take as an opt-out")


@pytest.mark.parametrize(
    "prose", ["At the end we talk.", "To cancel, call us.", "Don't stop early.", "Weekend visits?"]
)
def test_the_same_words_in_plain_prose_are_fine(tmp_path: Path, prose: str) -> None:
    (tmp_path / "en.yaml").write_text(f'reminder: "{{practice}}, {{when}}. {prose}"')
    own = Wording.load(tmp_path).render("reminder", language="en", channel="sms", facts=facts(), zone=SEATTLE)
    assert own.text.endswith(prose)


def test_the_opt_out_sentence_belongs_to_welcome_and_help_alone(tmp_path: Path) -> None:
    problem = only_problem(tmp_path, 'reminder: "{practice}, {when}. Reply STOP to stop."')
    assert problem.fix.startswith("invites STOP")


def test_help_can_not_lose_the_opt_out_sentence(tmp_path: Path) -> None:
    assert "opt-out sentence" in only_problem(tmp_path, 'help: "{practice}: call us"').fix


def test_an_emergency_text_can_not_lose_its_number(tmp_path: Path) -> None:
    problem = only_problem(tmp_path, 'emergency_988: "{practice}: call 911 now"')
    assert problem.fix == "must say 988; put it back"


def test_a_subject_shows_nothing_but_the_practice(tmp_path: Path) -> None:
    problem = only_problem(tmp_path, "new_goal: {subject: 'Your goal {goal}'}")
    assert (problem.field, problem.fix) == (
        "new_goal.subject",
        "has the unknown variable {goal}; this template may use practice",
    )


def test_a_template_written_twice_is_refused_with_both_lines(tmp_path: Path) -> None:
    problem = only_problem(tmp_path, 'feedback: "{practice}: a"\nhelp:\nfeedback: "{practice}: b"\n')
    assert str(problem) == "line 3: feedback: is written twice, first in line 1; keep one"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("feedback: {txt: hello}", "feedback.txt: is no field of a template"),
        ("feedback: {segments: many}", "feedback.segments: must be a whole number from 1 to 10"),
        (f"feedback: {{segments: {'9' * 5000}}}", "feedback.segments: must be a whole number from 1 to 10"),
        ("feedback: {segments: 0}", "feedback.segments: must be a whole number from 1 to 10"),
        ("feedback: {segments: 2, segments: 3}", "feedback.segments: is written twice"),
        ("feedback: [a, b]", "feedback: must be a text, or a mapping"),
        ("feedback: {text: [a]}", "feedback.text: must be a plain value"),
        ("- feedback", "file: must be a mapping of template names to texts"),
        ("feedback: 'open", "YAML: can't be read here"),
        ('feedback: {subject: "Hi\\nBcc {practice}"}', "feedback.subject: has more than one line"),
    ],
)
def test_a_file_of_the_wrong_form_is_refused_with_line_and_field(tmp_path: Path, content: str, said: str) -> None:
    assert f"en.yaml: line 1: {said}" in str(refusal(tmp_path, content))


def test_a_file_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "es.yaml").write_bytes("feedback: '{practice}: se\u00f1or'".encode("latin-1"))
    with pytest.raises(Refused, match="save the file as UTF-8"):
        Wording.load(tmp_path)


def test_all_problems_of_both_files_are_listed_at_once(tmp_path: Path) -> None:
    (tmp_path / "en.yaml").write_text("remindr: hello\nfeedback: hello\n")
    refused = refusal(tmp_path, "help: {segments: x}\n", "es")
    assert [problem.field for problem in refused.problems] == [
        "en.yaml remindr",
        "en.yaml feedback.text",
        "es.yaml help.segments",
    ]
    assert [problem.line for problem in refused.problems] == [1, 2, 1]

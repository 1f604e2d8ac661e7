"""Books visits and sessions into the state. The word spoken last about a visit counts, whenever it arrives."""

from datetime import datetime
from zoneinfo import ZoneInfo

from domain.events import (
    AppointmentBooked,
    AppointmentCancelled,
    AppointmentMoved,
    ClientMissedVisit,
    Measurement,
    MeasureRecorded,
    SessionCompleted,
    ValueMarked,
)
from domain.judgement import Judgement
from domain.open_claims import open_claim
from domain.plan import ObjectiveGoal
from domain.state import Appointment, PlanState, Session, Value


def take_schedule(judgement: Judgement, event: AppointmentBooked | AppointmentMoved) -> None:
    """A visit got a time. A word older than the last one, or about a visit that is over, changes nothing."""
    state = judgement.state
    visit = state.appointments.get(event.appointment_id)
    booked_at = event.booked_at if isinstance(event, AppointmentBooked) else None
    verb = "booked" if isinstance(event, AppointmentBooked) else "moved"
    if visit is None:
        state.appointments[event.appointment_id] = Appointment(
            appointment_id=event.appointment_id,
            starts_at=event.starts_at,
            booked_at=booked_at or event.occurred_at,
            as_of=event.occurred_at,
        )
    elif _is_stale(judgement, visit, event.occurred_at, verb):
        return
    else:
        if visit.starts_at != event.starts_at or visit.status != "booked":
            visit.version += 1
            visit.confirmed = False  # a hold stays: what is new with the client came along to the new time
            visit.booked_at = booked_at or event.occurred_at
        visit.starts_at, visit.status, visit.as_of = event.starts_at, "booked", event.occurred_at
        _visit_is_settled(judgement, visit)
    judgement.write(
        "event", f"A visit was {'booked for' if verb == 'booked' else 'moved to'} {visit_time(state, event.starts_at)}."
    )


def take_cancellation(judgement: Judgement, event: AppointmentCancelled) -> None:
    """A visit won't take place. Kept even when the booking hasn't arrived yet, so that it can't come back by it."""
    state = judgement.state
    visit = state.appointments.get(event.appointment_id)
    if visit is None:
        state.appointments[event.appointment_id] = Appointment(
            appointment_id=event.appointment_id,
            starts_at=event.occurred_at,
            booked_at=event.occurred_at,
            as_of=event.occurred_at,
            status="cancelled",
        )
    elif _is_stale(judgement, visit, event.occurred_at, "cancelled"):
        return
    else:
        visit.status, visit.as_of = "cancelled", event.occurred_at
        _visit_is_settled(judgement, visit)
    judgement.write("event", "A visit was cancelled.")


def take_missed_visit(judgement: Judgement, event: ClientMissedVisit) -> None:
    """The client didn't come. A session recorded for the same visit weighs more."""
    state = judgement.state
    visit = _known_visit(state, event.appointment_id, event.occurred_at)
    if visit.status == "completed":
        judgement.write("event", "A no-show was reported for a visit that took place; the session stands.")
        return
    visit.status, visit.as_of = "missed", event.occurred_at
    _visit_is_settled(judgement, visit)
    judgement.write("event", "The client didn't come to the visit.")


def take_session(judgement: Judgement, event: SessionCompleted) -> None:
    """A visit took place. A second record of the same visit adds its measures and no session."""
    state = judgement.state
    visit = _known_visit(state, event.appointment_id, event.occurred_at)
    known = any(session.appointment_id == event.appointment_id for session in state.sessions)
    if not known:
        visit.status, visit.as_of = "completed", event.occurred_at
        _visit_is_settled(judgement, visit)
        _insert_session(
            state,
            Session(
                appointment_id=visit.appointment_id,
                starts_at=visit.starts_at,
                ends_at=visit.starts_at + state.visit_length(),
            ),
        )
        state.occurrences.pop("maintenance", None)
    number = _session_number(state, visit.appointment_id)
    for measure in event.measures:
        add_value(state, measure, number, event.occurred_at)
    measured = ", ".join(_value_in_words(state, measure) for measure in event.measures)
    judgement.write("event", f"Session {number} took place." + (f" Measured: {measured}." if measured else ""))
    if not known:
        open_claim(judgement, number)


def take_measure(judgement: Judgement, event: MeasureRecorded) -> None:
    """A value measured outside a session's record."""
    number = event.session or max(len(judgement.state.sessions), 1)
    if number > max(len(judgement.state.sessions), 1):
        judgement.desk(f"early:{event.event_id}", "refused_event", f"A value came for session {number}, not yet held.")
        return
    add_value(judgement.state, event.measure, number, event.occurred_at)
    judgement.write("event", f"Measured for session {number}: {_value_in_words(judgement.state, event.measure)}.")


def take_mark(judgement: Judgement, event: ValueMarked) -> None:
    """The therapist says that a value was a flare, or wasn't one after all."""
    for value in judgement.state.values:
        if value.goal_id == event.goal and value.session == event.session:
            value.flare = event.flare
    judgement.state.progress.pop(event.goal, None)
    judgement.write("event", f"The value of session {event.session} {'is' if event.flare else 'is not'} a flare.")


def add_value(state: PlanState, measure: Measurement, session: int, at: datetime) -> None:
    """Note one value. The latest word of one rater about one session replaces the earlier one."""
    goal = state.plan.goal(measure.goal)
    if goal is None:
        return
    rater = measure.rater or (goal.rater if isinstance(goal, ObjectiveGoal) else "therapist")
    state.values = [v for v in state.values if (v.goal_id, v.session, v.rater) != (goal.id, session, rater)]
    state.values.append(
        Value(goal_id=goal.id, session=session, value=float(measure.value), rater=rater, at=at, flare=measure.flare)
    )
    state.progress.pop(goal.id, None)


def _is_stale(judgement: Judgement, visit: Appointment, said_at: datetime, verb: str) -> bool:
    """Whether a word about a visit comes too late to count: a later one is known, or the visit is over."""
    if visit.status in ("completed", "missed"):
        judgement.write("event", f"A visit that is over was reported as {verb}; what happened stands.")
        return True
    if said_at < visit.as_of:
        judgement.write("event", f"An older word arrived late: a visit was {verb}. The later one stands.")
        return True
    return False


def _known_visit(state: PlanState, appointment_id: str, at: datetime) -> Appointment:
    """The visit, or one that we first hear of when it is over; then it ended when it was reported."""
    if appointment_id not in state.appointments:
        starts_at = at - state.visit_length()
        state.appointments[appointment_id] = Appointment(
            appointment_id=appointment_id, starts_at=starts_at, booked_at=starts_at, as_of=at
        )
    return state.appointments[appointment_id]


def _insert_session(state: PlanState, session: Session) -> None:
    """Sessions are numbered by when they took place, so one that is reported late moves the later ones up."""
    earlier = sum(1 for known in state.sessions if known.starts_at <= session.starts_at)
    state.sessions.insert(earlier, session)
    if earlier + 1 == len(state.sessions):
        return
    for numbered in (*state.values, *state.questions):
        if numbered.session is not None and numbered.session > earlier:
            numbered.session += 1
    state.window_from = {goal: number + (number > earlier) for goal, number in state.window_from.items()}


def _session_number(state: PlanState, appointment_id: str) -> int:
    return 1 + [session.appointment_id for session in state.sessions].index(appointment_id)


def _visit_is_settled(judgement: Judgement, visit: Appointment) -> None:
    """Nobody needs to answer what was asked about the visit's former time, at the desk or by text."""
    for key, how in judgement.state.done.items():
        if how == "asked" and key.startswith(f"outcome:{visit.appointment_id}:"):
            judgement.close_desk(key)
            judgement.state.done[key] = "settled"
    _close_visit_questions(judgement.state, visit)


def _close_visit_questions(state: PlanState, visit: Appointment) -> None:
    """What was asked about an earlier time of the visit, or about a visit that is over, needs no answer."""
    state.questions = [
        question
        for question in state.questions
        if question.appointment_id != visit.appointment_id
        or (visit.status == "booked" and question.appointment_version == visit.version)
        or (visit.status == "missed" and question.kind == "rebook")
    ]


def _value_in_words(state: PlanState, measure: Measurement) -> str:
    goal = state.plan.goal(measure.goal)
    name = goal.description if goal else measure.goal
    value = ("yes" if measure.value else "no") if isinstance(measure.value, bool) else f"{measure.value:g}"
    return f"{name}: {value}" + (" (flare)" if measure.flare else "")


def visit_time(state: PlanState, at: datetime) -> str:
    """A visit's time on the client's clock, as staff read it."""
    return at.astimezone(ZoneInfo(state.zone)).strftime("%a %d %b %Y %H:%M")

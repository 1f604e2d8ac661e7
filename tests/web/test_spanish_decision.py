"""Questions, their evidence and charts, and the desk's tasks in Spanish: what the rules say, found again by its shape."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import cast, get_args

import pytest

from activities.sending_words import sender_task
from domain.actions import DeskTaskKind
from domain.coverage_forecast import forecast
from domain.escalation import EscalationKind
from domain.events import ClientReplied
from domain.judgement import Judgement
from domain.measures import CATALOGUE
from domain.progress import GoalCourse, assess
from domain.progress_chart import chart_of
from domain.progress_evidence import ProgressState
from domain.take_opt_out import quoted
from tests.domain.plan_builder import DAY, a_pain_goal, a_plan, a_state, a_yes_goal
from tests.web.english_left import ENGLISH
from tests.web.test_charts import a_long_course, drawn, lived, words_of
from tests.web.test_web_decision_card import house as house  # a fixture
from web.charts import svg
from web.choices import answered, choice_words
from web.languages import _current as current_language  # pyright: ignore[reportPrivateUsage]
from web.languages import told
from web.rendering import headline

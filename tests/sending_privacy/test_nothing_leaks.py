"""Known names, numbers, addresses and words go through every path, failures included: who else gets to see them?"""

from collections.abc import AsyncGenerator

import pytest
import pytest_asyncio

from domain.names import SEARCH_ATTRIBUTES
from tests.sending_privacy import canaries as c
from tests.sending_privacy.life import FIRST, SECOND, Life, a_life

pytestmark = pytest.mark.timeout(180)


@pytest_asyncio.fixture(scope="module")
async def life(tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[Life]:
    """Lived once for all tests of this file."""
    async with a_life(tmp_path_factory.mktemp("life")) as lived:
        yield lived


async def test_who_has_the_keys_reads_it_all_so_the_search_below_can_fail(life: Life) -> None:
    told = " ".join(line.text + line.because for plan in (FIRST, SECOND) for line in life.site.records.timeline(plan))
    decided = [view.decided for view in life.site.records.escalations(open_only=False) if view.decided]
    assert c.REASON in [answer.decision.reason for answer in decided]
    desk = " ".join(view.task.text for view in life.site.records.desk_tasks(open_only=False))
    for words in (*c.REPLIES, c.RED_FLAG, c.CRASH, c.GOAL, c.CLAIM_REFERENCE, c.PAYERS_CLERK, c.DENIAL, c.LET_GO):
        assert words in told, words
    assert c.MALFORMED in desk
    assert c.STRANGERS_WORDS in desk
    # Which messages meet the vendor's faults is chance; those that do wait longer than this test.
    assert len({text.to for text in life.vendor.texts} & set(c.NUMBERS)) >= 2
    assert [mail.to for mail in life.vendor.mails][:1] == [c.CLIENT_MAIL]


async def test_the_logs_tell_of_every_failure_and_of_nobody(life: Life) -> None:
    log = life.log
    for place in ("refused a webhook at twilio/inbound", "ValueError (its words", "OperationalError (its words"):
        assert place in log, place
    assert c.found_in(log) == []


async def test_no_file_that_we_or_temporal_wrote_holds_anybody(life: Life) -> None:
    written = life.written()
    assert {"loud.log", "records.db", "records.db-wal", "temporal.db", "temporal.log"} <= set(written)
    assert {name: found for name, held in written.items() if (found := c.found_in(held))} == {}


async def test_workflow_ids_and_search_attributes_are_opaque(life: Life) -> None:
    listed = [found async for found in life.site.temporal.list_workflows()]
    assert len(listed) >= 5
    for found in listed:
        assert c.found_in(found.raw_info.SerializeToString()) == []
        assert found.id.startswith(("plan-plan-", "escalation-", "claim-plan-"))
        fields = found.raw_info.search_attributes.indexed_fields
        assert {name for name in fields if name.startswith("Followthrough")} == set(SEARCH_ATTRIBUTES)


async def test_the_metrics_of_temporals_library_count_and_name_nobody(life: Life) -> None:
    assert "temporal_workflow_completed" in life.metrics or "temporal_activity" in life.metrics
    assert c.found_in(life.metrics) == []


async def test_callback_urls_hold_our_random_id_only(life: Life) -> None:
    urls = [text.callback_url or "" for text in life.vendor.texts]
    assert len(urls) > 5
    assert {url.rpartition("/")[0] for url in urls} == {"https://clinic.example/webhooks/twilio/status"}
    assert c.found_in(" ".join(urls)) == []


async def test_a_mail_without_an_agreement_tells_the_vendor_the_address_and_nothing_else(life: Life) -> None:
    assert life.vendor.mails
    for mail in life.vendor.mails:
        assert set(mail.custom_args) == {"message_id"}
        seen = " ".join((mail.subject, mail.body, mail.from_, *mail.custom_args.values(), *mail.categories))
        assert c.found_in(seen) == []


async def test_doors_that_anybody_may_ask_name_nobody(life: Life) -> None:
    assert "up" in life.said[-6]
    assert c.found_in(" ".join(life.said)) == []

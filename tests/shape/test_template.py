"""The packaged template, against what decorators cannot say and what a typing error would break in silence.

A misspelt logical id in infra/resources.yaml makes a second, empty resource and leaves the real one without
its settings; a missing permission shows on AWS only. Neither fails a build, so both fail here.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from chalicelib.failures.models import Failure
from chalicelib.matching.builder import MAXIMUM_AGE
from chalicelib.matching.candidate_index import USABLE_FOR
from chalicelib.matching.snapshot_store import PREFIX
from chalicelib.platform import telemetry
from chalicelib.platform.settings import Settings
from chalicelib.verification.handlers import SETS_OFF
from chalicelib.verification.sources.wikidata import Wikidata
from chalicelib.vocabulary.retention import ATTACHMENTS_AT_MOST
from chalicelib.vocabulary.text import LANGUAGES
from infra.account_mail import CODE, LONGEST_MESSAGE, LONGEST_SUBJECT
from infra.package import functions
from tests.support.contract import document

Resource = dict[str, Any]

#: The routes that anybody may call. A new one is added here on purpose.
PUBLIC_ROUTES = {
    ("get", "/health"),
    ("get", "/config"),
    ("get", "/taxonomy"),
    ("get", "/openapi.json"),
    ("get", "/matching/criteria"),
    ("get", "/rates"),
    ("get", "/rates/observed"),
    ("get", "/privacy"),
    ("post", "/rates/own-cost"),
    ("get", "/metrics"),
    ("get", "/unsubscribe/{token}"),
    ("post", "/unsubscribe/{token}"),
    ("get", "/attestations/{token}"),
    ("post", "/attestations/{token}"),
}

#: Actions of services that have no resources to name: AWS accepts nothing but "*" for them.
ACTIONS_WITHOUT_RESOURCE = {"xray:PutTraceSegments", "xray:PutTelemetryRecords"}

#: The only wildcards: inside one table, or under one prefix of one bucket.
WITHIN_ONE_RESOURCE = (
    *("Table.Arn}/index/*", "Table.Arn}/stream/*", "${SnapshotsBucket.Arn}/candidates/*"),
    *("${EvidenceBucket.Arn}/quarantine/*", "${EvidenceBucket.Arn}/evidence/*", "${ExportsBucket.Arn}/exports/*"),
    *("${AttachmentsBucket.Arn}/quarantine/*", "${AttachmentsBucket.Arn}/attachments/*"),
)

#: A function lives half a minute; the one that waits for another's answer, a whole one; the one that reads everybody,
#: five; one that erases may have to build a snapshot without somebody.
FUNCTION_TIMEOUT_SECONDS = 30
LONGER_SECONDS = {"ReplayFailures": 60, "BuildCandidateIndex": 300, "ErasePeople": 120}
DAYS_14_IN_SECONDS = 14 * 24 * 3600


def of_type(template: Resource, kind: str) -> dict[str, Resource]:
    return {name: found for name, found in template["Resources"].items() if found.get("Type") == kind}


def event_sources(template: Resource, kind: str) -> dict[str, tuple[str, Resource]]:
    """The event sources of a kind: its name to its function's and its properties."""
    return {
        name: (function, source["Properties"])
        for function, resource in functions(template).items()
        for name, source in resource["Properties"].get("Events", {}).items()
        if source.get("Type") == kind
    }


def statements(template: Resource, function: str) -> list[Resource]:
    """What a function may do: the statements of its role's inline policies."""
    role = template["Resources"][role_of(template, function)]["Properties"]
    assert "ManagedPolicyArns" not in role
    return [statement for policy in role["Policies"] for statement in policy["PolicyDocument"]["Statement"]]


def role_of(template: Resource, function: str) -> str:
    name, attribute = template["Resources"][function]["Properties"]["Role"]["Fn::GetAtt"]
    assert attribute == "Arn"
    return str(name)


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def allowed(template: Resource, function: str, resource: Resource) -> set[str]:
    """The actions a function may do on exactly this resource."""
    return {
        action
        for statement in statements(template, function)
        if resource in listed(statement["Resource"])
        for action in listed(statement["Action"])
    }


def arn(name: str) -> Resource:
    return {"Fn::GetAtt": [name, "Arn"]}


def alarms_on(template: Resource, metric: str, dimension: str, value: Resource) -> list[Resource]:
    return [
        alarm["Properties"]
        for alarm in of_type(template, "AWS::CloudWatch::Alarm").values()
        if alarm["Properties"]["MetricName"] == metric
        and alarm["Properties"]["Dimensions"] == [{"Name": dimension, "Value": value}]
    ]


def every_mapping(value: Any) -> Iterator[Resource]:
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from every_mapping(inner)


# ---- the whole template


def test_every_resource_has_a_type_so_no_logical_id_is_misspelt(template: Resource) -> None:
    untyped = [name for name, resource in template["Resources"].items() if "Type" not in resource]
    assert not untyped


def test_every_event_source_has_a_type_so_none_is_misspelt(template: Resource) -> None:
    untyped = [
        source_name
        for function in functions(template).values()
        for source_name, source in function["Properties"].get("Events", {}).items()
        if "Type" not in source
    ]
    assert not untyped


def test_no_function_of_cloudformation_was_merged_with_another_value(packaged: Resource) -> None:
    mixed = [
        mapping
        for mapping in every_mapping(packaged)
        if len(mapping) > 1 and any(name == "Ref" or name.startswith("Fn::") for name in mapping)
    ]
    assert not mixed


def test_every_reference_names_something_that_exists(template: Resource) -> None:
    known = set(template["Resources"]) | set(template["Parameters"])
    missing = []
    for mapping in every_mapping(template):
        if "Ref" in mapping and not str(mapping["Ref"]).startswith("AWS::") and mapping["Ref"] not in known:
            missing.append(mapping)
        if "Fn::GetAtt" in mapping and mapping["Fn::GetAtt"][0] not in known:
            missing.append(mapping)
    assert not missing


def test_cfn_lint_finds_nothing(package: Any, repository: Path) -> None:
    done = subprocess.run(
        [str(Path(sys.executable).with_name("cfn-lint")), str(package.template)],
        cwd=repository,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_template_fits_what_cloudformation_takes_from_s3(package: Any) -> None:
    assert package.template.stat().st_size < 1_000_000


# ---- the functions


def test_the_functions_are_those_that_have_a_policy_of_their_own(template: Resource, repository: Path) -> None:
    config = json.loads((repository / ".chalice" / "config.json").read_text())
    configured = config["stages"]["main"]["lambda_functions"]
    files = {path.name for path in (repository / ".chalice").glob("policy-*.json")}
    assert {settings["iam_policy_file"] for settings in configured.values()} == files
    assert len(configured) == len(functions(template))


def test_every_function_has_a_role_that_no_other_function_has(template: Resource) -> None:
    roles = Counter(role_of(template, function) for function in functions(template))
    assert set(roles.values()) == {1}


def test_every_function_logs_to_a_group_of_its_own_that_forgets_after_thirty_days(template: Resource) -> None:
    groups = Counter()
    for name, function in functions(template).items():
        group = function["Properties"]["LoggingConfig"]["LogGroup"]["Ref"]
        groups[group] += 1
        assert template["Resources"][group]["Type"] == "AWS::Logs::LogGroup"
        assert template["Resources"][group]["Properties"]["RetentionInDays"] == 30
        assert allowed(template, name, arn(group)) == {"logs:CreateLogStream", "logs:PutLogEvents"}
    assert set(groups.values()) == {1}


def test_every_function_has_an_alarm_on_its_errors_that_tells_someone(template: Resource) -> None:
    for name in functions(template):
        (alarm,) = alarms_on(template, "Errors", "FunctionName", {"Ref": name})
        assert alarm["AlarmActions"] == [{"Ref": "AlarmTopic"}]


def test_every_function_and_the_api_are_traced(template: Resource) -> None:
    assert {function["Properties"]["Tracing"] for function in functions(template).values()} == {"Active"}
    assert template["Globals"]["Api"]["TracingEnabled"] is True


def test_every_function_has_the_time_that_the_queues_count_with(template: Resource) -> None:
    assert {name: function["Properties"]["Timeout"] for name, function in functions(template).items()} == {
        name: LONGER_SECONDS.get(name, FUNCTION_TIMEOUT_SECONDS) for name in functions(template)
    }


def test_the_environment_has_every_variable_that_the_settings_need(template: Resource) -> None:
    given = template["Globals"]["Function"]["Environment"]["Variables"]
    needed = {name.upper() for name, field in Settings.model_fields.items() if field.is_required()}
    assert needed <= set(given)


def told_alone(template: Resource) -> dict[str, Resource]:
    """Function → what the environment says to it and to no other."""
    return {
        name: function["Properties"]["Environment"]["Variables"]
        for name, function in functions(template).items()
        if "Environment" in function["Properties"]
    }


def test_the_environment_says_nothing_to_one_function_alone_but_which_function_each_consumer_is(
    template: Resource,
) -> None:
    told = told_alone(template)
    assert {name: set(variables) for name, variables in told.items()} == {"ReplayFailures": {"CONSUMER_FUNCTIONS"}}


# ---- failures


def parking_consumers(repository: Path) -> set[str]:
    """Every name under which a handler parks what it cannot use, read from the code."""
    named = re.compile(r"\b(?:on_stream|on_event_queue|on_task_queue|on_text_queue|relay)\(\"(\w+)\"")
    sources = [path.read_text(encoding="utf-8") for path in (repository / "chalicelib").glob("*/handlers.py")]
    return {name for source in sources for name in named.findall(source)}


def replayable_consumers(template: Resource) -> dict[str, str]:
    """Consumer → its function's logical id, as `replay_failures` is told."""
    told = json.loads(told_alone(template)["ReplayFailures"]["CONSUMER_FUNCTIONS"]["Fn::Sub"])
    return {consumer: reference.removeprefix("${").removesuffix("}") for consumer, reference in told.items()}


def test_every_handler_that_parks_records_can_have_them_back(template: Resource, repository: Path) -> None:
    told = replayable_consumers(template)
    # A request to replay is not replayed itself: an administrator asks again.
    assert set(told) == parking_consumers(repository) - {"replay_failures"}
    for consumer, function in told.items():
        assert template["Resources"][function]["Properties"]["Handler"].endswith(f".handlers.{consumer}")
    served = {function for kind in ("DynamoDB", "SQS") for function, _ in event_sources(template, kind).values()}
    assert set(told.values()) == served - {"ReplayFailures"}


def test_the_replayer_alone_may_run_functions_and_exactly_those_that_park(template: Resource) -> None:
    running = {
        name: [
            resource
            for statement in statements(template, name)
            if "lambda:InvokeFunction" in listed(statement["Action"])
            for resource in listed(statement["Resource"])
        ]
        for name in functions(template)
    }
    assert {name for name, resources in running.items() if resources} == {"ReplayFailures"}
    expected = [arn(function) for function in replayable_consumers(template).values()]
    assert sorted(map(json.dumps, running["ReplayFailures"])) == sorted(map(json.dumps, expected))


def test_every_handler_that_parks_may_write_a_failure_and_only_administrators_functions_may_read_them(
    template: Resource,
) -> None:
    table = arn("FailuresTable")
    reading = {"APIHandler", "ReplayFailures", "SweepFailures", "ErasePeople"}
    parking = set(replayable_consumers(template).values())
    for name in functions(template):
        expected = {"dynamodb:UpdateItem"} if name in parking | reading else set()
        # A record may hold anything, somebody's name too: it goes with them.
        expected |= {"dynamodb:BatchGetItem", "dynamodb:DeleteItem"} if name == "ErasePeople" else set()
        # What administrators do about one is written with who did it.
        expected |= {"dynamodb:PutItem"} if name == "APIHandler" else set()
        assert allowed(template, name, table) - {"dynamodb:GetItem", "dynamodb:Query"} == expected, name
        assert ("dynamodb:GetItem" in allowed(template, name, table)) == (name in reading), name


def test_an_alarm_tells_of_every_record_that_is_parked(template: Resource) -> None:
    alarms = [alarm["Properties"] for alarm in of_type(template, "AWS::CloudWatch::Alarm").values()]
    (alarm,) = [alarm for alarm in alarms if alarm["MetricName"] == "RecordsParked"]
    variables = template["Globals"]["Function"]["Environment"]["Variables"]
    assert alarm["Dimensions"] == [
        {"Name": "environment", "Value": variables["ENVIRONMENT"]},
        {"Name": "service", "Value": variables["POWERTOOLS_SERVICE_NAME"]},
    ]
    assert alarm["Namespace"] == telemetry.NAMESPACE
    assert (alarm["Statistic"], alarm["Threshold"]) == ("Sum", 0)
    assert alarm["AlarmActions"] == [{"Ref": "AlarmTopic"}]


def test_the_list_of_failures_holds_all_that_it_shows_and_not_the_records(template: Resource) -> None:
    indexes = template["Resources"]["FailuresTable"]["Properties"]["GlobalSecondaryIndexes"]
    (listed_by_status,) = [index for index in indexes if index["IndexName"] == "by_status"]
    held = {*listed_by_status["Projection"]["NonKeyAttributes"], "updated_at"}
    assert held == set(Failure.__slots__)


# ---- what each may do


def test_no_statement_allows_every_action_or_every_resource(template: Resource) -> None:
    for name in functions(template):
        for statement in statements(template, name):
            actions = listed(statement["Action"])
            assert not [action for action in actions if "*" in action], (name, statement)
            if statement["Resource"] == "*":
                assert set(actions) <= ACTIONS_WITHOUT_RESOURCE, (name, statement)


def test_a_wildcard_in_a_resource_stays_inside_one_table_or_prefix(template: Resource) -> None:
    for name in functions(template):
        for statement in statements(template, name):
            for resource in listed(statement["Resource"]):
                text = json.dumps(resource)
                if "*" in text and resource != "*":
                    assert resource["Fn::Sub"].endswith(WITHIN_ONE_RESOURCE), (name, resource)


def test_every_statement_names_resources_of_this_stack(template: Resource) -> None:
    own = set(template["Resources"])
    for name in functions(template):
        for statement in statements(template, name):
            for resource in listed(statement["Resource"]):
                assert (
                    resource == "*"
                    or any(logical_id in json.dumps(resource) for logical_id in own)
                    or (":identity/" in json.dumps(resource))
                ), (name, resource)


def test_the_emulator_is_given_more_than_aws_for_mail_alone(packaged: Resource) -> None:
    loosened = [
        statement
        for role in of_type(packaged, "AWS::IAM::Role").values()
        for policy in role["Properties"]["Policies"]
        for statement in policy["PolicyDocument"]["Statement"]
        if "OnEmulator" in json.dumps(statement)
    ]
    # Whoever sends the e-mails, and whoever sends the last one to somebody.
    assert [statement["Action"] for statement in loosened] == [["ses:SendEmail", "ses:SendRawEmail"]] * 2


def test_no_function_may_scan_a_table(template: Resource) -> None:
    for name in functions(template):
        assert "dynamodb:Scan" not in json.dumps(statements(template, name))


def test_only_the_relays_may_put_events_on_the_topic(template: Resource) -> None:
    publishers = {
        name for name in functions(template) if "sns:Publish" in allowed(template, name, {"Ref": "EventsTopic"})
    }
    admitted = topic_statement(template, "EventsTopic")["Principal"]["AWS"]
    assert publishers == {name for name in functions(template) if name.startswith("Relay")}
    assert sorted(map(json.dumps, admitted)) == sorted(
        json.dumps(arn(role_of(template, publisher))) for publisher in publishers
    )


def topic_statement(template: Resource, topic: str) -> Resource:
    """Who may put messages on a topic: the one statement of its policy."""
    (policy,) = [
        policy["Properties"]
        for policy in of_type(template, "AWS::SNS::TopicPolicy").values()
        if policy["Properties"]["Topics"] == [{"Ref": topic}]
    ]
    (statement,) = policy["PolicyDocument"]["Statement"]
    return dict(statement)


def test_only_ses_may_report_of_our_mail_and_of_our_configuration_set_alone(template: Resource) -> None:
    statement = topic_statement(template, "MailFeedbackTopic")
    assert statement["Principal"] == {"Service": "ses.amazonaws.com"}
    assert statement["Action"] == "sns:Publish"
    assert statement["Condition"]["StringEquals"] == {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}
    assert "${MailConfigurationSet}" in json.dumps(statement["Condition"]["ArnEquals"]["aws:SourceArn"])
    assert not [name for name in functions(template) if allowed(template, name, {"Ref": "MailFeedbackTopic"})]


def test_ses_reports_what_we_read_and_keeps_no_list_of_addresses_of_its_own(template: Resource) -> None:
    (destination,) = of_type(template, "AWS::SES::ConfigurationSetEventDestination").values()
    reports = destination["Properties"]["EventDestination"]
    assert reports["Enabled"] is True
    assert reports["MatchingEventTypes"] == ["send", "delivery", "bounce", "complaint"]
    assert reports["SnsDestination"] == {"TopicARN": {"Ref": "MailFeedbackTopic"}}
    (mail,) = of_type(template, "AWS::SES::ConfigurationSet").values()
    assert mail["Properties"]["SuppressionOptions"] == {"SuppressedReasons": []}
    assert destination["Properties"]["ConfigurationSetName"] == {"Ref": "MailConfigurationSet"}


# ---- the streams


def test_every_stream_reader_has_the_settings_that_decorators_cannot_give(template: Resource) -> None:
    readers = event_sources(template, "DynamoDB")
    assert readers
    for name, (_, source) in readers.items():
        table, attribute = source["Stream"]["Fn::GetAtt"]
        assert attribute == "StreamArn", name
        assert template["Resources"][table]["Properties"]["StreamSpecification"]["StreamViewType"] == "NEW_IMAGE"
        assert source["StartingPosition"] == "TRIM_HORIZON", name
        assert source["FunctionResponseTypes"] == ["ReportBatchItemFailures"], name
        assert source["BisectBatchOnFunctionError"] is True, name
        assert 0 < source["MaximumRetryAttempts"] <= 100, name
        assert 0 < source["MaximumRecordAgeInSeconds"] <= 24 * 3600, name
        assert source["MaximumBatchingWindowInSeconds"] == 0, name
        assert source["DestinationConfig"]["OnFailure"]["Destination"] == arn("StreamFailuresQueue"), name


def test_every_stream_reader_is_given_event_inserts_and_nothing_else(template: Resource) -> None:
    only_events = {"eventName": ["INSERT"], "dynamodb": {"Keys": {"sk": {"S": [{"prefix": "EVENT#"}]}}}}
    for name, (function, source) in event_sources(template, "DynamoDB").items():
        (given,) = source["FilterCriteria"]["Filters"]
        pattern = json.loads(given["Pattern"])
        if function == "QueueVerificationSteps":
            types = pattern["dynamodb"].pop("NewImage")["event_type"]["S"]
            assert sorted(types) == sorted(fact.event_type for fact in SETS_OFF)
        assert pattern == only_events, name


def test_every_stream_reader_may_read_its_stream_and_report_what_it_gave_up(template: Resource) -> None:
    for function, source in event_sources(template, "DynamoDB").values():
        assert {
            "dynamodb:DescribeStream",
            "dynamodb:GetRecords",
            "dynamodb:GetShardIterator",
        } <= allowed(template, function, source["Stream"])
        table = source["Stream"]["Fn::GetAtt"][0]
        assert "dynamodb:ListStreams" in allowed(template, function, {"Fn::Sub": f"${{{table}.Arn}}/stream/*"})
        assert "sqs:SendMessage" in allowed(template, function, arn("StreamFailuresQueue"))


def test_a_stream_has_one_reader_at_least_and_two_at_most(template: Resource) -> None:
    readers = Counter(source["Stream"]["Fn::GetAtt"][0] for _, source in event_sources(template, "DynamoDB").values())
    streams = {
        name
        for name, table in of_type(template, "AWS::DynamoDB::Table").items()
        if "StreamSpecification" in table["Properties"]
    }
    assert set(readers) == streams
    assert max(readers.values()) <= 2


def test_every_stream_is_relayed_once(template: Resource) -> None:
    relayed = Counter(
        source["Stream"]["Fn::GetAtt"][0]
        for function, source in event_sources(template, "DynamoDB").values()
        if function.startswith("Relay")
    )
    assert set(relayed.values()) == {1}
    assert relayed.keys() == {
        source["Stream"]["Fn::GetAtt"][0] for _, source in event_sources(template, "DynamoDB").values()
    }


# ---- the queues


def dead_letter_queues(template: Resource) -> dict[str, str]:
    """Each working queue to the queue that takes what it gave up."""
    return {
        name: queue["Properties"]["RedrivePolicy"]["deadLetterTargetArn"]["Fn::GetAtt"][0]
        for name, queue in of_type(template, "AWS::SQS::Queue").items()
        if "RedrivePolicy" in queue["Properties"]
    }


def consumed_queues(template: Resource) -> Counter[str]:
    return Counter(source["Queue"]["Fn::GetAtt"][0] for _, source in event_sources(template, "SQS").values())


def test_every_queue_has_one_consumer_or_is_kept_for_people(template: Resource) -> None:
    queues = set(of_type(template, "AWS::SQS::Queue"))
    for_people = set(dead_letter_queues(template).values()) | {"StreamFailuresQueue"}
    consumed = consumed_queues(template)
    assert set(consumed.values()) == {1}
    assert set(consumed) == queues - for_people


def test_every_consumed_queue_gives_up_at_the_fifth_failure_into_a_queue_of_its_own(
    template: Resource,
) -> None:
    given_up = dead_letter_queues(template)
    assert set(given_up) == set(consumed_queues(template))
    assert len(set(given_up.values())) == len(given_up)
    for name in given_up:
        properties = template["Resources"][name]["Properties"]
        assert properties["RedrivePolicy"]["maxReceiveCount"] == 5
        (consumer,) = [
            function for function, source in event_sources(template, "SQS").values() if source["Queue"] == arn(name)
        ]
        assert properties["VisibilityTimeout"] == 6 * LONGER_SECONDS.get(consumer, FUNCTION_TIMEOUT_SECONDS)


def test_every_queue_kept_for_people_keeps_for_fourteen_days_and_has_an_alarm(template: Resource) -> None:
    for name in set(of_type(template, "AWS::SQS::Queue")) - set(consumed_queues(template)):
        assert template["Resources"][name]["Properties"]["MessageRetentionPeriod"] == DAYS_14_IN_SECONDS
        depth = {"Fn::GetAtt": [name, "QueueName"]}
        (alarm,) = alarms_on(template, "ApproximateNumberOfMessagesVisible", "QueueName", depth)
        assert alarm["AlarmActions"] == [{"Ref": "AlarmTopic"}]
        assert (alarm["Threshold"], alarm["ComparisonOperator"]) == (0, "GreaterThanThreshold")


def test_every_queue_is_encrypted(template: Resource) -> None:
    for name, queue in of_type(template, "AWS::SQS::Queue").items():
        assert queue["Properties"]["SqsManagedSseEnabled"] is True, name


def test_every_queue_consumer_reports_each_failed_message_and_may_poll(template: Resource) -> None:
    for name, (function, source) in event_sources(template, "SQS").items():
        assert source["FunctionResponseTypes"] == ["ReportBatchItemFailures"], name
        assert source["MaximumBatchingWindowInSeconds"] == 0, name
        assert {"sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"} <= allowed(
            template, function, source["Queue"]
        ), name


def test_as_many_steps_are_run_at_once_as_wikidata_may_be_asked_questions(template: Resource) -> None:
    """Each asks a source one question at a time; the limit holds for all functions together."""
    (source,) = (
        source for function, source in event_sources(template, "SQS").values() if function == "RunVerificationSteps"
    )
    assert source["ScalingConfig"] == {"MaximumConcurrency": Wikidata.pace.parallel}


def topic_of(queue: str) -> str | None:
    """The topic that alone fills a queue; None for one that our functions fill."""
    if queue == "MailFeedbackQueue":
        return "MailFeedbackTopic"
    return "EventsTopic" if queue.endswith("InboxQueue") else None


def test_only_its_topic_may_put_messages_into_an_inbox(template: Resource) -> None:
    inboxes = {name for name in consumed_queues(template) if topic_of(name)}
    admitted = {}
    for policy in of_type(template, "AWS::SQS::QueuePolicy").values():
        (queue,) = policy["Properties"]["Queues"]
        (statement,) = policy["Properties"]["PolicyDocument"]["Statement"]
        admitted[queue["Ref"]] = statement
    assert admitted.keys() == inboxes
    for inbox, statement in admitted.items():
        assert statement["Principal"] == {"Service": "sns.amazonaws.com"}
        assert statement["Resource"] == arn(inbox)
        assert statement["Condition"] == {"ArnEquals": {"aws:SourceArn": {"Ref": topic_of(inbox)}}}
        for function in functions(template):
            assert "sqs:SendMessage" not in allowed(template, function, arn(inbox))


def test_every_inbox_is_subscribed_raw_and_to_named_events(template: Resource) -> None:
    subscribed = {}
    for subscription in of_type(template, "AWS::SNS::Subscription").values():
        properties = subscription["Properties"]
        if properties["TopicArn"] == {"Ref": "EventsTopic"}:
            assert properties["RawMessageDelivery"] is True
            assert properties["FilterPolicy"]["event_type"]
            subscribed[properties["Endpoint"]["Fn::GetAtt"][0]] = properties
        if properties["TopicArn"] == {"Ref": "MailFeedbackTopic"}:
            assert properties["RawMessageDelivery"] is True
            assert properties["Endpoint"] == arn("MailFeedbackQueue")
    assert set(subscribed) == {name for name in consumed_queues(template) if name.endswith("InboxQueue")}


# ---- the schedules

#: What nobody waits for: candidates that changed are found whether or not a snapshot has them.
RARER_TICKS = {"BuildCandidateIndex": "rate(15 minutes)"}


def test_a_tick_that_fails_is_left_to_the_next_one(template: Resource) -> None:
    ticks = event_sources(template, "Schedule")
    assert ticks
    for function, source in ticks.values():
        assert source["Schedule"] == RARER_TICKS.get(function, "rate(5 minutes)")
        assert template["Resources"][function]["Properties"]["EventInvokeConfig"]["MaximumRetryAttempts"] == 0


# ---- the tables


def test_every_table_is_on_demand_encrypted_and_can_be_restored_to_any_second(template: Resource) -> None:
    tables = of_type(template, "AWS::DynamoDB::Table")
    assert tables
    for name, table in tables.items():
        properties = table["Properties"]
        assert properties["BillingMode"] == "PAY_PER_REQUEST", name
        assert properties["SSESpecification"] == {"SSEEnabled": True}, name
        assert properties["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}, name


def test_what_people_entrusted_to_us_outlives_the_stack_in_production(template: Resource) -> None:
    kept = {**of_type(template, "AWS::DynamoDB::Table"), **of_type(template, "AWS::Cognito::UserPool")}
    for name, resource in kept.items():
        assert resource["DeletionPolicy"] == "RetainExceptOnCreate", name
        assert resource["UpdateReplacePolicy"] == "Retain", name
        properties = resource["Properties"]
        assert properties.get("DeletionProtectionEnabled") is True or properties["DeletionProtection"] == "ACTIVE"


def test_no_table_or_queue_has_a_name_that_would_forbid_its_replacement(template: Resource) -> None:
    for table in of_type(template, "AWS::DynamoDB::Table").values():
        assert "TableName" not in table["Properties"]
    for queue in of_type(template, "AWS::SQS::Queue").values():
        assert "QueueName" not in queue["Properties"]


# ---- the snapshots of candidates

INDEX_READERS = {"APIHandler", "MatchOnBriefEvents", "MatchOnProfileEvents"}
SNAPSHOTS = {"Fn::Sub": "${SnapshotsBucket.Arn}/candidates/*"}


BUCKETS = ("AttachmentsBucket", "EvidenceBucket", "ExportsBucket", "SnapshotsBucket")


def test_the_buckets_are_those_that_are_looked_at_here(template: Resource) -> None:
    assert sorted(of_type(template, "AWS::S3::Bucket")) == sorted(BUCKETS)


@pytest.mark.parametrize("name", BUCKETS)
def test_a_bucket_is_private_encrypted_and_keeps_no_old_versions(template: Resource, name: str) -> None:
    properties = template["Resources"][name]["Properties"]
    assert set(properties["PublicAccessBlockConfiguration"].values()) == {True}
    assert len(properties["PublicAccessBlockConfiguration"]) == 4
    assert properties["OwnershipControls"] == {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]}
    [rule] = properties["BucketEncryption"]["ServerSideEncryptionConfiguration"]
    assert rule["ServerSideEncryptionByDefault"]["SSEAlgorithm"] == "AES256"
    assert "VersioningConfiguration" not in properties
    assert "BucketName" not in properties


def test_a_snapshot_that_nothing_reads_any_more_expires(template: Resource) -> None:
    [rule] = template["Resources"]["SnapshotsBucket"]["Properties"]["LifecycleConfiguration"]["Rules"]
    assert (rule["Status"], rule["Prefix"]) == ("Enabled", PREFIX)
    assert timedelta(days=rule["ExpirationInDays"]) > USABLE_FOR
    assert rule["AbortIncompleteMultipartUpload"] == {"DaysAfterInitiation": 1}


def test_files_of_evidence_go_even_when_the_sweeper_never_heard_of_them(template: Resource) -> None:
    rules = template["Resources"]["EvidenceBucket"]["Properties"]["LifecycleConfiguration"]["Rules"]
    assert {rule["Prefix"]: rule["ExpirationInDays"] for rule in rules} == {"quarantine/": 1, "evidence/": 400}
    assert {rule["Status"] for rule in rules} == {"Enabled"}


@pytest.mark.parametrize("bucket", ["EvidenceBucket", "AttachmentsBucket"])
def test_no_page_of_whatever_origin_reaches_a_bucket_of_files_by_script(template: Resource, bucket: str) -> None:
    assert "CorsConfiguration" not in template["Resources"][bucket]["Properties"]
    assert template["Globals"]["Function"]["Environment"]["Variables"]["FILES_URL"] == {"Fn::Sub": "${SiteUrl}/files"}


def test_the_routes_the_sweeper_and_who_erases_alone_deal_with_files_of_evidence(template: Resource) -> None:
    for name in functions(template):
        dealing = name in ("APIHandler", "SweepVerification")
        expected = {"s3:GetObject", "s3:PutObject", "s3:DeleteObject"} if dealing else set()
        expected |= {"s3:DeleteObject"} if name == "ErasePeople" else set()
        for folder in ("quarantine", "evidence"):
            assert allowed(template, name, {"Fn::Sub": f"${{EvidenceBucket.Arn}}/{folder}/*"}) == expected, name


def test_files_of_conversations_go_even_when_the_sweeper_never_heard_of_them(template: Resource) -> None:
    rules = template["Resources"]["AttachmentsBucket"]["Properties"]["LifecycleConfiguration"]["Rules"]
    assert {rule["Prefix"]: rule["ExpirationInDays"] for rule in rules} == {"quarantine/": 1, "attachments/": 400}
    assert {rule["Status"] for rule in rules} == {"Enabled"}
    assert timedelta(days=400) > ATTACHMENTS_AT_MOST


def test_the_routes_take_files_of_conversations_and_two_others_delete_them(template: Resource) -> None:
    expected = {
        "APIHandler": {"s3:GetObject", "s3:PutObject", "s3:DeleteObject"},
        "SweepConversations": {"s3:DeleteObject"},
        "ErasePeople": {"s3:DeleteObject"},
    }
    for name in functions(template):
        for folder in ("quarantine", "attachments"):
            files = {"Fn::Sub": f"${{AttachmentsBucket.Arn}}/{folder}/*"}
            assert allowed(template, name, files) == expected.get(name, set()), name
        listing = {"s3:ListBucket"} if name in expected else set()
        assert allowed(template, name, arn("AttachmentsBucket")) == listing, name


@pytest.mark.parametrize("name", BUCKETS)
def test_a_bucket_refuses_connections_that_are_not_encrypted(template: Resource, name: str) -> None:
    policies = of_type(template, "AWS::S3::BucketPolicy").values()
    [policy] = [one for one in policies if one["Properties"]["Bucket"] == {"Ref": name}]
    [statement] = policy["Properties"]["PolicyDocument"]["Statement"]
    assert (statement["Effect"], statement["Principal"], statement["Action"]) == ("Deny", "*", "s3:*")
    assert statement["Resource"] == [arn(name), {"Fn::Sub": f"${{{name}.Arn}}/*"}]
    assert statement["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
    assert template["Conditions"][policy["Condition"]] == {
        "Fn::Not": [{"Fn::Equals": [{"Ref": "Environment"}, "local"]}]
    }


def test_those_who_match_read_the_name_of_the_company_and_nothing_else_of_companies(template: Resource) -> None:
    for name in sorted(INDEX_READERS - {"APIHandler"}):
        assert allowed(template, name, arn("CompaniesTable")) == {"dynamodb:GetItem"}, name


def test_those_who_rank_read_snapshots_and_who_builds_or_erases_alone_replaces_them(template: Resource) -> None:
    for name in functions(template):
        expected = set()
        if name in INDEX_READERS:
            expected = {"s3:GetObject"}
        if name in ("BuildCandidateIndex", "ErasePeople"):
            expected = {"s3:PutObject", "s3:DeleteObject"}
        assert allowed(template, name, SNAPSHOTS) == expected, name
        listing = {"s3:ListBucket"} if expected else set()
        assert allowed(template, name, arn("SnapshotsBucket")) == listing, name


def test_those_who_rank_read_candidates_and_may_ask_for_a_snapshot(template: Resource) -> None:
    reading = {"dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query"}
    writing = {"dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem"}
    table = arn("CandidatesTable")
    for name in functions(template):
        rights = allowed(template, name, table)
        if name in ("MatchOnProfileEvents", "BuildCandidateIndex", "ErasePeople"):
            assert rights == reading | writing, name
        elif name in INDEX_READERS:
            assert rights == reading | {"dynamodb:PutItem"}, name
            [asking] = [one for one in statements(template, name) if one.get("Sid") == "AskForRebuild"]
            assert asking["Condition"] == {"ForAllValues:StringEquals": {"dynamodb:LeadingKeys": ["INDEX"]}}
        else:
            assert rights == set(), name


def test_changes_of_candidates_are_forgotten_after_their_time(template: Resource) -> None:
    expiry = template["Resources"]["CandidatesTable"]["Properties"]["TimeToLiveSpecification"]
    assert expiry == {"AttributeName": "expires_at", "Enabled": True}


def test_alarms_tell_of_a_snapshot_that_is_old_or_of_no_use(template: Resource) -> None:
    alarms = {
        alarm["Properties"]["MetricName"]: alarm["Properties"]
        for alarm in of_type(template, "AWS::CloudWatch::Alarm").values()
        if alarm["Properties"]["MetricName"].startswith("CandidateIndex")
    }
    assert set(alarms) == {"CandidateIndexAge", "CandidateIndexBypassed"}
    variables = template["Globals"]["Function"]["Environment"]["Variables"]
    for alarm in alarms.values():
        assert alarm["Dimensions"] == [
            {"Name": "environment", "Value": variables["ENVIRONMENT"]},
            {"Name": "service", "Value": variables["POWERTOOLS_SERVICE_NAME"]},
        ]
        assert alarm["Namespace"] == telemetry.NAMESPACE
        assert alarm["AlarmActions"] == [{"Ref": "AlarmTopic"}]
    age = alarms["CandidateIndexAge"]
    assert (age["Threshold"], age["Statistic"], age["TreatMissingData"]) == (26 * 3600, "Maximum", "breaching")
    assert timedelta(seconds=age["Threshold"]) > MAXIMUM_AGE
    assert (alarms["CandidateIndexBypassed"]["Threshold"], alarms["CandidateIndexBypassed"]["Statistic"]) == (0, "Sum")


# ---- the API


def operations(template: Resource) -> dict[tuple[str, str], Resource]:
    paths = template["Resources"]["RestAPI"]["Properties"]["DefinitionBody"]["paths"]
    return {(method, path): found for path, methods in paths.items() for method, found in methods.items()}


def test_the_e_mail_of_a_code_is_one_that_cognito_takes(template: Resource) -> None:
    message = template["Resources"]["UserPool"]["Properties"]["VerificationMessageTemplate"]
    assert message["EmailMessage"].count(CODE) == len(LANGUAGES)
    assert 6 <= len(message["EmailMessage"]) <= LONGEST_MESSAGE
    assert len(message["EmailSubject"]) <= LONGEST_SUBJECT
    # Letters, marks, symbols, numbers, punctuation and spaces: no other character.
    other = {one for one in "".join(message.values()) if unicodedata.category(one)[0] not in "LMSNPZ" and one != "\n"}
    assert other == set()


def test_every_route_but_the_public_ones_asks_for_a_token_of_our_user_pool(template: Resource) -> None:
    schemes = template["Resources"]["RestAPI"]["Properties"]["DefinitionBody"]["securityDefinitions"]
    assert set(schemes) == {"accounts"}
    authorizer = schemes["accounts"]["x-amazon-apigateway-authorizer"]
    assert authorizer == {"type": "cognito_user_pools", "providerARNs": [arn("UserPool")]}
    public = {route for route, operation in operations(template).items() if "security" not in operation}
    assert public == PUBLIC_ROUTES
    for route in operations(template).keys() - public:
        assert operations(template)[route]["security"] == [{"accounts": []}], route


def test_the_api_answers_on_one_origin_so_no_route_has_a_preflight(template: Resource) -> None:
    assert not [route for route in operations(template) if route[0] == "options"]


def test_the_api_is_regional_and_its_stage_is_called_api(template: Resource) -> None:
    properties = template["Resources"]["RestAPI"]["Properties"]
    assert (properties["EndpointConfiguration"], properties["StageName"]) == ("REGIONAL", "api")


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("UNAUTHORIZED", 401),
        ("ACCESS_DENIED", 403),
        ("MISSING_AUTHENTICATION_TOKEN", 404),
        ("REQUEST_TOO_LARGE", 413),
        ("UNSUPPORTED_MEDIA_TYPE", 415),
        ("THROTTLED", 429),
        ("DEFAULT_4XX", None),
        ("DEFAULT_5XX", None),
    ],
)
def test_what_the_gateway_answers_by_itself_has_the_shape_of_our_errors(
    template: Resource, kind: str, status: int | None
) -> None:
    answer = template["Resources"]["RestAPI"]["Properties"]["GatewayResponses"][kind]
    body = json.loads(answer["ResponseTemplates"]["application/json"])
    assert answer["ResponseParameters"]["Headers"]["Content-Type"] == "'application/problem+json'"
    assert answer.get("StatusCode") == status
    assert body.get("status") == status
    assert body["type"] == f"urn:plot-point:error:{body['code']}"
    french, english = body["title"].split(" / ")
    assert french and english


def test_what_the_gateway_answers_by_itself_is_in_the_contract(template: Resource) -> None:
    """Under the status it comes with; `DEFAULT_*` stand for several, of which the contract names those that happen."""
    statuses = {"DEFAULT_4XX": ["400"], "DEFAULT_5XX": ["502", "504"], "MISSING_AUTHENTICATION_TOKEN": []}
    described = document()["paths"]["/briefs"]["post"]["responses"]
    responses = template["Resources"]["RestAPI"]["Properties"]["GatewayResponses"]
    for kind, answer in responses.items():
        body = json.loads(answer["ResponseTemplates"]["application/json"])
        for status in statuses.get(kind, [str(answer.get("StatusCode"))]):
            name = described[status]["$ref"].rpartition("/")[2]
            content = document()["components"]["responses"][name]["content"]["application/problem+json"]
            assert body["code"] in content["schema"]["properties"]["code"]["enum"], (kind, status)


# ---- accounts


def test_the_groups_are_the_three_kinds_of_people(template: Resource) -> None:
    groups = of_type(template, "AWS::Cognito::UserPoolGroup").values()
    assert {group["Properties"]["GroupName"] for group in groups} == {"producers", "freelancers", "admins"}


def test_passwords_are_long_rather_than_complicated(template: Resource) -> None:
    policy = template["Resources"]["UserPool"]["Properties"]["Policies"]["PasswordPolicy"]
    assert policy["MinimumLength"] >= 12
    assert not [rule for rule, value in policy.items() if rule.startswith("Require") and value]

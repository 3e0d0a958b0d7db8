"""Packages the application and puts it on the emulator through CloudFormation, as on AWS."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from botocore.exceptions import ClientError

from infra.local.console import Failure
from infra.local.emulator import Emulator
from infra.local.state import REPOSITORY, StateDirectory
from infra.package import CannotPackage, PackagedApp, build

STACK = "plot-point"
API_STAGE = "api"
_BUCKET = "plot-point-artefacts"
_FINGERPRINT = "fingerprint"
_SOURCES = (
    "app.py",
    "chalicelib",
    ".chalice",
    "infra/account_mail.py",
    "infra/package.py",
    "infra/resources.yaml",
    "requirements.txt",
)
_NOT_SOURCES = {"__pycache__", "deployments", "deployed"}
_PACKAGES_KEPT = 2
_DEPLOY_SECONDS = 120.0
_IN_PROGRESS = "_IN_PROGRESS"
_USABLE = {"CREATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE"}


@dataclass(frozen=True)
class Deployment:
    """The stack as it stands."""

    outputs: Mapping[str, str]
    resources: Mapping[str, str]  # physical id by logical id
    done: str  # "created", "updated" or "unchanged"

    def api_url(self, emulator: Emulator) -> str:
        """The API's stage, as `EndpointURL` gives it, on the emulator's port."""
        return f"{emulator.url}/restapis/{self.outputs['RestAPIId']}/{API_STAGE}/_user_request_"


def packaged(state: StateDirectory) -> PackagedApp:
    """The application's package, built only when a source changed since the last time. Raises Failure."""
    directory = state.packages / _digest_of_sources()
    package = PackagedApp(directory / "template.json", directory / "deployment.zip")
    if not (package.template.exists() and package.code_zip.exists()):
        try:
            package = build(directory, "this-machine")
        except CannotPackage as reason:
            raise Failure(str(reason)) from reason
        _forget_old_packages(state.packages, directory)
    return package


def deploy(emulator: Emulator, package: PackagedApp, parameters: Mapping[str, str]) -> Deployment:
    """Create or update the stack; untouched when package and parameters are those deployed. Raises Failure."""
    fingerprint = _fingerprint(package, parameters)
    stack = _stack(emulator)
    if stack is not None and stack["StackStatus"] not in _USABLE:
        _delete(emulator)
        stack = None
    if stack is not None and _tags(stack).get(_FINGERPRINT) == fingerprint:
        return _deployment(emulator, stack, "unchanged")
    cloudformation = emulator.client("cloudformation")
    change = cloudformation.create_stack if stack is None else cloudformation.update_stack
    try:
        change(
            StackName=STACK,
            TemplateURL=_upload(emulator, package, fingerprint),
            Parameters=[{"ParameterKey": key, "ParameterValue": value} for key, value in parameters.items()],
            Capabilities=["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"],
            Tags=[{"Key": _FINGERPRINT, "Value": fingerprint}],
        )
    except ClientError as error:
        raise Failure("CloudFormation refused the template:", str(error)) from error
    deployment = _deployment(emulator, _settled(emulator), "created" if stack is None else "updated")
    _answer_as_on_aws(emulator, package, deployment.outputs["RestAPIId"])
    return deployment


def _answer_as_on_aws(emulator: Emulator, package: PackagedApp, api_id: str) -> None:
    """Give the gateway the error answers of the template, which the emulator does not read from there."""
    gateway = emulator.client("apigateway")
    api = json.loads(package.template.read_text())["Resources"]["RestAPI"]["Properties"]
    for kind, response in api.get("GatewayResponses", {}).items():
        headers = response.get("ResponseParameters", {}).get("Headers", {})
        gateway.put_gateway_response(
            restApiId=api_id,
            responseType=kind,
            **({"statusCode": str(response["StatusCode"])} if "StatusCode" in response else {}),
            responseParameters={f"gatewayresponse.header.{name}": value for name, value in headers.items()},
            responseTemplates=response.get("ResponseTemplates", {}),
        )
    gateway.create_deployment(restApiId=api_id, stageName=API_STAGE)


def _settled(emulator: Emulator) -> dict[str, Any]:
    deadline = time.monotonic() + _DEPLOY_SECONDS
    while time.monotonic() < deadline:
        stack = _stack(emulator)
        status = stack["StackStatus"] if stack else "absent"
        if stack is not None and status in ("CREATE_COMPLETE", "UPDATE_COMPLETE"):
            return stack
        if stack is None or not status.endswith(_IN_PROGRESS):
            raise Failure(f"The deployment ended as {status}:", *_reasons(emulator))
        time.sleep(0.1)
    raise Failure(f"The deployment did not end within {_DEPLOY_SECONDS:.0f} s.")


def _stack(emulator: Emulator) -> dict[str, Any] | None:
    try:
        stacks = emulator.client("cloudformation").describe_stacks(StackName=STACK)["Stacks"]
    except ClientError as error:
        if error.response["Error"]["Code"] == "ValidationError":  # "Stack with id … does not exist"
            return None
        raise
    stack: dict[str, Any] = stacks[0]
    return None if stack["StackStatus"] == "DELETE_COMPLETE" else stack


def _delete(emulator: Emulator) -> None:
    emulator.client("cloudformation").delete_stack(StackName=STACK)
    deadline = time.monotonic() + _DEPLOY_SECONDS
    while _stack(emulator) is not None:
        if time.monotonic() > deadline:
            raise Failure("What an interrupted deployment left cannot be removed.", "Start anew: make run FRESH=1")
        time.sleep(0.1)


def _deployment(emulator: Emulator, stack: dict[str, Any], done: str) -> Deployment:
    pages = emulator.client("cloudformation").get_paginator("list_stack_resources").paginate(StackName=STACK)
    return Deployment(
        outputs={output["OutputKey"]: output["OutputValue"] for output in stack.get("Outputs", [])},
        resources={
            resource["LogicalResourceId"]: resource.get("PhysicalResourceId", "")
            for page in pages
            for resource in page["StackResourceSummaries"]
        },
        done=done,
    )


def _reasons(emulator: Emulator) -> list[str]:
    events = emulator.client("cloudformation").describe_stack_events(StackName=STACK)["StackEvents"]
    return [
        f"  {event['LogicalResourceId']}: {event.get('ResourceStatusReason', '')}"
        for event in events
        if "FAILED" in event["ResourceStatus"]
    ] or ["  (the emulator gave no reason)"]


def _upload(emulator: Emulator, package: PackagedApp, fingerprint: str) -> str:
    """Put code and template into S3; returns the template's address."""
    s3 = emulator.client("s3")
    try:
        s3.create_bucket(Bucket=_BUCKET, CreateBucketConfiguration={"LocationConstraint": "eu-west-3"})
    except ClientError as error:
        if error.response["Error"]["Code"] not in ("BucketAlreadyOwnedByYou", "BucketAlreadyExists"):
            raise
    code_key = f"{package.code_digest()}.zip"
    template_key = f"{fingerprint}.json"
    s3.put_object(Bucket=_BUCKET, Key=code_key, Body=package.code_zip.read_bytes())
    s3.put_object(Bucket=_BUCKET, Key=template_key, Body=package.template_for(_BUCKET, code_key).encode())
    return f"{emulator.url}/{_BUCKET}/{template_key}"


def _tags(stack: dict[str, Any]) -> dict[str, str]:
    return {tag["Key"]: tag["Value"] for tag in stack.get("Tags", [])}


def _fingerprint(package: PackagedApp, parameters: Mapping[str, str]) -> str:
    digest = hashlib.sha256(package.template.read_bytes())
    digest.update(package.code_digest().encode())
    digest.update(json.dumps(dict(parameters), sort_keys=True).encode())
    return digest.hexdigest()[:32]


def _digest_of_sources() -> str:
    """Of everything the package is made from. The dependencies are the environment's, at the pins."""
    digest = hashlib.sha256(f"{sys.version}{os.uname().machine}".encode())
    for path in sorted(_source_files()):
        digest.update(f"{path.relative_to(REPOSITORY)}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def _source_files() -> Iterator[Path]:
    for source in (REPOSITORY / name for name in _SOURCES):
        files = source.rglob("*") if source.is_dir() else [source]
        yield from (path for path in files if path.is_file() and not _NOT_SOURCES & set(path.parts))


def _forget_old_packages(packages: Path, current: Path) -> None:
    others = sorted((path for path in packages.iterdir() if path != current), key=lambda path: path.stat().st_mtime)
    for path in others[: -(_PACKAGES_KEPT - 1) or None]:
        shutil.rmtree(path, ignore_errors=True)

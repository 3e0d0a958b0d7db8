"""Fills the deployed product with the demo's freelancers, through the same models and services as the routes and the
steps.

Runs as a process of its own (`load_population` starts it), for it takes on the API function's environment:

    python -m infra.local.population < {"today": …, "owners": {…}}   # prints how many profiles are done
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from datetime import date
from typing import TYPE_CHECKING, Any

from infra.local.console import Failure
from infra.local.demo_data import DemoData
from infra.local.emulator import REGION, Emulator
from infra.local.state import REPOSITORY

if TYPE_CHECKING:
    from chalicelib.profiles.models import Profile
    from chalicelib.verification.grounds import Ground
    from chalicelib.verification.models import Verdict

_AT_ONCE = 4
_REASON = "Références vérifiées une à une."
#: Who decided on them, as history has it.
_REVIEWER = "demo"
_GROUNDS: dict[str, Ground] = {"verified": "all_confirmed", "partly_verified": "confirmed_in_part"}


def load_population(
    emulator: Emulator,
    environment: Mapping[str, str],
    data: DemoData,
    subs: Mapping[str, str],
    progress: Callable[[str], None],
) -> int:
    """Make every profile of the demo that is not there yet. `environment` is the API function's; `subs` the
    accounts' by address. Returns how many of them matching will consider. Raises Failure."""
    owners = {
        account["profile"]: {"sub": subs[account["email"]], "email": account["email"]}
        for account in data.accounts["freelancers"]
    }
    order = {"today": data.today.isoformat(), "owners": owners}
    for done in run_as_function(__name__, order, emulator, environment):
        progress(f"{done} of {len(data.profiles)} profiles")
    return sum(profile["status"] in ("verified", "partly_verified") for profile in data.profiles)


def run_as_function(
    module: str, order: Mapping[str, Any], emulator: Emulator, environment: Mapping[str, str]
) -> Iterator[str]:
    """Runs a module as a process of its own with a function's environment and with the rights of the account's
    owner, hands it the order as JSON on standard input, and gives back each line it prints. Raises Failure."""
    process = subprocess.Popen(
        [sys.executable, "-m", module],
        cwd=REPOSITORY,
        env={
            **{name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ},
            **environment,
            "AWS_ENDPOINT_URL": emulator.url,
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_DEFAULT_REGION": REGION,
            "LOG_LEVEL": "ERROR",
        },
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdin and process.stdout and process.stderr
    with process:
        process.stdin.write(json.dumps(order))
        process.stdin.close()
        for line in process.stdout:
            yield line.strip()
        errors = process.stderr.read()
    if process.returncode != 0:
        raise Failure("The population could not be loaded:", *errors.splitlines()[-8:])


def _main() -> int:
    order = json.load(sys.stdin)
    from chalicelib.profiles.schemas import CreditInput, ProfileInput

    data = DemoData(date.fromisoformat(order["today"]))
    # Schemas are built when first used, which several threads must not do at once.
    for schema in (ProfileInput, CreditInput):
        schema.model_rebuild()
    pool = ThreadPoolExecutor(_AT_ONCE)
    tasks = [pool.submit(_load, profile, order["owners"]) for profile in data.profiles]
    try:
        for done, task in enumerate(as_completed(tasks), 1):
            task.result()
            print(done, flush=True)
    finally:
        pool.shutdown(cancel_futures=True)
    return 0


def _load(entry: Mapping[str, Any], owners: Mapping[str, Mapping[str, str]]) -> None:
    from chalicelib.access import FREELANCERS
    from chalicelib.platform.auth import Actor
    from chalicelib.profiles import wiring
    from chalicelib.verification import wiring as verification
    from chalicelib.vocabulary.ids import id_of
    from infra.local.settled_cases import settle

    # Most of the demo's freelancers have no account: nobody signs in as them, and nobody is written to.
    account = owners.get(entry["key"], {})
    sub = account.get("sub") or str(uuid.uuid5(uuid.NAMESPACE_URL, f"plot-point:{entry['key']}"))
    standing = wiring.repository().owned_by(sub)
    if standing is not None and standing.status == entry["status"]:
        return
    levels = _declare(entry, sub, standing)
    owner = Actor(sub, FREELANCERS.groups or frozenset(), account.get("email", ""))
    if entry["status"] == "submitted":
        case = verification.service().open(owner, "profile", id_of("demo", "case", entry["key"]), "fr")
        verification.service().submit(owner, case.case_id)
    elif entry["status"] != "draft":
        settle(owner, "profile", _REVIEWER, lambda _: approval(_GROUNDS[entry["status"]], levels))


def _declare(entry: Mapping[str, Any], sub: str, standing: Profile | None) -> dict[str, int]:
    """The profile, unless it stands, and all of its credits in one write more; gives each credit's step of the ladder
    by its id."""
    from chalicelib.platform.validation import validate_json
    from chalicelib.profiles import wiring
    from chalicelib.profiles.models import Profile
    from chalicelib.profiles.schemas import CreditInput, ProfileInput
    from chalicelib.vocabulary.clock import utc_now
    from chalicelib.vocabulary.ids import id_of, new_id

    repository, now, profile = wiring.repository(), utc_now(), standing
    if profile is None:
        content = validate_json(ProfileInput, json.dumps(entry["profile"]).encode()).content()
        profile, fact = Profile.create(new_id(now), sub, content, now)
        repository.create(profile, fact, now)
    levels, credits, before = {}, [], profile.version
    for number, declared in enumerate(entry["credits"]):
        claim = {name: value for name, value in declared.items() if name != "level"}
        work = validate_json(CreditInput, json.dumps(claim).encode()).content()
        profile, credit, fact = profile.with_credit(id_of("demo", "credit", entry["key"], str(number)), work, now)
        levels[credit.credit_id] = declared["level"]
        credits.append(credit)
    if credits:
        # One version for all of them, for nothing is told of the changes between.
        repository.save(profile.model_copy(update={"version": before + 1}), fact, now, credits=credits)
    return levels


def approval(ground: Ground, levels: Mapping[str, int] | None = None) -> Verdict:
    """What an administrator says of a company, or of a profile whose credits are established up to these steps of the
    ladder; where none is, its background is what is confirmed."""
    from chalicelib.verification.models import CreditVerdict, Verdict
    from chalicelib.verification.subjects import LEVELS

    junior_path = levels is not None and not any(levels.values())
    return Verdict(
        outcome="partly_verified" if ground == "confirmed_in_part" else "verified",
        ground="junior_path_confirmed" if junior_path else ground,
        junior_path=junior_path,
        text=_REASON,
        credits=tuple(
            CreditVerdict(credit_id=credit_id, level=LEVELS[level - 1] if level else None)
            for credit_id, level in (levels or {}).items()
        ),
    )


if __name__ == "__main__":
    sys.exit(_main())

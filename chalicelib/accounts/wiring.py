from __future__ import annotations

from functools import cache

from chalicelib.accounts.personal import AccountsOfPerson
from chalicelib.accounts.queries import AccountQueries
from chalicelib.accounts.repository import CognitoDirectory, RoleRepository
from chalicelib.accounts.service import AccountService
from chalicelib.composition.for_accounts import Belongings
from chalicelib.platform.settings import settings
from chalicelib.platform.table import Table
from chalicelib.vocabulary.clock import utc_now


@cache
def service() -> AccountService:
    return AccountService(RoleRepository(Table(settings().accounts_table)), directory(), Belongings(), utc_now)


@cache
def directory() -> CognitoDirectory:
    return CognitoDirectory(settings().user_pool_id)


@cache
def personal() -> AccountsOfPerson:
    return AccountsOfPerson(RoleRepository(Table(settings().accounts_table)))


@cache
def queries() -> AccountQueries:
    return AccountQueries(directory())

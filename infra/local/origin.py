"""One origin for a browser: the site, the API, Cognito and the mailbox, as CloudFront gives them on AWS."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from aiohttp import ClientError, ClientSession, ClientTimeout, TCPConnector, web
from multidict import CIMultiDict, CIMultiDictProxy
from yarl import URL

from chalicelib.platform.errors import (
    BodyTooLarge,
    DomainError,
    MethodNotAllowed,
    NotFound,
    Unavailable,
    UnsupportedMediaType,
)
from chalicelib.platform.http import preferred_language
from chalicelib.vocabulary.text import Bilingual, Language
from infra.local.contract_page import STYLE as CONTRACT_STYLE
from infra.local.contract_page import contract_page
from infra.local.demo_data import WRITTEN_ON, DemoData
from infra.local.mailbox import Mailbox
from infra.local.mailbox_pages import STYLE, mail_frame, mail_page, mailbox_page

# RFC 9110 §7.6.1: these speak about one connection and are not passed on.
_HOP_BY_HOP = frozenset(
    {
        "connection",
        "keep-alive",
        "proxy-authenticate",
        "proxy-authorization",
        "proxy-connection",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    }
)
# What this server's own request to the gateway says anew, and what a client may not say about earlier hops.
_NOT_FORWARDED = frozenset(
    {
        "host",
        "content-length",
        "accept-encoding",
        "expect",
        "cookie",
        "forwarded",
        "x-forwarded-for",
        "x-forwarded-host",
        "x-forwarded-port",
        "x-forwarded-proto",
    }
)
# The emulator lets every site read its answers; behind one origin nobody else needs to.
_NOT_RETURNED = frozenset(
    {
        "content-length",
        "date",
        "server",
        "access-control-allow-origin",
        "access-control-allow-methods",
        "access-control-allow-headers",
        "access-control-expose-headers",
        "access-control-max-age",
    }
)
# API Gateway's limit on a request's body; Lambda's own, 6 MB, is the API's business.
_LARGEST_BODY = 10 * 1024 * 1024
# The largest file that the API offers a place for, 25 MB, with the form around it.
_LARGEST_UPLOAD = 26 * 1024 * 1024
# API Gateway gives up after 29 s.
_UPSTREAM_SECONDS = 30.0
# What a browser may ask of Cognito: what a person does for themselves. `Admin…` and pool management never pass.
_IDP_OPERATIONS = frozenset(
    f"AWSCognitoIdentityProviderService.{name}"
    for name in (
        "SignUp",
        "ConfirmSignUp",
        "ResendConfirmationCode",
        "InitiateAuth",
        "RespondToAuthChallenge",
        "ForgotPassword",
        "ConfirmForgotPassword",
        "ChangePassword",
        "GetUser",
        "RevokeToken",
        "GlobalSignOut",
    )
)
#: Where the built site lies (`make site`).
SITE = Path(__file__).parents[2] / "build" / "site"
SITE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
_CONTRACT_POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
_MAILBOX_POLICY = "default-src 'none'; style-src 'self'; frame-src 'self'; base-uri 'none'; frame-ancestors 'none'"
# An e-mail's HTML is a stranger's: no script, no request; links open outside of the frame.
_MAIL_POLICY = (
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; "
    "img-src data:; frame-ancestors 'self'"
)

PRODUCT = "plot-point"
STATUS_PATH = "/local/status"

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Misdirected(DomainError):
    status = 421
    code = "misdirected_request"
    message = Bilingual("Ce serveur ne répond pas sous ce nom.", "This server does not answer to that name.")


class OperationNotAllowed(DomainError):
    status = 403
    code = "operation_not_allowed"
    message = Bilingual(
        "Ne passe ici que ce que l’on fait pour son propre compte.",
        "Only what people do for their own account passes here.",
    )


class NotAForm(UnsupportedMediaType):
    message = Bilingual("Envoyez le fichier avec son formulaire.", "Send the file with its form.")


class Starting(Unavailable):
    code = "starting"
    message = Bilingual("Plot Point démarre : encore un instant.", "Plot Point is starting: one moment.")


class UpstreamUnavailable(DomainError):
    status = 502
    code = "upstream_unavailable"
    message = Bilingual("Le service ne répond pas pour le moment.", "The service cannot be reached at the moment.")


class UpstreamTimeout(DomainError):
    status = 504
    code = "upstream_timeout"
    message = Bilingual("Le service n’a pas répondu à temps.", "The service did not answer in time.")


_ERRORS: dict[int, type[DomainError]] = {405: MethodNotAllowed, 413: BodyTooLarge}


@dataclass
class Upstream:
    """Where the deployed product answers; None until it does."""

    api_url: str | None = None  # API Gateway's stage, without a trailing slash
    idp_url: str | None = None
    files_url: str | None = None  # S3, each bucket under its name
    buckets: frozenset[str] = frozenset()  # those that a browser may post a file to


class Origin:
    """The server at 127.0.0.1:`port`. It listens from the start and answers 503 until `upstream` is set."""

    def __init__(self, port: int, site: Path, mailbox: Mailbox) -> None:
        self.port = port
        self.upstream = Upstream()
        self.open = False  # whether all that a start prepares is there
        self._site = site
        self._mailbox = mailbox
        self._runner: web.AppRunner | None = None
        self._client: ClientSession | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def start(self) -> None:
        """Raises OSError when the port is taken."""
        application = web.Application(client_max_size=_LARGEST_BODY, middlewares=[self._guard])
        application.add_routes(
            [
                web.get("/", self._index),
                web.get(STATUS_PATH, self._status),
                web.get("/local/accounts.json", self._accounts),
                web.get("/local/mailbox.css", self._mailbox_style),
                web.get("/docs", self._contract),
                web.get("/local/contract.css", self._contract_style),
                web.get("/mailbox", self._mailbox_list),
                web.get("/mailbox.json", self._mailbox_json),
                web.get("/mailbox/{id}", self._mail),
                web.get("/mailbox/{id}/html", self._mail_html),
                web.post("/idp", self._idp),
                web.post("/idp/", self._idp),
                web.route("*", "/api/{path:.*}", self._api),
                web.post("/files/{bucket}", self._upload),
                web.get("/{path:.+}", self._file),
            ]
        )
        self._client = ClientSession(
            connector=TCPConnector(limit=64),
            timeout=ClientTimeout(total=_UPSTREAM_SECONDS),
            auto_decompress=False,
            cookie_jar=None,
        )
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port).start()

    async def stop(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()
        if self._client is not None:
            await self._client.close()

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Answer only to our own name (a page elsewhere may have its name resolve to 127.0.0.1), and refuse in
        the API's own error shape."""
        try:
            if request.host not in (f"127.0.0.1:{self.port}", f"localhost:{self.port}"):
                raise Misdirected
            response = await handler(request)
        except DomainError as error:
            response = _problem(error, request)
        except web.HTTPException as error:
            response = _problem(_ERRORS.get(error.status, NotFound)(), request)
            if "Allow" in error.headers:
                response.headers["Allow"] = error.headers["Allow"]
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Referrer-Policy", "no-referrer")
        return response

    async def _status(self, _request: web.Request) -> web.Response:
        return web.json_response({"product": PRODUCT, "open": self.open})

    async def _accounts(self, _request: web.Request) -> web.Response:
        """The demo accounts, for the sign-in form of the site."""
        return web.json_response(DemoData(WRITTEN_ON).accounts, headers={"Cache-Control": "no-store"})

    async def _index(self, _request: web.Request) -> web.StreamResponse:
        return self._document("index")

    async def _file(self, request: web.Request) -> web.StreamResponse:
        """A file of the site; for any path that names no file, the page that is written ahead for it, or else the one
        that knows its addresses itself."""
        path = request.match_info["path"]
        return self._site_file(path) if Path(path).suffix else self._document(path)

    def _document(self, path: str) -> web.StreamResponse:
        ahead = f"{path}.html"
        return self._site_file(ahead if (self._site / ahead).is_file() else "app.html")

    def _site_file(self, name: str) -> web.StreamResponse:
        path = (self._site / name).resolve()
        if not path.is_relative_to(self._site.resolve()) or not path.is_file():
            raise NotFound
        # What is under assets/ has its content in its name.
        lasting = "public, max-age=31536000, immutable" if name.startswith("assets/") else "no-cache"
        return web.FileResponse(path, headers={"Content-Security-Policy": SITE_POLICY, "Cache-Control": lasting})

    async def _contract(self, request: web.Request) -> web.StreamResponse:
        """The product's own contract, as a page."""
        if self.upstream.api_url is None:
            raise Starting
        assert self._client is not None, "the origin has been started"
        try:
            asked = self._client.get(f"{self.upstream.api_url}/openapi.json", headers={"Accept-Encoding": "identity"})
            async with asked as answer:
                if answer.status != 200:
                    raise UpstreamUnavailable
                document = json.loads(await answer.read())
        except TimeoutError:
            raise UpstreamTimeout from None
        except (ClientError, OSError, ValueError):
            raise UpstreamUnavailable from None
        return _page(contract_page(document, _language(request)), _CONTRACT_POLICY)

    async def _contract_style(self, _request: web.Request) -> web.StreamResponse:
        return web.FileResponse(CONTRACT_STYLE, headers={"Cache-Control": "no-cache"})

    async def _mailbox_list(self, request: web.Request) -> web.Response:
        return _page(mailbox_page(self._mailbox.all(), _language(request)), _MAILBOX_POLICY)

    async def _mailbox_style(self, _request: web.Request) -> web.StreamResponse:
        return web.FileResponse(STYLE, headers={"Cache-Control": "no-cache"})

    async def _mailbox_json(self, request: web.Request) -> web.Response:
        """Newest first; `?to=` keeps one recipient's."""
        to = request.query.get("to")
        mails = self._mailbox.to(to) if to else self._mailbox.all()
        return web.json_response({"messages": [mail.as_json() for mail in mails]})

    async def _mail(self, request: web.Request) -> web.Response:
        mail = self._mailbox.get(request.match_info["id"])
        if mail is None:
            raise NotFound
        return _page(mail_page(mail, _language(request)), _MAILBOX_POLICY)

    async def _mail_html(self, request: web.Request) -> web.Response:
        mail = self._mailbox.get(request.match_info["id"])
        if mail is None:
            raise NotFound
        return _page(mail_frame(mail), _MAIL_POLICY)

    async def _api(self, request: web.Request) -> web.StreamResponse:
        if self.upstream.api_url is None:
            raise Starting
        # The raw path, so that what was percent-encoded stays so.
        path = request.raw_path.removeprefix("/api")
        return await self._pass_on(request, f"{self.upstream.api_url}{path}", await request.read())

    async def _idp(self, request: web.Request) -> web.StreamResponse:
        if self.upstream.idp_url is None:
            raise Starting
        if request.headers.get("X-Amz-Target") not in _IDP_OPERATIONS:
            raise OperationNotAllowed
        return await self._pass_on(
            request, f"{self.upstream.idp_url}/", await request.read(), without=frozenset({"authorization"})
        )

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        """A file, with the form that the API gave for it: S3 itself looks whether the form is good, and for this file.
        Nothing else of S3 passes here: files are read from where they lie, another origin than the site's."""
        if self.upstream.files_url is None:
            raise Starting
        bucket = request.match_info["bucket"]
        if bucket not in self.upstream.buckets:
            raise NotFound
        if request.content_type != "multipart/form-data":
            raise NotAForm
        file = await request.clone(client_max_size=_LARGEST_UPLOAD).read()
        # Neither query nor `X-Amz-…`: what S3 is asked here is told by the form alone, and no other service is asked.
        told = {name.casefold() for name in request.headers if name.casefold().startswith("x-amz-")}
        return await self._pass_on(
            request, f"{self.upstream.files_url}/{bucket}", file, without=frozenset({"authorization", *told})
        )

    async def _pass_on(
        self, request: web.Request, url: str, body: bytes, without: frozenset[str] = frozenset()
    ) -> web.StreamResponse:
        assert self._client is not None, "the origin has been started"
        # The only hop before the gateway is this one: what a client says of earlier hops is not believed.
        headers = _end_to_end(request.headers, _NOT_FORWARDED | without)
        headers["X-Forwarded-For"] = request.remote or "127.0.0.1"
        headers["X-Forwarded-Proto"] = "http"
        try:
            async with self._client.request(
                request.method,
                URL(url, encoded=True),
                headers=headers,
                data=body or None,
                allow_redirects=False,
                skip_auto_headers=("User-Agent", "Content-Type", "Accept"),
            ) as answer:
                content = await answer.read()
                returned = _end_to_end(answer.headers, _NOT_RETURNED)
                return web.Response(status=answer.status, body=content, headers=returned)
        except TimeoutError:
            raise UpstreamTimeout from None
        except (ClientError, OSError):
            raise UpstreamUnavailable from None


def _problem(error: DomainError, request: web.Request) -> web.Response:
    language = preferred_language(request.headers.get("Accept-Language"))
    headers = {
        "Content-Type": "application/problem+json",
        "Content-Language": language,
        "Cache-Control": "no-store",
    }
    if error.retry_after_seconds is not None:
        headers["Retry-After"] = str(error.retry_after_seconds)
    body = json.dumps(error.to_problem(language), ensure_ascii=False)
    return web.Response(status=error.status, body=body.encode(), headers=headers)


def _language(request: web.Request) -> Language:
    """French, unless the reader chose English on the page."""
    return "en" if request.query.get("lang") == "en" else "fr"


def _page(html: str, policy: str) -> web.Response:
    headers = {"Content-Security-Policy": policy, "Cache-Control": "no-store"}
    return web.Response(text=html, content_type="text/html", charset="utf-8", headers=headers)


def _end_to_end(headers: CIMultiDictProxy[str], without: frozenset[str]) -> CIMultiDict[str]:
    """The headers that are for the other end, of a request or of an answer."""
    named = {name.strip().casefold() for value in headers.getall("Connection", []) for name in value.split(",")}
    dropped = _HOP_BY_HOP | named | without
    return CIMultiDict((name, value) for name, value in headers.items() if name.casefold() not in dropped)

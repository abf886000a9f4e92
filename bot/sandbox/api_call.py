"""From an HTTP request to checked arguments."""

import json
from typing import Any

from aiohttp import web

from bot.sandbox.contracts import METHODS, Kind, Method
from bot.sandbox.errors import ApiError
from bot.sandbox.payload import Payload

_TRUE, _FALSE = ("true", "1"), ("false", "0")
_FORMAT_ERRORS = {"blocks": "invalid_blocks_format", "metadata": "invalid_metadata_format"}


async def arguments_of(request: web.Request) -> Payload:
    """Merge the arguments of the query, of a form and of a JSON body, of GET and POST alike."""
    merged: Payload = dict(request.query)
    text = await request.text() if request.can_read_body else ""
    if not text:
        return merged
    if request.content_type == "application/json":
        try:
            body = json.loads(text)
        except ValueError as broken:
            raise ApiError("invalid_json") from broken
        if not isinstance(body, dict):
            raise ApiError("json_not_object")
        return merged | {key: value for key, value in body.items() if value is not None}
    if request.content_type in {"application/x-www-form-urlencoded", "multipart/form-data"}:
        return merged | dict(await request.post())
    raise ApiError("invalid_post_type")


def token_of(request: web.Request, args: Payload) -> str:
    """Give the token of the header or of the argument `token`, which is taken out of the arguments."""
    argument = str(args.pop("token", ""))
    kind, _, header = request.headers.get("Authorization", "").partition(" ")
    return header.strip() if kind == "Bearer" else argument


def method_named(name: str) -> Method:
    """Give the method or raise ApiError `unknown_method`."""
    if name not in METHODS:
        raise ApiError("unknown_method", req_method=name)
    return METHODS[name]


def checked(method: Method, args: Payload) -> Payload:
    """Give the arguments in their types; raises ApiError naming what is unknown, missing or wrong."""
    if method.open:
        return args
    # slack_sdk adds the team_id it has learnt to every call; only tokens of a whole organisation need it.
    args = {name: value for name, value in args.items() if name != "team_id"}
    for name in sorted(args):
        if name in method.refused:
            told = f"[ERROR] the local workspace does not support the argument: {name}"
            raise ApiError("invalid_arguments", told)
        if name not in method.args:
            raise ApiError("invalid_arguments", f"[ERROR] unknown argument: {name}")
    for name in sorted(method.required):
        if args.get(name) in (None, ""):
            raise ApiError("invalid_arguments", f"[ERROR] missing required field: {name}")
    typed = {name: _typed(name, method.args[name], value) for name, value in args.items()}
    return {name: value for name, value in typed.items() if value is not None}


def _typed(name: str, kind: Kind, value: Any) -> Any:  # noqa: ANN401 - any JSON value
    if kind == "json":
        return _parsed(name, value)
    if kind == "bool":
        return _flag(name, value)
    if kind == "number":
        if isinstance(value, int) or (isinstance(value, str) and value.isdecimal()):
            return int(value)
        raise ApiError("invalid_limit" if name == "limit" else "invalid_arguments")
    if not isinstance(value, str):
        raise ApiError("invalid_arguments", f"[ERROR] must be a string [json-pointer:/{name}]")
    return value


def _flag(name: str, value: object) -> bool:
    told = str(value).lower()
    if told not in _TRUE + _FALSE:
        raise ApiError("invalid_arguments", f"[ERROR] must be a boolean [json-pointer:/{name}]")
    return told in _TRUE


def _parsed(name: str, value: Any) -> Any:  # noqa: ANN401 - any JSON value
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError as broken:
        told = f"[ERROR] must be valid JSON [json-pointer:/{name}]"
        raise ApiError(_FORMAT_ERRORS.get(name, "invalid_arguments"), told) from broken

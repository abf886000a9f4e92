"""What can go wrong in the local workspace: one class per situation."""

from bot.sandbox.payload import Payload


class ApiError(Exception):
    """A Web API call is refused: `error` is Slack's code, `extra` the further fields of the answer.

    `status` and `headers` are HTTP's; nearly all refusals come with status 200.
    """

    status = 200

    def __init__(self, error: str, *messages: str, **extra: object) -> None:
        super().__init__(error)
        self.error = error
        self.extra: Payload = dict(extra)
        self.headers: dict[str, str] = {}
        if messages:
            self.extra["response_metadata"] = {"messages": list(messages)}

    def __str__(self) -> str:
        """Give the code and, where there are any, the explanations."""
        told = self.extra.get("response_metadata", {}).get("messages", [])
        return f"{self.error}: {'; '.join(told)}" if told else self.error


class Throttled(ApiError):  # noqa: N818 - read as what befell the call
    """Too many calls: HTTP 429, to be tried again after so many seconds."""

    status = 429

    def __init__(self, retry_after: int) -> None:
        super().__init__("ratelimited")
        self.headers["Retry-After"] = str(retry_after)


class BrokenDown(ApiError):  # noqa: N818 - likewise
    """Slack itself failed: HTTP 500, with a body that is no JSON."""

    status = 500

    def __init__(self) -> None:
        super().__init__("internal_error")


class ActRefused(Exception):  # noqa: N818 - it is raised where it reads as a sentence
    """A person tried something that Slack's own client would not let them do; the text is for the person."""


class NotAcknowledged(Exception):  # noqa: N818 - likewise
    """The app did not acknowledge within the limit, or its connection was lost before it did."""


class DropConnection(Exception):  # noqa: N818 - an order, not an error
    """Raised by a `before_reply` hook: the call took effect, but its answer never reaches the app.

    Raised by a `before_call` hook, the call has no effect either.
    """


class WorkspaceFileError(Exception):
    """The saved workspace cannot be read; the text names the file and the way out."""


class PortBusy(Exception):  # noqa: N818 - likewise a sentence
    """Another program listens on the port; `port` is its number."""

    def __init__(self, port: int) -> None:
        super().__init__(f"Port {port} is in use by another program; choose another one or stop that program.")
        self.port = port

"""What can go wrong in the local workspace: one class per situation."""

from bot.sandbox.payload import Payload


class ApiError(Exception):
    """A Web API call is refused: `error` is Slack's code, `extra` the further fields of the answer."""

    def __init__(self, error: str, *messages: str, **extra: object) -> None:
        super().__init__(error)
        self.error = error
        self.extra: Payload = dict(extra)
        if messages:
            self.extra["response_metadata"] = {"messages": list(messages)}

    def __str__(self) -> str:
        """Give the code and, where there are any, the explanations."""
        told = self.extra.get("response_metadata", {}).get("messages", [])
        return f"{self.error}: {'; '.join(told)}" if told else self.error


class ActRefused(Exception):  # noqa: N818 - it is raised where it reads as a sentence
    """A person tried something that Slack's own client would not let them do; the text is for the person."""


class NotAcknowledged(Exception):  # noqa: N818 - likewise
    """The app did not acknowledge within the limit, or its connection was lost before it did."""


class DropConnection(Exception):  # noqa: N818 - an order, not an error
    """Raised by a `before_reply` hook: the call took effect, but its answer never reaches the app."""


class WorkspaceFileError(Exception):
    """The saved workspace cannot be read; the text names the file and the way out."""


class PortBusy(Exception):  # noqa: N818 - likewise a sentence
    """Another program listens on the port; `port` is its number."""

    def __init__(self, port: int) -> None:
        super().__init__(f"Port {port} is in use by another program; choose another one or stop that program.")
        self.port = port

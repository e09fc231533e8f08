"""The language model behind the optional judge: any OpenAI-compatible endpoint, off unless it is set."""

from collections.abc import Sequence
from typing import Protocol

from claims.errors import UnreadableInput
from flows.failures import Unreachable
from flows.settings import Settings

_SECONDS = 120.0
_TRIES = 2


class Model(Protocol):
    """Answers chat messages; `name` is kept with every answer."""

    name: str

    def answer(self, messages: Sequence[dict[str, str]]) -> str:
        """Return the model's answer; raises Unreachable where it gives none."""
        ...


def model_of(settings: Settings) -> Model | None:
    """Return the model that the settings name, None where they name none.

    Raises UnreadableInput where only half of it is set, or the client library is not installed.
    """
    if settings.judge_url is None and settings.judge_model is None:
        return None
    if settings.judge_url is None or settings.judge_model is None:
        raise UnreadableInput("the judge needs both ONRECORD_JUDGE_URL and ONRECORD_JUDGE_MODEL: set both, or neither")
    try:
        return _Endpoint(settings, str(settings.judge_url), settings.judge_model)
    except ImportError as error:
        raise UnreadableInput("the judge needs the openai package: install onrecord[judge], or unset it") from error


class _Endpoint:
    def __init__(self, settings: Settings, url: str, name: str) -> None:
        import openai

        self.name = name
        self._fault = openai.OpenAIError
        # Endpoints of one's own want no key; the library insists on one.
        key = settings.judge_key.get_secret_value() if settings.judge_key else "none"
        self._client = openai.OpenAI(base_url=url, api_key=key, timeout=_SECONDS, max_retries=_TRIES)

    def answer(self, messages: Sequence[dict[str, str]]) -> str:
        given = [{"role": message["role"], "content": message["content"]} for message in messages]
        try:
            found = self._client.chat.completions.create(model=self.name, messages=given, temperature=0)  # type: ignore[arg-type] # its types want one class a role
            # The library hands on whatever a server sends: a page of HTML comes as text, a list as a list.
            words = found.choices[0].message.content if found.choices else ""
        except (self._fault, AttributeError, LookupError, TypeError, ValueError) as error:
            raise Unreachable(
                f"the judge gives no answer ({type(error).__name__}): see to the endpoint, or unset ONRECORD_JUDGE_URL",
                url=str(self._client.base_url),
            ) from error
        return words if isinstance(words, str) else ""

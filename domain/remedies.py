"""What a person can do about a message that did not arrive: one plain sentence for each cause that we know."""

_CHECK_ADDRESS = "Check the number or address with the client and correct it."
_PHONE = "Phone the reader where it matters."
_NOTHING = "Nothing to do: it takes care of itself."

REMEDIES: dict[str, str] = {
    "the number or address does not work": _CHECK_ADDRESS,
    "no number or address on file": _CHECK_ADDRESS,
    "opted out": "Nothing goes out automatically: phone where it matters. A START from the client brings it back.",
    "somebody said that the client has died": "Read what was written; a therapist or an owner "
    "resumes the plan if it was a misunderstanding.",
    "the provider will not carry this text": f"Have the wording looked at. {_PHONE}",
    "the provider refused it": f"{_PHONE} The provider's console says more about the code.",
    "could not be reached": "The phone may be off or out of reach. Phone later.",
    "it was not delivered in time": _PHONE,
    "not delivered": _PHONE,
    "the provider refuses our settings": "Check the settings with `followthrough doctor`. Messages wait meanwhile.",
    "the sender waits until its settings are mended": "Check the settings with `followthrough doctor`.",
    "the provider is busy": _NOTHING,
    "the provider could not be reached": _NOTHING,
    "nobody can tell whether it went": "Ask the reader whether it arrived. It isn't sent again by itself.",
    "looking for it at the provider": _NOTHING,
    "this channel is not set up": f"{_PHONE} Set the channel up, or give the client's other address.",
    "too late": _PHONE,
    "outside the hours in which we write": _NOTHING,
    "enough messages for now": _NOTHING,
    "the client's data was erased": "Nothing to do.",
    "it is being sent at this moment": _NOTHING,
    "it took too long to begin; it is looked for first": _NOTHING,
    "things have changed since; it was not sent": "Nothing to do.",
    "the provider never got it": _PHONE,
    "something happened since": _NOTHING,
    "the records or the sender could not be reached": _NOTHING,
}
"""By the beginning of the cause's words."""


def remedy(cause: str) -> str:
    """What to do about this cause; empty for one that we don't know."""
    fitting = [words for words in REMEDIES if cause.startswith(words)]
    return REMEDIES[max(fitting, key=len)] if fitting else ""

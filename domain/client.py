"""Who is written to: the client, the therapist, the backup person, and what they agreed to."""

from datetime import date
from functools import lru_cache
from typing import Annotated, Any, Literal, Self
from zoneinfo import available_timezones

import phonenumbers
from pydantic import AfterValidator, BaseModel, ConfigDict, EmailStr, Field, field_validator, model_validator

Channel = Literal["sms", "email"]
Language = Literal["en", "es"]
_NO_ZONES = frozenset({"localtime", "posixrules", "Factory"})


class Model(BaseModel):
    """A stored model: unknown fields of a newer version are ignored, so old workers can read new histories."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    def __deepcopy__(self, memo: dict[int, Any] | None = None) -> Self:
        """Itself: it never changes, and `decide` copies the state each time."""
        return self


class Written(BaseModel):
    """A model that people write in files. `plain_errors.check` refuses unknown fields there as typing errors.

    A plan's state holds these models too, so reading one ignores unknown fields: those of a newer version.
    """

    model_config = ConfigDict(extra="ignore", frozen=True)

    def __deepcopy__(self, memo: dict[int, Any] | None = None) -> Self:
        """Itself: it never changes."""
        return self

    @model_validator(mode="before")
    @classmethod
    def _null_is_absent(cls, data: Any) -> Any:
        """A field left blank in YAML (`email:`) means the field is absent."""
        if isinstance(data, dict):
            return {key: value for key, value in data.items() if value is not None}  # pyright: ignore[reportUnknownVariableType]
        return data


@lru_cache(maxsize=1)
def _zones() -> frozenset[str]:
    """The names of the IANA list: not what else lies in a machine's folder of zones, such as its own local time."""
    return frozenset(available_timezones() - _NO_ZONES)


def _zone(name: str) -> str:
    if name not in _zones():
        raise ValueError(f"'{name}' is no IANA time zone; write one like America/Los_Angeles")
    return name


@lru_cache(maxsize=1024)  # a list of questions names the same few people again and again
def normal_phone(number: str) -> str:
    """The number in E.164 form. Raises ValueError where it can't be a number; US is the default country."""
    try:
        parsed = phonenumbers.parse(number, "US")
    except phonenumbers.NumberParseException as error:
        raise ValueError("is no phone number; write it like +1 206 555 0101") from error
    if not phonenumbers.is_possible_number(parsed):
        raise ValueError("has too few or too many digits; write it like +1 206 555 0101")
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


TimeZone = Annotated[str, AfterValidator(_zone)]
Phone = Annotated[str, AfterValidator(normal_phone)]


class Consent(Written):
    """The client's word that we may write on one channel, or (`given` false) that we may not any more.

    The latest entry of a channel counts; of the same day a withdrawal does. A consent counts from its date on, a
    withdrawal from when it was written down, whatever its date.
    """

    channel: Channel
    given: bool = True
    date: date
    source: str = Field(min_length=3, description="where it is on record, such as 'intake form'")


class Client(Written):
    """The person whose plan this is. `id`: what the practice itself calls them by; it tells apart two of one name."""

    id: str | None = Field(default=None, min_length=1, max_length=64)
    name: str = Field(min_length=1, max_length=80)
    phone: Phone | None = None
    email: EmailStr | None = None
    time_zone: TimeZone
    language: Language = "en"
    consents: list[Consent] = []

    @field_validator("id")
    @classmethod
    def _id_says_something(cls, its_id: str | None) -> str | None:
        if its_id is not None and not its_id.strip():
            raise ValueError("is empty; write what your practice calls this client by, or leave it out")
        return its_id and its_id.strip()

    @field_validator("name")
    @classmethod
    def _name_has_letters(cls, name: str) -> str:
        if not name.strip():
            raise ValueError("is empty; write the client's name")
        return name.strip()

    @property
    def first_name(self) -> str:
        """What messages call the client."""
        return self.name.split()[0]

    def address(self, channel: Channel) -> str | None:
        """The client's number or address on this channel."""
        return self.phone if channel == "sms" else self.email

    def consented(self, channel: Channel, on: date) -> bool:
        """Whether the latest word on record allows this channel on that day of the practice."""
        words = [word for word in self.consents if word.channel == channel and (word.date <= on or not word.given)]
        return bool(words) and max(words, key=lambda word: (word.date, not word.given)).given

    def channels(self, on: date) -> list[Channel]:
        """Channels that have an address and, on that day, consent; the preferred one first."""
        both: list[Channel] = ["sms", "email"]
        return [channel for channel in both if self.address(channel) and self.consented(channel, on)]


class Person(Written):
    """Someone of the practice: a therapist, the backup person, the front desk."""

    name: str = Field(min_length=1, max_length=80)
    phone: Phone | None = None
    email: EmailStr | None = None
    language: Language = "en"

    @model_validator(mode="after")
    def _can_be_reached(self) -> "Person":
        if not (self.phone or self.email):
            raise ValueError("needs a phone or an email, or nobody can be told")
        return self

    def channels(self) -> list[Channel]:
        """How this person is told, first choice first."""
        both: list[Channel] = ["sms", "email"]
        return [channel for channel in both if self.address(channel)]

    def address(self, channel: Channel) -> str | None:
        """The number or address on this channel."""
        return self.phone if channel == "sms" else self.email

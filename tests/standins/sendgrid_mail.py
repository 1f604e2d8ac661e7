"""The mail that SendGrid is asked to send: the parts that the stand-in looks at, checked as the vendor checks them."""

from typing import Annotated

from pydantic import BaseModel, Field, StrictStr

Address = Annotated[StrictStr, Field(pattern=r"^[^@\s<>,;]+@[^@\s<>,;]+$")]


class Person(BaseModel):
    """A name with an address."""

    email: Address
    name: StrictStr | None = None


class Personalization(BaseModel):
    """Who gets the mail, and what is theirs alone."""

    to: list[Person] = Field(min_length=1, max_length=1000)
    subject: StrictStr | None = None
    custom_args: dict[str, StrictStr] = {}


class Content(BaseModel):
    """One form of the text."""

    type: StrictStr = Field(min_length=1)
    value: StrictStr = Field(min_length=1)


class Switch(BaseModel):
    """A setting that is on or off."""

    enable: bool = False


class MailSettings(BaseModel):
    """How to treat the mail."""

    sandbox_mode: Switch = Switch()


class Mail(BaseModel):
    """The body of POST /v3/mail/send. Fields that the stand-in has no use for may be there too."""

    sender: Person = Field(alias="from")
    personalizations: list[Personalization] = Field(min_length=1, max_length=1000)
    subject: StrictStr = ""
    content: list[Content] = Field(min_length=1)
    custom_args: dict[str, StrictStr] = {}
    categories: list[StrictStr] = Field(default=[], max_length=10)
    mail_settings: MailSettings = MailSettings()

"""Makes matplotlib's SVG fit for a page: no style, no names that clash, described for people who can't see it."""

from collections.abc import Iterator, Sequence
from xml.etree import ElementTree as Xml

from web.chart_words import SIZE, plain

FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif'
"""As on the pages."""

_SVG, _LINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
_DROPPED = (f"{{{_SVG}}}metadata", f"{{{_SVG}}}style")


def finished(drawn: bytes, signs: Sequence[Xml.Element], size: tuple[float, float], described: tuple[str, str]) -> str:
    """The document: what matplotlib drew, then `signs`; `described` is its title and its description."""
    shapes = Xml.fromstring(drawn)  # noqa: S314  (written by matplotlib a moment ago, not by anybody else)
    _bare(shapes)
    wide, high = (f"{length:.0f}" for length in size)
    picture = Xml.Element(
        f"{{{_SVG}}}svg",
        {"width": wide, "height": high, "viewBox": f"0 0 {wide} {high}", "role": "img"}
        | {"aria-labelledby": "title", "aria-describedby": "description"},
    )
    for name, text in zip(("title", "desc"), described, strict=True):
        element = Xml.SubElement(picture, f"{{{_SVG}}}{name}", {"id": {"desc": "description"}.get(name, name)})
        element.text = plain(text)
    joins = {"stroke-linejoin": "round", "stroke-linecap": "butt"}
    Xml.SubElement(picture, f"{{{_SVG}}}g", joins).extend(list(shapes))
    words = Xml.SubElement(picture, f"{{{_SVG}}}g", {"font-family": FONT, "font-size": f"{SIZE:g}"})
    words.extend(_named(signs))
    Xml.register_namespace("", _SVG)
    Xml.register_namespace("xlink", _LINK)
    return Xml.tostring(picture, encoding="unicode")


def _named(signs: Sequence[Xml.Element]) -> Iterator[Xml.Element]:
    for sign in signs:
        element = Xml.Element(f"{{{_SVG}}}{sign.tag}", sign.attrib)
        element.text = sign.text
        yield element


def _bare(shapes: Xml.Element) -> None:
    """Styles become attributes, which no policy forbids; names that nothing refers to are dropped."""
    for parent in list(shapes.iter()):
        for child in [child for child in parent if child.tag in _DROPPED]:
            parent.remove(child)
    told = " ".join(value for element in shapes.iter() for name, value in element.attrib.items() if name != "id")
    for element in shapes.iter():
        for rule in element.attrib.pop("style", "").split(";"):
            name, _, value = rule.partition(":")
            if value:
                element.set(name.strip(), value.strip())
        if f"#{element.get('id')}" not in told:
            element.attrib.pop("id", None)

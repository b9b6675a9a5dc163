"""What a page lets people fill in, read from its HTML: so that a new form is walked without being named."""
from html.parser import HTMLParser

from django.utils import timezone

from ombun.primitives.days import thai_day

DAYS = ("on", "day", "from", "until", "month")
LATER_STEPS = ("record", "edit", "file")  # of forms that a second page sends on


class Form(HTMLParser):
    """Every field of a page with what stands in it, or what could; and the buttons that have a name."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self.buttons: list[tuple[str, str]] = []
        self._select = ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        """Take down a field."""
        about = dict(attrs)
        name, value = about.get("name") or "", about.get("value") or ""
        if tag == "select":
            self._select = name
        elif tag == "option" and value and self._select:
            self.fields.setdefault(self._select, value)
        elif tag == "button" and name:
            self.buttons.append((name, value))
        elif tag in ("input", "textarea") and name and name != "csrfmiddlewaretoken":
            if about.get("type") in ("radio", "checkbox"):
                self.fields.setdefault(name, value or "on")
            else:
                self.fields[name] = value or _likely(name)

    def presses(self):
        """What pressing each of the buttons sends."""
        steps = LATER_STEPS if "step" in {*self.fields, *dict(self.buttons)} else ()
        pressed = (*self.buttons, *(("step", step) for step in steps))
        return [self.fields | {name: value} for name, value in pressed] or [self.fields]


def _likely(name: str) -> str:
    """Something that fits a field in which nothing stands yet."""
    is_day = any(name == day or name.endswith(f"_{day}") for day in DAYS)
    return thai_day(timezone.localdate(), short=True) if is_day else "" if name == "national_id" else "1"

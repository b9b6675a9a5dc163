"""A form as a browser would send it: what stands in its fields, ticks that are set, the chosen line of a list."""
from html.parser import HTMLParser


class AsShown(HTMLParser):
    """The fields of the form that has a field of this name."""

    def __init__(self, html, having):
        super().__init__()
        self.fields, self.found, self._select, self._area = {}, None, "", ""
        self.having = having
        self.feed(html)
        assert self.found is not None, f"no form with {having}"

    def handle_starttag(self, tag, attrs):
        """Take down a field."""
        about = dict(attrs)
        name, value = about.get("name") or "", about.get("value") or ""
        if tag == "form":
            self.fields = {}
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and ("selected" in about or self._select not in self.fields):
            self.fields[self._select] = value
        elif tag == "textarea":
            self._area, self.fields[name] = name, ""
        elif tag == "input" and name and (about.get("type") not in ("radio", "checkbox") or "checked" in about):
            self.fields[name] = value or ("on" if about.get("type") == "checkbox" else "")

    def handle_data(self, data):
        """The words inside an area."""
        if self._area:
            self.fields[self._area] += data

    def handle_endtag(self, tag):
        """The end of an area, or of the form."""
        if tag == "textarea":
            self._area = ""
        elif tag == "select":
            self._select = ""
        elif tag == "form" and self.having in self.fields:
            self.found = {name: value for name, value in self.fields.items() if name != "csrfmiddlewaretoken"}

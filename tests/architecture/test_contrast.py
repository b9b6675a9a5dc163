"""The colours of the style sheet can be told apart by old eyes in sunlight: computed from the tokens themselves."""
import re
from pathlib import Path

import pytest

CSS = (Path(__file__).parents[2] / "src/ombun/web/static/web/ombun.css").read_text("utf-8")
TOKENS = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", CSS))
WORDS, SHAPES = 6.0, 3.0  # WCAG asks 4.5 and 3 of words and shapes; readers of 65 and sunlight ask more

ON_PAPER = ("ink", "muted", "green", "green-deep", "gold", "red")
GROUNDS = ("paper", "ground")


def luminance(colour):
    """The relative luminance of WCAG 2."""
    channels = (int(colour[n:n + 2], 16) / 255 for n in (1, 3, 5))
    return sum(weight * (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4)
               for weight, c in zip((0.2126, 0.7152, 0.0722), channels, strict=True))


def contrast(one, other):
    """From 1 (the same) to 21 (black on white)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_itself():
    assert round(contrast("#000000", "#ffffff"), 2) == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


@pytest.mark.parametrize(("words", "ground"), [
    *((words, ground) for words in ON_PAPER for ground in GROUNDS),
    *((words, "green-pale") for words in ("ink", "muted", "green")),
    *((words, "gold-pale") for words in ("ink", "muted", "gold")),
    *((words, "red-pale") for words in ("ink", "red")),
    ("on-green", "green"), ("on-green", "green-deep"), ("focus-on-green", "green-deep")])
def test_words_are_read_at_a_glance(words, ground):
    assert contrast(TOKENS[words], TOKENS[ground]) >= WORDS


@pytest.mark.parametrize(("shape", "ground"), [
    *(("focus", ground) for ground in (*GROUNDS, "green-pale", "gold-pale", "red-pale")),
    ("focus-on-green", "green"), ("green", "rule"), ("green", "line"), ("gold-line", "green")])
def test_shapes_are_seen(shape, ground):
    assert contrast(TOKENS[shape], TOKENS[ground]) >= SHAPES


def test_the_frame_of_a_field_is_seen():
    (frame,) = re.findall(r"select, textarea \{ min-height[^}]*border: 1\.5px solid (#[0-9a-f]{6})", CSS)
    assert contrast(frame, TOKENS["paper"]) >= SHAPES and contrast(frame, "#ffffff") >= SHAPES


def test_words_have_no_colour_besides_the_tokens():
    """A colour written by hand would escape this test."""
    outside = CSS[CSS.index("@layer base {"):CSS.index("@layer print {")]
    by_hand = set(re.findall(r"[\s;{](?:color|fill): (#[0-9a-f]{3,8})", outside))
    assert by_hand == {"#ffd77a", "#9aa79f", "#fbe7b8"}, by_hand  # an icon on green, an ornament, the ground of a hatch


def test_type_and_targets_are_large_enough():
    smallest_rem = float(re.search(r"html \{ font-size: clamp\(([\d.]+)rem", CSS)[1])
    assert smallest_rem * 16 >= 18
    assert float(re.search(r"--tap: ([\d.]+)rem", CSS)[1]) * smallest_rem * 16 >= 48
    small = [float(size) for size in re.findall(r"font-size: ([\d.]+)rem", CSS)]
    assert min(small) * smallest_rem * 16 >= 14

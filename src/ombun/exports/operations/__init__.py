"""A whole fund taken away, and brought in as it was."""
from ombun.exports.operations.bringing import BroughtIn, bring_in
from ombun.exports.operations.taking import MAY_TAKE_OUT, Form, TakingRefused, take_out

__all__ = ["MAY_TAKE_OUT", "BroughtIn", "Form", "TakingRefused", "bring_in", "take_out"]

"""When two names are one company's, whoever wrote them."""

from __future__ import annotations

import re

from chalicelib.vocabulary.folding import fold

#: Words of a company's name that do not tell it from another: its legal form.
_LEGAL_FORMS = {"eurl", "gie", "sa", "sarl", "sas", "sasu", "scop", "snc", "ste", "societe"}
_WORD = re.compile(r"\w+")


def company_key(name: str) -> str:
    """What the spellings of one company's name share: its words in order, folded, legal forms and a final
    "production(s)" aside. Empty when nothing is left."""
    words = [word for word in _WORD.findall(fold(name)) if word not in _LEGAL_FORMS]
    if len(words) > 1 and words[-1] in ("production", "productions"):
        words.pop()
    return " ".join(words)

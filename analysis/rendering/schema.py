"""The keys of `_quarto.yml` and of the front matter that both renderers honour."""

from collections.abc import Mapping

Rule = type | frozenset[object]
Schema = Mapping[str, "Rule | Schema"]

ONLY_TRUE: Rule = frozenset({True})
ONLY_FALSE: Rule = frozenset({False})

DOCUMENT: Schema = {
    "title": str,
    "subtitle": str,
    "author": str,
    "date": str,
    "abstract": str,
    "lang": str,
    "bibliography": str,
    "csl": str,
    "link-citations": bool,
    "number-sections": bool,
    "toc": bool,
    "toc-depth": int,
    "toc-title": str,
    "font-paths": list,
}

HTML: Schema = {
    "embed-resources": ONLY_TRUE,
    "html-math-method": frozenset({"mathml"}),
    "theme": {"light": str, "dark": str},
    "css": str,
    "toc-location": frozenset({"left"}),
}

TYPST: Schema = {
    "citeproc": ONLY_TRUE,
    "papersize": str,
    "margin": {"x": str, "y": str, "top": str, "bottom": str, "left": str, "right": str},
    "fontsize": str,
    "section-numbering": str,
    "font-paths": list,
    "include-in-header": str,
}

DOCX: Schema = {"reference-doc": str}

PROJECT: Schema = {
    **DOCUMENT,
    "project": {
        "type": frozenset({"default"}),
        "title": str,
        "render": list,
        "output-dir": str,
        "execute-dir": frozenset({"project"}),
        "pre-render": str,
    },
    "jupyter": frozenset({"python3"}),
    "execute": {
        "echo": ONLY_FALSE,
        "warning": ONLY_FALSE,
        "cache": ONLY_FALSE,
        "freeze": ONLY_FALSE,
        "daemon": ONLY_FALSE,
    },
    "filters": list,
    "format": {"html": HTML, "typst": TYPST, "docx": DOCX},
}

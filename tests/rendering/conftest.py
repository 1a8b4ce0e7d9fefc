"""One paper with every construct of the dialect, rendered once for all tests."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from analysis.rendering.embedded import render_embedded
from analysis.rendering.publication import Draft, Stopwatch
from tests.rendering.project import build

SETUP = '''```{python}
#| label: setup
#| output: asis
import os

PASSPORT = "n = 6,812 · made by posts.py:41"

class Number:
    def __init__(self, text):
        self.text = text
    def _repr_markdown_(self):
        return f'[{self.text}]{{.number title="{PASSPORT}" data-id="posts.total"}}'

region = os.environ["STUDY_REGION"]
print(f"""::: {{#study title="Posts in {region}" subtitle="A study" author="A. Bee & C_d #1" \\\\
date="May 2026" lang="en" supported="posts subsidies" unsupported="projects" watermark="Synthetic data"}}
:::""".replace("\\\\\\n", ""))
```

::: {.abstract}
In brief: `{python} Number("1,834")` households in 乐陵.
:::

{{< include _text.qmd >}}

# References {.unnumbered}

::: {#refs}
:::
'''

TEXT = r'''# Introduction {#sec-introduction}

Poverty fell by `{python} Number("9,417")` [@sen1999]. See @fig-line, @tbl-posts, @eq-did, @sec-data and
@sec-design; in a group [@fig-line; @tbl-signs]; bare [-@tbl-signs]. A string: `{python} "a_b*c|$d$<e>@f"`.
The sum is `{python} 20 + 3`.^[A footnote with `{python} Number("77")`.]

## Data with `{python} Number("55")` {#sec-data}

- An item with `{python} Number("66")`.

```{python}
#| output: asis
print("![A caption with `code`, by year.](../figures/x.svg){#fig-line fig-alt=\"A blue box\" width=60%}")
print("\n::: {.notes}\nNotes: Weighted equally.\n:::")
```

A second figure is @fig-second.

![The second, see @tbl-posts and `{python} Number("88")`.](../figures/x.svg){#fig-second fig-alt="Again"}

::: {.callout-note title="What is a *post*?"}
A post pays for work, see @tbl-posts.
:::

::: {.callout-warning}
## Read with care
Made up.
:::

::: {.when has="posts"}
The posts are here.
:::

::: {.when has="posts projects"}
Nothing of this, and no @fig-nowhere.
:::

::: {.unless has="projects"}
Without projects.
:::

# Methods

## Before {.unnumbered}

## Design {#sec-design}

$$ y_{it} = \alpha_i + \beta D_{it} $$ {#eq-did}

Then @ravallion2007 say so.

```{python}
#| output: asis
print(r"""::: {#tbl-posts}

| Outcome | 中文 | Estimate |
|:--------|:-----|---------:|
| Income | 人均收入 | 412.3 |

Effects on income.

:::
""")
print(r"""::: {#tbl-signs}

| Signs | N |
|:------|--:|
| a\|b \*c\* \_d\_ \$e\$ \@f \<g\> h\\i 汉字 | 1 |

Signs.

:::
""")
print("::: {#tbl-long}\n\n| Row | N |\n|:----|--:|")
for row in range(1, 91):
    print(f"| row {row} | {row} |")
print("\nA long one.\n\n:::")
```
'''


@dataclass(frozen=True, slots=True)
class Output:
    """The rendered files of the sample and what the renderer noticed."""

    html: Path
    pdf: Path
    docx: Path
    draft: Draft
    said: tuple[str, ...]


def render_sample(root: Path, environment: Mapping[str, str]) -> Output:
    source = build(root, SETUP, {"_text.qmd": TEXT})
    folder = root / "made"
    folder.mkdir()
    said = list[str]()
    draft = render_embedded(source, ("html", "pdf", "docx"), folder, environment, Stopwatch(said.append))
    return Output(*draft.files, draft, tuple(said))


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Output:
    return render_sample(tmp_path_factory.mktemp("sample") / "one", {"STUDY_REGION": "laoling"})


@pytest.fixture(scope="session")
def again(tmp_path_factory: pytest.TempPathFactory) -> Output:
    return render_sample(tmp_path_factory.mktemp("again") / "other", {"STUDY_REGION": "laoling"})

"""Findings about third-party monitoring of posts: the county's own experience, and what is at stake."""

from collections.abc import Iterator, Mapping

import pandas as pd

from analysis.countermeasures.drawn import Drawn
from analysis.countermeasures.supervision import NAME, Supervision, supervision
from analysis.estimates.hypotheses import NotApplicable
from analysis.findings.chapter import Chapter, Evidence
from analysis.findings.countermeasures.verdict import Verdict, verdict
from analysis.findings.drawings import Finding
from analysis.findings.formats import p_words, percent, plain, reason_of
from analysis.findings.kinds import Column, Number, Table
from analysis.problems.audit import post_audit
from analysis.region import Region

NEEDED = {"holder_age", "post_paid", "supervised", "year"}
WORDS: dict[Verdict, str] = {
    "supported": "Monitoring of posts by a third party is supported: where it began, fewer broke the rule.",
    "uncertain": "Where a third party began to monitor posts fewer broke the rule; chance may explain it.",
    "not supported": "Where a third party began to monitor posts no fewer broke the rule.",
    "not measured": "What monitoring of posts by a third party changes cannot be measured here.",
}


def about_supervision(evidence: Evidence) -> Chapter:
    """Say what posts that a third party supervises show."""
    found = experience(evidence.panel.frame, evidence.tables, evidence.region)
    texts = {"supervision_verdict": WORDS[supervision_verdict(found)]}
    if isinstance(found, NotApplicable):
        return Chapter((), dict.fromkeys(("supervision", "supervision_effect"), reason_of(found)), texts)
    effect = found.effect
    if not isinstance(effect, NotApplicable):
        texts["supervision_p"] = p_words(effect.p_value)
    lacking = {"supervision": "", "supervision_effect": reason_of(effect)}
    return Chapter(tuple(findings(found)), lacking, texts)


def experience(
    panel: pd.DataFrame, tables: Mapping[str, pd.DataFrame], region: Region
) -> Supervision | NotApplicable:
    """Return the experience with the audit rule about the age of holders, or what the records lack."""
    posts = tables.get("posts")
    if posts is None or not set(posts) >= NEEDED or "township_code" not in panel:
        return NotApplicable(NAME, "the records do not say which posts a third party supervises")
    rule = next(one for one in post_audit(panel, tables) if one.name == "post_old")
    ledger = posts.reset_index(drop=True)
    rows = pd.DataFrame(
        {
            "township_code": rule.townships,
            "year": ledger["year"],
            "supervised": (ledger["supervised"] == "yes").astype("float64"),
            "broken": rule.broken.astype("float64"),
            "paid": ledger["post_paid"] / ledger["year"].map(region.price_index),
        }
    )
    known = rows[rows["township_code"].notna()]
    return supervision(known.assign(township_code=known["township_code"].astype(str)))


def supervision_verdict(found: Supervision | NotApplicable) -> Verdict:
    """Return the verdict by the fall of the share that breaks the rule."""
    if isinstance(found, NotApplicable) or isinstance(found.effect, NotApplicable):
        return "not measured"
    effect = found.effect
    return verdict(Drawn(-effect.estimate, -effect.conf_high, -effect.conf_low))


def findings(found: Supervision) -> Iterator[Finding]:
    """Yield the change where supervision began, and what is at stake."""
    effect = found.effect
    if not isinstance(effect, NotApplicable):
        yield Number(
            "supervision.effect",
            effect.estimate,
            "Change of the share of post-years with a holder of 70 or older where supervision began",
            "share",
            1,
            low=effect.conf_low,
            high=effect.conf_high,
            n_obs=effect.n_obs,
            n_clusters=effect.n_clusters,
            estimator="township and year effects; randomization of whole paths among townships",
        )
    yield Number("supervision.townships", found.townships, "Townships with supervised posts", "townships")
    yield Number(
        "supervision.posts", found.posts, "Posts of the last year that nobody supervises", "post-years"
    )
    yield Number("supervision.broken", found.broken, "Of these with a holder of 70 or older", "post-years")
    yield Number(
        "supervision.stake", found.stake, "Pay of unsupervised posts that break the rule", "yuan a year"
    )
    yield stake_table(found)


def stake_table(found: Supervision) -> Table:
    """Return one part that is detected a row: the pay found, and what supervising a post may cost."""
    columns = (
        Column("Broken rules that supervision detects", "left", 30),
        Column("Pay found, yuan a year", width=22),
        Column("Break-even cost, yuan a year for each post supervised", width=30),
    )
    rows = tuple(
        (percent(part, 0), plain(money), plain(money / found.posts, 1) if found.posts else "")
        for part, money in found.caught
    )
    notes = (
        f"The last year, {plain(found.posts)} posts that nobody supervises, yuan of the base year. At the "
        "break-even cost supervision finds as much pay as it costs; what else it changes is not counted."
    )
    return Table("tbl-supervision", "What supervision of all posts would find.", columns, rows, notes)

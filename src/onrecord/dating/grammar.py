"""The patterns of the time grammar: what time expressions look like.

Each rule is a verbose regular expression over lower-case text, and the function of ``builders`` that reads its
match. Rules are tried only in sentences that hold one of their trigger words, and all quantifiers are bounded or
over disjoint characters, so that the time is linear in the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from onrecord.dating import builders
from onrecord.dating import calendar as cal
from onrecord.dating import meaning as m
from onrecord.dating.builders import Builder
from onrecord.dating.words import either, ordinal_number, pattern, words


@dataclass(frozen=True, slots=True)
class Rule:
    """``triggers``: the kinds of trigger word (see ``trigger``) one of which the sentence must hold."""

    name: str
    triggers: str
    pattern: re.Pattern[str]
    build: Builder


_OTHER_UNITS = ("weekend", "quarter", "half", "daily", "weekly", "nightly", "monthly", "yearly", "annually")


@cache
def trigger() -> re.Pattern[str]:
    """The words without which no rule can match, in groups named by the letter that rules ask for: m month,
    w weekday, u unit, r relative day or part of day, h holiday, s season, d digits."""
    w = words()
    first_words = {name.split(" ")[0] for name in cal.holidays()}
    relative = [
        "today",
        "yesterday",
        "tomorrow",
        "tonight",
        "overnight",
        "noon",
        "midday",
        "midnight",
        "then",
        *w.parts_of_day,
    ]
    return re.compile(
        rf"\b(?:(?P<m>{either([*w.months, *w.month_abbreviations])}\b)"
        rf"|(?P<w>{either([*w.weekdays, *w.weekday_abbreviations])}s?\b)"
        rf"|(?P<u>{either([*w.units, *_OTHER_UNITS])}s?\b)"
        rf"|(?P<r>{either(relative)}\b)|(?P<h>{either(first_words)}\b)|(?P<s>{either(w.seasons)}\b)|(?P<d>\d))"
    )


_RULES: tuple[tuple[str, str, str, Builder], ...] = (
    (
        "month day",
        "m",
        r"""\b(?:{ANYWEEKDAY},?\s+)?(?P<month>{MONTH})\s+(?:the\s+)?(?P<day>{DOM})
            (?:\s*(?:-|–|—|to|through|thru|until|till|and|&)\s*(?P<other>{DOM})(?!\s*{MONTH}))?
            (?:,?\s+(?P<year>{YEAR}))?""",
        builders.calendar_date,
    ),
    (
        "day month",
        "m",
        r"""\b(?:{ANYWEEKDAY},?\s+)?(?:the\s+)?(?:(?P<other>{DOM})\s*(?:-|–|—|to|through|until|till|and|&)\s*(?:the\s+)?)?
            (?P<day>{DOM})\s+(?:of\s+)?(?P<month>{MONTH})(?!\s+\d{1,2}\b)(?:,?\s+(?P<year>{YEAR}))?""",
        builders.calendar_date,
    ),
    ("iso date", "d", r"(?<![\d/.-])(?P<y>(?:19|20)\d\d)-(?P<mo>\d\d)-(?P<d>\d\d)(?![\d-])", builders.iso_date),
    (
        "slashed date",
        "d",
        r"""(?=\d)(?:(?<=\bon\s)|(?<=\bby\s)|(?<=\bsince\s)|(?<=\bfrom\s)|(?<=\bdated\s)|(?<=\bfor\s)|(?<=\buntil\s)|(?<=day\s)|(?<=day,\s)
            |(?=\d+/\d+/\d{4}\b))
            (?<![\d/.])(?P<a>\d{1,2})/(?P<b>\d{1,2})(?:/(?P<year>\d{4}|\d\d))?(?![\d/%])""",
        builders.slashed,
    ),
    (
        "nth of month",
        "m",
        r"\bthe\s+(?P<nth>{ORDINAL})\s+of\s+(?P<month>{MONTH})(?:,?\s+(?P<year>{YEAR}))?",
        builders.nth_of_month,
    ),
    (
        "day of the month",
        "d",
        r"(?=the\s)(?:(?<=\bon\s)|(?<=\bby\s)|(?<=\bfrom\s)|(?<=\bsince\s)|(?<=\buntil\s)|(?<=\bof\s)|(?<=day\s)|(?<=day,\s))"
        r"the\s+(?P<nth>{NTH})(?!-)",
        lambda match, _: m.DayOfMonth(ordinal_number(match["nth"])),
    ),
    (
        "month",
        "m",
        r"""\b(?P<signal>(?<=\bin\s)|(?<=\bby\s)|(?<=\bsince\s)|(?<=\buntil\s)|(?<=\bduring\s))?
            (?P<edge>(?:early|mid|late|earlier|later)[-\s]+(?:in\s+)?|(?:the\s+)?(?:end|start|beginning|middle|rest)\s+of\s+)?
            (?:(?P<shift>last|this|next|this\s+past|this\s+coming)\s+)?
            (?P<month>{FULLMONTH})(?:,?\s+(?:of\s+)?(?P<year>{YEAR}))?""",
        builders.month_alone,
    ),
    (
        "week of a month",
        "u",
        r"\bthe\s+(?P<nth>last|final|{ORDINAL})\s+(?:full\s+)?week\s+of\s+(?P<month>{MONTH})(?:,?\s+(?P<year>{YEAR}))?",
        builders.nth_week,
    ),
    (
        "year",
        "d",
        r"""(?=(?:19|20)\d\d)(?:(?<=\bin\s)|(?<=\bsince\s)|(?<=\bof\s)|(?<=\buntil\s)|(?<=\bby\s)|(?<=\bthe\s)|(?<=\bearly\s)|(?<=\blate\s)
            |(?<=\bbefore\s)|(?<=\bafter\s)|(?<=\bduring\s)|(?<=\bfrom\s)|(?<=\bto\s)|(?<=\bback\sin\s)|(?<='s\s)|(?<=\bmid-)
            |(?<=\())(?P<year>(?:19|20)\d\d)(?:[-–—/](?P<to>(?:19|20)\d\d|\d\d))?\b(?![.,:]\d|[%/]|-\w)""",
        builders.year,
    ),
    ("decade", "d", r"\bthe\s+(?P<decade>(?:19|20)\d0|[2-9]0)s\b", builders.decade),
    (
        "weekday",
        "w",
        r"""\b(?:(?P<on>a\s+week\s+(?:ago(?:\s+on)?|on|from))\s+
            |(?P<shift>last|this\s+past|this\s+coming|this|next|past|coming)\s+)?
            (?P<weekday>{WEEKDAY}|(?:mon|tues?|weds?|thur?s?|fri)\.|(?<=\bon\s)(?:mon|tues?|weds?|thur?s?|fri|sat|sun)\b)
            (?:(?:\s+(?:of\s+)?(?P<week>last|this|next)\s+week\b|(?P<later>\s+week\b(?!-|\s+of)))?
               (?:\s+(?P<part>{PART}))?)""",
        builders.weekday,
    ),
    ("weekdays", "w", r"\b{WEEKDAYS}\b", lambda _, __: m.Repeated("P1W")),
    (
        "relative day",
        "r",
        r"""\b(?P<day>the\s+day\s+before\s+yesterday|the\s+day\s+after\s+tomorrow|yesterday|today|tomorrow|tonight
            |last\s+(?:night|evening)|this\s+(?:morning|afternoon|evening))\b(?:\s+(?P<part>{PART}))?""",
        builders.relative_day,
    ),
    ("overnight", "r", r"\bovernight\b", builders.overnight),
    (
        "calendar unit",
        "u",
        r"""\b(?P<edge>(?:earlier|later|early|late|sometime)\s+(?:in\s+)?
            |(?:the\s+)?(?:end|start|beginning|middle|rest|remainder|course)\s+of\s+)?
            (?P<shift>last|this\s+past|this\s+coming|this|next|past|coming|the)\s+
            (?P<unit>weekend|week|month|year|quarter|decade)\b(?!-)""",
        builders.unit_shift,
    ),
    (
        "season",
        "s",
        r"""\b(?:(?P<signal>(?<=\bin\s)|(?<=\bby\s)|(?<=\buntil\s)|(?<=\bsince\s)|(?<=\bduring\s)|(?<=\bover\s)))?
            (?:(?:early|mid|late)[-\s]+)?(?:(?P<shift>last|this\s+past|this\s+coming|this|next|the)\s+)?
            (?P<season>{SEASON})(?!-)(?:(?:,?\s+|\s+of\s+)(?P<year>{YEAR})|(?!\s+of\b))""",
        builders.season,
    ),
    (
        "quarter",
        "ud",
        r"""\b(?:the\s+)?(?P<fiscal>fiscal\s+)?(?:(?P<nth>first|second|third|fourth|final|last)\s+(?P<kind>quarter|half)\b(?!-)
            |q(?P<q>[1-4])\b)(?:\s+(?P<of>of\s+(?:the\s+year\b)?)?(?:(?P<fy>fiscal\s+)?(?P<year>{YEAR}))?)?""",
        builders.quarter,
    ),
    (
        "fiscal year",
        "du",
        r"\b(?:fiscal(?:\s+year)?\s+(?:19|20)\d\d|(?:this|last|next|the)\s+(?:fiscal|financial)\s+year)\b",
        builders.fiscal_year,
    ),
    (
        "ago",
        "u",
        r"""\b(?:(?P<count>{COUNT})\s+)?(?P<unit>{UNIT})\s+
            (?P<way>ago|earlier|later|from\s+now|from\s+today|after|before)\b""",
        builders.ago,
    ),
    ("day after", "u", r"\bthe\s+day\s+(?P<way>after|before)\b", builders.day_after),
    (
        "window",
        "u",
        r"""\b(?P<way>(?:in|over|during|for|within)\s+(?:the\s+)?(?:last|past|previous|recent|next|coming|following)
            |the\s+(?:last|past|next|coming)|within|in\s+the\s+space\s+of)\s+(?:(?P<count>{COUNT})\s+)?(?P<unit>{UNIT})""",
        builders.window,
    ),
    (
        "in units",
        "u",
        r"\bin\s+(?P<count>{COUNT})\s+(?P<unit>{UNIT})(?:'s?\s+time|\s+time)?(?!\s+of\b|\s*-)",
        builders.in_units,
    ),
    ("within the day", "u", r"\b(?:earlier|later|early|late)\s+in\s+the\s+day\b", builders.within_the_day),
    (
        "through the day",
        "u",
        r"\b(?:all\s+day(?!\s+long\b)|(?:most|much|all|the\s+whole|the\s+rest)\s+of\s+the\s+day"
        r"|the\s+(?:whole|entire)\s+day|the\s+day(?='s\s))(?!\s+(?:before|after|of|when)\b)",
        builders.within_the_day,
    ),
    ("since then", "r", r"\bsince\s+then\b", builders.since_then),
    (
        "adjacent day",
        "ur",
        r"\b(?:the\s+(?:very\s+)?(?P<way>next|following|previous|preceding|same)|that)\s+(?P<unit>day|{PART})\b",
        builders.adjacent_day,
    ),
    (
        "per unit",
        "u",
        r"""(?P<count>(?!))?\b(?:per|(?:(?<=once\s)|(?<=twice\s)|(?<=times\s)|(?<=illion\s)|(?<=\dm\s)
            |(?<=\dbn\s)|(?<=\d\s)|(?<=hours\s)|(?<=dollars\s)|(?<=pounds\s))an?)\s+(?P<unit>{ONEUNIT})""",
        builders.every,
    ),
    (
        "lasting",
        "u",
        r"""\b(?P<count>{COUNT})(?P<half>\s+and\s+a\s+half)?(?:\s+(?:straight|consecutive|full|long|hard|more|whole)\s+|[-\s])
            (?P<unit>{UNIT})(?!-old|\s+old|-olds)(?:[-\s]long\b)?(?!\s+(?:of|per)\s+age|\s+(?:per\s+cent|percent))""",
        builders.lasting,
    ),
    (
        "vague lasting",
        "u",
        r"(?:(?<=\bfor\s)|(?<=\bafter\s)|(?<=\blasted\s)|(?<=\bin\s))(?:hours|days|weeks|months|years|decades)\b",
        builders.vague_lasting,
    ),
    (
        "every",
        "uwr",
        r"""\b(?:every|each)\s+(?:(?P<count>other|{CARDINAL}|\d{1,2})\s+)?
            (?P<unit>{UNIT}|{WEEKDAY}|{PART})""",
        builders.every,
    ),
    ("regularly", "u", r"\b(?P<word>daily|weekly|monthly|annually|yearly|nightly)\b", builders.regularly),
    (
        "clock",
        "d",
        r"""(?<![\d$£€.:/-])(?P<hour>\d{1,2})(?:[:.](?P<minute>[0-5]\d))?
            (?:\s?(?P<half>[ap])\.?\s?m\b\.?|\s*o'clock\b|(?<=\d[:.]\d\d)(?=\s+(?P<z>{ZONE})))
            (?:\s+(?:in\s+the\s+)?(?P<part>morning|afternoon|evening)\b)?(?:\s+(?P<zone>{ZONE}))?""",
        builders.clock,
    ),
    (
        "clock without half",
        "d",
        r"""(?<=\bat\s)(?P<hour>\d{1,2})[:.](?P<minute>[0-5]\d)\b(?![.:,]?\d|%|\s*(?:per|million|billion|-))
            (?P<half>(?!))?(?:\s+(?:in\s+the\s+)?(?P<part>morning|afternoon|evening)\b)?(?:\s+(?P<zone>{ZONE}))?""",
        builders.clock,
    ),
    ("noon", "r", r"\b(?P<word>noon|midday|midnight)\b(?!\s+oil)(?:\s+(?P<zone>{ZONE}))?", builders.noon),
    (
        "part of the day",
        "r",
        r"\b(?:the|in\s+the)\s+(?:early\s+|late\s+)?(?P<part>{PART})\s+(?:of\s+|on\s+)?",
        builders.day_part,
    ),
    (
        "early on",
        "wmr",
        r"\b(?:early|late|later|earlier|shortly|sometime)\s+(?:on\s+)?(?P<part>(?!))?",
        builders.day_part,
    ),
    (
        "holiday",
        "hmd",
        rf"""\b(?:(?P<shift>last|this|next)\s+)?
            (?P<holiday>{either([n.replace("'", "@") for n in cal.holidays()]).replace("@", "['’]")})(?![\w])
            (?:,?\s+(?P<year>{{YEAR}}))?""",
        builders.holiday,
    ),
)


@cache
def rules() -> tuple[Rule, ...]:
    """The rules in order; of two matches of one length the earlier rule's is taken."""
    return tuple(Rule(name, triggers, pattern(template), build) for name, triggers, template, build in _RULES)

"""The part of a questionnaire that is Kithkin's own, beside the body: its properties, in the same form."""

from __future__ import annotations

from kithkin.questionnaire.vocabulary.property import properties

ENVELOPE = properties("""
format kithkin.questionnaire e says what this is
version whole e of the vocabulary; this is version 1
body object e the questions, in the vocabulary of SurveyJS
kithkin object e what that vocabulary has no word for
""")

OURS = properties("""
identity identified|confidential|anonymous e what respondents are promised; confidential where it is not said
metrics list e which question measures what
quotas list e how many respondents of a kind are wanted
randomisation list e blocks that are shuffled, or of which some are shown, evenly over respondents
embedded list e values that come with the invitation, or stay hidden
scoring list e points per answer, summed under a name
completion list e pages at the end, the first whose condition is true
""")

METRIC = properties("""
question text e the question, or its path in a matrix: name.row
measures nps|csat|ces|inps|enps|engagement|service e which score it belongs to
dimension text e engagement: trust, growth, equipment, recognition …; service: responsiveness, quality …
relation text e the embedded value that names the relation which is judged
""")

QUOTA = properties("""
name text e its name
when expression e who belongs to it
limit whole e how many are wanted
then end|mark e end: nothing more is asked when it is full; mark: it is only noted
message localised e said when it is full
""")

RANDOMISER = properties("""
name text e its name: another name draws otherwise
of names e the pages, panels or questions that are drawn from; they stand side by side
show whole e how many of them are shown; all where it is not said
shuffle flag e whether their order changes; true where it is not said
""")

EMBEDDED = properties("""
name text e under this name expressions know it
default value e where the invitation brings none
stored flag e whether it is stored among the answers; true where it is not said
""")

SCORE = properties("""
name text e under this name the points are stored
questions names e whose points are summed: the `score` of the choice or column, or the number that was answered
correct flag e one point for each correctAnswer instead
when expression e only where it is true
""")

COMPLETION = properties("""
when expression e whom it is for; everybody where it is not said
title localised e its title
html localised e what it says
url text e where the respondent goes from there
""")

PARTS = {
    "metrics": METRIC, "quotas": QUOTA, "randomisation": RANDOMISER, "embedded": EMBEDDED,
    "scoring": SCORE, "completion": COMPLETION,
}  # fmt: skip

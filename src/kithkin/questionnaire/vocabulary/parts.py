"""The properties of choices, of columns of cells and of the texts of a multiple text."""

from __future__ import annotations

from kithkin.questionnaire.vocabulary.property import kept, properties
from kithkin.questionnaire.vocabulary.questions import QUESTIONS

_CELLS = (
    "default|dropdown|checkbox|radiogroup|tagbox|text|comment|boolean|expression|rating|slider|file|image|html|"
    "signaturepad|imagepicker"
)
COLUMN = properties(f"""
cellType {_CELLS} e its type
totalType none|sum|count|min|max|avg e what stands under it, as {{matrix-total.column}}
totalExpression expression e computes what stands under it
totalFormat localised k how that is shown
isUnique flag e whether rows must differ in it
showInMultipleColumns flag k whether each choice has a column of its own
""") | kept(
    "totalDisplayStyle totalAlign totalCurrency totalMaximumFractionDigits totalMinimumFractionDigits minWidth width"
)

_OF_TEXT = (
    "name title isRequired requiredErrorText validators inputType maxLength placeholder min max minErrorText "
    "maxErrorText minValueExpression maxValueExpression step dataList maskType maskSettings size requiredIf "
    "defaultValueExpression"
)
FIELD = {name: QUESTIONS["text"].properties[name] for name in _OF_TEXT.split()} | kept(
    "inputTextAlignment textUpdateMode titleMinWidth"
)

ITEM = properties("""
value value e the answer that it stands for
text localised e what is shown; the value where it has none
visibleIf expression e shown where it is true
enableIf expression e can be chosen where it is true
isExclusive flag e chosen alone
score number e points, where the questionnaire is scored
imageLink localised k its picture
description localised k said under it
""") | kept(
    "icon iconName iconSize minWidth showCommentArea hasComment commentPlaceholder isCommentRequired commentText "
    "elements showInputField"
)

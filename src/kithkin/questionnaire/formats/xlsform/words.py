"""Which settings a form holds, and why it holds the others not: the sentences of the loss report on the way out."""

from __future__ import annotations

NO_WORD = "a form has no word for it"
TEXTS = "a form says it in its own words"
LOOKS = "left out, since it decides nothing here either"
OF_SEVERAL = "it belongs to a group there, which is no question"
OF_COMPUTED = "what is computed is not asked for"
OF_VALIDATORS = "digits may stand in it"
REASONS: dict[str, str] = {
    **dict.fromkeys(("setValueIf", "resetValueIf"), "a form computes answers whenever what they come from changes"),
    **dict.fromkeys(("hideIfChoicesEmpty", "hideIfRowsEmpty"), "it is shown with nothing to choose from"),
    **dict.fromkeys(("columnsVisibleIf", "rowsVisibleIf", "templateVisibleIf"), "all of them are always shown"),
    **dict.fromkeys(("rowsOrder", "rowOrder"), "rows stand as they are listed"),
    **dict.fromkeys(("keyName", "eachRowUnique", "isUnique"), "rows may be alike"),
    **dict.fromkeys(("showSelectAllItem", "hasSelectAll"), "choices are chosen one by one"),
    **dict.fromkeys(("keyDuplicationError", "minErrorText", "maxErrorText", "otherErrorText", "otherText"), TEXTS),
    **dict.fromkeys(("minRangeLength", "maxRangeLength"), "a form has no stretches"),
    **dict.fromkeys(("maxFiles", "maxSize"), "a form does not bound files"),
    **dict.fromkeys(("totalType", "totalExpression"), "nothing stands under the rows"),
    **dict.fromkeys(("imageLink", "altText"), "pictures are files of their own in a form"),
    "dataList": "no answers are offered while typing",
    "correctAnswer": "a form is no quiz",
    "templateTitle": "repetitions have no title of their own",
    "valuePropertyName": "choices are words, no objects",
    "precision": "values are shown with all their digits",
    "selectToRankEnabled": "all choices are ranked",
}
OF_CONTAINERS = {
    **dict.fromkeys(("isRequired", "requiredIf", "requiredErrorText"), "all of its questions may be left empty"),
    "readOnly": "its questions can be answered",
    "questionsOrder": "its questions stand as they are listed",
}
OF_ITEMS = {
    "enableIf": "it can always be chosen",
    "visibleIf": "it is always shown",
    "score": "answers have no points",
    "imageLink": "choices have words only",
    "isExclusive": "it can be chosen beside others",
    "description": "a choice has one label",
}
OF_THE_WHOLE = {
    **dict.fromkeys(("mode", "readOnly"), "its questions can be answered"),
    **dict.fromkeys(("maxTextLength", "maxCommentLength", "maxOthersLength"), "texts of any length are accepted"),
    "questionsOrder": "questions stand as they are listed",
    "requiredErrorText": TEXTS,
    "description": "a form has a title and no more",
    "storeOthersAsComment": "what is written beside “other” always has a name of its own",
    "clearInvisibleValues": "a form decides itself what becomes of hidden answers",
}
_ANSWERED = (
    "isRequired requiredIf requiredErrorText readOnly defaultValue defaultValueExpression setValueExpression "
    "showCommentArea hasComment validators"
)
_WRITTEN = (
    "type name title valueName visible visibleIf enableIf elements questions description choices choicesFromQuestion "
    "choicesOrder choicesByUrl choicesVisibleIf choicesEnableIf showOtherItem hasOther showNoneItem hasNone noneText "
    "showRefuseItem refuseText showDontKnowItem dontKnowText allowCustomChoices minSelectedChoices maxSelectedChoices "
    "inputType minValueExpression maxValueExpression maxLength min max step labelTrue labelFalse valueTrue valueFalse "
    "multiSelect rateMin rateMax rateStep rateCount rateValues autoGenerate minRateDescription maxRateDescription "
    "sliderType rows columns cellType isAllRowRequired eachRowRequired templateElements items panelCount rowCount "
    "minPanelCount maxPanelCount minRowCount maxRowCount allowMultiple acceptedTypes expression html detailElements "
    "detailPanelMode"
)
_OF_THE_WHOLE = (
    "title locale pages elements questions calculatedValues triggers completedHtml completedHtmlOnCondition "
    "navigateToUrl navigateToUrlOnCondition"
)
ANSWERED = frozenset(_ANSWERED.split())
"""Settings of what has one answer."""
WRITTEN = frozenset(_WRITTEN.split())
"""Settings that the rows of a form hold, or of which is told where the rows are made."""
WRITTEN_OF_THE_WHOLE = frozenset(_OF_THE_WHOLE.split())

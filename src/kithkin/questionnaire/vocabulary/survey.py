"""The properties of the whole, of pages and panels, of triggers and validators."""

from __future__ import annotations

from kithkin.questionnaire.vocabulary.property import State, Type, kept, properties

SURVEY = properties("""
title localised e its title
description localised e said under the title
locale text e the language of texts that name none
pages pages e its pages, in order
elements elements e its elements, where there is one page only
questions elements e an older name of elements
calculatedValues calculated e values computed from answers
triggers triggers e what happens when something becomes true
completedHtml localised e said at the end
completedHtmlOnCondition conditions e said at the end in place of completedHtml: the first whose expression is true
navigateToUrl text e where the respondent goes at the end
navigateToUrlOnCondition conditions e where the respondent goes at the end: the first whose expression is true
questionsOrder initial|random e the order of elements on every page
maxTextLength whole e the longest text of a question that names no other; 0 is no limit
maxOthersLength whole e the longest comment
maxCommentLength whole e the longest comment
mode edit|display e display: nothing can be answered
readOnly flag e nothing can be answered
storeOthersAsComment flag e whether the text beside "other" has a key of its own
requiredErrorText localised e said where a required answer is missing
completedBeforeHtml localised k said to whom has answered before
loadingHtml localised k said while it is loaded
startSurveyText localised k the button that begins
pagePrevText localised k the button back
pageNextText localised k the button on
completeText localised k the button that ends
previewText localised k the button to the preview
editText localised k the button back from the preview
firstPageIsStarted flag k whether the first page is a welcome
firstPageIsStartPage flag k whether the first page is a welcome
clearInvisibleValues value k hidden answers are always empty here
""") | kept(
    "logo logoWidth logoHeight logoFit logoPosition width widthMode showTitle showPageTitles showPageNumbers "
    "showQuestionNumbers questionStartIndex questionTitleLocation questionDescriptionLocation questionErrorLocation "
    "questionTitlePattern questionTitleTemplate requiredText requiredMark showProgressBar progressBarType "
    "progressBarLocation progressBarShowPageTitles progressBarShowPageNumbers progressBarInheritWidthFrom "
    "showNavigationButtons navigationButtonsLocation showPrevButton showCompleteButton showCompletedPage "
    "showCompletePage goNextPageAutomatic autoAdvanceEnabled autoAdvanceAllowComplete allowCompleteSurveyAutomatic "
    "checkErrorsMode validateVisitedEmptyFields textUpdateMode questionsOnPageMode focusFirstQuestionAutomatic "
    "autoFocusFirstQuestion autoFocusFirstError focusOnFirstError showTimerPanel showTimerPanelMode showTimer "
    "timerLocation timerInfoMode maxTimeToFinish maxTimeToFinishPage timeLimit timeLimitPerPage keyDuplicationError "
    "matrixDragHandleArea sendResultOnPageNext partialSendEnabled cookieName showPreviewBeforeComplete "
    "showPreviewBeforeCompleteMode previewMode showTOC tocLocation tocPosition showBrandInfo surveyId surveyPostId "
    "surveyShowDataSaving validationEnabled validationAllowSwitchPages validationAllowComplete commentAreaRows "
    "autoGrowComment allowResizeComment lazyRendering lazyRenderEnabled gridLayoutEnabled gridLayoutColumns "
    "headerView header backgroundImage backgroundImageFit backgroundImageAttachment backgroundOpacity fitToContainer "
    "themeVariables theme rtl widthMode minWidth maxWidth css isSinglePage ignoreValidation state"
)

CONTAINER = properties("""
name text e its name
title localised e its title
description localised e said under the title
elements elements e what is in it, in order
questions elements e an older name of elements
visible flag e false: never shown
visibleIf expression e shown where it is true
enableIf expression e can be answered where it is true
readOnly flag e nothing in it can be answered
isRequired flag e one answer in it at least
requiredIf expression e one answer in it at least, where it is true
requiredErrorText localised e said where that is missing
questionsOrder default|initial|random e the order of its elements
""") | kept(
    "id questionTitleLocation questionTitleWidth questionErrorLocation questionDescriptionLocation state "
    "visibleIndex gridLayoutColumns width minWidth maxWidth colSpan effectiveColSpan allowLayout questionStartIndex"
)

PAGE = CONTAINER | kept(
    "navigationTitle navigationDescription navigationButtonsVisibility showNavigationButtons maxTimeToFinish timeLimit "
    "passed num nextButtonText backgroundImage"
)

PANEL = (
    properties("type panel e an element that holds others")
    | CONTAINER
    | kept(
        "startWithNewLine indent innerIndent showNumber showQuestionNumbers allowAdaptiveActions page innerPaddingLeft"
    )
)

CALCULATED = properties("""
name text e under this name expressions know it
expression expression e how it is computed
includeIntoResult flag e whether it is stored among the answers
""")

CONDITION = properties("""
expression expression e when this one is taken
html localised e what is said
url text e where the respondent goes
""")

_TRIGGER = properties("""
type text e what happens
expression expression e when it happens
name text e older form: the question it watches
operator text e older form: how its answer is compared
value value e older form: with what
""")

TRIGGERS = {
    "complete": Type("complete", State.EVALUATED, "ends it after the page that its expression speaks of", _TRIGGER),
    "skip": Type(
        "skip", State.EVALUATED, "leaves out the pages up to that of a question",
        _TRIGGER | properties("gotoName text e the question to go to"),
    ),
    "setvalue": Type(
        "setvalue", State.EVALUATED, "gives a value to a question that was not answered, or to a variable",
        _TRIGGER | properties("""
            setToName text e whose value is set
            setValue value e the value
            isVariable flag e whether it stays out of the answers
        """),
    ),
    "copyvalue": Type(
        "copyvalue", State.EVALUATED, "gives one question's answer to another that was not answered",
        _TRIGGER | properties("""
            setToName text e whose value is set
            fromName text e whose value is taken
        """),
    ),
    "runexpression": Type(
        "runexpression", State.EVALUATED, "gives a computed value to a question that was not answered",
        _TRIGGER | properties("""
            setToName text e whose value is set
            runExpression expression e how the value is computed
        """),
    ),
    "visible": Type(
        "visible", State.KEPT, "older form of visibleIf",
        _TRIGGER | properties("""
            pages names k pages to show
            questions names k questions to show
        """),
    ),
}  # fmt: skip

_VALIDATOR = properties("""
type text e what is checked
text localised e said where it fails
notificationType error|warning|info k how loudly a browser says it
""")

VALIDATORS = {
    "numeric": Type(
        "numeric", State.EVALUATED, "a number within bounds",
        _VALIDATOR | properties("""
            minValue number e the least
            maxValue number e the most
        """),
    ),
    "text": Type(
        "text", State.EVALUATED, "a text of some length",
        _VALIDATOR | properties("""
            minLength whole e the shortest; 0 is none
            maxLength whole e the longest; 0 is none
            allowDigits flag e whether digits may stand in it
        """),
    ),
    "answercount": Type(
        "answercount", State.EVALUATED, "so many choices",
        _VALIDATOR | properties("""
            minCount whole e the fewest
            maxCount whole e the most
        """),
    ),
    "regex": Type(
        "regex", State.EVALUATED, "a text that a pattern is found in",
        _VALIDATOR | properties("""
            regex text e the pattern, as in JavaScript
            insensitive flag e whether small and capital letters are alike
            caseInsensitive flag e whether small and capital letters are alike
        """),
    ),
    "email": Type("email", State.EVALUATED, "an e-mail address", _VALIDATOR),
    "expression": Type(
        "expression", State.EVALUATED, "an expression that must be true",
        _VALIDATOR | properties("expression expression e what must be true"),
    ),
}  # fmt: skip

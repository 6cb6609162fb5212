"""The properties of every type of question."""

from __future__ import annotations

from dataclasses import replace

from kithkin.questionnaire.vocabulary.property import Property, State, Type, kept, properties

QUESTION = properties("""
type text e what kind of question it is
name text e its name, one of its kind in the questionnaire
valueName text e the key of its answer, where that is not its name; questions may share one
title localised e what is asked; its name where it has none
description localised e said under the title
visible flag e false: never shown
visibleIf expression e shown where it is true
enableIf expression e can be answered where it is true
readOnly flag e cannot be answered
isRequired flag e must be answered
requiredIf expression e must be answered where it is true
requiredErrorText localised e said where the answer is missing
defaultValue value e the answer where none was given
defaultValueExpression expression e computes the answer where none was given
setValueIf expression e when setValueExpression is taken
setValueExpression expression e computes the answer where none was given
resetValueIf expression e the answer is emptied where it is true
validators validators e what the answer must fulfil
showCommentArea flag e whether a comment may be added
hasComment flag e an older name of showCommentArea
commentText localised k what is said above the comment
correctAnswer value e the right answer of a quiz, for scoring
""") | kept(
    "id titleLocation descriptionLocation errorLocation hideNumber showNumber state startWithNewLine width minWidth "
    "maxWidth indent useDisplayValuesInDynamicTexts clearIfInvisible commentPlaceholder commentPlaceHolder "
    "visibleIndex colSpan effectiveColSpan page renderAs readOnlyRenderAs customWidgetName tag"
)

_BOUNDS = properties("""
min value e the least answer
max value e the most
minErrorText localised e said where the answer is less
maxErrorText localised e said where the answer is more
step value e the distance of allowed answers from the least, or "any"
""")

_TEXT = (
    properties("""
inputType text|number|range|date|datetime|datetime-local|time|month|week|email|tel|url|color|password e what is typed
minValueExpression expression e computes the least answer
maxValueExpression expression e computes the most
maxLength whole e the longest answer; -1 as the questionnaire says, 0 is none
placeholder localised e shown in the empty field
dataList localised k answers offered while typing
maskType text k how a browser helps typing
maskSettings object k how a browser helps typing
""")
    | _BOUNDS
)

_TYPED = kept("size textUpdateMode autocomplete autoComplete inputTextAlignment inputWidth placeHolder minWidth")

_CHOICES = properties("""
choices items e what can be chosen
choicesFromQuestion text e takes its choices from this question
choicesFromQuestionMode all|selected|unselected e which of them
choiceValuesFromQuestion text e the column of that question that holds the values
choiceTextsFromQuestion text e the column of that question that holds the texts
choicesOrder none|asc|desc|random e their order
choicesByUrl object e choices from another server, which is not asked: any short text is accepted
choicesVisibleIf expression e which choices are shown, each as {item}
choicesEnableIf expression e which choices can be chosen, each as {item}
choicesMin value k a browser's range of numbers as choices
choicesMax value k a browser's range of numbers as choices
choicesStep value k a browser's range of numbers as choices
hideIfChoicesEmpty flag e hidden where no choice is shown
showOtherItem flag e whether something else can be written
hasOther flag e an older name of showOtherItem
otherText localised e what stands beside it
otherErrorText localised e said where nothing is written
otherPlaceholder localised k shown in its empty field
showNoneItem flag e whether "none" can be chosen, alone
hasNone flag e an older name of showNoneItem
noneText localised e what stands beside it
showRefuseItem flag e whether one can decline, alone
refuseText localised e what stands beside it
showDontKnowItem flag e whether one can not know, alone
dontKnowText localised e what stands beside it
separateSpecialChoices flag k whether a line divides them
""") | kept("colCount itemComponent choicesLazyLoadEnabled choicesLazyLoadPageSize showClearButton allowClear "
            "otherPlaceHolder itemSize searchEnabled searchMode closeOnSelect placeholder textWrapEnabled "
            "optionsCaption showOptionsCaption renderMode")  # fmt: skip

_ONE = properties("allowCustomChoices flag e whether any other text is accepted") | kept(
    "autocomplete dropdownWidthMode"
)

_SEVERAL = properties("""
showSelectAllItem flag e whether all can be chosen at once
hasSelectAll flag e an older name of showSelectAllItem
selectAllText localised k what stands beside it
minSelectedChoices whole e the fewest choices; 0 is no limit
maxSelectedChoices whole e the most choices; 0 is no limit
valuePropertyName text e the answer is a list of objects with the choice under this key, to loop over
""") | kept("hideSelectedItems allowRemoveTags")

_CELLS = properties("""
columns columns e its columns
cellType text e the type of a column that names none
choices items e the choices of a column that has none
keyDuplicationError localised e said where two rows are alike in a column that must differ
detailElements elements e more questions for each row
detailPanelMode none|underRow|underRowSingle e whether there are more questions for each row
transposeData flag k whether rows stand side by side
""") | kept("columnLayout columnColCount columnMinWidth columnWidth rowTitleWidth horizontalScroll verticalAlign "
            "alternateRows showHeader placeholder optionsCaption totalText cellErrorLocation detailErrorLocation "
            "detailPanelShowOnAdding showColumnHeader errorLocation displayMode mobileView allowAdaptiveActions "
            "templateErrorLocation rowsPerPage isUniqueCaseSensitive useCaseSensitiveComparison")  # fmt: skip

_GROWING = properties("""
addRowText localised k the button that adds one
removeRowText localised k the button that takes one away
confirmDelete flag k whether a browser asks first
confirmDeleteText localised k what it asks
""")

_ROWS = properties("""
rows items e its rows
rowsVisibleIf expression e which rows are shown, each as {item}
rowsOrder initial|random e their order
rowOrder initial|random e their order
hideIfRowsEmpty flag e hidden where no row is shown
isAllRowRequired flag e an answer in each row
eachRowRequired flag e an answer in each row
""")


def _type(name: str, says: str, *tables: dict[str, Property], state: State = State.EVALUATED) -> Type:
    merged = dict(QUESTION)
    for table in tables:
        merged |= table
    for idle in _IDLE.get(name, ()):
        merged[idle] = replace(merged[idle], state=State.KEPT)
    return Type(name, state, says, merged)


_COMMENT = ("showCommentArea", "hasComment", "commentText")
_OTHER = ("showOtherItem", "hasOther", "otherText", "otherErrorText")
_SPECIAL = (
    *_OTHER, "showNoneItem", "hasNone", "noneText", "showRefuseItem", "refuseText", "showDontKnowItem", "dontKnowText",
)  # fmt: skip
_IDLE: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("text", "comment", "slider", "multipletext", "signaturepad"), _COMMENT),
    **dict.fromkeys(("expression", "html", "image"), _COMMENT),
    "buttongroup": _OTHER, "ranking": _SPECIAL, "imagepicker": _SPECIAL, "maxdiff": _SPECIAL,
}  # fmt: skip
"""What is a property of a type by its kin, and decides nothing there: as in survey-core, and since in a MaxDiff choices
are compared, and "none" is none.
"""


_ALL = [
    _type("text", "one line of text, a number, a date", _TEXT, _TYPED),
    _type("comment", "several lines of text", properties("""
        maxLength whole e the longest answer; -1 as the questionnaire says, 0 is none
        placeholder localised e shown in the empty field
        rows whole k lines shown
        cols whole k letters shown
        acceptCarriageReturn flag k whether a line may be ended
    """), _TYPED, kept("autoGrow allowResize")),
    _type("boolean", "yes or no", properties("""
        labelTrue localised e what stands beside yes
        labelFalse localised e what stands beside no
        valueTrue value e the answer that means yes
        valueFalse value e the answer that means no
        swapOrder flag k whether no stands on the right
    """), kept("label showTitle useTitleAsLabel titleAsLabel")),
    _type("radiogroup", "one of several choices, all shown", _CHOICES, _ONE),
    _type("dropdown", "one of several choices, in a list", _CHOICES, _ONE, kept("choicesMin choicesMax choicesStep")),
    _type("buttongroup", "one of several choices, as buttons", _CHOICES, _ONE),
    _type("checkbox", "some of several choices, all shown", _CHOICES, _SEVERAL),
    _type("tagbox", "some of several choices, in a list", _CHOICES, _SEVERAL, _ONE),
    _type("ranking", "choices in an order", _CHOICES, _SEVERAL, properties("""
        selectToRankEnabled flag e whether only some are ranked
        longTap flag k how it is dragged by touch
    """), kept("selectToRankAreasLayout selectToRankEmptyRankedAreaText selectToRankEmptyUnrankedAreaText "
               "selectToRankSwapAreas")),
    _type("imagepicker", "one or some of several pictures", _CHOICES, _SEVERAL, properties("""
        multiSelect flag e whether several can be chosen
        showLabel flag k whether their texts are shown
        contentMode image|video k what they are
    """), kept("imageFit imageHeight imageWidth minImageWidth maxImageWidth minImageHeight maxImageHeight")),
    _type("rating", "a point on a scale: numbers, stars, smileys, labels", properties("""
        rateMin number e the first point; 1 where it is not said
        rateMax number e the last point; 5 where it is not said
        rateStep number e from one point to the next
        rateCount whole e how many points
        rateValues items e the points, where they are no plain numbers
        autoGenerate flag e whether the points are counted though some are listed
        minRateDescription localised e said at the first point
        maxRateDescription localised e said at the last point
        rateType labels|stars|smileys e how the points look
        rateDisplayMode labels|stars|smileys k an older name of rateType
    """), kept("scaleMode rateColorMode rateDescriptionLocation displayRateDescriptionsAsExtremeItems displayMode "
               "itemComponent placeholder")),
    _type("slider", "a point, or two, on a line", _BOUNDS, properties("""
        sliderType single|range e one point or a stretch
        allowSwap flag k whether the ends may be drawn past one another
        minRangeLength number e the shortest stretch
        maxRangeLength number e the longest stretch
        minValueExpression expression e computes the least answer
        maxValueExpression expression e computes the most
    """), kept("showLabels labelCount labelFormat customLabels labels autoGenerate tooltipVisibility tooltipFormat "
               "showMinMaxLabels generateLabels segmentCount")),
    _type("matrix", "one choice, or some, in each of several rows", _ROWS, properties("""
        columns items e what can be chosen in each row
        columnsVisibleIf expression e which columns are shown, each as {item}
        cellType radio|checkbox e one choice in a row, or several
        eachRowUnique flag e no two rows alike
        cells object k texts in the cells
    """), kept("hasCellText alternateRows showHeader verticalAlign columnMinWidth rowTitleWidth displayMode "
               "horizontalScroll")),
    _type("matrixdropdown", "a small question in each cell of named rows", _CELLS, _ROWS, properties("""
        totalText localised k what stands before the totals
    """)),
    _type("matrixdynamic", "a small question in each cell of rows that grow", _CELLS, _GROWING, properties("""
        rowCount whole e rows at first
        minRowCount whole e the fewest rows
        maxRowCount whole e the most rows
        keyName text e the column in which rows must differ
        defaultRowValue value k what a new row begins with
        defaultValueFromLastRow flag k whether a new row begins as the last
        emptyRowsText localised k said where there are no rows
    """), kept("allowAddRows allowRemoveRows allowRowsDragAndDrop allowRowReorder addRowLocation addRowButtonLocation "
               "hideColumnsIfEmpty copyDefaultValueFromLastEntry confirmDelete noRowsText removeRowButtonText")),
    _type("multipletext", "several short texts under one title", properties("""
        items fields e the texts
    """), kept("colCount itemSize itemTitleWidth itemErrorLocation")),
    _type("paneldynamic", "questions asked again for each of several things (loop and merge)", _GROWING, properties("""
        templateElements elements e the questions
        templateTitle localised e the title of each
        templateDescription localised k said under each title
        templateVisibleIf expression e which of them are shown
        panelCount whole e how many at first
        minPanelCount whole e the fewest
        maxPanelCount whole e the most
        keyName text e the question in which they must differ
        keyDuplicationError localised e said where they do not
        defaultPanelValue value k what a new one begins with
        defaultValueFromLastPanel flag k whether a new one begins as the last
    """), kept("panelAddText panelRemoveText panelPrevText panelNextText showQuestionNumbers showRangeInProgress "
               "renderMode displayMode panelsState allowAddPanel allowRemovePanel noEntriesText "
               "templateQuestionTitleLocation templateErrorLocation templateTabTitle tabTitlePlaceholder tabAlign "
               "progressBarLocation "
               "showProgressBar progressBarShowPageTitles panelRemoveButtonLocation removePanelButtonLocation "
               "newPanelPosition addPanelText removePanelText prevPanelText nextPanelText legacyNavigation "
               "templateQuestionTitleWidth confirmDelete copyDefaultValueFromLastEntry")),
    _type("file", "files that the respondent hands over", properties("""
        allowMultiple flag e whether several
        acceptedTypes text e which kinds, as in HTML
        maxSize whole e the largest, in bytes; 0 is no limit
        maxFiles whole e the most files
        storeDataAsText flag k whether a browser sends the content in the answer
        sourceType file|camera|file-camera k where a browser takes them from
    """), kept("allowImagesPreview imageHeight imageWidth waitForUpload needConfirmRemoveFile "
               "filePlaceholder photoPlaceholder fileOrPhotoPlaceholder allowCameraAccess")),
    _type("signaturepad", "a signature", properties("""
        dataFormat png|jpeg|svg k the picture's format
    """), kept("signatureWidth signatureHeight signatureAutoScaleEnabled penColor penMinWidth penMaxWidth allowClear "
               "showPlaceholder placeholder placeholderReadOnly backgroundImage backgroundColor storeDataAsText "
               "waitForUpload height")),
    _type("expression", "a value that is computed and shown", properties("""
        expression expression e how it is computed
        format localised k how it is shown
        displayStyle none|decimal|currency|percent|date k how it is shown
        currency text k how it is shown
        maximumFractionDigits whole k how it is shown
        minimumFractionDigits whole k how it is shown
        precision whole e digits after the point
        useGrouping flag k how it is shown
    """), kept("minimumFractionDigits")),
    _type("html", "a piece of HTML, shown", properties("html localised e what is shown")),
    _type("image", "a picture, shown", properties("""
        imageLink localised k where it lies
        altText localised k what it shows, in words
        contentMode auto|image|video|youtube k what it is
    """), kept("imageFit imageHeight imageWidth text")),
    _type("constantsum", "points shared out among choices (Kithkin's own)", _CHOICES, properties("""
        total number e what the points add up to; 100 where it is not said
        min number e the least for one choice; 0 where it is not said
        max number e the most for one choice
        step number e in what steps; 1 where it is not said
        totalErrorText localised e said where the points add up to something else
    """)),
    _type("maxdiff", "the best and the worst of small sets (Kithkin's own)", _CHOICES, properties("""
        setSize whole e choices in a set; 4 where it is not said
        setCount whole e how many sets; where it is not said, so many that each choice is seen three times
        bestText localised e what stands above the best
        worstText localised e what stands above the worst
    """)),
]  # fmt: skip

QUESTIONS = {found.name: found for found in _ALL}

// Speaks for survey-core: a line in holds [{body, answers, order, paged}], the line out for each what a respondent meets
// who gives these answers wherever they can, each question after those on which it depends, until nothing changes:
// {visible, required, enabled, choices, errors, data}, questions by path.
"use strict";
const survey = require(process.argv[2]);
const lines = require("readline").createInterface({ input: process.stdin });
console.warn = console.error = () => {};

// Deviation: a hidden expression has no value. survey-core computes it all the same.
Object.defineProperty(survey.QuestionExpressionModel.prototype, "isExecutionLocked", {
  get() { return !this.isVisible || !this.isParentVisible; },
  set() {},
});
// It is computed whenever it is shown, whatever has changed.
survey.settings.expressionQuestionTrackDependencies = false;
// Deviation: a number or a date out of bounds stays, with its error. survey-core keeps it from the data.
survey.QuestionTextModel.prototype.canSetValueToSurvey = () => true;
// Deviation: a slider is not drawn to what it can be, its answer stays, with its error.
const drawnTo = survey.QuestionSliderModel.prototype.ensureValueRespectMinMax;
survey.QuestionSliderModel.prototype.ensureValueRespectMinMax = (value) => value;

// Deviation: a default that is none of the choices is none. survey-core writes it beside "other".
survey.QuestionSelectBase.prototype.setDefaultIntoValue = survey.Question.prototype.setDefaultIntoValue;

// Deviation: choices of its own stand before those that a question takes from another. survey-core leaves them out.
const carried = survey.QuestionSelectBase.prototype.getChoicesFromSelectQuestion;
survey.QuestionSelectBase.prototype.getChoicesFromSelectQuestion = function (question) {
  return [...this.choices, ...carried.call(this, question)];
};

// Deviation: what is written in several rows is one choice, and "other" in a row none. survey-core offers each again.
const written = survey.QuestionSelectBase.prototype.getChoicesFromArrayQuestion;
survey.QuestionSelectBase.prototype.getChoicesFromArrayQuestion = function (question) {
  const special = [this.otherItem, this.noneItem, this.refuseItem, this.dontKnowItem];
  const isShownAnyway = (value) => special.some((one) => one.value === value && this.visibleChoices.includes(one));
  const first = (one, place, all) => all.findIndex((each) => each.value === one.value) === place;
  return written.call(this, question).filter(first).filter((one) => !isShownAnyway(one.value));
};

// Deviation: panels in which nothing was said are no answer, those in panels too. survey-core looks no further than one.
const isBlank = (value) => value === undefined || (Array.isArray(value) && value.every((row) => Object.values(row).every(isBlank)));
survey.QuestionPanelDynamicModel.prototype.isRowEmpty = (row) => Object.values(row).every(isBlank);

// Deviation: panels that are hidden are none, to be counted either.
const looking = survey.QuestionPanelDynamicModel.prototype.getValueGetterContext;
survey.QuestionPanelDynamicModel.prototype.getValueGetterContext = function (...told) {
  const found = looking.apply(this, told);
  found.getValue = (params) => {
    const counted = params.path.length === 1 && params.path[0].name === "length";
    if (counted && !isShown(this)) return { isFound: true, value: 0, context: found };
    return Object.getPrototypeOf(found).getValue.call(found, params);
  };
  return found;
};

// Deviation: of questions that share a key, one that is shown keeps its answer. survey-core clears it with a panel or page.
const clearing = survey.Question.prototype.clearValueIfInvisible;
survey.Question.prototype.clearValueIfInvisible = function (...told) {
  const sharing = (one) => one !== this && one.getValueName() === this.getValueName();
  if (!this.survey || !this.survey.getAllQuestions().some((one) => sharing(one) && isShown(one))) clearing.apply(this, told);
};

// Deviation: triggers that skip act when the page is left. survey-core leaves it at once, but for this setting.
survey.settings.triggers.executeSkipOnValueChanged = false;

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
const isShown = (question) => question.isVisible && question.isParentVisible;

function meet(question, path, found) {
  if (!question.isVisible) return;
  found.visible.push(path);
  const type = question.getType();
  if (question.isRequired && !question.isReadOnly) found.required.push(path);
  if (!question.isReadOnly && type !== "expression" && type !== "html") found.enabled.push(path);
  if (question.errors.length && !question.isReadOnly) found.errors.push(path); // Deviation: nobody can mend what is disabled.
  // Deviation: too many choices are an error. A browser keeps from them.
  if (question.maxSelectedChoices > 0 && question.value && question.value.length > question.maxSelectedChoices && !question.isReadOnly)
    found.errors.push(path);
  if (type === "slider" && !question.isReadOnly && !question.isEmpty() && cannotBeDrawn(question)) found.errors.push(path);
  if (type === "multipletext" && question.items.some((item) => item.editor.errors.length)) found.errors.push(path);
  if (question.getValueChoices && type !== "boolean" && type !== "matrixdropdown" && type !== "matrixdynamic")
    found.choices[path] = question.getValueChoices().map((one) => one.value);
  if (type === "paneldynamic")
    question.panels.forEach((panel, place) =>
      panel.visible && panel.questions.forEach((one) => one.isParentVisible && meet(one, `${path}[${place}].${one.name}`, found)));
  if (type === "matrixdropdown" || type === "matrixdynamic")
    question.visibleRows.forEach((row, place) => {
      const start = type === "matrixdynamic" ? `${path}[${place}]` : `${path}.${row.rowName}`;
      row.cells.forEach((cell) => cell.question && meet(cell.question, `${start}.${cell.column.name}`, found));
    });
}

// Whether a slider is where it cannot be drawn to.
function cannotBeDrawn(slider) {
  const points = [].concat(slider.value);
  const length = points.length > 1 ? points[1] - points[0] : undefined;
  if (length < slider.renderedMinRangeLength || length > slider.renderedMaxRangeLength) return true;
  return points.some((one) => drawnTo.call(slider, one) !== one || (slider.step && slider.getClosestToStepValue(one) !== one));
}

// What a browser does not let in, and a server must refuse.
function isRefused(question, answer) {
  const longest = question.getMaxLength ? question.getMaxLength() : 0;
  if (longest > 0 && typeof answer === "string" && answer.length > longest) return true;
  return [].concat(answer).some((one) => isOwnWord(question, one) && one.length > (question.getOthersMaxLength() || Infinity));
}

// What is written in place of "other", where it has no key of its own.
function isOwnWord(question, answer) {
  if (!question.showOtherItem || question.getStoreOthersAsComment() || typeof answer !== "string") return false;
  return ![...question.visibleChoices, ...known(question)].some((one) => one.value === answer);
}

// All choices, those too that are not shown: what is not shown is not written either.
function known(question) {
  const source = question.carryForwardQuestion;
  return [...question.activeChoices, ...(source && source.activeChoices ? known(source) : [])];
}

// Deviation: choices that stand alone are held to. survey-core leaves out the others.
function standsAlone(question, answer) {
  return Array.isArray(answer) && answer.length > 1 && standingAlone(question).some((one) => answer.includes(one.value));
}

// Wherever they were taken from; a list with one answer on the way knows of none.
function standingAlone(question) {
  const source = question.carryForwardQuestion;
  return [...(question.getNoneItems ? question.getNoneItems() : []), ...(source ? standingAlone(source) : [])];
}

// Deviation: what is carried on from another question is disabled as other choices are. survey-core forgets it.
function isEnabled(question, choice) {
  const condition = choice.enableIf || question.choicesEnableIf;
  if (!question.carryForwardQuestion || !condition || question.isBuiltInChoice(choice)) return choice.isEnabled;
  return new survey.ConditionRunner(condition).runContext(choice.getValueGetterContext(), question.getDataFilteredProperties());
}

// Deviation: a choice that is disabled or not shown is refused. A browser keeps to those that are offered.
function offered(question, answer) {
  if (question.getType() === "matrix") {
    const shown = question.visibleRows.map((row) => row.name).filter((name) => name in answer);
    return shown.length ? Object.fromEntries(shown.map((name) => [name, answer[name]])) : undefined;
  }
  if (!question.visibleChoices || question.getType() === "boolean") return answer;
  const there = question.visibleChoices.filter((one) => isEnabled(question, one)).map((one) => one.value);
  const fits = (one) => there.includes(one) || isOwnWord(question, one);
  if (Array.isArray(answer)) return answer.filter((one, place) => fits(one) && !answer.slice(0, place).some((each) => isOwnWord(question, one) && isOwnWord(question, each)));
  return fits(answer) ? answer : undefined;
}

function give(question, answer, comment, path, found) {
  if (!isShown(question) || question.isReadOnly) return;
  if (answer !== undefined) answerWith(question, answer, path, found);
  if (comment === undefined || !(question.showCommentArea || (question.isOtherSelected && question.getStoreOthersAsComment()))) return;
  if (comment.length > (question.getOthersMaxLength() || Infinity)) found.refused[path] = true;
  else question.comment = comment;
}

function answerWith(question, answer, path, found) {
  answerAnew(question, answer, path, found);
  found.given[path] = JSON.stringify(question.value);
}

function answerAnew(question, answer, path, found) {
  const type = question.getType();
  const anew = question.defaultValue !== undefined && answer !== null && typeof answer === "object" && found.given[path] !== JSON.stringify(question.value);
  if (anew) question.clearValue(); // an answer takes the place of the whole default
  if (answer === null) {
    if (!question.isEmpty()) question.clearValue();
    if (type === "paneldynamic") {
      question.panelCount = question.minPanelCount;
      for (const panel of question.panels) beginAnew(question, panel, {});
    }
    if (type === "matrixdynamic") question.rowCount = question.minRowCount;
  } else if (type === "paneldynamic") {
    if (question.panelCount !== answer.length) question.panelCount = answer.length;
    if (anew) clearCells(question);
    answer.forEach((one, place) => {
      beginAnew(question, question.panels[place], one);
      for (const inner of question.panels[place].questions)
        give(inner, one[inner.name], one[`${inner.name}-Comment`], `${path}[${place}].${inner.name}`, found);
    });
  } else if (type === "matrixdynamic" || type === "matrixdropdown") {
    if (type === "matrixdynamic" && question.rowCount !== answer.length) question.rowCount = answer.length;
    if (anew) clearCells(question);
    question.visibleRows.forEach((row, place) => {
      const one = (type === "matrixdynamic" ? answer[place] : answer[row.rowName]) || {};
      const start = type === "matrixdynamic" ? `${path}[${place}]` : `${path}.${row.rowName}`;
      row.cells.forEach((cell) => give(cell.question, one[cell.column.name], one[`${cell.column.name}-Comment`], `${start}.${cell.column.name}`, found));
    });
  } else if (question.showSelectAllItem && same(answer, ["all"])) {
    question.selectAll();
  } else if (isRefused(question, answer)) refuse(question, path, found);
  else {
    const allowed = offered(question, answer);
    if (standsAlone(question, allowed)) refuse(question, path, found);
    else if (allowed !== undefined) {
      if (!same(question.value, allowed)) question.value = JSON.parse(JSON.stringify(allowed));
    } else if (question.getType() === "rating") refuse(question, path, found); // no point of its scale, ever
    else question.clearValue();
  }
}

// Panels in a panel of which nothing is said are as many as at first; those of a default may still stand there.
function beginAnew(question, panel, answer) {
  for (const one of panel.questions) {
    if (one.getType() !== "paneldynamic" || answer[one.name] !== undefined) continue;
    const first = question.template.getQuestionByName(one.name).panelCount;
    if (one.panelCount !== first) one.panelCount = first;
    clearCells(one);
  }
}

function clearCells(question) {
  for (const one of inner(question)) if (!one.isEmpty()) one.clearValue();
}

// Nothing counts, nor does a default that is computed come back.
function refuse(question, path, found) {
  if (!question.isEmpty()) question.clearValue();
  question.isValueChangedDirectly = true;
  found.refused[path] = true;
}

// The questions in the rows or panels of a question.
function inner(question) {
  if (question.getType() === "paneldynamic") return question.panels.flatMap((panel) => panel.questions);
  const rows = ["matrixdynamic", "matrixdropdown"].includes(question.getType()) ? question.visibleRows : [];
  return rows.flatMap((row) => row.cells.map((cell) => cell.question).filter(Boolean));
}

// Those in panels in a panel too.
function everyInner(question) {
  return inner(question).flatMap((one) => [one, ...everyInner(one)]);
}

// Of each row or panel its questions, what a default says of it, and what was handed in.
function begunRows(question, answer) {
  const [begun, told] = [question.defaultValue || {}, answer || {}];
  const at = (cells, key) => ({ cells: cells.filter(Boolean), begun: begun[key] || {}, told: told[key] || {} });
  if (question.getType() === "paneldynamic") return question.panels.map((panel, place) => at(panel.questions, place));
  if (!["matrixdropdown", "matrixdynamic"].includes(question.getType())) return [];
  const key = (row, place) => (question.getType() === "matrixdropdown" ? row.rowName : place);
  return question.visibleRows.map((row, place) => at(row.cells.map((cell) => cell.question), key(row, place)));
}

// Deviation: what is disabled of a row has what the default of the whole says, of any row where rows have no names: whatever
// was said beside it, nobody could change it. The harness lays a default aside as a whole, where it was answered.
function keepDisabled(question, answer) {
  const anywhere = Object.values(question.defaultValue || {});
  for (const { cells, begun, told } of begunRows(question, answer))
    for (const one of cells.filter((each) => each.isReadOnly && isShown(each) && each.isEmpty())) {
      const kept = question.getType() === "matrixdropdown" ? begun[one.name] : told[one.name];
      if (kept !== undefined && anywhere.some((each) => same(each[one.name], kept))) one.value = kept;
    }
}

// What stands in the cells of a row.
function filled(row) {
  const cells = row.cells.filter((cell) => cell.question && !cell.question.isEmpty() && isShown(cell.question));
  return Object.fromEntries(cells.map((cell) => [cell.column.name, cell.question.value]));
}

// A default of what is hidden: survey-core sets it anew whenever it looks at its conditions.
function layAside(question, hidden = true) {
  const kept = question.laidAside;
  if (hidden === (kept !== undefined)) return;
  question.laidAside = hidden ? question.defaultValue : undefined;
  question.defaultValue = kept;
}

// What stands in a question that nobody answers.
function suggest(question) {
  const model = question.survey;
  const holds = (one) => one.expression && one.setToName === question.getValueName() && model.runCondition(one.expression);
  const trigger = model.triggers.filter(holds).pop();
  // Deviation: what is to be set stands while its condition holds, and a default whenever its question can have it.
  // survey-core sets either once, and may have cleared it on the way.
  if (trigger) {
    if (question.isEmpty()) question.value = setBy(trigger, model);
  } else if (question.setValueIf && model.runCondition(question.setValueIf)) {
    if (question.setValueExpression) question.value = model.runExpression(question.setValueExpression);
    else if (!question.isEmpty()) question.clearValue();
  } else if (standsAlone(question, question.defaultValue)) question.clearValue();
  else if (question.isEmpty()) question.updateValueWithDefaults();
  if (standsAlone(question, question.value)) question.clearValue();
  if (question.carryForwardQuestion && !question.isEmpty() && !same(question.value, offered(question, question.value)))
    question.value = offered(question, question.value);
}

function setBy(trigger, model) {
  if (trigger.getType() === "copyvaluetrigger") return model.getValue(trigger.fromName);
  return trigger.getType() === "runexpressiontrigger" ? model.runExpression(trigger.runExpression) : trigger.setValue;
}

// At conditions, where an answer has changed: survey-core looks only at those of which it knows that they speak of it.
function lookAgain(model) {
  const now = JSON.stringify(model.data);
  if (model.lookedAt === now) return;
  model.lookedAt = now;
  model.runConditions();
}

// A question whose turn has come: all on which it depends is settled.
function turnTo(question, answers, found) {
  lookAgain(question.survey);
  const sharing = question.survey.getAllQuestions().filter((one) => one.getValueName() === question.getValueName());
  if (!sharing.some(isShown)) {
    layAside(question);
    if (!question.isEmpty() || question.comment) question.clearValue(); // Deviation: what is hidden is empty at once, its rows too.
    if (question.panelCount > 0) question.minPanelCount = 0, question.panelCount = 0;
    if (question.getType() === "matrixdynamic" && question.rowCount > 0) question.minRowCount = 0, question.rowCount = 0;
  } else {
    const key = question.getValueName();
    layAside(question, false);
    if (isShown(question) && (answers[key] === undefined || question.isReadOnly)) suggest(question);
    give(question, answers[key], answers[`${key}-Comment`], question.name, found);
  }
  const stored = question.survey.getValue(question.getValueName());
  if (question.getType() === "paneldynamic" && isShown(question) && !stored && question.panelCount) // though it was hidden
    question.survey.setValue(question.getValueName(), question.panels.map(() => ({})));
  if (question.getType() === "matrixdynamic" && isShown(question) && question.isEmpty()) {
    const made = question.visibleRows.map(filled); // with their rows, and not known to the question yet
    if (made.some((row) => Object.keys(row).length)) question.value = made;
  }
  // Deviation: the default of a cell is there whenever the cell is. survey-core sets it when the row is made.
  const cells = isShown(question) ? inner(question).filter((one) => isShown(one) && one.isEmpty()) : [];
  for (const one of cells) one.updateValueWithDefaults();
  // So is that of a row or panel, where nobody has answered; survey-core loses what was hidden when they were made.
  const answer = answers[question.getValueName()];
  if (question.isReadOnly || answer === undefined) {
    for (const { cells: row, begun } of begunRows(question))
      for (const one of row) if (cells.includes(one) && one.isEmpty() && one.name in begun) one.value = begun[one.name];
  } else keepDisabled(question, answer);
  // Deviation: a default that would be refused as an answer is none.
  for (const one of everyInner(question)) if (!one.isEmpty() && (!isShown(one) || isRefused(one, one.value))) one.clearValue();
  const limited = Array.isArray(question.choices) || ["matrix", "matrixdropdown"].includes(question.getType());
  if (limited && isShown(question)) question.clearIncorrectValues();
  // Deviation: a reset comes last, whenever the answer was given.
  if (question.resetValueIf && isShown(question) && question.survey.runCondition(question.resetValueIf)) {
    question.updateValueWithDefaultsOrClear();
    if (!question.isEmpty() && !same(question.value, offered(question, question.value))) question.value = offered(question, question.value);
  }
}

function settle(model, questions, answers, found) {
  for (let turn = 0; turn < 12; turn++) {
    const before = JSON.stringify(model.data);
    for (const question of questions) turnTo(question, answers, found);
    model.runConditions();
    if (JSON.stringify(model.data) === before) break;
  }
}

// Page by page: triggers that skip or end act when a page is left. Deviation: pages left out count as hidden.
function walk(model, questions, answers, found) {
  model.validationEnabled = false;
  let ended = false;
  if (model.visiblePages.length) model.currentPage = model.visiblePages[0];
  model.setCompleted = () => { ended = true; };
  for (let step = 0; step < 50; step++) {
    const page = model.currentPage;
    if (!page) break;
    const number = model.pages.indexOf(page);
    const passed = (one) => !one.page.isVisible && model.pages.indexOf(one.page) < number;
    settle(model, questions.filter((one) => one.page === page || passed(one)), answers, found);
    if (model.currentPage !== page) continue; // it turned out that there is nothing on it
    const last = model.isLastPage;
    if (!last) model.nextPage();
    const now = ended || last ? model.pages.length : model.pages.indexOf(model.currentPage);
    for (const left of model.pages.slice(number + 1, now)) {
      left.visibleIf = "";
      left.visible = false;
    }
    if (ended || last) break;
  }
  model.validationEnabled = true;
}

function respond({ body, answers, order, paged }) {
  const model = new survey.Model({ ...body, clearInvisibleValues: "onHiddenContainer" });
  const asked = model.getAllQuestions();
  const questions = order.map((name) => asked.find((one) => one.name === name));
  for (const one of asked) one.runIfReadOnly = true; // Deviation: what is computed is so, disabled or not.
  const found = { visible: [], required: [], enabled: [], choices: {}, errors: [], refused: {}, given: {}, data: {} };
  (paged ? walk : settle)(model, questions, answers, found);
  model.validate(true, false);
  for (const question of asked) if (question.isParentVisible) meet(question, question.name, found);
  for (const one of [...model.pages, ...model.getAllPanels()])
    if (one.isVisible && one.errors.length && !one.isReadOnly) found.errors.push(one.name);
  found.errors.push(...Object.keys(found.refused).filter((path) => found.visible.includes(path)));
  const shown = new Set(asked.filter(isShown).map((question) => question.getValueName()));
  for (const name of Object.keys(model.data)) if (shown.has(name.replace(/-Comment$/, ""))) found.data[name] = model.data[name];
  delete found.refused;
  delete found.given;
  return found;
}

lines.on("line", (line) => {
  const told = JSON.parse(line).map((one) => {
    try {
      return respond(one);
    } catch (error) {
      return { threw: String(error && error.stack) };
    }
  });
  process.stdout.write(JSON.stringify(told) + "\n");
});

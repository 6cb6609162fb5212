// Speaks for survey-core: a line in holds [{body, answers}], the line out for each what a respondent meets who gives
// these answers wherever they can, from the first question to the last and again until nothing changes:
// {visible, required, errors, data}, questions by path.
"use strict";
const survey = require(process.argv[2]);
const lines = require("readline").createInterface({ input: process.stdin });
console.warn = console.error = () => {};

function meet(question, path, found) {
  if (!question.isVisible) return;
  found.visible.push(path);
  if (question.isRequired && !question.isReadOnly) found.required.push(path);
  if (question.errors.length) found.errors.push(path);
  const type = question.getType();
  if (type === "multipletext" && question.items.some((item) => item.editor.errors.length)) found.errors.push(path);
  if (type === "paneldynamic")
    question.panels.forEach((panel, place) =>
      panel.questions.forEach((one) => one.isParentVisible && meet(one, `${path}[${place}].${one.name}`, found)));
  if (type === "matrixdropdown" || type === "matrixdynamic")
    question.visibleRows.forEach((row, place) => {
      const start = type === "matrixdynamic" ? `${path}[${place}]` : `${path}.${row.rowName}`;
      row.cells.forEach((cell) => cell.question && meet(cell.question, `${start}.${cell.column.name}`, found));
    });
}

function give(question, answer) {
  if (!question.isVisible || !question.isParentVisible || question.isReadOnly || answer === undefined) return;
  const type = question.getType();
  if (type === "paneldynamic") {
    if (question.panelCount < answer.length) question.panelCount = answer.length;
    answer.forEach((one, place) => question.panels[place].questions.forEach((inner) => give(inner, one[inner.name])));
  } else if (type === "matrixdynamic" || type === "matrixdropdown") {
    if (type === "matrixdynamic" && question.rowCount < answer.length) question.rowCount = answer.length;
    question.visibleRows.forEach((row, place) => {
      const one = (type === "matrixdynamic" ? answer[place] : answer[row.rowName]) || {};
      row.cells.forEach((cell) => give(cell.question, one[cell.column.name]));
    });
  } else if (question.isEmpty()) question.value = JSON.parse(JSON.stringify(answer));
  if (Array.isArray(question.choices)) question.clearIncorrectValues();
}

function respond({ body, answers }) {
  const model = new survey.Model(body);
  model.clearInvisibleValues = "onHiddenContainer";
  const asked = model.getAllQuestions();
  for (let turn = 0; turn < 12; turn++) {
    const before = JSON.stringify(model.data);
    for (const question of asked) give(question, answers[question.getValueName()]);
    model.runConditions();
    if (JSON.stringify(model.data) === before) break;
  }
  model.validate(true, false);
  const found = { visible: [], required: [], errors: [] };
  for (const question of asked) if (question.isParentVisible) meet(question, question.name, found);
  found.data = model.data;
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

// Speaks for survey-core: a line in holds {questions, given}, the line out what survey-core says to each question.
// A question: {text, values: place in given, at, zone}. An answer: {refused: place}, {threw: why} or {value, holds, names}.
// With `pipes` the text is one with answers in it, and the answer {piped: text}.
"use strict";
const survey = require(process.argv[2]);
const lines = require("readline").createInterface({ input: process.stdin });
console.warn = console.error = () => {};

let now = 0;
survey.settings.onDateCreated = (date, reason, given) => (given ? date : new Date(now));

function told(value) {
  if (value === undefined) return { kind: "undefined" };
  if (typeof value === "number") return { kind: "number", text: Object.is(value, -0) ? "0" : String(value) };
  if (value instanceof Date) return { kind: "moment", text: isNaN(value) ? "none" : String(value.getTime()) };
  if (Array.isArray(value)) return { kind: "list", items: value.map(told) };
  if (value !== null && typeof value === "object")
    return { kind: "object", items: Object.fromEntries(Object.entries(value).map(([name, one]) => [name, told(one)])) };
  return { kind: "plain", value };
}

function piped(text, values) {
  const model = new survey.Model({});
  model.data = values;
  return { piped: model.processText(text, true) };
}

function answer({ text, values, at, zone, pipes }, given) {
  if (pipes) return piped(text, given[values]);
  if (process.env.TZ !== zone) process.env.TZ = zone;
  now = at;
  try {
    const runner = new survey.ExpressionRunner(text);
    if (!runner.canRun()) {
      const parser = new survey.ConditionsParser();
      parser.parseExpression(text);
      return parser.error ? { refused: parser.error.at } : { value: told(null), holds: false, names: [] };
    }
    const value = runner.runValues(given[values], {});
    return { value: told(value), holds: value == true, names: runner.getVariables() };
  } catch (error) {
    return { threw: String(error) };
  }
}

lines.on("line", (line) => {
  const { questions, given } = JSON.parse(line);
  process.stdout.write(JSON.stringify(questions.map((question) => answer(question, given))) + "\n");
});

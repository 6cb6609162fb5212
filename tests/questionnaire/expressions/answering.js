// Answers for survey-core: each line holds a list of questions, each answer line what survey-core says to them.
// A question: {text, values, now, zone}. An answer: {refused: position}, {threw: message} or {value, holds, names}.
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

function answer({ text, values, at, zone }) {
  if (zone && process.env.TZ !== zone) process.env.TZ = zone;
  now = at;
  const parser = new survey.ConditionsParser();
  const operand = parser.parseExpression(text);
  if (parser.error) return { refused: parser.error.at };
  const names = [];
  try {
    if (operand) operand.setVariables(names);
    const run = () => new survey.ExpressionRunner(text).runValues(values, {});
    const value = operand ? run() : null;
    return { value: told(value), holds: value == true, names };
  } catch (error) {
    return { threw: String(error) };
  }
}

lines.on("line", (line) => {
  process.stdout.write(JSON.stringify(JSON.parse(line).map(answer)) + "\n");
});

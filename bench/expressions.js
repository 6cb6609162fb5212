// survey-core on the same work as bench/expressions.py: a line in names the work, the line out says that it is done.
"use strict";
const survey = require(process.argv[2]);
const { texts, values, rounds } = JSON.parse(process.argv[3]);
const runners = texts.map((text) => new survey.ExpressionRunner(text));
const parser = new survey.ConditionsParser();

const works = {
  working: () => runners.forEach((runner) => runner.runValues(values, {})),
  reading: () => texts.forEach((text) => parser.parseExpression(text)),
};

require("readline")
  .createInterface({ input: process.stdin })
  .on("line", (name) => {
    for (let round = 0; round < rounds; round++) works[name]();
    process.stdout.write("done\n");
  });

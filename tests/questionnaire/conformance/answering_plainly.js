// Speaks for survey-core as it is, nothing evened out: a line in holds [{body, steps}], the line out for each
// {data, ended}: whether it comes to the end. A step is [question, answer], or "next".
"use strict";
const survey = require(process.argv[2]);
console.warn = console.error = () => {};

function respond({ body, steps }) {
  const model = new survey.Model(body);
  for (const step of steps)
    if (step === "next") model.nextPage();
    else if (step[1] === null) model.getQuestionByName(step[0]).clearValue();
    else model.getQuestionByName(step[0]).value = step[1];
  const ended = model.state === "completed" || model.completeLastPage();
  if (!ended) model.doComplete(); // as if nothing were wrong
  return { data: model.data, ended };
}

require("readline").createInterface({ input: process.stdin }).on("line", (line) => {
  process.stdout.write(JSON.stringify(JSON.parse(line).map(respond)) + "\n");
});

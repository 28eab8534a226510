import { readFileSync } from "node:fs";
import { PutItemCommand } from "@aws-sdk/client-dynamodb";
import { describe, expect, it } from "vitest";
import { ALARMS, BUDGET_NAME } from "../../infra/alarms.ts";
import { dynamoStore } from "../../lib/log/dynamo-store.ts";
import { aTable } from "../support/aws/table.ts";

const readme = readFileSync("infra/README.md", "utf8");
const runbook = readme.slice(readme.indexOf("## Runbook"));
const sections = runbook
  .split(/^### /m)
  .slice(1)
  .map((section) => ({ heading: section.slice(0, section.indexOf("\n")), text: section }));

describe("infra/README", () => {
  it("has a heading for each alarm and an alarm for each heading", () => {
    const alarms = [...ALARMS.map(({ name }) => name), BUDGET_NAME];
    expect(sections.map(({ heading }) => heading).sort()).toEqual([...alarms].sort());
  });

  it.each(sections)("says of $heading what it is, where to look and what to do", ({ text }) => {
    const labels = [...text.matchAll(/^- \*\*(\w+)\*\*: \S/gm)].map((match) => match[1]);
    expect(labels).toEqual(["What", "Investigate", "Resolve"]);
  });

  it("stops everything by the command that it shows", async () => {
    const item = /put-item --table-name palier --item '([^']+)'/.exec(runbook)?.[1] ?? "";
    const filled = item.replace("<epoch milliseconds>", "1773198600000");
    const table = await aTable();
    await table.send(new PutItemCommand({ TableName: "palier", Item: JSON.parse(filled) }));
    expect(await dynamoStore(table).controlStops()).toEqual([
      { scope: "everything", by: "<you>", atMs: 1773198600000, reason: "<why>" },
    ]);
  });
});

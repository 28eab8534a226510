import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readStages, stageOf } from "../../infra/stages.ts";

const folder = mkdtempSync(path.join(tmpdir(), "palier-stages-"));
afterAll(() => rmSync(folder, { recursive: true }));

const stage = {
  account: "111111111111",
  region: "eu-west-1",
  alarmEmails: ["alarms@example.com"],
  monthlyBudgetUsd: 20,
  observeConcurrency: 5,
  applyConcurrency: 2,
};

function fileWith(dev: object, prod: object): string {
  const file = path.join(folder, "stages.json");
  writeFileSync(file, JSON.stringify({ dev: { ...stage, ...dev }, prod: { ...stage, ...prod } }));
  return file;
}

describe("infra/stages", () => {
  it("gives the stage that is asked for with its account", () => {
    const stages = readStages(fileWith({}, { account: "222222222222" }));
    expect(stageOf(stages, "prod")).toMatchObject({ name: "prod", account: "222222222222" });
    expect(stageOf(stages, "dev")).toMatchObject({ name: "dev", account: "111111111111" });
  });

  it("refuses both stages when they share one account", () => {
    const stages = readStages(fileWith({}, {}));
    const shared = "dev and prod are both account 111111111111";
    expect(() => stageOf(stages, "prod")).toThrow(shared);
    expect(() => stageOf(stages, "dev")).toThrow(shared);
  });

  it("refuses a stage without account and names where to set it", () => {
    const stages = readStages(fileWith({}, { account: "" }));
    expect(() => stageOf(stages, "prod", "infra/stages.json")).toThrow(
      "stage prod has no AWS account: set prod.account in infra/stages.json",
    );
    expect(stageOf(stages, "dev").account).toBe("111111111111");
  });

  it("refuses a prod stage whose alarms nobody gets", () => {
    const stages = readStages(fileWith({ alarmEmails: [] }, { account: "222222222222", alarmEmails: [] }));
    expect(() => stageOf(stages, "prod", "infra/stages.json")).toThrow(
      "stage prod tells nobody of its alarms: set prod.alarmEmails in infra/stages.json",
    );
    expect(stageOf(stages, "dev").name).toBe("dev");
  });

  it("refuses a stage that nobody named, and one that does not exist", () => {
    const stages = readStages(fileWith({}, { account: "222222222222" }));
    expect(() => stageOf(stages, undefined)).toThrow("say --stage dev or --stage prod");
    expect(() => stageOf(stages, "staging")).toThrow('no stage "staging"');
  });

  it("refuses a file with wrong or unknown settings and names each", () => {
    const file = fileWith({ account: "12", regoin: "x" }, { observeConcurrency: 1 });
    expect(() => readStages(file)).toThrow(
      /dev\.account: must be the 12 digits[^;]*; .*regoin.*; prod\.observeConcurrency/s,
    );
  });

  it("ships without accounts, so that nothing is deployed before somebody says where", () => {
    const stages = readStages();
    expect([stages.dev.account, stages.prod.account]).toEqual(["", ""]);
  });
});

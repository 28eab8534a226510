import { describe, expect, it } from "vitest";
import { aRuleFile, type Json, problemsOf } from "../support/rule.ts";

function leaf(fact: string, params: Json): Json {
  return aRuleFile({ conditions: { all: [{ fact, params, operator: "greaterThan", value: 30 }] } });
}

const channel = (params: Json): Json => leaf("channelSharePercent", { window: "28d", ...params });
const stage = (params: Json): Json => leaf("stageSharePercent", { window: "28d", ...params });

describe("lib/rules: parameters of shares and conversion days", () => {
  it.each([
    ["a platform's share of spend", channel({ channel: "google", basis: "spend" })],
    ["a platform's share of revenue", channel({ channel: "meta", basis: "revenue" })],
    ["the share of a source that only the shop knows", channel({ channel: "email", basis: "revenue" })],
    ["a stage's band", leaf("stageBandHighPercent", { stage: "prospecting" })],
    ["conversions by click day", leaf("conversions", { window: "7d", countedOn: "click" })],
    ["a ROI of the shop's own", leaf("roiPercent", { window: "28d", basis: "grossProfit" })],
    ["a ROAS by conversion day", leaf("roas", { window: "7d", countedOn: "conversion" })],
  ])("takes %s", (_, rule) => {
    expect(problemsOf([rule])).toEqual([]);
  });

  it.each([
    ["no channel", channel({ basis: "spend" }), "params", "missing", 'add "channel"'],
    ["no basis", channel({ channel: "meta" }), "params", "missing", 'add "basis"'],
    ["no stage of a band", leaf("stageBandLowPercent", {}), "params", "missing", 'add "stage"'],
    [
      "a source of the shop that spends nothing",
      channel({ channel: "email", basis: "spend" }),
      "params.channel",
      "unknownChannel",
      "use one of: meta, google",
    ],
    [
      "a slip in a platform's name",
      channel({ channel: "gogle", basis: "revenue" }),
      "params.channel",
      "unknownChannel",
      'did you mean "google"?',
    ],
    [
      "a platform under another name",
      channel({ channel: "facebook", basis: "revenue" }),
      "params.channel",
      "unknownChannel",
      "write meta",
    ],
    [
      "a platform that is not built",
      channel({ channel: "tiktok", basis: "spend" }),
      "params.channel",
      "notSupportedYet",
      '"tiktok" is not supported yet: remove it',
    ],
    [
      "a source that no column can name",
      channel({ channel: "E-mail", basis: "revenue" }),
      "params.channel",
      "unknownChannel",
      'write the source as the shop does, in small letters: "email"',
    ],
    [
      "a stage's revenue",
      stage({ stage: "prospecting", basis: "revenue" }),
      "params.basis",
      "notAllowed",
      'write "spend": the basis of stageSharePercent is spend',
    ],
    [
      "a share of budget",
      channel({ channel: "meta", basis: "budget" }),
      "params.basis",
      "notSupportedYet",
      '"budget" is not supported yet: remove it',
    ],
    [
      "a ROI on spend",
      leaf("roiPercent", { window: "28d", basis: "spend" }),
      "params.basis",
      "notAllowed",
      'write "revenue": the basis of roiPercent is revenue or grossProfit',
    ],
    [
      "a ROI of the shop's own that is corrected for delay",
      leaf("roiPercent", { window: "28d", basis: "revenue", correctedForDelay: true }),
      "params.correctedForDelay",
      "notAllowed",
      "remove correctedForDelay: what the shop earned does not arrive late",
    ],
    [
      "a channel's gross profit",
      channel({ channel: "meta", basis: "grossProfit" }),
      "params.basis",
      "notAllowed",
      'write "spend": the basis of channelSharePercent is spend or revenue',
    ],
    [
      "a misspelt stage of a band",
      leaf("stageBandLowPercent", { stage: "prospectng" }),
      "params.stage",
      "unknownStage",
      'did you mean "prospecting"?',
    ],
    [
      "a window of the calendar",
      leaf("dayOfMonth", { window: "7d" }),
      "params.window",
      "unknownParam",
      "remove window: dayOfMonth is a state, it has no days",
    ],
    [
      "a day that conversions never count on",
      leaf("conversions", { window: "7d", countedOn: "clicks" }),
      "params.countedOn",
      "unknownWord",
      'did you mean "click"?',
    ],
    [
      "a kind of day where nothing is converted",
      leaf("spend", { window: "7d", countedOn: "click" }),
      "params.countedOn",
      "unknownParam",
      "remove countedOn: spend does not take it",
    ],
    [
      "a kind of day with the correction for delay",
      leaf("roas", { window: "7d", countedOn: "click", correctedForDelay: true }),
      "params.countedOn",
      "notAllowed",
      "remove countedOn: the correction is made for each platform's plain figures",
    ],
  ])("refuses %s", (_, rule, path, code, fix) => {
    const problems = problemsOf([rule]).map((problem) => [problem.path, problem.code, problem.fix]);
    expect(problems).toEqual([[`conditions.all[0].${path}`, `rule.${code}`, fix]]);
  });

  it.each([0, 32])("refuses day %d of a month", (value) => {
    const rule = aRuleFile({ conditions: { all: [{ fact: "dayOfMonth", operator: "equal", value }] } });
    expect(problemsOf([rule])).toMatchObject([{ code: "rule.outOfRange", allowed: "1 to 31" }]);
  });

  it("knows the platforms that a condition may name", () => {
    const on = (value: string): Json =>
      aRuleFile({ conditions: { all: [{ fact: "platform", operator: "equal", value }] } });
    expect(problemsOf([on("google")])).toEqual([]);
    expect(problemsOf([on("adwords")])).toMatchObject([{ fix: "write google" }]);
    expect(problemsOf([on("googel")])).toMatchObject([{ fix: 'did you mean "google"?' }]);
  });
});

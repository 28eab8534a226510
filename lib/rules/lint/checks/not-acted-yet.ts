import { type NotActed, notActedYet as notActedOf } from "../../acting.ts";
import { type Check, eachRule } from "../check.ts";

const BECAUSE: Readonly<Record<NotActed, string>> = {
  ads: "Palier does not change ads yet",
  byDay: "it waits for rounds by day, which Palier does not make yet",
  allocate: "Palier does not divide money between budgets yet",
  assign: "Palier does not move entities between groups yet",
};

export const notActedYet: Check = {
  code: "notActedYet",
  severity: "info",
  doc: "Palier reads, tests and explains the rule and does nothing about it yet: rules on ads, rules that are looked at by day alone, `allocate` and `assign`. Every plan says so, with the number of subjects that it matched on.",
  bad: [{ action: { type: "pause", until: "tomorrow" }, schedule: { every: "1h" } }],
  good: [{ action: { type: "pause", until: "tomorrow" } }],
  find: eachRule((rule) => {
    const why = notActedOf(rule.rule);
    if (why === null || !rule.isOn) return [];
    const { action, appliesTo } = rule.rule;
    const later = action.type === "allocate" || action.type === "assign";
    const path =
      appliesTo.level === "ad" ? ["appliesTo", "level"] : later ? ["action", "type"] : ["schedule"];
    const fix =
      "keep it to see in each plan on how many it matches, or write a rule for the night that does as much";
    return [{ rule, path, found: BECAUSE[why], allowed: "what Palier acts on", fix }];
  }),
};

import { ALLOW, type HardGuardrail } from "./guardrail.ts";

export const ruleOff: HardGuardrail = {
  id: "ruleOff",
  doc: "A rule whose change was taken back leaves that holder alone for some days; otherwise it would do the same again.",
  scope: "rule",
  atSend: true,
  bindsRestore: false,
  figures: { blocked: { by: "text", until: "instant" } },
  check({ ruleId, pack, holderKey }, { state, nowMs }) {
    const off = state.rulesOff.find(
      (one) =>
        one.ruleId === ruleId && one.pack === pack && one.holderKey === holderKey && nowMs < one.untilMs,
    );
    return off === undefined ? ALLOW : { kind: "block", values: { by: off.by, until: off.untilMs } };
  },
};

import { EVERYBODY, type Scope } from "../../types.ts";
import { type Check, eachRule } from "../check.ts";
import { commonCampaign } from "../meeting.ts";

const BRAND_SEARCH = "brandSearch";

export const raiseBrandSearch: Check = {
  code: "raiseBrandSearch",
  severity: "warning",
  doc: "Whoever searches for the brand would mostly have bought anyway, so brand search always looks best, and a rule that raises what looks best feeds it first. Rules that can raise leave the stage `brandSearch` alone.",
  bad: [
    {
      appliesTo: { stages: ["prospecting", "brandSearch"] },
      action: { type: "setBudget", to: 200 },
    },
  ],
  good: [
    {
      appliesTo: { except: { stages: ["brandSearch"] } },
      action: { type: "setBudget", to: 200 },
    },
  ],
  find: eachRule((rule, { brand }) => {
    const { action, appliesTo } = rule.rule;
    if (!rule.isOn || (action.type !== "raiseBudget" && action.type !== "setBudget")) return [];
    const isNamed = appliesTo.stages?.includes(BRAND_SEARCH) === true;
    const campaign = commonCampaign(appliesTo, brandSearchOf(appliesTo), brand);
    if (!isNamed && campaign === null) return [];
    return [
      {
        rule,
        path: ["appliesTo"],
        ...(campaign !== null && { found: `it may raise "${campaign.trim()}", which is brand search` }),
        allowed: "raises of everything but brand search",
        fix: isNamed
          ? `take ${BRAND_SEARCH} out of stages`
          : `add "except": { "stages": ["${BRAND_SEARCH}"] }`,
      },
    ];
  }),
};

function brandSearchOf({ level }: Scope): Scope {
  return {
    ...EVERYBODY,
    level,
    stages: [BRAND_SEARCH],
    status: ["active", "paused"],
    budget: { owner: null, period: ["daily", "lifetime"] },
    except: null,
  };
}

/** Words that people type for those of the rule language. */
import type { Words } from "../../domain/shape.ts";

export const RULE_WORDS: Words = {
  instead: {
    cooldownHours: 'cooldown, in nights ("3d")',
    streak: "nightsInARow",
    maxTimes: "atMost",
    when: "schedule",
    mute: "mutes",
    name: "id",
    actions: "action",
    event: "action",
    condition: "conditions",
    scope: "appliesTo",
    filters: "appliesTo",
    priority: "mode or pack order: rules have no priority",
  },
};

export const SCOPE_WORDS: Words = {
  instead: {
    group: "groups",
    stage: "stages",
    platform: "platforms",
    account: "accounts",
    campaign: "campaigns",
    name: "names",
    label: "labels",
  },
};

const AD_SET = "adGroup, or budgetHolder for whatever owns the budget, an ad set or its campaign";

export const LEVEL_WORDS: Words = {
  instead: {
    adset: AD_SET,
    adSet: AD_SET,
    ad_set: AD_SET,
    adgroup: "adGroup",
    holder: "budgetHolder",
    budget: "budgetHolder",
    client: "brand",
  },
};

export const OPERATOR_WORDS: Words = {
  instead: {
    "=": "equal",
    "==": "equal",
    "===": "equal",
    "!=": "notEqual",
    "<>": "notEqual",
    "<": "lessThan",
    "<=": "lessThanInclusive",
    ">": "greaterThan",
    ">=": "greaterThanInclusive",
    gt: "greaterThan",
    gte: "greaterThanInclusive",
    lt: "lessThan",
    lte: "lessThanInclusive",
    atLeast: "greaterThanInclusive",
    atMost: "lessThanInclusive",
    greaterThanOrEqual: "greaterThanInclusive",
    lessThanOrEqual: "lessThanInclusive",
    is: "equal",
    IN_RANGE: "between",
    NOT_IN_RANGE: "notBetween",
  },
};

export const PARAMS_WORDS: Words = {
  instead: {
    days: "window",
    period: "window",
    factor: "times",
    offset: "plus",
    consecutiveDays: "daysInARow",
    attributionWindow: "attribution",
    rankBy: "by",
  },
};

export const FACT_WORDS: Words = {
  listedBy: "a metric (palier docs metrics lists them), or a parameter of the brand or pack",
  instead: {
    cpl: "cpa",
    costPerLead: "cpa",
    costPerConversion: "cpa",
    cost: "spend",
    amountSpent: "spend",
    ctr: "ctrPercent, which runs 0 to 100",
    cvr: "conversionRatePercent, which runs 0 to 100",
    cos: "cosPercent, which runs 0 to 100",
    acos: "cosPercent, which runs 0 to 100",
    roi: "roiPercent",
    purchases: "conversions",
    results: "conversions",
    purchaseRoas: "roas",
    purchase_roas: "roas",
    websitePurchaseRoas: "roas",
    website_purchase_roas: "roas",
    age: "ageDays",
    budget: "dailyBudget",
    conversionRate: "conversionRatePercent",
    siteConversionRate: "siteConversionRatePercent",
    costPerResult: "cpa",
    costPerPurchase: "cpa",
    costPerActionType: "cpa",
    costConv: "cpa",
    valueConv: "conversionValue, or roas for what each amount spent brought",
    convValue: "conversionValue",
    convValueCost: "roas",
    returnOnAdSpend: "roas",
    impr: "impressions",
    hoursSinceCreation: "ageDays, in days",
    timePreset: 'the days into params, as in "params": { "window": "7d" }',
    campaignName: "it in appliesTo, as campaigns",
    adsetName: "it in appliesTo, as names",
    adName: "it in appliesTo, as names",
  },
};

export const WINDOW_WORDS: Words = {
  instead: {
    yesterday: '"1d"',
    "24h": '"1d"',
    week: '"7d"',
    last7days: '"7d"',
    last_7d: '"7d"',
    last_7_days: '"7d"',
    LAST_7_DAYS: '"7d"',
    "1w": '"7d"',
    "2w": '"14d"',
    last_14d: '"14d"',
    last_14_days: '"14d"',
    LAST_14_DAYS: '"14d"',
    last_3d: '"3d"',
    last_3_days: '"3d"',
    last_28d: '"28d"',
    last_28_days: '"28d"',
    last_30d: '"30d"',
    last_30_days: '"30d"',
    LAST_30_DAYS: '"30d"',
    last_90d: '"90d"',
    YESTERDAY: '"1d"',
    TODAY: '"today"',
    last_week_mon_sun: '"lastWeek"',
    LAST_WEEK_MON_SUN: '"lastWeek"',
    last_month: '"lastMonth"',
    LAST_MONTH: '"lastMonth"',
    this_month: '"thisMonth", or "thisMonth+today" in a rule by day',
    THIS_MONTH: '"thisMonth", or "thisMonth+today" in a rule by day',
    maximum: '"lifetime"',
    month: '"28d", whole weeks',
  },
};

export const ACTION_WORDS: Words = {
  instead: {
    increaseBudget: "raiseBudget",
    scale: "raiseBudget",
    changeBudget: "raiseBudget, cutBudget or setBudget",
    decreaseBudget: "cutBudget",
    lowerBudget: "cutBudget",
    reduceBudget: "cutBudget",
    stop: "pause",
    unpause: "resume",
    turnOn: "resume",
    enable: "resume",
    turnOff: "pause",
    alert: "notify",
    block: "hold",
  },
};

export const GROUP_WORDS: Words = {
  instead: {
    and: "all",
    AND: "all",
    or: "any",
    OR: "any",
    none: "not",
    condition: "the condition itself: named ones do not exist",
  },
};

const INSIDE_PARAMS = 'it inside params, as in "params": { "window": "7d" }';

export const LEAF_WORDS: Words = {
  instead: {
    metric: "fact",
    path: "fact: paths do not exist",
    priority: "nothing: conditions have no priority",
    threshold: "value",
    window: INSIDE_PARAMS,
    daysInARow: INSIDE_PARAMS,
    minSettledPercent: INSIDE_PARAMS,
    of: INSIDE_PARAMS,
    times: INSIDE_PARAMS,
    plus: INSIDE_PARAMS,
  },
};

export const SCHEDULE_WORDS: Words = {
  instead: { time: "at", times: "at", hours: "at", weekdays: "days", timezone: "zone", interval: "every" },
};

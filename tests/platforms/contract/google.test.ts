import { expect } from "vitest";
import type { AccountSnapshot } from "../../../lib/domain/snapshot.ts";
import { googleManifest } from "../../../lib/platforms/google/manifest.ts";
import type { World } from "../../../lib/sandbox/model.ts";
import type { ContractSetup, KnownHolder } from "./setup.ts";
import { describePlatform } from "./suite.ts";

const ACCOUNT_ID = "2000000002";
const SEARCH = `/customers/${ACCOUNT_ID}/googleAds:searchStream`;

const setup: ContractSetup = {
  manifest: googleManifest,
  load: async () => (await import("../../../lib/platforms/google/index.ts")).googleModule,
  account: {
    platform: "google",
    accountId: ACCOUNT_ID,
    conversions: ["Purchase (web)"],
    attribution: "asSet",
  },
  levels: ["account", "campaign", "adGroup"],
  census({ google }) {
    const campaigns = google.campaigns.filter(({ removed }) => !removed).map(({ id }) => id);
    const adGroups = google.adGroups.filter(
      ({ kind, campaignId }) => kind === "adGroup" && campaigns.includes(campaignId),
    );
    return [...campaigns.map((id) => `campaign ${id}`), ...adGroups.map(({ id }) => `adGroup ${id}`)];
  },
  holder: aCampaign,
  sharedBudget: aSharedBudget,
  listRead: { method: "POST", path: `${SEARCH}/campaign` },
  historyRead: { method: "POST", path: `${SEARCH}/change_event` },
  accountList: { method: "GRPC", path: "/CustomerService/ListAccessibleCustomers" },
  budgetWrite: () => ({ method: "GRPC", path: "/CampaignBudgetService/MutateCampaignBudgets" }),
  // Campaigns, ad groups, conversion actions and the currency; costs and conversions of each level are two queries.
  requests: { structure: 4, insights: 6, history: 1 },
  kindOf({ body }) {
    if (body.includes("metrics.")) return "insights";
    return body.includes("FROM change_event") ? "history" : "structure";
  },
  further: {
    claims: [{ key: "signUp/asSet", names: ["Newsletter sign-up"], attribution: "asSet" }],
    // Google does not tell how many people searched.
    people: [{ level: "campaign", span: "7d" }],
    searchShares: true,
  },
  // Conversions of any name stand in the same rows.
  furtherRequests: 1,
  judgeFurther,
  smallPages: { query: ({ query }) => query, body: inSmallChunks },
  // Chunks of one stream cost no further request.
  requestsOfSmallPages: 11,
  async exhaust({ fault }) {
    await fault(
      { method: "POST", path: `${SEARCH}/*` },
      { kind: "quota", code: "RESOURCE_EXHAUSTED", retryAfterSeconds: 3_600 },
    );
  },
  retryAfterMs: 3_600_000,
  tooLow: { micros: 500_000n, code: "campaign_budget_error.BUDGET_BELOW_PER_DAY_MINIMUM" },
  preflight: "passed",
  historyLagMs: 180_000,
  person: { by: "camille.roy@atelier-lune.example", via: "GOOGLE_ADS_WEB_CLIENT" },
  self: { by: "palier@atelier-lune.example", via: "GOOGLE_ADS_API" },
};

/** A stream of rows is a list of chunks, as many as Google likes. */
function inSmallChunks(text: string): string {
  const parsed: unknown = JSON.parse(text);
  const chunks = (Array.isArray(parsed) ? parsed : []).flatMap((chunk) => {
    const { results = [], ...rest } = chunk;
    return Array.from({ length: Math.ceil(results.length / 30) }, (_, index) => ({
      results: results.slice(index * 30, (index + 1) * 30),
      ...rest,
    }));
  });
  return chunks.length === 0 ? text : JSON.stringify(chunks);
}

/** Active, on an ordinary budget that feeds no other campaign. */
function aCampaign({ google }: World): KnownHolder {
  for (const { id, budgetId, removed, statuses } of google.campaigns) {
    const users = google.campaigns.filter((other) => other.budgetId === budgetId);
    const budget = google.budgets.find((one) => one.id === budgetId);
    const isOrdinary = budget?.period === "DAILY" && budget.type === "STANDARD" && !budget.explicitlyShared;
    if (removed || users.length > 1 || !isOrdinary || statuses.at(-1)?.status !== "ACTIVE") continue;
    return {
      target: { platform: "google", accountId: ACCOUNT_ID, level: "campaign", id },
      moneyId: budgetId,
      budgetMicros: microsOf(budget),
    };
  }
  throw new Error("the world has no active campaign with a budget of its own");
}

function aSharedBudget({ google }: World): KnownHolder {
  const budget = google.budgets.find(({ explicitlyShared }) => explicitlyShared);
  if (budget === undefined) throw new Error("the world has no shared budget");
  return {
    target: { platform: "google", accountId: ACCOUNT_ID, level: "sharedBudget", id: budget.id },
    moneyId: budget.id,
    budgetMicros: microsOf(budget),
  };
}

function microsOf({ budgets }: World["google"]["budgets"][number]): bigint {
  return BigInt(budgets.at(-1)?.cents ?? 0) * 10_000n;
}

function judgeFurther({ people, insights, entities }: AccountSnapshot): void {
  expect(people).toBeUndefined();
  const signUps = (wanted: string) =>
    insights
      .filter(({ level }) => level === wanted)
      .reduce((sum, { claims }) => sum + (claims?.["signUp/asSet"]?.conversions ?? 0), 0);
  expect(signUps("account")).toBeGreaterThan(100);
  expect(signUps("campaign")).toBe(signUps("account"));
  const limited = entities.filter(({ budgetLimited }) => budgetLimited);
  expect(limited.length).toBeGreaterThan(0);
  for (const { searchShares } of limited) {
    const { impressionPercent = 0, lostToBudgetPercent = 0, lostToRankPercent = 0 } = searchShares ?? {};
    expect(lostToBudgetPercent).toBeGreaterThan(10);
    expect(Number(impressionPercent) + Number(lostToBudgetPercent) + Number(lostToRankPercent)).toBeCloseTo(
      100,
      6,
    );
  }
}

describePlatform("google", setup);

/** The Google adapter over the real SDK, against a scripted account of the fake. */
import type { InsightLevel } from "../../lib/domain/snapshot.ts";
import { createGooglePlatform } from "../../lib/platforms/google/index.ts";
import { type Further, NOTHING_FURTHER } from "../../lib/platforms/port.ts";
import { byResource, optionsFor, type Reply, startGoogle } from "./google-fake.ts";

/** 11 March 2026, 04:10 in Paris. */
export const NOW_MS = 1_773_198_600_000;

/** The account whose rows these are. */
export const HEAD = {
  customer: {
    resourceName: "customers/2000000002",
    id: "2000000002",
    descriptiveName: "Atelier Lune",
    currencyCode: "EUR",
    timeZone: "Europe/Paris",
  },
};

/** An account with one campaign of 35.00 EUR a day and nothing delivered; answers as `byResource` names them. */
export function quietAccount(): Record<string, readonly object[]> {
  return {
    campaign: [aCampaign()],
    conversion_action: [aConversionAction()],
    currency_constant: [{ currencyConstant: { code: "EUR", billableUnitMicros: "10000" } }],
    "customer cost": [],
    "customer conversions": [],
    "campaign cost": [],
    "campaign conversions": [],
    change_event: [],
  };
}

export function aCampaign(campaign: object = {}, budget: object = {}): object {
  return {
    ...HEAD,
    campaign: {
      id: "5001",
      name: "PROS Search",
      status: "ENABLED",
      primaryStatus: "ELIGIBLE",
      biddingStrategyType: "MAXIMIZE_CONVERSIONS",
      biddingStrategySystemStatus: "ENABLED",
      experimentType: "BASE",
      advertisingChannelType: "SEARCH",
      startDateTime: "2026-01-05 00:00:00",
      ...campaign,
    },
    campaignBudget: {
      resourceName: "customers/2000000002/campaignBudgets/7001",
      id: "7001",
      name: "PROS Search budget",
      amountMicros: "35000000",
      period: "DAILY",
      referenceCount: "1",
      status: "ENABLED",
      type: "STANDARD",
      ...budget,
    },
  };
}

export function aConversionAction(fields: object = {}): object {
  const action = { id: "8001", name: "Purchase (web)", status: "ENABLED", includeInConversionsMetric: true };
  return { ...HEAD, conversionAction: { ...action, ...fields } };
}

/** `answers` in place of the quiet account's; a wait between retries fails the test. */
export async function aGooglePlatform(answers: Readonly<Record<string, readonly object[] | Reply>> = {}) {
  const google = await startGoogle({ rows: byResource({ ...quietAccount(), ...answers }) });
  const platform = createGooglePlatform({
    ...optionsFor(google),
    sleep: async () => {
      throw new Error("unstated wait");
    },
  });
  return { google, platform };
}

/** 35 days up to 10 March 2026, account totals alone; the history of three days. */
export function aFetchRequest(
  fields: Partial<Further> & { levels?: readonly InsightLevel[]; conversions?: readonly string[] } = {},
) {
  const { levels = ["account"], conversions = ["Purchase (web)"], ...further } = fields;
  const account = { platform: "google", accountId: "2000000002", conversions, attribution: "asSet" };
  return {
    account,
    levels,
    days: 35,
    today: "2026-03-11",
    editsFromMs: NOW_MS - 3 * 86_400_000,
    nowMs: NOW_MS,
    ...NOTHING_FURTHER,
    ...further,
  };
}

import { describe, expect, it } from "vitest";
import { createGooglePlatform } from "../../../lib/platforms/google/index.ts";
import { byResource, optionsFor, restFailure, startGoogle } from "../../support/google-fake.ts";
import {
  aCampaign,
  aFetchRequest,
  aGooglePlatform,
  HEAD,
  NOW_MS,
  quietAccount,
} from "../../support/google-platform.ts";

const ACCOUNT = { platform: "google", accountId: "2000000002" };
const DAY_MS = 86_400_000;
const BUDGET = "customers/2000000002/campaignBudgets/7001";

/** A person's raise of the campaign's own budget, from 35 to 50 EUR. */
function anEvent(fields: object = {}): object {
  return {
    ...HEAD,
    changeEvent: {
      changeDateTime: "2026-03-10 18:30:15.25",
      changeResourceType: "CAMPAIGN_BUDGET",
      changeResourceName: BUDGET,
      resourceChangeOperation: "UPDATE",
      clientType: "GOOGLE_ADS_WEB_CLIENT",
      userEmail: "lea@example.com",
      oldResource: { campaignBudget: { amountMicros: "35000000" } },
      newResource: { campaignBudget: { amountMicros: "50000000" } },
      ...fields,
    },
  };
}

function ofCampaign(fields: object): object {
  const changeResourceName = "customers/2000000002/campaigns/5001";
  return anEvent({ changeResourceType: "CAMPAIGN", changeResourceName, oldResource: {}, ...fields });
}

async function editsOf(
  events: object[],
  answers: Parameters<typeof aGooglePlatform>[0] = {},
  fromMs = NOW_MS - DAY_MS,
) {
  const { google, platform } = await aGooglePlatform({ change_event: events, ...answers });
  return { google, history: await platform.readEdits(ACCOUNT, fromMs, NOW_MS) };
}

describe("lib/platforms/google/history", () => {
  it("tells who changed a campaign's budget, when and through what", async () => {
    const { google, history } = await editsOf([anEvent()]);
    expect(history).toEqual({
      fromMs: NOW_MS - DAY_MS,
      edits: [
        {
          target: { ...ACCOUNT, level: "campaign", id: "5001" },
          // Paris is an hour ahead of UTC in March.
          atMs: Date.parse("2026-03-10T17:30:15.250Z"),
          by: "lea@example.com",
          via: "GOOGLE_ADS_WEB_CLIENT",
          edit: { kind: "dailyBudget", fromMicros: 35_000_000n, toMicros: 50_000_000n },
        },
      ],
    });
    const [, asked] = google.rest.map(({ gaql }) => gaql);
    // Two hours more on both sides than 04:10 of both days.
    expect(asked).toContain("change_event.change_date_time >= '2026-03-10 02:10:00'");
    expect(asked).toContain("change_event.change_date_time <= '2026-03-11 06:10:00'");
    expect(asked).toMatch(/ LIMIT 10000$/);
  });

  it("stands in the snapshot, and is a campaign's last edit there", async () => {
    const { platform } = await aGooglePlatform({ change_event: [anEvent()] });
    const { snapshot } = await platform.fetchAccount(aFetchRequest());
    expect(snapshot.history).toMatchObject({
      fromMs: NOW_MS - 3 * DAY_MS,
      edits: [{ by: "lea@example.com" }],
    });
    expect(snapshot.entities).toMatchObject([{ lastEditAtMs: Date.parse("2026-03-10T17:30:15.250Z") }]);
  });

  it("names a shared budget as what was changed, for all its campaigns", async () => {
    const campaign = [
      aCampaign({}, { referenceCount: "2" }),
      aCampaign({ id: "5002" }, { referenceCount: "2" }),
    ];
    const { platform } = await aGooglePlatform({ change_event: [anEvent()], campaign });
    const { snapshot } = await platform.fetchAccount(aFetchRequest());
    expect(snapshot.history?.edits).toMatchObject([{ target: { level: "sharedBudget", id: "7001" } }]);
    const atMs = Date.parse("2026-03-10T17:30:15.250Z");
    expect(snapshot.entities).toMatchObject([{ lastEditAtMs: atMs }, { lastEditAtMs: atMs }]);
  });

  it.each<[string, object, object[]]>([
    [
      "a pause",
      ofCampaign({ newResource: { campaign: { status: "PAUSED" } } }),
      [{ target: { level: "campaign", id: "5001" }, edit: { kind: "status", to: "paused" } }],
    ],
    [
      "a removal",
      ofCampaign({ resourceChangeOperation: "REMOVE" }),
      [{ edit: { kind: "status", to: "removed" } }],
    ],
    [
      "a move to another budget",
      ofCampaign({
        newResource: { campaign: { campaignBudget: "customers/2000000002/campaignBudgets/7002" } },
      }),
      [{ edit: { kind: "dailyBudget", fromMicros: null, toMicros: null } }],
    ],
    ["another setting of a campaign", ofCampaign({ newResource: { campaign: {} } }), []],
    ["another setting of a budget", anEvent({ oldResource: {}, newResource: { campaignBudget: {} } }), []],
    ["a creation", anEvent({ resourceChangeOperation: "CREATE" }), []],
    ["a budget that nothing draws on", anEvent({ changeResourceName: `${BUDGET}9` }), []],
    ["an edit before the time asked for", anEvent({ changeDateTime: "2026-03-10 04:09:59" }), []],
    [
      "an edit by Google itself",
      anEvent({ userEmail: "", clientType: "GOOGLE_ADS_RECOMMENDATIONS_SUBSCRIPTION" }),
      [{ by: "GOOGLE_ADS_RECOMMENDATIONS_SUBSCRIPTION" }],
    ],
    [
      "an edit by a clock ahead of ours",
      anEvent({ changeDateTime: "2026-03-11 04:11:00" }),
      [{ atMs: NOW_MS }],
    ],
  ])("tells %s as it is", async (_, event, edits) => {
    const { history } = await editsOf([event]);
    expect(history?.edits).toHaveLength(edits.length);
    expect(history?.edits).toMatchObject(edits);
  });

  it.each<[string, object]>([
    ["moved onto it", { newResource: { campaign: { campaignBudget: BUDGET } } }],
    ["moved away from it", { oldResource: { campaign: { campaignBudget: BUDGET } } }],
    [
      "created on it",
      { resourceChangeOperation: "CREATE", newResource: { campaign: { campaignBudget: BUDGET } } },
    ],
  ])(
    "tells a campaign that was %s as an edit of the shared budget, by an amount nobody knows",
    async (_, fields) => {
      const campaign = [aCampaign({}, { explicitlyShared: true })];
      const { history } = await editsOf([ofCampaign(fields)], { campaign });
      expect(history?.edits.filter(({ target }) => target.level === "sharedBudget")).toMatchObject([
        {
          target: { ...ACCOUNT, level: "sharedBudget", id: "7001" },
          by: "lea@example.com",
          edit: { kind: "dailyBudget", fromMicros: null, toMicros: null },
        },
      ]);
    },
  );

  it("is in order of time, oldest first", async () => {
    const { history } = await editsOf([
      anEvent(),
      anEvent({ changeDateTime: "2026-03-10 09:00:00", userEmail: "tom@example.com" }),
    ]);
    expect(history?.edits.map(({ by }) => by)).toEqual(["tom@example.com", "lea@example.com"]);
  });

  it("begins no earlier than Google can tell, and says so", async () => {
    const { google, history } = await editsOf([], {}, NOW_MS - 60 * DAY_MS);
    expect(history).toEqual({ fromMs: NOW_MS - 29 * DAY_MS, edits: [] });
    expect(google.rest[1]?.gaql).toContain(">= '2026-02-10 02:10:00'");
  });

  it.each(["USER_PERMISSION_DENIED", "ACTION_NOT_PERMITTED"])(
    "is unknown where Google says %s",
    async (code) => {
      const google = await startGoogle({
        rows: byResource({ ...quietAccount(), change_event: restFailure(403, { authorizationError: code }) }),
      });
      const platform = createGooglePlatform({ ...optionsFor(google), sleep: async () => {} });
      expect((await platform.fetchAccount(aFetchRequest())).snapshot.history).toBeNull();
    },
  );

  it.each<[string, Parameters<typeof aGooglePlatform>[0], string]>([
    [
      "a dead token",
      { change_event: restFailure(401, { authenticationError: "OAUTH_TOKEN_EXPIRED" }) },
      "auth",
    ],
    ["a used-up day", { change_event: restFailure(429, { quotaError: "RESOURCE_EXHAUSTED" }) }, "throttled"],
    ["an event without its time", { change_event: [anEvent({ changeDateTime: "soon" })] }, "malformed"],
    ["an event of another account", { change_event: [{ ...anEvent(), customer: { id: "3" } }] }, "malformed"],
    ["as many events as fit", { change_event: Array.from({ length: 10_000 }, () => ({})) }, "malformed"],
  ])("fails on %s rather than tell of no edits", async (_, answers, kind) => {
    await expect(editsOf([], answers)).rejects.toMatchObject({ details: { kind } });
  });
});

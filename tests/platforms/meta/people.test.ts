import { describe, expect, it } from "vitest";
import { createMetaPlatform } from "../../../lib/platforms/meta/index.ts";
import type { PeopleQuestion } from "../../../lib/platforms/port.ts";
import {
  aCampaign,
  anAdSet,
  byPath,
  graphError,
  QUIET_ACCOUNT,
  startGraph,
  TOKEN,
} from "../../support/graph-fake.ts";
import { aFetchRequest, aMetaPlatform } from "../../support/meta-platform.ts";

/** The week before 11 March 2026. */
const WEEK = { date_start: "2026-03-04", date_stop: "2026-03-10" };
/** The four weeks before it. */
const MONTH = { date_start: "2026-02-11", date_stop: "2026-03-10" };
/** From 1,095 days before it. */
const LIFE = { date_start: "2023-03-12", date_stop: "2026-03-10" };

function aRow(fields: object = {}): object {
  return { account_id: "1001", campaign_id: "2001", ...WEEK, reach: "400", impressions: "1000", ...fields };
}

async function peopleOf(answers: Readonly<Record<string, object>>, people: readonly PeopleQuestion[]) {
  const { graph, platform } = await aMetaPlatform(answers);
  const { snapshot, requests } = await platform.fetchAccount(aFetchRequest({ people }));
  return { people: snapshot.people, requests, graph };
}

async function campaignsOf(rows: readonly object[]) {
  return await peopleOf({ "act_1001/insights people campaign": rows }, [{ level: "campaign", span: "7d" }]);
}

describe("lib/platforms/meta/people", () => {
  it("asks for each span and level as a whole, with a request each", async () => {
    const { people, requests, graph } = await peopleOf(
      {
        "act_1001/insights people account": [aRow({ campaign_id: undefined })],
        "act_1001/insights people campaign": [aRow()],
      },
      [
        { level: "account", span: "7d" },
        { level: "campaign", span: "7d" },
      ],
    );
    const week = { from: "2026-03-04", to: "2026-03-10", reach: 400, impressions: 1000 };
    expect(people).toEqual([
      { level: "account", span: "7d", entityId: "1001", ...week },
      { level: "campaign", span: "7d", entityId: "2001", ...week },
    ]);
    // The night's five, and one for each question.
    expect(requests).toBe(7);
    const asked = graph.requests.filter(
      ({ path, query }) => path === "act_1001/insights" && query.time_increment === undefined,
    );
    expect(asked[1]?.query).toEqual({
      access_token: TOKEN,
      level: "campaign",
      time_range: '{"since":"2026-03-04","until":"2026-03-10"}',
      fields: "reach,impressions,date_start,date_stop,account_id,campaign_id",
      limit: "500",
    });
  });

  it("says nothing of people where nobody asks", async () => {
    const { platform } = await aMetaPlatform({});
    expect((await platform.fetchAccount(aFetchRequest())).snapshot).not.toHaveProperty("people");
  });

  it("takes an entity whose reach Meta does not tell for unknown, not for nobody", async () => {
    const { people } = await campaignsOf([aRow({ reach: undefined })]);
    expect(people).toEqual([]);
  });

  it("counts a lifetime from the entity's first day, and only where that is known and not forgotten", async () => {
    const row = (id: string) => aRow({ ...LIFE, campaign_id: undefined, adset_id: id });
    const { people } = await peopleOf(
      {
        "act_1001/campaigns": [aCampaign()],
        "act_1001/adsets": [
          // Half past midnight in Paris.
          anAdSet({ id: "3001", created_time: "2026-01-04T23:30:00+0000" }),
          anAdSet({ id: "3002", created_time: "2023-03-11T12:00:00+0100" }),
          anAdSet({ id: "3003", created_time: undefined }),
        ],
        "act_1001/insights people adset": [row("3001"), row("3002"), row("3003"), row("3004")],
      },
      [{ level: "adGroup", span: "lifetime" }],
    );
    expect(people).toEqual([
      {
        ...{ level: "adGroup", span: "lifetime", entityId: "3001" },
        ...{ from: "2026-01-05", to: "2026-03-10", reach: 400, impressions: 1000 },
      },
    ]);
  });

  it("goes without levels that are not read", async () => {
    const { people, requests } = await peopleOf({}, [{ level: "ad", span: "7d" }]);
    expect(people).toEqual([]);
    expect(requests).toBe(5);
  });

  it.each<[string, object[], string]>([
    ["of another account", [aRow({ account_id: "1002" })], "another account"],
    ["of no entity", [aRow({ campaign_id: undefined })], "of no entity"],
    ["of a single day", [aRow({ date_start: "2026-03-10" })], "2026-03-10 to 2026-03-10"],
    ["twice", [aRow(), aRow()], "twice for 2001"],
    ["with half a person", [aRow({ reach: "0.5" })], "reach"],
  ])("refuses rows %s", async (_, rows, message) => {
    const failure = campaignsOf(rows);
    await expect(failure).rejects.toThrow(message);
    await expect(failure).rejects.toMatchObject({ details: { kind: "malformed" } });
  });

  it("never halves a span that is too much at once, only its pages: two halves' people do not add up", async () => {
    const whole = byPath({
      ...QUIET_ACCOUNT,
      "act_1001/insights people campaign": [{ ...aRow(), ...MONTH }],
    });
    const graph = await startGraph((request, index) => {
      const isPeople = request.query.level === "campaign" && request.query.time_increment === undefined;
      return isPeople && request.query.limit === "500" ? graphError(500, 1) : whole(request, index);
    });
    const platform = createMetaPlatform({ token: TOKEN, baseUrl: graph.url, sleep: async () => {} });
    const people = [{ level: "campaign", span: "28d" }] as const;
    const { snapshot } = await platform.fetchAccount(aFetchRequest({ people }));
    expect(snapshot.people).toMatchObject([{ from: "2026-02-11", to: "2026-03-10", reach: 400 }]);
    const asked = graph.requests.flatMap(({ query: { level, time_range: range, limit } }) =>
      level === "campaign" ? [`${range} ${limit}`] : [],
    );
    const month = '{"since":"2026-02-11","until":"2026-03-10"}';
    expect(asked).toEqual([`${month} 500`, `${month} 250`]);
  });
});

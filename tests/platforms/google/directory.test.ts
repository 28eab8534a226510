import { describe, expect, it, vi } from "vitest";
import { createGooglePlatform } from "../../../lib/platforms/google/index.ts";
import {
  grpcFailure,
  type MutateReply,
  optionsFor,
  type Reply,
  restFailure,
  rowsOf,
  SECRETS,
  startGoogle,
} from "../../support/google-fake.ts";
import { aConversionAction, aGooglePlatform, HEAD } from "../../support/google-platform.ts";

const ACCOUNT = { platform: "google", accountId: "2000000002" };

interface Scripted {
  accounts?: readonly MutateReply[];
  /** By the account that is asked. */
  clients: Readonly<Record<string, Reply>>;
  loginCustomerId?: string;
}

async function listing({ accounts = [], clients, loginCustomerId }: Scripted) {
  const asked: string[] = [];
  const google = await startGoogle({
    accounts,
    rows(gaql) {
      const id = /customers\/(\d+)\//.exec(google.rest.at(-1)?.path ?? "")?.[1] ?? "";
      asked.push(`${id} ${/WHERE .*/.exec(gaql)?.[0] ?? "all"}`);
      const reply = clients[id];
      if (reply === undefined) throw new Error(`unstated account ${id}`);
      return reply;
    },
  });
  const platform = createGooglePlatform({ ...optionsFor(google), loginCustomerId, sleep: async () => {} });
  return { google, asked, list: () => platform.listAccounts() };
}

function aClient(id: string, fields: object = {}): object {
  return {
    customerClient: {
      resourceName: `customers/1/customerClients/${id}`,
      id,
      descriptiveName: `Shop ${id}`,
      currencyCode: "EUR",
      timeZone: "Europe/Paris",
      status: "ENABLED",
      manager: false,
      hidden: false,
      ...fields,
    },
  };
}

function counted(name: string, metrics: object): object {
  return { ...HEAD, segments: { conversionActionName: name }, metrics };
}

describe("lib/platforms/google/directory", () => {
  it("lists what hangs under the manager account, without managers, and asks nothing else", async () => {
    const { google, asked, list } = await listing({
      loginCustomerId: "900-000-0009",
      clients: {
        "9000000009": rowsOf(
          aClient("9000000009", { manager: true }),
          aClient("2000000003", { hidden: true }),
          aClient("2000000002"),
          aClient("2000000004", { status: "CANCELED", currencyCode: undefined, timeZone: undefined }),
          aClient("2000000002"),
        ),
      },
    });
    expect(await list()).toEqual([
      {
        platform: "google",
        accountId: "2000000002",
        name: "Shop 2000000002",
        currency: "EUR",
        zone: "Europe/Paris",
        status: "active",
      },
      {
        platform: "google",
        accountId: "2000000003",
        name: "Shop 2000000003",
        currency: "EUR",
        zone: "Europe/Paris",
        status: "other",
      },
      {
        platform: "google",
        accountId: "2000000004",
        name: "Shop 2000000004",
        currency: "",
        zone: "",
        status: "other",
      },
    ]);
    expect(asked).toEqual(["9000000009 all"]);
    expect(google.listings).toEqual([]);
  });

  it("lists what the user reaches directly, each as it sees itself, and passes over what is closed", async () => {
    const { google, asked, list } = await listing({
      accounts: [{ names: ["customers/2000000005", "customers/2000000002", "customers/9000000009"] }],
      clients: {
        "2000000005": restFailure(403, { authorizationError: "CUSTOMER_NOT_ENABLED" }),
        "2000000002": rowsOf(aClient("2000000002")),
        "9000000009": rowsOf(aClient("9000000009", { manager: true })),
      },
    });
    expect((await list()).map(({ accountId }) => accountId)).toEqual(["2000000002"]);
    expect(asked).toEqual([
      "2000000005 WHERE customer_client.level = 0",
      "2000000002 WHERE customer_client.level = 0",
      "9000000009 WHERE customer_client.level = 0",
    ]);
    expect(google.listings).toMatchObject([{ "developer-token": SECRETS.developerToken }]);
  });

  it("says which manager account to set where the user reaches nothing else", async () => {
    const { list } = await listing({
      accounts: [{ names: ["customers/9000000009"] }],
      clients: { "9000000009": rowsOf(aClient("9000000009", { manager: true })) },
    });
    await expect(list()).rejects.toThrow(
      /manager accounts only \(9000000009\): set PALIER_GOOGLE_LOGIN_CUSTOMER_ID/,
    );
  });

  it.each([
    ["another account than the one asked", rowsOf(aClient("2000000003"))],
    ["no account at all", rowsOf()],
    ["an account in use without its currency", rowsOf(aClient("2000000002", { currencyCode: undefined }))],
  ])("refuses an answer with %s", async (_, reply) => {
    const { list } = await listing({
      accounts: [{ names: ["customers/2000000002"] }],
      clients: { "2000000002": reply },
    });
    await expect(list()).rejects.toMatchObject({ details: { kind: "malformed" } });
  });

  it("refuses a list with something in it that is no account", async () => {
    const { list } = await listing({ accounts: [{ names: ["managers/1"] }], clients: {} });
    await expect(list()).rejects.toMatchObject({ details: { kind: "malformed" } });
  });

  it("keeps secrets off standard output, asks again where it may pass, and tells a refusal for what it is", async () => {
    const told = vi.spyOn(console, "log").mockReturnValue();
    try {
      const refused = await listing({
        accounts: [grpcFailure({ authorization_error: "DEVELOPER_TOKEN_NOT_APPROVED" })],
        clients: {},
      });
      await expect(refused.list()).rejects.toMatchObject({ details: { kind: "auth" } });
      const busy = await listing({
        accounts: [{ code: 14, details: "busy" }, { names: ["customers/2000000002"] }],
        clients: { "2000000002": rowsOf(aClient("2000000002")) },
      });
      expect(await busy.list()).toHaveLength(1);
      expect(told).not.toHaveBeenCalled();
    } finally {
      told.mockRestore();
    }
  });

  it("counts an action in the column that it stands in, most first; names that cannot be written are left out", async () => {
    const { google, platform } = await aGooglePlatform({
      conversion_action: [
        aConversionAction(),
        aConversionAction({ id: "8002", name: "Newsletter", includeInConversionsMetric: false }),
        aConversionAction({ id: "8003", name: "Call" }),
        aConversionAction({ id: "8004", name: "Call" }),
        aConversionAction({ id: "8005", name: "Old", status: "REMOVED" }),
        aConversionAction({ id: "8006", name: "Silent" }),
      ],
      "customer conversions": [
        counted("Purchase (web)", {
          conversions: 3.5,
          conversionsValue: 210.4,
          allConversions: 9,
          allConversionsValue: 900,
        }),
        counted("Newsletter", { allConversions: 12 }),
        counted("Call", { conversions: 4 }),
        counted("Old", { conversions: 2 }),
        counted("Silent", {}),
      ],
    });
    expect(await platform.listConversions(ACCOUNT, 92, "2026-03-11")).toEqual([
      { name: "Newsletter", conversions: 12, conversionValueMicros: 0n, primary: false },
      { name: "Purchase (web)", conversions: 3.5, conversionValueMicros: 210_400_000n, primary: true },
    ]);
    expect(google.rest.at(-1)?.gaql).toContain("BETWEEN '2025-12-09' AND '2026-03-10'");
  });

  it("refuses figures of another account, and one action twice", async () => {
    const row = counted("Purchase (web)", { conversions: 1 });
    for (const rows of [[row, row], [{ ...row, customer: { id: "2000000003" } }]]) {
      const { platform } = await aGooglePlatform({ "customer conversions": rows });
      await expect(platform.listConversions(ACCOUNT, 7, "2026-03-11")).rejects.toMatchObject({
        details: { kind: "malformed" },
      });
    }
  });
});

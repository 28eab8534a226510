import { describe, expect, it } from "vitest";
import { CredentialsError } from "../../../lib/platforms/errors.ts";
import { googleCredentials } from "../../../lib/platforms/google/credentials.ts";
import { literal } from "../../../lib/platforms/google/gaql.ts";
import { googleModule } from "../../../lib/platforms/google/index.ts";
import { clockFace, instantOf } from "../../../lib/platforms/google/time.ts";
import { rowsOf, startGoogle } from "../../support/google-fake.ts";

const ENVIRONMENT = {
  PALIER_GOOGLE_DEVELOPER_TOKEN: "d",
  PALIER_GOOGLE_CLIENT_ID: "i",
  PALIER_GOOGLE_CLIENT_SECRET: "s",
  PALIER_GOOGLE_REFRESH_TOKEN: "r",
};

describe("lib/platforms/google/credentials", () => {
  it("takes the four variables that every call needs", () => {
    expect(googleCredentials(ENVIRONMENT)).toEqual({
      developerToken: "d",
      clientId: "i",
      clientSecret: "s",
      refreshToken: "r",
      loginCustomerId: undefined,
      standIn: undefined,
    });
  });

  it("takes a manager account and a stand-in on this machine", () => {
    const env = {
      ...ENVIRONMENT,
      PALIER_GOOGLE_LOGIN_CUSTOMER_ID: " 100-000-0001 ",
      PALIER_GOOGLE_URL: "http://127.0.0.1:8080",
      PALIER_GOOGLE_GRPC_PORT: "8081",
    };
    expect(googleCredentials(env)).toMatchObject({
      loginCustomerId: "100-000-0001",
      standIn: { url: "http://127.0.0.1:8080", grpcPort: 8_081 },
    });
  });

  it.each(Object.keys(ENVIRONMENT))("names %s when it is missing or blank", (name) => {
    for (const value of [undefined, " "]) {
      expect(() => googleCredentials({ ...ENVIRONMENT, [name]: value })).toThrow(CredentialsError);
      expect(() => googleCredentials({ ...ENVIRONMENT, [name]: value })).toThrow(`: set ${name} to `);
    }
  });

  it("names all that is missing at once", () => {
    expect(() =>
      googleCredentials({ PALIER_GOOGLE_CLIENT_ID: "i", PALIER_GOOGLE_CLIENT_SECRET: "s" }),
    ).toThrow(
      "no access to Google Ads: set PALIER_GOOGLE_DEVELOPER_TOKEN to the developer token of your manager account's API Center; " +
        "PALIER_GOOGLE_REFRESH_TOKEN to a refresh token of a user who may see the account",
    );
  });

  it("refuses a stand-in elsewhere, and one without its gRPC port", () => {
    const effects = { sleep: async () => {} };
    const far = { ...ENVIRONMENT, PALIER_GOOGLE_URL: "https://example.com", PALIER_GOOGLE_GRPC_PORT: "1" };
    expect(() => googleModule.fromEnvironment(far, effects)).toThrow("on this machine");
    const half = { ...ENVIRONMENT, PALIER_GOOGLE_URL: "http://localhost:1" };
    expect(() => googleModule.fromEnvironment(half, effects)).toThrow("gRPC");
  });

  it("uses a sandbox's one token for everything", async () => {
    const google = await startGoogle({ rows: () => rowsOf() });
    const { url, grpcPort } = google;
    const platform = googleModule.fromSandbox({ url, grpcPort, token: "sand" }, { sleep: async () => {} });
    const target = { platform: "google", accountId: "2000000002", level: "campaign", id: "1" } as const;
    await expect(platform.readHolder(target)).rejects.toMatchObject({ details: { kind: "notFound" } });
    expect(google.tokens).toMatchObject([
      { client_id: "sand", client_secret: "sand", refresh_token: "sand" },
    ]);
    expect(google.rest).toMatchObject([{ headers: { "developer-token": "sand" } }]);
  });
});

describe("lib/platforms/google/gaql", () => {
  it("writes quotes and backslashes so that they stay inside the text", () => {
    expect(literal('L\'achat \\ "vite"')).toBe(String.raw`'L\'achat \\ "vite"'`);
  });
});

describe("lib/platforms/google/time", () => {
  it.each<[string, string, string | null]>([
    ["2026-07-01 09:30:00", "Europe/Paris", "2026-07-01T07:30:00.000Z"],
    ["2026-01-05 00:00:00", "America/New_York", "2026-01-05T05:00:00.000Z"],
    ["2026-01-05 00:00:00.123456", "UTC", "2026-01-05T00:00:00.123Z"],
    // Shown twice that night: the later one.
    ["2026-10-25 02:30:00", "Europe/Paris", "2026-10-25T01:30:00.000Z"],
    // Shown by no clock that night: after the gap.
    ["2026-03-29 02:30:00", "Europe/Paris", "2026-03-29T01:30:00.000Z"],
    ["2026-02-30 00:00:00", "UTC", null],
    ["2026-01-05", "UTC", null],
    ["2026-01-05 00:00:00", "Nowhere/Land", null],
  ])("takes %s in %s as %s", (face, zone, instant) => {
    expect(instantOf(face, zone)).toBe(instant === null ? null : Date.parse(instant));
  });

  it("writes an instant as a clock shows it", () => {
    expect(clockFace(Date.parse("2026-07-01T22:00:05.900Z"), "Europe/Paris")).toBe("2026-07-02 00:00:05");
  });
});

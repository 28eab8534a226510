import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findingsText } from "../../functions/cli/doctor.ts";
import { examineHere } from "../../lib/runtime/doctor/here.ts";
import { nodeFiles } from "../../lib/runtime/files.ts";
import type { FaultKind } from "../../lib/sandbox/index.ts";
import { aFolder, aPlannedHome, BRAND, copyOfHome, removeHomes, serveWorld } from "../support/home.ts";
import { BRAND_FILE, rulesWith } from "../support/rules-folder.ts";

const SEARCH = "/customers/2000000002/googleAds:searchStream";

interface Given {
  rules?: string;
  env?: Record<string, string>;
  fault?: { method: "GET" | "POST" | "GRPC"; path: string; fault: FaultKind };
  skewMs?: number;
}

async function examined(home: string, { rules = "rules", env = {}, fault, skewMs = 0 }: Given = {}) {
  const world = fault === undefined ? null : await serveWorld(home);
  try {
    if (fault !== undefined) await world?.client.fault(fault);
    const wallMs = () => Date.now() + skewMs;
    return await examineHere({ brand: BRAND, home, rulesFolder: rules, env, files: nodeFiles(), wallMs });
  } finally {
    await world?.close();
  }
}

describe("functions/cli/doctor", () => {
  afterAll(removeHomes);

  let home: string;

  beforeAll(async () => {
    home = await aPlannedHome();
  });

  it("finds the example brand well after its first night, and changes nothing by looking", async () => {
    const copy = copyOfHome(home);
    const world = path.join(copy, "worlds", "seed-1", "world.json");
    const appliedBefore = JSON.parse(readFileSync(world, "utf8")).ledger.filter(isApplied);
    const findings = await examined(copy);
    expect(findings.filter(({ status }) => status !== "ok")).toEqual([]);
    expect(findings.map(({ check }) => check)).toEqual(
      [
        "files.brand",
        "files.rules",
        ...Array(2).fill([
          "credentials.present",
          "version.end",
          "account.readable",
          "account.currency",
          "account.zone",
          "account.conversions",
          "account.history",
          "access.reach",
          "access.end",
          "access.quota",
          "access.clock",
        ]),
        "shop.figures",
        "log.chain",
        "log.nights",
        "log.lastNight",
        "log.unknownOutcomes",
        "log.diverged",
        "log.stops",
      ].flat(),
    );
    expect(JSON.parse(readFileSync(world, "utf8")).ledger.filter(isApplied)).toEqual(appliedBefore);
  });

  const denied: FaultKind = { kind: "permissionDenied" };
  it.each<[string, string, string, Given]>([
    [
      "an account that cannot be read",
      "account.readable",
      "failed",
      { fault: { method: "GET", path: "/act_1001", fault: denied } },
    ],
    [
      "a closed history",
      "account.history",
      "warning",
      { fault: { method: "POST", path: `${SEARCH}/change_event`, fault: denied } },
    ],
    [
      "permissions that are not told",
      "access.told",
      "failed",
      { fault: { method: "GET", path: "/me/permissions", fault: { kind: "expiredToken" } } },
    ],
    [
      "a user who may only read, once rules propose",
      "access.reach",
      "warning",
      { fault: { method: "GRPC", path: "/CampaignService/MutateCampaigns", fault: denied } },
    ],
    ["a clock that is two minutes ahead", "access.clock", "failed", { skewMs: 120_000 }],
    ["another currency", "account.currency", "failed", { rules: "USD" }],
    ["another zone", "account.zone", "failed", { rules: "Europe/Lisbon" }],
    ["a conversion that nobody makes", "account.conversions", "warning", { rules: "complete_registration" }],
    ["a conversion that does not exist", "account.readable", "failed", { rules: "Purchase (wbe)" }],
    ["a brand whose rules are all switched off", "files.rules", "warning", { rules: "{}" }],
  ])("finds %s", async (_, check, status, given) => {
    const rules = given.rules === undefined ? "rules" : rulesWith([BRAND_FILE, ...edits(given.rules)]);
    const findings = await examined(copyOfHome(home), { ...given, rules });
    const found = findings.filter((one) => one.check === check && one.status !== "ok");
    expect(found[0]).toMatchObject({ status, fix: expect.any(String) });
  });

  it("finds a shop's file that cannot be used, by its line", async () => {
    const copy = copyOfHome(home);
    const file = path.join(copy, "worlds", "seed-1", "revenue.csv");
    const lines = readFileSync(file, "utf8").split("\n");
    lines[3] = (lines[3] ?? "").replace(/,[\d.]+/, ",12 EUR");
    const world = await serveWorld(copy);
    writeFileSync(file, lines.join("\n"));
    const findings = await examined(copy);
    await world.close();
    expect(findings.find(({ check }) => check === "shop.figures")).toMatchObject({
      status: "failed",
      subject: expect.stringContaining("revenue.csv:4"),
    });
  });

  it("names every problem of a broken brand file and looks no further", async () => {
    const rules = rulesWith([BRAND_FILE, '"default": 35', '"default": "35"']);
    expect(await examined(home, { rules })).toMatchObject([
      { check: "files.opened", status: "failed", subject: expect.stringContaining("atelier-lune.json:") },
    ]);
  });

  it("says how to make a world where there is none", async () => {
    expect(await examined(aFolder())).toMatchObject([
      { status: "failed", found: expect.stringContaining("npm start") },
    ]);
  });

  it("names the variables that a brand on real accounts lacks, platform by platform, and goes on", async () => {
    const rules = rulesWith([BRAND_FILE, '"sandbox": true', '"sandbox": false']);
    const findings = await examined(aFolder(), { rules });
    expect(findings.filter(({ check }) => check === "credentials.present")).toMatchObject([
      { subject: "meta", status: "failed", found: expect.stringContaining("PALIER_META_TOKEN") },
      { subject: "google", status: "failed", found: expect.stringContaining("PALIER_GOOGLE_") },
    ]);
    expect(findings).toContainEqual(expect.objectContaining({ check: "log.chain", status: "ok" }));
  });

  it("prints what is to be done under each finding, and the count at the end", () => {
    const text = findingsText([
      { check: "files.brand", subject: "lune", status: "ok", found: "it is right", fix: null },
      {
        check: "log.stops",
        subject: "meta/1001",
        status: "warning",
        found: "stopped\u001b[2J",
        fix: "palier resume",
      },
    ]);
    expect(text.split("\n")).toEqual([
      "ok       files.brand  lune       it is right",
      "warning  log.stops    meta/1001  stopped\ufffd[2J",
      "         to do: palier resume",
      "",
      "1 ok, 1 to look at, 0 failed.",
    ]);
  });
});

function isApplied({ applied }: { applied: boolean }): boolean {
  return applied;
}

/** What is changed in the brand file for a case of that name. */
function edits(name: string): [string, string] {
  switch (name) {
    case "USD":
      return ['"EUR"', '"USD"'];
    case "Europe/Lisbon":
      return ["Europe/Paris", name];
    case "complete_registration":
      return ["omni_purchase", name];
    case "Purchase (wbe)":
      return ["Purchase (web)", name];
    default:
      return ['"packs": { "roads": {} }', '"packs": {}'];
  }
}

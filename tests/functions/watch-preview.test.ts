import { readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { watchedBrand, watchedDataset, watchPreview } from "../../functions/cli/watch-preview.ts";
import { planOnGround, previewGround } from "../../lib/loop/preview.ts";
import { openDataset, previewPorts } from "../../lib/runtime/dataset.ts";
import { nodeFiles } from "../../lib/runtime/files.ts";
import { aDatasetFolder } from "../support/dataset.ts";
import { aHome, closeWorkspaces, openHome } from "../support/home.ts";
import { BRAND_FILE, RAISE_FILE, rulesWith } from "../support/rules-folder.ts";

/** An edit, and then what the watcher would tell of it; a save may tell of itself several times. */
async function* saves(edits: readonly (() => void)[]): AsyncGenerator<void> {
  yield;
  for (const edit of edits) {
    edit();
    yield;
    yield;
  }
}

function replacing(file: string, from: string, to: string): () => void {
  return () => writeFileSync(file, readFileSync(file, "utf8").replace(from, to));
}

/** What stands on both streams, no-break spaces and line ends as plain spaces. */
function heard() {
  const texts: string[] = [];
  const spies = [process.stdout, process.stderr].map((stream) =>
    vi.spyOn(stream, "write").mockImplementation((text) => {
      texts.push(String(text).replace(/\s+/g, " ").trim());
      return true;
    }),
  );
  onTestFinished(() => {
    for (const spy of spies) spy.mockRestore();
  });
  return texts;
}

/** Watches the first night of the sandbox while the edits are made to a copy of the shipped rules. */
async function watching(edits: (rules: string) => (() => void)[], options: { json?: boolean } = {}) {
  const rules = rulesWith();
  const workspace = await openHome(await aHome(), { rulesFolder: rules });
  onTestFinished(() => workspace.close());
  const { ports, config } = workspace;
  const ground = await previewGround(ports, config);
  const plan = await planOnGround(ports, config, ground);
  ports.platform = async () => {
    throw new Error("fetched a second time");
  };
  const watched = watchedBrand(workspace, rules, ground, saves(edits(rules)));
  const told = heard();
  const last = await watchPreview(watched, { config, plan }, options);
  return { told, last, plan };
}

describe("functions/cli/watch-preview", () => {
  afterAll(closeWorkspaces);

  it("tells which amounts an edit changes, fetches nothing again and says nothing twice", async () => {
    const { told } = await watching((rules) => [
      replacing(path.join(rules, RAISE_FILE), '"percent": 20', '"percent": 10'),
    ]);
    expect(told).toHaveLength(2);
    expect(told[0]).toBe("Watching rules and brand file; Ctrl-C ends it.");
    expect(told[1]).toMatch(/^Different \(6\) /);
    expect(told[1]).toContain(
      "UGC Clara, Meta ad set [raise-proven] was €105.00 -> €126.00 a day (+20%, +€21.00), proposed " +
        "now €105.00 -> €115.50 a day (+10%, +€10.50), proposed",
    );
    expect(told[1]).toContain(
      "was raise +20%, blocked (still in the learning phase) now raise +10%, blocked",
    );
  });

  it("tells what is gone, and against the last save what comes back", async () => {
    const off = (rules: string) => path.join(rules, BRAND_FILE);
    const { told } = await watching((rules) => [
      replacing(
        off(rules),
        '"packs": { "roads": {} }',
        '"packs": { "roads": { "off": ["pause-no-conversion"] } }',
      ),
      replacing(
        off(rules),
        '"packs": { "roads": { "off": ["pause-no-conversion"] } }',
        '"packs": { "roads": {} }',
      ),
    ]);
    expect(told.slice(1)).toEqual([
      expect.stringMatching(
        /^Gone \(2\) Yoga and meditation, Meta ad set \[pause-no-conversion\]: active -> paused, which stops €22.00 a day, proposed Scented candles/,
      ),
      expect.stringMatching(/^Added \(2\) Yoga and meditation/),
    ]);
  });

  it("tells of notices, and of an edit that changes nothing tonight", async () => {
    const { told } = await watching((rules) => [
      replacing(
        path.join(rules, "packs/roads/stage-outside-band.json"),
        '"mode": "propose"',
        '"mode": "shadow"',
      ),
      replacing(path.join(rules, RAISE_FILE), '"owner": "media team"', '"owner": "lea"'),
    ]);
    expect(told.slice(1)).toEqual([
      "Gone (1) Atelier Lune (brand) [stage-outside-band]: people are told",
      "This edit changes nothing tonight.",
    ]);
  });

  it("tells of a broken file, waits for a right one, and compares with the last plan", async () => {
    const { told, last, plan } = await watching((rules) => {
      const file = path.join(rules, RAISE_FILE);
      const text = readFileSync(file, "utf8");
      return [() => writeFileSync(file, "{"), () => rmSync(file), () => writeFileSync(file, text)];
    });
    expect(told.slice(1)).toEqual([
      expect.stringContaining(`${RAISE_FILE}:1 found the end of the line`),
      expect.stringMatching(/^Gone \(6\) /),
      expect.stringMatching(/^Added \(6\) /),
    ]);
    expect(last.changes).toEqual(plan.changes);
  });

  it("judges no edit that changes what would have to be fetched", async () => {
    const { told, last, plan } = await watching((rules) => [
      replacing(
        path.join(rules, BRAND_FILE),
        '{ "platform": "google", "id": "2000000002" }',
        '{ "platform": "google", "id": "2000000003" }',
      ),
    ]);
    expect(told[1]).toContain("end this with Ctrl-C and start it again");
    expect(last).toBe(plan);
  });

  it("gives machines a line for each save", async () => {
    const { told } = await watching(
      (rules) => [
        replacing(path.join(rules, RAISE_FILE), '"percent": 20', '"percent": 10'),
        replacing(path.join(rules, RAISE_FILE), '"percent": 10', '"percent": '),
      ],
      { json: true },
    );
    const [difference, failure] = told.map((line) => JSON.parse(line));
    expect(difference).toMatchObject({ added: [], gone: [], refused: null });
    expect(difference.different).toHaveLength(6);
    expect(difference.different[0].after).toMatchObject({
      kind: "change",
      ruleId: "raise-proven",
      outcome: "proposed",
    });
    expect(failure.error.code).toBe("config.invalid");
  });

  it("watches a dataset's brand file and reads its figures once", async () => {
    const days = Array.from({ length: 28 }, (_, index) => `2026-02-${String(index + 1).padStart(2, "0")}`);
    const folder = aDatasetFolder({
      "accounts.csv": ["platform,account_id,currency,time_zone,name", "meta,1001,EUR,Europe/Paris,Lune"],
      "entities.csv": [
        "platform,account_id,level,id,parent_id,name,status,created_on,daily_budget,learning",
        "meta,1001,campaign,c1,,PROS Europe,active,2025-11-01,,",
        "meta,1001,adGroup,g1,c1,Never sold,active,2025-11-01,60,learned",
      ],
      "insights.csv": [
        "platform,account_id,level,entity_id,date,spend,impressions,clicks,conversions,conversion_value",
        ...days.map((day) => `meta,1001,adGroup,g1,${day},10,1000,20,0,0`),
      ],
      "brand.json": JSON.stringify({
        ...{ id: "my-shop", name: "My shop", currency: "EUR", zone: "Europe/Paris" },
        accounts: [{ platform: "meta", id: "1001" }],
        parameters: { targetCpa: { unit: "money", default: 60 } },
        groups: { stage: { prospecting: { campaigns: ["PROS *"] } } },
        packs: { roads: {} },
      }),
    });
    const options = { rules: "rules", home: "" };
    const open = await openDataset({
      folder,
      brandFile: null,
      asOf: "2026-03-01",
      rulesFolder: "rules",
      files: nodeFiles(),
    });
    const ports = previewPorts(open);
    const ground = await previewGround(ports, open.config);
    const plan = await planOnGround(ports, open.config, ground);
    rmSync(path.join(folder, "insights.csv"));
    const changes = saves([replacing(path.join(folder, "brand.json"), '"default":60', '"default":40')]);
    const told = heard();
    await watchPreview(watchedDataset(open, options, ground, changes), { config: open.config, plan }, {});
    expect(told.slice(1)).toEqual([
      "Added (1) Never sold [pause-no-conversion]: active -> paused, which stops €60.00 a day, only watched",
    ]);
  });
});

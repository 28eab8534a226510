import { inspect } from "node:util";
import { expect, it } from "vitest";
import { PlatformError } from "../../../lib/platforms/errors.ts";
import type { FetchRequest } from "../../../lib/platforms/port.ts";
import { type Answered, isSameRequest } from "./relay.ts";
import { aContractWorld, type ContractSetup, type ContractWorld } from "./setup.ts";

/** More than any adapter tries. */
const ALWAYS = 6;

/** Reads when something is wrong: an account fails as a whole, never as a smaller number. */
export function describeFailures(setup: ContractSetup): void {
  const { manifest, listRead, historyRead } = setup;

  it("fails the account wherever an answer breaks off for good, and only then", async () => {
    const contract = await aContractWorld(setup);
    const { relay } = contract;
    const request = await contract.request({ levels: setup.levels, days: 3, ...setup.further });
    relay.paging = setup.smallPages;
    const whole = await contract.platform.fetchAccount(request);
    const steps = [...relay.asked];
    for (const step of steps) {
      relay.spoil = (asked, answered) => (isSameRequest(asked, step) ? "cut" : answered);
      expect(await failureOf(contract, request), `${step.path} ${step.body}`).toBeInstanceOf(PlatformError);
    }
    relay.spoil = onceEach();
    const { snapshot } = await contract.platform.fetchAccount(request);
    expect(snapshot).toEqual(whole.snapshot);
  });

  it.each([
    ["breaks off", "malformed"],
    ["is a gateway's page", "html502"],
    ["never comes", "dropBefore"],
  ] as const)("fails the account when a list %s however often it is asked for", async (_, kind) => {
    const contract = await aContractWorld(setup);
    await contract.fault(listRead, { kind }, ALWAYS);
    expect(await failureOf(contract)).toMatchObject({ details: { platform: manifest.id } });
  });

  it.each([{ kind: "html502" }, { kind: "dropBefore" }, { kind: "malformed" }] as const)(
    "reads the same after $kind, once that has passed",
    async (kind) => {
      const contract = await aContractWorld(setup);
      const whole = await contract.platform.fetchAccount(await contract.request());
      await contract.fault(listRead, kind);
      const { snapshot, requests } = await contract.platform.fetchAccount(await contract.request());
      expect(snapshot).toEqual(whole.snapshot);
      expect(requests).toBe(whole.requests + 1);
    },
  );

  it("refuses an answer about another account", async () => {
    const contract = await aContractWorld(setup);
    await contract.fault(listRead, { kind: "wrongAccount" }, ALWAYS);
    expect(await failureOf(contract)).toMatchObject({ details: { kind: "malformed" } });
  });

  it("stops bulk reading once the quota is used up, and tells how long", async () => {
    const contract = await aContractWorld(setup);
    await setup.exhaust(contract);
    const failure = await failureOf(contract);
    expect(failure).toMatchObject({
      details: { platform: manifest.id, kind: "throttled", retryAfterMs: setup.retryAfterMs },
    });
    expect(contract.relay.asked).toHaveLength(1);
  });

  it("does not try an expired token again, and shows nothing of it", async () => {
    const contract = await aContractWorld(setup);
    await contract.fault(listRead, { kind: "expiredToken" });
    const failure = await failureOf(contract);
    expect(failure).toMatchObject({ details: { platform: manifest.id, kind: "auth" } });
    const { path } = contract.relay.asked.at(-1) ?? {};
    expect(path).toContain(setup.account.accountId);
    expectNoSecret(contract, failure);
    await contract.platform.fetchAccount(await contract.request());
  });

  it("shows no secret even where the platform repeats it", async () => {
    const contract = await aContractWorld(setup);
    const { relay, platform } = contract;
    await platform.fetchAccount(await contract.request());
    const echo = [...relay.secrets].join(" and ");
    relay.spoil = (_, answered) => ({
      ...answered,
      body: answered.body.replaceAll('"message":"', `"message":"${echo} `),
    });
    await contract.fault(listRead, { kind: "permissionDenied" }, ALWAYS);
    const failure = await failureOf(contract);
    expect(failure).toMatchObject({ details: { kind: "auth" } });
    expectNoSecret(contract, failure);
  });

  it("fetches the rest where the history may not be read", async () => {
    const contract = await aContractWorld(setup);
    const { snapshot: whole } = await contract.platform.fetchAccount(await contract.request());
    await contract.fault(historyRead, { kind: "permissionDenied" }, 2);
    const { snapshot } = await contract.platform.fetchAccount(await contract.request());
    expect(whole.history).not.toBeNull();
    expect(snapshot).toEqual({ ...whole, history: null });
    const { editsFromMs, nowMs } = await contract.request();
    expect(await contract.platform.readEdits(setup.account, editsFromMs, nowMs)).toBeNull();
  });

  it.each(["expiredToken", "malformed", "html502"] as const)(
    "fails the account when its history meets %s: no edits and an unread history differ",
    async (kind) => {
      const contract = await aContractWorld(setup);
      await contract.fault(historyRead, { kind }, ALWAYS);
      expect(await failureOf(contract)).toBeInstanceOf(PlatformError);
    },
  );
}

async function failureOf({ platform, request }: ContractWorld, asked?: FetchRequest): Promise<unknown> {
  return await platform.fetchAccount(asked ?? (await request())).then(
    () => "fetched",
    (error: unknown) => error,
  );
}

/** Breaks off the first answer to each request. */
function onceEach() {
  const broken = new Set<string>();
  return (asked: object, answered: Answered) => {
    const key = JSON.stringify(asked);
    if (broken.has(key)) return answered;
    broken.add(key);
    return "cut";
  };
}

function expectNoSecret({ relay }: ContractWorld, failure: unknown): void {
  expect(failure).toBeInstanceOf(PlatformError);
  const shown = [
    String(failure),
    JSON.stringify(failure),
    inspect(failure, { depth: null, showHidden: true }),
    failure instanceof Error ? `${failure.message} ${failure.stack}` : "",
  ].join("\n");
  expect(relay.secrets.size).toBeGreaterThan(0);
  for (const secret of relay.secrets) expect(shown).not.toContain(secret);
}

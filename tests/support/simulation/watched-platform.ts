/** A platform whose every call is witnessed, and where something may happen before and after each. */
import { accountKey } from "../../../lib/domain/ids.ts";
import { PlatformError } from "../../../lib/platforms/errors.ts";
import { createGooglePlatform } from "../../../lib/platforms/google/index.ts";
import { createMetaPlatform } from "../../../lib/platforms/meta/index.ts";
import type { Platform } from "../../../lib/platforms/port.ts";
import { type RunningSandbox, SANDBOX_TOKEN } from "../../../lib/sandbox/index.ts";
import { BRAND } from "../home.ts";
import type { Machine } from "./machine.ts";
import { activeCents, type PlatformId, type WriteCall } from "./witness.ts";

export function sandboxPlatform(id: PlatformId, { url, grpcPort }: RunningSandbox): Platform {
  const shared = { sleep: async () => {} };
  if (id === "meta") return createMetaPlatform({ ...shared, token: SANDBOX_TOKEN, baseUrl: url });
  const credentials = {
    developerToken: SANDBOX_TOKEN,
    clientId: SANDBOX_TOKEN,
    clientSecret: SANDBOX_TOKEN,
    refreshToken: SANDBOX_TOKEN,
  };
  return createGooglePlatform({ ...shared, ...credentials, standIn: { url, grpcPort } });
}

export function watchedPlatform(
  machine: Machine,
  id: PlatformId,
  platform: Platform,
  writerId: string,
): Platform {
  const { world, store, writes } = machine;
  let editsAtRead = 0;
  return {
    async fetchAccount(request) {
      await machine.hook("before fetch", writerId);
      refuseWhileDown(machine, id);
      const state = await world.state();
      const before = activeCents(state);
      const result = await platform.fetchAccount(request);
      const roundId = `${BRAND}/${request.today}/night`;
      const known = machine.startCents.get(roundId) ?? 0;
      machine.startCents.set(roundId, Math.max(known, before, activeCents(await world.state())));
      const { history } = result.snapshot;
      machine.fetches.push({
        roundId,
        account: accountKey(request.account),
        atMs: request.nowMs,
        ledgerBefore: state.ledger.length,
        edits: history?.edits.length ?? null,
      });
      await machine.hook("after fetch", writerId);
      return result;
    },
    async checkAccess() {
      throw new Error("unstated: no night checks its access");
    },
    async readHolder(target) {
      await machine.hook("before read", writerId);
      refuseWhileDown(machine, id);
      const live = await platform.readHolder(target);
      editsAtRead = machine.edits;
      await machine.hook("after read", writerId);
      return live;
    },
    async readEdits(account, fromMs, nowMs) {
      await machine.hook("before history", writerId);
      refuseWhileDown(machine, id);
      const history = await platform.readEdits(account, fromMs, nowMs);
      // Remembered by the machine: another process may send what this one found out.
      if ((history?.edits.length ?? 0) === 0) machine.dark.add(accountKey(account));
      else machine.dark.delete(accountKey(account));
      return history;
    },
    async preflight(target, edit, live) {
      await machine.hook("before preflight", writerId);
      if (machine.down.has(id)) return { kind: "notOffered" };
      return await platform.preflight(target, edit, live);
    },
    async write(target, edit, live) {
      await machine.hook("before write", writerId);
      await machine.beforeWrite(id);
      const position = (await store.read(BRAND, 1)).length;
      const ledgerBefore = (await world.ledger()).length;
      const raced = machine.edits !== editsAtRead;
      const { id: targetId } = target;
      const account = accountKey(target);
      const blind = machine.dark.has(account);
      const made = { writerId, position, targetId, account, raced, blind, edit };
      const call: WriteCall = { ...made, ledgerBefore, ledgerAfter: null, outcome: null };
      writes.push(call);
      const outcome = machine.down.has(id) ? NO_ANSWER : await platform.write(target, edit, live);
      call.ledgerAfter = (await world.ledger()).length;
      call.outcome = outcome.kind;
      machine.trace.push(
        `    write ${id} ${targetId.slice(-4)} ${JSON.stringify(edit, bigints)} -> ${outcome.kind}`,
      );
      if (outcome.kind === "unknown") await machine.afterUnknown(call);
      await machine.hook("after write", writerId);
      return outcome;
    },
  };
}

const NO_ANSWER = { kind: "unknown", code: "down", detail: "no answer" } as const;

function refuseWhileDown({ down }: Machine, platform: PlatformId): void {
  if (!down.has(platform)) return;
  const nothing = { code: null, subcode: null, traceId: null, retryAfterMs: null };
  throw new PlatformError("no answer", { platform, kind: "unavailable", ...nothing });
}

function bigints(_: string, value: unknown): unknown {
  return typeof value === "bigint" ? Number(value / 10_000n) : value;
}

/** Google Ads over its SDK. Everything outside knows it as an `OpenPlatform`. */
import type { Edit } from "../../domain/change.ts";
import type { TargetRef } from "../../domain/ids.ts";
import type { LiveHolder, OpenPlatform, PlatformModule } from "../port.ts";
import { readAccess } from "./access.ts";
import { createGoogleApi, type GoogleApiOptions } from "./api.ts";
import { googleCredentials } from "./credentials.ts";
import { listAccounts, listConversions } from "./directory.ts";
import { digitsOf } from "./gaql.ts";
import { readAccount, readBillableUnit, readEdits, readHolder } from "./read.ts";
import { answeredAfter, createReadSession, type ReadSession } from "./session.ts";
import { ask, mutationOf, send } from "./write.ts";

export interface GoogleOptions extends GoogleApiOptions {
  /** Waits between a failed read and its retry. */
  sleep(ms: number): Promise<void>;
}

/** @throws PlatformError when the options cannot work; every call of the result throws nothing else. */
export function createGooglePlatform(options: GoogleOptions): OpenPlatform {
  const api = createGoogleApi(options);
  const { sleep } = options;
  /** By account: neither its currency nor that currency's smallest step ever changes. */
  const units = new Map<string, bigint>();

  const sessionFor = (accountId: string) => createReadSession({ api, accountId: digitsOf(accountId), sleep });

  async function learnUnit(session: ReadSession, accountId: string, currency: string): Promise<void> {
    if (!units.has(accountId)) units.set(accountId, await readBillableUnit(session, currency));
  }

  async function liveHolder(target: TargetRef): Promise<LiveHolder> {
    const session = sessionFor(target.accountId);
    const { live, currency } = await readHolder(session, target);
    // Learnt with the live read that precedes every write: a write reads nothing, for its live read ages meanwhile.
    await learnUnit(session, target.accountId, currency);
    return live;
  }

  const planned = (target: TargetRef, edit: Edit, live: LiveHolder) =>
    mutationOf(target, edit, live, units.get(target.accountId) ?? null);

  return {
    async fetchAccount(request) {
      const session = sessionFor(request.account.accountId);
      const snapshot = await readAccount(session, request);
      units.set(snapshot.accountId, snapshot.budgetUnitMicros);
      return { snapshot, requests: session.requests() };
    },
    readHolder: liveHolder,
    async readEdits({ accountId }, fromMs, nowMs) {
      return await readEdits(sessionFor(accountId), { accountId, fromMs, nowMs });
    },
    async listAccounts() {
      const { loginCustomerId } = api;
      const direct = async () => await answeredAfter(api.accessible, sleep);
      return await listAccounts({ loginCustomerId, direct, sessionFor });
    },
    async listConversions({ accountId }, days, today) {
      return await listConversions(sessionFor(accountId), accountId, days, today);
    },
    async checkAccess({ accountId }) {
      return await readAccess(api, sessionFor(accountId), accountId);
    },
    async preflight(target, edit, live) {
      const plan = planned(target, edit, live);
      return plan.kind === "mutation" ? await ask(api, target.accountId, plan.mutation) : plan;
    },
    async write(target, edit, live) {
      const plan = planned(target, edit, live);
      return plan.kind === "mutation" ? await send(api, target.accountId, plan.mutation) : plan;
    },
  };
}

export const googleModule: PlatformModule = {
  fromEnvironment: (env, { sleep }) => createGooglePlatform({ ...googleCredentials(env), sleep }),
  fromSandbox: ({ url, grpcPort, token }, { sleep }) =>
    createGooglePlatform({
      developerToken: token,
      clientId: token,
      clientSecret: token,
      refreshToken: token,
      standIn: { url, grpcPort },
      sleep,
    }),
};

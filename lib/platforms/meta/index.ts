/** Meta over its official SDK. Everything outside knows it as an `OpenPlatform`. */
import type { Edit } from "../../domain/change.ts";
import type { TargetRef } from "../../domain/ids.ts";
import { PlatformError } from "../errors.ts";
import type { LiveHolder, OpenPlatform, PlatformModule } from "../port.ts";
import { readAccess } from "./access.ts";
import { createMetaApi, type MetaApiOptions } from "./api.ts";
import { metaCredentials } from "./credentials.ts";
import { listAccounts, listConversions } from "./directory.ts";
import { failureOf, platformError } from "./errors.ts";
import { readHistory } from "./history.ts";
import { idSegment, readAccount, readCurrency, readHolder, refuseSharedBudget } from "./read.ts";
import { createReadSession } from "./session.ts";
import { writeEdit } from "./write.ts";

export interface MetaOptions extends MetaApiOptions {
  /** Waits between a failed read and its retry. */
  sleep(ms: number): Promise<void>;
}

/** @throws PlatformError when the options cannot work; every call of the result throws nothing else. */
export function createMetaPlatform(options: MetaOptions): OpenPlatform {
  const api = createMetaApi(options);
  const { sleep } = options;
  /** An account's currency never changes, and a budget's unit depends on it. */
  const currencies = new Map<string, string>();

  async function currencyOf(accountId: string): Promise<string> {
    const known = currencies.get(accountId);
    if (known !== undefined) return known;
    const currency = await readCurrency(createReadSession({ api, sleep, stopsAtUsage: false }), accountId);
    currencies.set(accountId, currency);
    return currency;
  }

  return {
    async fetchAccount(request) {
      const session = createReadSession({ api, sleep, stopsAtUsage: true });
      const snapshot = await readAccount(session, request);
      currencies.set(snapshot.accountId, snapshot.currency);
      return { snapshot, requests: session.requests() };
    },
    async readHolder(target) {
      refuseSharedBudget(target);
      const currency = await currencyOf(target.accountId);
      return await readHolder(createReadSession({ api, sleep, stopsAtUsage: false }), target, currency);
    },
    async readEdits(account, fromMs, nowMs) {
      const accountId = idSegment(account.accountId);
      const currency = await currencyOf(accountId);
      const session = createReadSession({ api, sleep, stopsAtUsage: false });
      return await readHistory(session, { accountId, currency, fromMs, nowMs });
    },
    listAccounts: async () => await listAccounts(createReadSession({ api, sleep, stopsAtUsage: true })),
    async listConversions(account, days, today) {
      return await listConversions(
        createReadSession({ api, sleep, stopsAtUsage: true }),
        account,
        days,
        today,
      );
    },
    checkAccess: async () => await readAccess(api, options.token),
    // Meta documents execution_options: validate_only. A server that overlooked it would make the change, and that before
    // the log says that one is being made.
    preflight: async () => ({ kind: "notOffered" }),
    async write(target, edit, live) {
      try {
        refuseSharedBudget(target);
        refuseOtherHolder(target, edit, live);
        // Known from the live read that precedes every write, so that the one request is the change itself.
        return await writeEdit(api, target, edit, await currencyOf(target.accountId));
      } catch (error) {
        // Only what comes before the request throws: an unreadable currency or an impossible target.
        if (error instanceof PlatformError)
          return { kind: "refused", code: "notSent", detail: error.message };
        throw error;
      }
    },
  };
}

export const metaModule: PlatformModule = {
  fromEnvironment: (env, { sleep }) => createMetaPlatform({ ...metaCredentials(env), sleep }),
  fromSandbox: ({ url, token }, { sleep }) => createMetaPlatform({ token, baseUrl: url, sleep }),
};

/** A read of another holder says nothing about this one, and one without a daily budget shows none to change. @throws PlatformError */
function refuseOtherHolder({ id }: TargetRef, { kind }: Edit, live: LiveHolder): void {
  if (live.budgetName !== id) {
    throw platformError(failureOf("invalid", `the live read was of ${live.budgetName}, not of ${id}`));
  }
  if (kind === "dailyBudget" && live.dailyBudgetMicros === null) {
    throw platformError(failureOf("invalid", `the live read shows no daily budget of ${id}`));
  }
}

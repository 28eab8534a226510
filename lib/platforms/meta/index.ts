/** Meta over its official SDK. Everything outside knows it as a `Platform`. */
import { PlatformError } from "../errors.ts";
import type { Platform } from "../port.ts";
import { createMetaApi, type MetaApiOptions } from "./api.ts";
import { readAccount, readCurrency, readHolder, refuseSharedBudget } from "./read.ts";
import { createReadSession } from "./session.ts";
import { writeEdit } from "./write.ts";

export interface MetaOptions extends MetaApiOptions {
  /** Waits between a failed read and its retry. */
  sleep(ms: number): Promise<void>;
}

/** @throws PlatformError when the options cannot work; every call of the result throws nothing else. */
export function createMetaPlatform(options: MetaOptions): Platform {
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
    async write(target, edit) {
      try {
        refuseSharedBudget(target);
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

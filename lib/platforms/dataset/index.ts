/** The accounts of one platform in a dataset folder: everything can be read, nothing can be changed. */
import type { Dataset } from "../../dataset/types.ts";
import { accountKey } from "../../domain/ids.ts";
import type { OpenPlatform } from "../port.ts";
import { accountBefore, accountIn, failure, type Place } from "./account.ts";
import { accountsOf, conversionsOf } from "./directory.ts";

export { accountThrough } from "./account.ts";

const READ_ONLY = {
  kind: "refused",
  code: "dataset.readOnly",
  detail: "a dataset is read-only: nothing is behind it that could be changed",
} as const;

/** `elsewhere` is what the brand file says of accounts that accounts.csv does not name. */
export function openDatasetPlatform(dataset: Dataset, platform: string, elsewhere: Place): OpenPlatform {
  return {
    async fetchAccount(request) {
      const snapshot = accountBefore(dataset, elsewhere, request);
      // Nobody's hand is in a dataset. As unknown it would forbid every raise; whoever shows a plan on it says what it assumes.
      return { snapshot: { ...snapshot, history: { fromMs: request.editsFromMs, edits: [] } }, requests: 0 };
    },
    async readHolder(target) {
      const message = `${accountKey(target)} is in a dataset: how it is on the platform right now cannot be read`;
      throw failure(target, "invalid", READ_ONLY.code, message);
    },
    readEdits: async () => null,
    async checkAccess(account) {
      accountIn(dataset, account);
      const unsaid = { endsAtMs: null, quotaUsedPercent: null, platformMs: null };
      return { writing: "refused", detail: READ_ONLY.detail, ...unsaid };
    },
    preflight: async () => READ_ONLY,
    write: async () => READ_ONLY,
    listAccounts: async () => accountsOf(dataset, platform, elsewhere),
    listConversions: async (account, days, today) =>
      conversionsOf(dataset, elsewhere, { account, levels: [], days, today, nowMs: 0 }),
  };
}

/** Which accounts a brand may touch: its file's, as it is now, whatever older plans and intents name. */
import type { Brand } from "../domain/brand.ts";
import { type AccountRef, accountKey } from "../domain/ids.ts";
import { PlatformError } from "../platforms/errors.ts";

/** The failure of a step that would have to call an account which is not the brand's; null when it is. */
export function unboundAccount(brand: Brand, account: AccountRef): PlatformError | null {
  const key = accountKey(account);
  if (brand.accounts.some((one) => accountKey(one) === key)) return null;
  return new PlatformError(
    `account ${key} is not in the file of brand ${brand.id} any more, so it is not called: put it back until its last ` +
      "change is settled",
    {
      platform: account.platform,
      kind: "invalid",
      code: "account.unbound",
      subcode: null,
      traceId: null,
      retryAfterMs: null,
    },
  );
}

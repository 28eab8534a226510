/** What ends by itself: access tokens and versions of the platforms' APIs. Counted after a night or a change, for the alarms. */
import type { Brand } from "../../domain/brand.ts";
import { daysBetween, localDay } from "../../domain/day.ts";
import type { Clock, LoopPorts } from "../../loop/ports.ts";
import { PlatformError } from "../../platforms/errors.ts";
import { manifests } from "../../platforms/index.ts";
import type { Telemetry } from "./telemetry.ts";

/** Brands share credentials: one question a platform and container in so much time says enough. */
const ASK_EVERY_MS = 6 * 3_600_000;
const MS_PER_HOUR = 3_600_000;

export interface Watch {
  /** Never throws for a platform's answer: the work is done and nothing of it hangs on this. */
  afterWork(ports: Pick<LoopPorts, "platform" | "clock">, brand: Brand): Promise<void>;
}

export function createWatch(telemetry: Telemetry): Watch {
  const askedAtMs = new Map<string, number>();

  async function isDue(platform: string, clock: Clock): Promise<boolean> {
    const nowMs = await clock.nowMs();
    const before = askedAtMs.get(platform);
    if (before !== undefined && nowMs < before + ASK_EVERY_MS) return false;
    askedAtMs.set(platform, nowMs);
    return true;
  }

  return {
    async afterWork(ports, { accounts, zone }) {
      const nowMs = await ports.clock.nowMs();
      const firsts = new Map(accounts.toReversed().map((account) => [account.platform, account]));
      for (const [id, account] of firsts) {
        if (!(await isDue(id, ports.clock))) continue;
        const ends = manifests.find((manifest) => manifest.id === id)?.apiVersionEnds ?? null;
        if (ends !== null)
          telemetry.count("ApiVersionDaysLeft", Math.max(0, daysBetween(localDay(nowMs, zone), ends)));
        try {
          const { endsAtMs } = await (await ports.platform(id)).checkAccess(account);
          if (endsAtMs !== null)
            telemetry.count("TokenHoursLeft", Math.max(0, Math.floor((endsAtMs - nowMs) / MS_PER_HOUR)));
        } catch (error) {
          if (!(error instanceof PlatformError)) throw error;
          telemetry.error("the credential could not be looked at", error, { platform: id });
        }
      }
    },
  };
}

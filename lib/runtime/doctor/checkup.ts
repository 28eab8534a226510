/** Examines one brand: everything that a night needs, asked for without changing anything. */
import { localDay } from "../../domain/day.ts";
import { accountKey } from "../../domain/ids.ts";
import type { BrandConfig, LoopPorts } from "../../loop/ports.ts";
import { hasLeftShadow } from "../../loop/source-changes.ts";
import { manifests } from "../../platforms/index.ts";
import type { Environment, Platform } from "../../platforms/port.ts";
import { checkAccess, type Role } from "./access.ts";
import { checkAccount } from "./account.ts";
import { attempted, type Finding, ok } from "./finding.ts";
import { checkLog } from "./log.ts";
import { checkShop } from "./shop.ts";
import { judgeVersion } from "./version.ts";

/** One set of credentials: on one machine there is one for everything, in a deployment reading and writing are apart. */
export interface CredentialSet {
  role: Role;
  /** The names and values that the platform's adapter is given. @throws RuntimeError */
  environment(platform: string): Promise<Environment>;
  /** @throws PlatformError, RuntimeError */
  open(platform: string): Promise<Platform>;
}

export interface Checkup {
  config: BrandConfig;
  ports: Pick<LoopPorts, "log" | "shop" | "clock" | "stops">;
  credentials: CredentialSet;
  /** True where nights come by themselves, so that one which did not is a failure. */
  deployed: boolean;
  /** This machine's clock. */
  wallMs(): number;
}

export async function examine(checkup: Checkup): Promise<Finding[]> {
  const { config, ports } = checkup;
  const { brand } = config;
  const nowMs = await ports.clock.nowMs();
  const platforms = [...new Set(brand.accounts.map(({ platform }) => platform))];
  // A log that cannot be followed is told below; until it can, nothing of its brand is changed.
  const leftShadow = await ports.log.state(brand.id).then(
    (state) => hasLeftShadow(config, state),
    () => false,
  );
  const findings: Finding[] = [];
  for (const platform of platforms) {
    findings.push(...(await examinePlatform(checkup, platform, { nowMs, leftShadow })));
  }
  findings.push(...(await attempted("shop.figures", brand.id, () => checkShop(brand, ports.shop, nowMs))));
  const { deployed } = checkup;
  findings.push(
    ...(await attempted("log.readable", brand.id, () => checkLog(brand, ports, { deployed, nowMs }))),
  );
  return findings;
}

async function examinePlatform(
  { config: { brand }, credentials, wallMs }: Checkup,
  id: string,
  { nowMs, leftShadow }: { nowMs: number; leftShadow: boolean },
): Promise<Finding[]> {
  const opened = await attempted("credentials.present", id, async () => {
    await credentials.open(id);
    return [ok("credentials.present", id, "everything that the platform needs is set")];
  });
  if (opened.some(({ status }) => status === "failed")) return [...opened];
  const manifest = manifests.find((one) => one.id === id);
  const findings: Finding[] = [...opened];
  if (manifest !== undefined) {
    const environment = await credentials.environment(id);
    findings.push(judgeVersion(manifest, environment, localDay(nowMs, brand.zone)));
  }
  const platform = await credentials.open(id);
  for (const account of brand.accounts.filter((one) => one.platform === id)) {
    const key = accountKey(account);
    findings.push(
      ...(await attempted("account.readable", key, () => checkAccount(brand, account, platform, nowMs))),
      ...(await attempted("access.told", key, () =>
        checkAccess(account, platform, { role: credentials.role, leftShadow, wallMs }),
      )),
    );
  }
  return findings;
}

/** The check-up of a brand in a deployment: as it is published, with the credential that reads. */
import type { BlobStore } from "../../blobs/store.ts";
import type { Brand } from "../../domain/brand.ts";
import { hashOf } from "../../domain/canonical.ts";
import { localDay } from "../../domain/day.ts";
import { configOn } from "../../loop/config.ts";
import type { BrandConfig } from "../../loop/ports.ts";
import { loadPublished, publishedSource } from "../../loop/publish.ts";
import { hasLeftShadow } from "../../loop/source-changes.ts";
import type { Platform } from "../../platforms/port.ts";
import { dynamoPushStore } from "../../shops/push/dynamo-store.ts";
import { createPushShop } from "../../shops/push/index.ts";
import { awsSecrets, type Secrets, type SecretValues } from "../aws/secrets.ts";
import type { OpenStage } from "../stage.ts";
import { examine } from "./checkup.ts";
import { checkDeadLetters, checkSecrets, readSecret } from "./deployment.ts";
import { judgeFiles } from "./files.ts";
import { attempted, type Finding, failed, ok, warning } from "./finding.ts";
import { type AskSlack, checkSlack } from "./slack.ts";

export interface DeployedOptions {
  stage: OpenStage;
  /** The brand as its files on this machine have it. */
  onDisk: BrandConfig;
  openPlatform(id: string, values: SecretValues): Promise<Platform>;
  wallMs(): number;
  /** Null without the bot's token, which stays in the deployment: whoever checks up brings it along. */
  slack: AskSlack | null;
}

/** Never throws for what is wrong with the deployment: that is what it finds. */
export async function examineDeployed(options: DeployedOptions): Promise<Finding[]> {
  const { stage, onDisk, openPlatform, wallMs } = options;
  const { clients, log, clock, blobs, store } = stage;
  const { brand } = onDisk;
  const read: { config: BrandConfig | null } = { config: null };
  const published = await attempted("published.source", brand.id, async () => {
    const state = await log.state(brand.id);
    if (state.published === null) return [nothingPublished(brand.id)];
    read.config = await configFrom(blobs, state.published.sourceHash, await clock.nowMs());
    return [judgePublished(onDisk, state.published)];
  });
  const config = read.config ?? onDisk;
  const secrets = awsSecrets(clients.secrets, () => performance.now());
  const environment = (platform: string) => secretsOf(secrets, platform);
  const shop = shopOf(config.brand, stage);
  return [
    ok("deployment.stage", stage.target.name, `account ${stage.target.account}, bucket ${stage.bucket}`),
    ...published,
    ...judgeFiles(config),
    ...(await attempted("deployment.secrets", brand.id, async () => {
      const leftShadow = hasLeftShadow(config, await log.state(brand.id));
      return await checkSecrets(clients.secrets, { brand: config.brand, leftShadow });
    })),
    ...(await checkDeadLetters(clients.sqs)),
    ...(await checkSlack(config.brand, options.slack)),
    ...(await examine({
      config,
      ports: { log, clock, shop, stops: async () => await store.controlStops() },
      credentials: {
        role: "reading",
        environment,
        open: async (platform) => await openPlatform(platform, await environment(platform)),
      },
      deployed: true,
      wallMs,
    })),
  ];
}

function nothingPublished(brand: string): Finding {
  const fix = `publish it: npm run palier -- publish --brand ${brand} --stage <stage>`;
  return failed("published.source", brand, "nothing is published, so the deployment leaves it alone", fix);
}

function judgePublished(
  onDisk: BrandConfig,
  published: { sourceHash: string; by: string; atMs: number },
): Finding {
  const check = "published.source";
  const at = `${published.sourceHash.slice(0, 8)}, by ${published.by} at ${new Date(published.atMs).toISOString()}`;
  if (hashOf(publishedSource(onDisk)) === published.sourceHash) {
    return ok(check, onDisk.brand.id, `these very files are published as ${at}`);
  }
  const fix = "publish these files, or fetch those that are";
  return warning(check, onDisk.brand.id, `the files on this disk are not those published as ${at}`, fix);
}

async function configFrom(blobs: BlobStore, sourceHash: string, nowMs: number): Promise<BrandConfig> {
  const source = await loadPublished(blobs, sourceHash);
  const { zone } = configOn(source, "2000-01-01").brand;
  return configOn(source, localDay(nowMs, zone));
}

async function secretsOf(secrets: Secrets, platform: string): Promise<SecretValues> {
  return await secrets.values(readSecret(platform));
}

function shopOf({ id, zone, shop }: Brand, { clients }: OpenStage) {
  if (shop?.source !== "push") return null;
  return createPushShop({ store: dynamoPushStore(clients.dynamo), brand: id, zone });
}

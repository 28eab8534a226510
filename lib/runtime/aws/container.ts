/** What `observe` and `apply` open once per container, from their environment. */
import { s3Blobs } from "../../blobs/s3-store.ts";
import type { Brand } from "../../domain/brand.ts";
import { sqsLanes } from "../../lanes/sqs.ts";
import { dynamoStore } from "../../log/dynamo-store.ts";
import type { Part } from "../../loop/next-step.ts";
import type { Environment } from "../../platforms/port.ts";
import type { Shop } from "../../shops/port.ts";
import { dynamoPushStore } from "../../shops/push/dynamo-store.ts";
import { createPushShop } from "../../shops/push/index.ts";
import type { PushStore } from "../../shops/push/store.ts";
import { systemClock } from "../clock.ts";
import { platformLoader } from "../platforms.ts";
import { dynamoCheckpoints } from "./checkpoints.ts";
import { dynamoClient, s3Client, secretsClient, sqsClient } from "./clients.ts";
import { type OpenPlatform, secretPlatforms } from "./platforms.ts";
import type { RunContainer } from "./run-part.ts";
import { awsSecrets, type Secrets } from "./secrets.ts";
import { runSettings } from "./settings.ts";
import { awsTelemetry, type Telemetry } from "./telemetry.ts";
import { createWatch } from "./watch.ts";

/** With its own secret's values as its whole environment: nothing of the function's leaks into an adapter. */
const openWithSecret: OpenPlatform = async (id, values) => await platformLoader(values, null)(id);

/** Of a function that posts nothing, and has nothing of Slack's in it. */
const TELLS_NOBODY = () => async () => null;

/** @throws RuntimeError `settings.invalid`. */
export function openRunContainer(
  part: Part,
  env: Environment,
  messengers: (secrets: Secrets, telemetry: Telemetry) => RunContainer["messengerFor"] = TELLS_NOBODY,
): RunContainer {
  const settings = runSettings(env);
  const telemetry = awsTelemetry(part, settings.PALIER_STAGE);
  const clock = systemClock();
  const secrets = awsSecrets(secretsClient(), clock.lastMs);
  const figures = dynamoPushStore(dynamoClient());
  return {
    part,
    store: dynamoStore(dynamoClient()),
    blobs: s3Blobs(s3Client(), settings.PALIER_BLOBS_BUCKET),
    checkpoints: dynamoCheckpoints(dynamoClient(), telemetry),
    platforms: secretPlatforms(secrets, settings.PALIER_PLATFORM_SECRETS, openWithSecret),
    messengerFor: messengers(secrets, telemetry),
    shopOf: (brand) => shopOf(brand, figures, telemetry),
    clock,
    telemetry,
    watch: createWatch(telemetry),
    lanes: sqsLanes(sqsClient(), {
      observe: settings.PALIER_OBSERVE_QUEUE_URL,
      apply: settings.PALIER_APPLY_QUEUE_URL,
    }),
  };
}

/** Without figures there is no MER, and nothing that asks for it acts. */
function shopOf({ id, zone, shop }: Brand, store: PushStore, telemetry: Telemetry): Shop | null {
  if (shop?.source === "push") return createPushShop({ store, brand: id, zone });
  if (shop !== null) {
    const fix = 'a CSV file stays on its machine: write "shop": { "source": "push" } and publish again';
    telemetry.warn("the brand's shop figures cannot be read from here", { brand: id, fix });
  }
  return null;
}

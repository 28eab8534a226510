/** The channels of brands, opened with Slack's secret: for `observe` alone. */
import { z } from "zod";
import { type Messenger, MessengerError } from "../../domain/messenger.ts";
import type { Environment } from "../../platforms/port.ts";
import { RuntimeError } from "../errors.ts";
import type { RunParts } from "./compose.ts";
import type { Secrets } from "./secrets.ts";
import { readSettings, setting } from "./settings.ts";
import { slackCredentials } from "./slack-secret.ts";
import type { Telemetry } from "./telemetry.ts";

const settingsSchema = z.object({ PALIER_SLACK_SECRET: setting.text });

/** Without the secret nothing is told, and budgets are looked after as ever. @throws RuntimeError `settings.invalid`. */
export function secretMessengers(
  env: Environment,
): (secrets: Secrets, telemetry: Telemetry) => RunParts["messengerFor"] {
  const { PALIER_SLACK_SECRET: name } = readSettings(settingsSchema, env);
  return (secrets, telemetry) => async (brand) => {
    if (brand.slack === null) return null;
    try {
      const credentials = await slackCredentials(secrets, name);
      // Loaded for the first brand in Slack: the client and all words cost as much to load as everything that decides.
      const { messengerOf } = await import("../messenger.ts");
      return messengerOf(brand, credentials);
    } catch (error) {
      if (!(error instanceof RuntimeError)) throw error;
      telemetry.error("nothing can be told in Slack", error, { brand: brand.id });
      return silenced(error.message);
    }
  };
}

/** Every message waits as after a refusal of Slack's own, longer each time, and is posted once the secret is there. */
function silenced(reason: string): Messenger {
  const refuse = () => Promise.reject(new MessengerError("refused", "no_secret", reason));
  return { post: refuse, update: refuse, find: refuse, tell: refuse };
}

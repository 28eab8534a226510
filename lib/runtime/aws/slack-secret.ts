/** The secret of the Slack app: what its requests are signed with, and the token that its bot posts with. */
import { z } from "zod";
import { RuntimeError } from "../errors.ts";
import type { SlackCredentials } from "../slack/parts.ts";
import type { Secrets } from "./secrets.ts";

const credentialsSchema = z.object({ signingSecret: z.string().min(16), botToken: z.string().min(1) });

/** @throws RuntimeError `secret.malformed` naming the secret and what it lacks, never a value; and as `values` does. */
export async function slackCredentials(
  secrets: Pick<Secrets, "values">,
  name: string,
): Promise<SlackCredentials> {
  const parsed = credentialsSchema.safeParse(await secrets.values(name));
  if (parsed.success) return parsed.data;
  const missing = parsed.error.issues.map(({ path }) => path.join("."));
  throw new RuntimeError("secret.malformed", `secret ${name} has no ${missing.join(" and no ")}`);
}

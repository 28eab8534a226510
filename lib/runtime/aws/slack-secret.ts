/**
 * The secret of the Slack app: what its requests are signed with, and the token that its bot posts with; for tests and training
 * also the address of a stand-in, on this machine alone, so that no token and no figure ever goes anywhere else than to Slack.
 */
import { z } from "zod";
import { RuntimeError } from "../errors.ts";
import type { SlackCredentials } from "../slack/parts.ts";
import type { Secrets } from "./secrets.ts";

const LOOPBACK = /^http:\/\/(127\.0\.0\.1|localhost)(:\d{1,5})?\/(.*\/)?$/;

const credentialsSchema = z.object({
  signingSecret: z.string({ error: "no signingSecret" }).min(16, { error: "no signingSecret" }),
  botToken: z.string({ error: "no botToken" }).min(1, { error: "no botToken" }),
  apiUrl: z
    .string()
    .regex(LOOPBACK, { error: "an apiUrl that is not http on this machine with a slash at its end" })
    .nullable()
    .default(null),
});

/** @throws RuntimeError `secret.malformed` naming the secret and what is wrong with it, never a value; and as `values` does. */
export async function slackCredentials(
  secrets: Pick<Secrets, "values">,
  name: string,
): Promise<SlackCredentials> {
  const parsed = credentialsSchema.safeParse(await secrets.values(name));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ message }) => message);
  throw new RuntimeError("secret.malformed", `secret ${name} has ${problems.join(" and ")}`);
}

/** The parts of a deployment that no log and no platform tells of: secrets with values, queues without dead letters. */
import { DescribeSecretCommand, type SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { GetQueueAttributesCommand, GetQueueUrlCommand, type SQSClient } from "@aws-sdk/client-sqs";
import type { Brand } from "../../domain/brand.ts";
import { type Finding, failed, ok, warning } from "./finding.ts";

const DEAD_LETTERS = ["palier-observe-dlq.fifo", "palier-apply-dlq.fifo"];
const IN_USE = "AWSCURRENT";

export function readSecret(platform: string): string {
  return `palier/${platform}/read`;
}

export async function checkSecrets(
  client: SecretsManagerClient,
  { brand, leftShadow }: { brand: Brand; leftShadow: boolean },
): Promise<Finding[]> {
  const platforms = [...new Set(brand.accounts.map(({ platform }) => platform))];
  const findings: Finding[] = [];
  for (const platform of platforms) {
    findings.push(judgeNeeded(readSecret(platform), await secretState(client, readSecret(platform)), true));
    const write = `palier/${platform}/write`;
    findings.push(judgeWrite(write, await secretState(client, write), leftShadow));
  }
  findings.push(judgeNeeded("palier/slack", await secretState(client, "palier/slack"), leftShadow));
  if (brand.shop?.source === "push") {
    findings.push(judgeNeeded("palier/revenue", await secretState(client, "palier/revenue"), true));
  }
  return findings;
}

export async function checkDeadLetters(client: SQSClient): Promise<Finding[]> {
  const check = "deployment.deadLetters";
  const findings: Finding[] = [];
  for (const QueueName of DEAD_LETTERS) {
    const count = await messagesIn(client, QueueName);
    if (count === null) {
      const fix = "see that the stage is deployed and that you may read its queues";
      findings.push(warning(check, QueueName, "the queue does not tell what is in it", fix));
    } else if (count > 0) {
      const fix = "see the alarm on dead letters in infra/README.md; they are purged, never sent again";
      findings.push(failed(check, QueueName, `${count} dead letters`, fix));
    } else findings.push(ok(check, QueueName, "no dead letters"));
  }
  return findings;
}

type SecretState = "value" | "empty" | "absent" | "closed";

/** Its values are nobody's business here: that it has some is enough. */
async function secretState(client: SecretsManagerClient, name: string): Promise<SecretState> {
  try {
    const { VersionIdsToStages = {} } = await client.send(new DescribeSecretCommand({ SecretId: name }));
    return Object.values(VersionIdsToStages).flat().includes(IN_USE) ? "value" : "empty";
  } catch (error) {
    return error instanceof Error && error.name === "ResourceNotFoundException" ? "absent" : "closed";
  }
}

const SAID: Readonly<Record<SecretState, string>> = {
  value: "it has a value",
  empty: "it has no value",
  absent: "there is no such secret",
  closed: "it does not tell whether it has a value",
};

function judgeNeeded(name: string, state: SecretState, isNeeded: boolean): Finding {
  const check = "deployment.secrets";
  if (state === "value") return ok(check, name, SAID[state]);
  const fix = "put its value as infra/README.md says";
  if (state === "closed")
    return warning(check, name, SAID[state], "let your role describe the stage's secrets");
  return isNeeded ? failed(check, name, SAID[state], fix) : warning(check, name, SAID[state], fix);
}

/** Until the first rule leaves shadow nobody needs to write, and what nobody needs should not be there. */
function judgeWrite(name: string, state: SecretState, leftShadow: boolean): Finding {
  const check = "deployment.secrets";
  if (leftShadow || state === "closed") return judgeNeeded(name, state, leftShadow);
  if (state !== "value")
    return ok(check, name, `${SAID[state]}, and none is needed while every rule is only watched`);
  return warning(
    check,
    name,
    "it has a value while every rule is only watched",
    "take it away until a rule proposes",
  );
}

async function messagesIn(client: SQSClient, QueueName: string): Promise<number | null> {
  try {
    const { QueueUrl } = await client.send(new GetQueueUrlCommand({ QueueName }));
    const AttributeNames = ["ApproximateNumberOfMessages" as const];
    const { Attributes } = await client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames }));
    const count = Number(Attributes?.ApproximateNumberOfMessages ?? Number.NaN);
    return Number.isInteger(count) ? count : null;
  } catch {
    return null;
  }
}

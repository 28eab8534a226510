import { beforeAll, describe, expect, it, vi } from "vitest";
import { openAnchorContainer } from "../../lib/runtime/aws/anchor.ts";
import { openRunContainer } from "../../lib/runtime/aws/container.ts";
import { openRevenueContainer } from "../../lib/runtime/aws/revenue.ts";
import { openSlackParts } from "../../lib/runtime/aws/slack.ts";
import { openTickContainer } from "../../lib/runtime/aws/tick.ts";
import { type Resource, resourcesOf, synthesize } from "./synthesis.ts";

let resources: Record<string, Resource> = {};

beforeAll(() => {
  // Its checks are stack.test.ts's, and take longer than all else here.
  vi.stubEnv("CDK_VALIDATION", "false");
  resources = resourcesOf(synthesize());
  vi.unstubAllEnvs();
});

/** The variables of the function as AWS would set them, with addresses made up for what AWS names. */
function environmentOf(name: string): Record<string, string> {
  const lambda = Object.values(resources).find(
    ({ Properties }) => Properties?.FunctionName === `palier-${name}`,
  );
  const variables: Record<string, string | object> = lambda?.Properties.Environment.Variables;
  const texts = Object.entries(variables).map(([variable, value]) => [
    variable,
    typeof value === "string" ? value : "https://made.up/by-aws",
  ]);
  // Lambda's own.
  return { ...Object.fromEntries(texts), AWS_REGION: "eu-west-1" };
}

describe("infra/constructs/functions", () => {
  it.each([
    ["tick", openTickContainer],
    ["observe", (env: Record<string, string>) => openRunContainer("observe", env)],
    ["apply", (env: Record<string, string>) => openRunContainer("apply", env)],
    ["slack", openSlackParts],
    ["revenue", openRevenueContainer],
    ["anchor", openAnchorContainer],
  ])("gives %s all settings that it asks for", (name, open) => {
    expect(() => open(environmentOf(name))).not.toThrow();
  });

  it("is seen by this test to forget one", () => {
    const { PALIER_APPLY_QUEUE_URL: _, ...rest } = environmentOf("tick");
    expect(() => openTickContainer(rest)).toThrow("PALIER_APPLY_QUEUE_URL is not set");
  });
});

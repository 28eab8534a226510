/** The template of the dev stage of the example file, without bundles. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { App, Stack } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import { buildApp } from "../../infra/build.ts";
import { readStages, stageOf } from "../../infra/stages.ts";

const EXAMPLE = "infra/stages.example.json";

export interface Resource {
  Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: a template is JSON of many shapes, and each test looks at its own.
  Properties: any;
  DeletionPolicy?: string;
}

/** Builds into a folder that is gone afterwards. */
export function withApp<T>(use: (app: App, stack: Stack) => T): T {
  const outdir = mkdtempSync(path.join(tmpdir(), "palier-infra-"));
  try {
    const { app, stack } = buildApp({
      stageOf: () => stageOf(readStages(EXAMPLE), "dev", EXAMPLE),
      bundles: null,
      outdir,
    });
    return use(app, stack);
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** @throws when a check of cdk-nag or of CloudFormation's own schemas finds anything. */
export function synthesize(): Template {
  return withApp((_app, stack) => Template.fromStack(stack));
}

export function resourcesOf(template: Template): Record<string, Resource> {
  return template.toJSON().Resources;
}

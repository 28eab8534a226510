/** Builds the CDK app of one stage, checked by cdk-nag. */
import { existsSync } from "node:fs";
import { App, Validations } from "aws-cdk-lib";
import { Code } from "aws-cdk-lib/aws-lambda";
import { AwsSolutionsChecks } from "cdk-nag";
import settings from "../cdk.json" with { type: "json" };
import type { FunctionName } from "./permissions.ts";
import { PalierStack } from "./stack.ts";
import type { Stage } from "./stages.ts";

export interface BuildOptions {
  stageOf(app: App): Stage;
  /** The folder with a folder per bundled function; null: a stub stands in, for checks that deploy nothing. */
  bundles: string | null;
  outdir?: string;
}

export function buildApp({ stageOf, bundles, outdir }: BuildOptions): { app: App; stack: PalierStack } {
  // The flags of cdk.json reach the app by the CDK's command line alone; without it they would be the old defaults.
  const app = new App({
    context: settings.context,
    autoSynth: false,
    ...(outdir === undefined ? {} : { outdir }),
  });
  const stack = new PalierStack(app, { stage: stageOf(app), codeOf: (name) => codeOf(bundles, name) });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return { app, stack };
}

function codeOf(bundles: string | null, name: FunctionName): Code {
  if (bundles === null) return Code.fromInline("exports.handler = () => { throw new Error('stub'); };");
  const folder = `${bundles}/${name}`;
  if (!existsSync(`${folder}/index.js`)) {
    throw new Error(
      `${folder}/index.js is missing: run "npm run bundle" first, or pass --stub for a mere check`,
    );
  }
  return Code.fromAsset(folder);
}

/** The brand whose log a command reads or whose desk it answers: on this machine, or in a deployment. */
import type { Command } from "commander";
import type { BrandConfig, LoopPorts } from "../../lib/loop/ports.ts";
import type { Workspace } from "../../lib/runtime/workspace.ts";
import type { Outcome } from "./program.ts";
import { type BrandOptions, onBrand, withBrand } from "./session.ts";
import { onStage, type StageOptions, withStage } from "./stage.ts";

export interface DeskOptions extends BrandOptions, StageOptions {}

export interface OpenDesk {
  config: Pick<BrandConfig, "brand">;
  ports: Pick<LoopPorts, "log" | "blobs" | "stops"> & { clock: Pick<LoopPorts["clock"], "nowMs"> };
  store: Workspace["store"];
  /** A deployment does itself what an answer asks for; here the command does. */
  at: { kind: "here"; workspace: Workspace } | { kind: "stage"; name: string };
}

export function withDesk(command: Command): Command {
  return withStage(withBrand(command));
}

/**
 * Opens the brand here, or as it is published on the stage, runs `use` and closes.
 * @throws as `onBrand` and `onStage`; RuntimeError `stage.noBrand`.
 */
export async function onDesk(
  options: DeskOptions,
  use: (desk: OpenDesk) => Promise<Outcome>,
): Promise<Outcome> {
  if (options.stage === undefined) {
    return await onBrand(options, async (workspace) => {
      const { config, ports, store } = workspace;
      return await use({ config, ports, store, at: { kind: "here", workspace } });
    });
  }
  return await onStage(options, async (stage) => {
    const { brandOnStage } = await import("../../lib/runtime/stage-brand.ts");
    const brand = await brandOnStage(stage, options.brand);
    const { log, blobs, clock, store, target } = stage;
    const ports = { log, blobs, clock, stops: async () => await store.controlStops() };
    return await use({ config: { brand }, ports, store, at: { kind: "stage", name: target.name } });
  });
}

/** " on stage prod"; nothing for this machine. */
export function placeWords({ at }: OpenDesk): string {
  return at.kind === "stage" ? ` on stage ${at.name}` : "";
}

/** A command line that asks the same brand again; `rest` is what follows `palier`. */
export function typedFor({ at, config: { brand } }: OpenDesk, rest: string): string {
  const place = at.kind === "stage" ? ` --stage ${at.name} --brand ${brand.id}` : "";
  return `npm run palier -- ${rest}${place}`;
}

import type { Command } from "commander";
import { canonicalJson } from "../../lib/domain/canonical.ts";
import type { Message } from "../../lib/domain/figure.ts";
import { accountKey } from "../../lib/domain/ids.ts";
import type { Answer } from "../../lib/loop/answers/types.ts";
import { say } from "../../lib/words/say.ts";
import { type AnswerOptions, putToDesk, readerOf, refusalAt, withPerson } from "./answering.ts";
import { type OpenDesk, onDesk, placeWords, withDesk } from "./desk.ts";
import { UsageError } from "./errors.ts";
import { command, type Outcome, runCommand } from "./program.ts";
import { print } from "./session.ts";

const EVERYTHING = "everything";

interface StopOptions extends AnswerOptions {
  account?: string;
  everything?: boolean;
}

export function stopCommand(): Command {
  return scoped(
    withDesk(
      command("stop", {
        summary: "stop all new writes of the brand, of one account, or of everything",
        details: "At most the one write already under way can still happen. What waits is refused, not kept.",
        examples: [
          "palier stop",
          'palier stop --account meta/1001 --reason "wrong prices"',
          "palier stop --everything",
          "palier stop --stage prod --brand maison-sel --by lea",
        ],
        json: true,
      }),
    ).option("--reason <text>", "why, for the log"),
  ).action(
    runCommand<StopOptions>(async (_args, options) =>
      onDesk(options, async (desk) => {
        const scope = scopeOf(desk, options);
        const { by, reason = null } = options;
        const changed = await stop(desk, scope, by, reason);
        if (typeof changed !== "boolean") return refuse(desk, changed, options);
        const verb = changed ? "is stopped" : "was stopped already";
        print(
          options.json === true
            ? JSON.stringify({ scope: scopeName(scope), stopped: true, changed })
            : `${scopeName(scope)} ${verb}${placeWords(desk)}.`,
        );
        return "ok";
      }),
    ),
  );
}

export function resumeCommand(): Command {
  return scoped(
    withDesk(
      command("resume", {
        summary: "lift a stop; others that stand are named",
        examples: ["palier resume", "palier resume --account meta/1001", "palier resume --everything"],
        json: true,
      }),
    ),
  ).action(
    runCommand<StopOptions>(async (_args, options) =>
      onDesk(options, async (desk) => {
        const scope = scopeOf(desk, options);
        const changed = await resume(desk, scope, options.by);
        if (typeof changed !== "boolean") return refuse(desk, changed, options);
        const standing = await stopsOf(desk);
        if (options.json === true) print(JSON.stringify({ scope: scopeName(scope), changed, standing }));
        else {
          const verb = changed ? "may be changed again" : "was not stopped";
          print(`${scopeName(scope)} ${verb}${placeWords(desk)}.`);
          for (const other of standing) print(`Still stopped: ${other}.`);
        }
        return "ok";
      }),
    ),
  );
}

type Scope = { kind: "brand"; id: string } | { kind: "control"; scope: string };

function scoped(made: Command): Command {
  return withPerson(made)
    .option("--account <platform/id>", "only this account")
    .option("--everything", "every brand whose log is kept here, or on the stage");
}

/** @throws UsageError for both scopes at once, or an account that is not the brand's. */
function scopeOf({ config: { brand } }: OpenDesk, { account, everything }: StopOptions): Scope {
  if (account !== undefined && everything === true)
    throw new UsageError("give --account or --everything, not both");
  if (everything === true) return { kind: "control", scope: EVERYTHING };
  if (account === undefined) return { kind: "brand", id: brand.id };
  const known = brand.accounts.map(accountKey);
  if (known.includes(account)) return { kind: "control", scope: account };
  throw new UsageError(`${brand.id} has no account "${account}"; it has ${known.join(", ")}`);
}

function scopeName(scope: Scope): string {
  return scope.kind === "brand" ? scope.id : scope.scope;
}

/** True when it was not stopped before. */
async function stop(
  desk: OpenDesk,
  scope: Scope,
  by: string,
  reason: string | null,
): Promise<boolean | Message> {
  const { ports, store } = desk;
  const given: Answer = { kind: "stop", reason };
  if (scope.kind === "brand") return await decideBrand(desk, given, by);
  // What stands outside the log takes the same role as what stands in it.
  const refusal = await refusalAt(desk, given, by);
  if (refusal !== null) return refusal;
  const standing = (await store.controlStops()).some((one) => one.scope === scope.scope);
  if (!standing)
    await store.putControlStop({ scope: scope.scope, by, atMs: await ports.clock.nowMs(), reason });
  return !standing;
}

/** True when it was stopped before. */
async function resume(desk: OpenDesk, scope: Scope, by: string): Promise<boolean | Message> {
  const { store } = desk;
  if (scope.kind === "brand") return await decideBrand(desk, { kind: "resume" }, by);
  const refusal = await refusalAt(desk, { kind: "resume" }, by);
  if (refusal !== null) return refusal;
  const standing = (await store.controlStops()).some((one) => one.scope === scope.scope);
  await store.deleteControlStop(scope.scope);
  return standing;
}

async function decideBrand(desk: OpenDesk, given: Answer, by: string): Promise<boolean | Message> {
  const outcome = await putToDesk(desk, given, by);
  return outcome.kind === "refused" ? outcome.reason : outcome.kind === "recorded";
}

function refuse(desk: OpenDesk, reason: Message, { json }: StopOptions): Outcome {
  print(json === true ? canonicalJson({ refused: reason }) : say(reason, readerOf(desk)));
  return "refused";
}

async function stopsOf({ ports, store, config: { brand } }: OpenDesk): Promise<string[]> {
  const own = (await ports.log.state(brand.id)).stop === null ? [] : [brand.id];
  return [...own, ...(await store.controlStops()).map(({ scope }) => scope)];
}

/** Takes edits as Google's mutates do: all of a request or, with partial failure, each by itself. Knows nothing of sockets. */
import { z } from "zod";
import { marketOf } from "../market/delivery.ts";
import type { Edit, World } from "../model.ts";
import { findEntity, standingValue, withEdit, withEntry } from "../world.ts";
import { editOf, KINDS, type Kind } from "./edits.ts";
import { codeOf, type PathElement, type Problem, problem } from "./google-error.ts";
import { readOnlyReason } from "./names.ts";
import { RESOURCES, type Subject } from "./resources.ts";

/** Who the history of changes names for edits through the API. */
const API_USER = "palier@atelier-lune.example";
const API_CLIENT = "GOOGLE_ADS_API";
/** Of one request. Source: Google Ads API, API limits. */
const MOST_OPERATIONS = 10_000;

const operationSchema = z.looseObject({
  operation: z.string().optional(),
  update: z.record(z.string(), z.unknown()).optional(),
  update_mask: z.looseObject({ paths: z.array(z.string()).optional() }).nullish(),
});
export const mutateSchema = z.looseObject({
  customer_id: z.string().default(""),
  operations: z.array(operationSchema).default([]),
  partial_failure: z.boolean().default(false),
  validate_only: z.boolean().default(false),
  response_content_type: z.union([z.string(), z.number()]).default("UNSPECIFIED"),
});
type MutateRequest = z.infer<typeof mutateSchema>;
type Operation = z.infer<typeof operationSchema>;

export interface Mutated {
  world: World;
  /** One for each operation, empty for one that failed; none at all of a request that only validates. */
  results: object[];
  problems: Problem[];
}

/** An operation as understood: what it would change, or why it cannot. */
interface Judged {
  entityId: string | null;
  edit: Edit | null;
  /** As the ledger writes what was asked for. */
  asked: number | string;
  problem: Problem | null;
}

/** `clampCents` is stored in place of the budget asked for, without a word. */
export function mutate(world: World, kind: Kind, request: MutateRequest, clampCents: number | null): Mutated {
  const { operations, partial_failure: isPartial, validate_only: isDry } = request;
  const wrong = requestProblem(operations);
  if (wrong !== null) return { world, results: [], problems: [wrong] };
  const seen = new Set<string>();
  const judged = operations.map((operation, index) => judge(world, kind, operation, { index, seen }));
  const problems = judged.flatMap((one) => one.problem ?? []);
  const [first] = problems;
  const veto = isDry ? "validate_only" : !isPartial && first !== undefined ? codeOf(first) : null;
  const after = judged.reduce((state, one) => written(state, one, { veto, clampCents }), world);
  const wantsAll = request.response_content_type === "MUTABLE_RESOURCE";
  return {
    world: after,
    problems,
    results: isDry
      ? []
      : judged.map((one) => (one.problem === null ? resultOf(after, kind, one, wantsAll) : {})),
  };
}

function requestProblem(operations: readonly Operation[]): Problem | null {
  if (operations.length === 0) {
    return problem("request_error", "REQUIRED_FIELD_MISSING", "Required field is missing: operations");
  }
  if (operations.length > MOST_OPERATIONS) {
    return problem("request_error", "TOO_MANY_MUTATE_OPERATIONS", "Too many mutate operations.");
  }
  return null;
}

function judge(
  world: World,
  kind: Kind,
  operation: Operation,
  { index, seen }: { index: number; seen: Set<string> },
): Judged {
  function refuse(one: Problem, path: readonly string[]): Judged {
    const field_path_elements: PathElement[] = [
      { field_name: "operations", index },
      ...path.map((field_name) => ({ field_name })),
    ];
    return { entityId: null, edit: null, asked: "", problem: { ...one, location: { field_path_elements } } };
  }
  const { update } = operation;
  if (operation.operation === undefined || update === undefined) {
    return operation.operation === undefined
      ? refuse(problem("request_error", "OPERATION_REQUIRED", "No operation was given."), [])
      : refuse(
          problem(
            "mutate_error",
            "MUTATE_NOT_ALLOWED",
            `${operation.operation} is not simulated by the sandbox.`,
          ),
          [operation.operation],
        );
  }
  const named = idIn(world, kind, update.resource_name);
  if (typeof named !== "string") return refuse(named, ["update", "resource_name"]);
  if (seen.has(named)) {
    const message = "Operation conflicts with another operation on the same resource.";
    return refuse(problem("mutate_error", "ID_EXISTS_IN_MULTIPLE_MUTATES", message), [
      "update",
      "resource_name",
    ]);
  }
  seen.add(named);
  const paths = (operation.update_mask?.paths ?? []).filter((path) => path !== "resource_name");
  if ((operation.update_mask?.paths ?? []).length === 0) {
    return refuse(problem("field_mask_error", "FIELD_MASK_MISSING", "The field mask is missing."), [
      "update_mask",
    ]);
  }
  const wanted = editOf(world, kind, { id: named, update, paths });
  const { edit, asked } = wanted;
  const refusal = wanted.problem === null ? null : refuse(wanted.problem, ["update", wanted.path]).problem;
  return { entityId: named, edit, asked, problem: refusal };
}

function idIn(world: World, kind: Kind, resourceName: unknown): string | Problem {
  if (typeof resourceName !== "string" || resourceName === "") {
    return problem("request_error", "RESOURCE_NAME_MISSING", "The resource name is missing.");
  }
  const { collection, noun } = KINDS[kind];
  const match = /^customers\/(\d+)\/(\w+)\/(\d+)$/.exec(resourceName);
  if (match === null || match[2] !== collection) {
    return problem("request_error", "RESOURCE_NAME_MALFORMED", `'${resourceName}' is no name of a ${noun}.`);
  }
  const id = match[3] ?? "";
  const { account, budgets, campaigns } = world.google;
  const known = kind === "campaign_budget" ? budgets : campaigns;
  if (match[1] !== account.id || !known.some((one) => one.id === id)) {
    return problem("mutate_error", "RESOURCE_NOT_FOUND", "Resource was not found.");
  }
  return id;
}

function written(
  world: World,
  { entityId, edit, asked, problem: refusal }: Judged,
  { veto, clampCents }: { veto: string | null; clampCents: number | null },
): World {
  if (entityId === null || edit === null) return world;
  const from = standingValue(findEntity(world, entityId), edit.field, world.clockMs);
  const attempt = {
    atMs: world.clockMs,
    actor: "api",
    by: API_USER,
    via: API_CLIENT,
    entityId,
    field: edit.field,
    from,
    to: asked,
  } as const;
  const reason = refusal === null ? veto : codeOf(refusal);
  if (reason !== null) return withEntry(world, { ...attempt, applied: false, stored: from, reason });
  const kept: Edit =
    edit.field === "daily_budget" && clampCents !== null ? { ...edit, cents: clampCents } : edit;
  const stored = kept.field === "status" ? kept.status : kept.cents;
  const after = withEdit(world, entityId, kept, world.clockMs);
  return withEntry(after, { ...attempt, applied: true, stored, reason: null });
}

/** The name of what was edited and, where asked for, all of it that can be edited. */
function resultOf(world: World, kind: Kind, { entityId }: Judged, wantsAll: boolean): object {
  const { collection } = KINDS[kind];
  const resource_name = `customers/${world.google.account.id}/${collection}/${entityId}`;
  if (!wantsAll) return { resource_name };
  const subject: Subject = {
    market: marketOf(world),
    campaign: world.google.campaigns.find(({ id }) => id === entityId),
    budget: world.google.budgets.find(({ id }) => id === entityId),
  };
  const fields = Object.entries(RESOURCES[kind]?.fields ?? {}).flatMap(([name, read]) => {
    const value = readOnlyReason(kind, name) === null ? read(subject) : undefined;
    return value === undefined ? [] : [[name, value] as const];
  });
  return { resource_name, [kind]: { ...Object.fromEntries(fields), resource_name } };
}

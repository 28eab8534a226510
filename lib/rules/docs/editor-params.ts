/** Parameters of facts as a JSON Schema for editors: of each fact which it takes and needs, and what each may say. */
import { descriptionOf, type EditorSchema, editorSchema } from "../../domain/generated.ts";
import { USUAL_STAGES } from "../../domain/match.ts";
import type { FactDefinition } from "../../metrics/port.ts";
import { WINDOWS } from "../../metrics/windows/window.ts";
import { platformIds } from "../../platforms/index.ts";
import { BASES, DAYS_IN_A_ROW, neededBy, paramsOf } from "../files/params.ts";
import { paramsShape } from "../files/schema-params.ts";
import { factIn, idsOf, ref, told, when } from "./editor-words.ts";

/** What `readWindow` reads, as far as a pattern can say it. */
const WINDOW =
  "^(today|[1-9]\\d?d(\\.\\.[1-9]\\d?d|\\+today)?|(lifetime|sinceChange|thisWeek|thisMonth)(\\+today)?|lastWeek|lastMonth|event:[^:]+|before:[^:]+:[1-9]\\d?d)$";

/** `window` is offered and checked here; what the brand may name otherwise is offered. */
export function paramDefinitions(): Record<string, EditorSchema> {
  const { properties = {} } = editorSchema(paramsShape);
  const more: Record<string, EditorSchema> = {
    window: {
      examples: WINDOWS,
      pattern: WINDOW,
      patternErrorMessage: `Expected a window such as ${WINDOWS.join(", ")}, 14d..8d, event:black-friday or before:black-friday:14d.`,
    },
    against: { examples: ["56d..29d"], pattern: WINDOW },
    stage: { examples: USUAL_STAGES },
    channel: { examples: platformIds },
  };
  return Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => [paramKey(name), { ...schema, ...more[name] }]),
  );
}

/** What a metric of the brand file takes, all of them alike. */
const OF_CUSTOM_METRICS = ["window", "of", "minSettledPercent", DAYS_IN_A_ROW];

/** Facts that take the same parameters share a branch; what is no fact is a parameter, which takes none, or a custom metric. */
export function paramBranches(facts: readonly FactDefinition[], isRight: boolean): EditorSchema[] {
  const extra = isRight ? ["times", "plus"] : [];
  const groups = Map.groupBy(facts, (fact) =>
    JSON.stringify([fact.kind === "metric", paramsOf(fact), neededBy(fact), BASES[fact.id], fact.windows]),
  );
  const branches = [...groups.values()].flatMap((alike) => {
    const [fact] = alike;
    if (fact === undefined) return [];
    const window = fact.kind === "metric" ? ["window"] : [];
    const needed = [...window, ...neededBy(fact)];
    const limits = { basis: BASES[fact.id], window: fact.windows };
    return [
      when(factIn(idsOf(alike)), {
        properties: { params: paramsSchema([...window, ...paramsOf(fact), ...extra], needed, limits) },
        ...(needed.length > 0 && { required: ["params"] }),
      }),
    ];
  });
  const parameter = { type: "string", not: { enum: idsOf(facts) } };
  const others = { properties: { fact: parameter }, required: ["fact"] };
  const params = paramsSchema([...OF_CUSTOM_METRICS, ...extra], [], {});
  return [...branches, when(others, { properties: { params } })];
}

/** `limits`: the only words of a parameter, where the fact takes fewer than others do. */
function paramsSchema(
  names: readonly string[],
  required: readonly string[],
  limits: Readonly<Partial<Record<string, readonly string[]>>>,
): EditorSchema {
  const limited = (name: string) => {
    const words = limits[name];
    if (words === undefined) return ref(paramKey(name));
    const shape = Object.entries(paramsShape.shape).find(([key]) => key === name)?.[1];
    return { allOf: [ref(paramKey(name)), { enum: words }], ...told(descriptionOf(shape)) };
  };
  return {
    properties: Object.fromEntries(names.map((name) => [name, limited(name)])),
    ...(required.length > 0 && { required }),
    ...(names.includes("per") && { dependencies: { per: ["of"] } }),
    additionalProperties: false,
  };
}

function paramKey(name: string): string {
  return `param-${name}`;
}

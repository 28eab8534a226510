/** Parameters that name something of the brand file: conversions, attributions, groups, events. */
import type { JsonPath } from "../../domain/json-file.ts";
import { UNMAPPED_STAGE } from "../../domain/match.ts";
import { unknownWord } from "../../domain/shape.ts";
import { LEAD } from "../../metrics/claims.ts";
import type { Params } from "../../metrics/port.ts";
import { manifests } from "../../platforms/index.ts";
import { memberNames } from "./action-groups.ts";
import type { KnownFact, RuleContext } from "./context.ts";
import { checkEvent } from "./params-window.ts";

type Given = Readonly<Record<string, string | number | boolean | undefined>>;

export function checkBrandWords(context: RuleContext, params: Given, path: JsonPath): void {
  const { conversion, attribution, group, member, event } = params;
  if (conversion !== undefined) checkConversion(context, String(conversion), [...path, "conversion"]);
  if (attribution !== undefined) checkAttribution(context, String(attribution), [...path, "attribution"]);
  if (event !== undefined) checkEvent(context, String(event), [...path, "event"]);
  if (group === undefined) return;
  const names = memberNames(context, String(group), context.brand, [...path, "group"]);
  const known = names === null ? null : [...names, UNMAPPED_STAGE];
  if (member === undefined || known === null || known.includes(String(member))) return;
  context.complain([...path, "member"], unknownWord("unknownMember", member, known));
}

/** Leads are told by platforms and datasets whatever the brand file names. */
function checkConversion(context: RuleContext, name: string, path: JsonPath): void {
  const named = context.brand.accounts.flatMap(({ named = {}, conversion = [] }) => [
    ...Object.keys(named),
    ...[conversion].flat(),
  ]);
  const known = [...new Set([...named, LEAD])];
  if (known.includes(name)) return;
  context.complain(path, unknownWord("unknownConversion", name, known));
}

/** One platform's figures under an attribution beside another's without would be two things in one column. */
function checkAttribution(context: RuleContext, written: string, path: JsonPath): void {
  const offering = manifests.filter(({ attributionSchema }) => attributionSchema !== null);
  const ids = offering.map(({ id }) => id);
  const others = context.platforms.filter((one) => !ids.includes(one));
  if (others.length > 0 || context.platforms.length === 0) {
    const fix = `add "platforms": ["${ids.join('", "')}"] to appliesTo: ${others.join(", ")} offers no choice of attribution`;
    context.complain(path, { code: "notAllowed", allowed: `attribution on ${ids.join(", ")} alone`, fix });
  }
  for (const { attributionSchema } of offering) {
    const [issue] = attributionSchema?.safeParse(written).error?.issues ?? [];
    if (issue === undefined) continue;
    context.complain(path, {
      code: "unknownWord",
      allowed: issue.message,
      fix: "write for instance 7dClick+1dView",
    });
  }
}

/** Two settings in one comparison compare two different things. `path` is that of the right side's params. */
export function checkSameClaims(
  context: RuleContext,
  left: { fact: KnownFact; params: Params },
  right: { fact: KnownFact; params: Params },
  path: JsonPath,
): boolean {
  const differing = ["conversion", "attribution"].filter(
    (name) =>
      left.fact.params.includes(name) &&
      right.fact.params.includes(name) &&
      left.params[name] !== right.params[name],
  );
  for (const name of differing) {
    const own = left.params[name];
    const fix =
      own === undefined
        ? `remove ${name}: the left side has none`
        : `write "${name}": "${own}" as on the left side`;
    context.complain([...path, name], { code: "notAllowed", allowed: `one ${name} in a comparison`, fix });
  }
  return differing.length === 0;
}

/** One comparison of a rule: its shape, its fact, its operator, both sides of one kind. */
import { type JsonPath, valueAt } from "../../domain/json-file.ts";
import { checkShape, unknownWord } from "../../domain/shape.ts";
import type { Params } from "../../metrics/port.ts";
import { kindOf } from "../judge/kinds.ts";
import { type Operator, operators, operatorsById } from "../judge/operators.ts";
import type { Leaf } from "../types.ts";
import { factAt, type KnownFact, type RuleContext } from "./context.ts";
import { checkLiteral } from "./literal.ts";
import { checkFactor, checkParams, DAYS_IN_A_ROW, type ParamsFile } from "./params.ts";
import { checkSameClaims } from "./params-brand.ts";
import { leafShape, rightShape } from "./schema-params.ts";
import { OPERATOR_WORDS } from "./vocabulary.ts";

/** The checked leaf at `path`; null after a complaint. `isNegated`: a `not` stands around it somewhere. */
export function checkLeaf(context: RuleContext, path: JsonPath, isNegated: boolean): Leaf | null {
  const shape = checkShape(leafShape, context.json, path, "rule");
  if (!shape.ok) {
    context.problems.push(...shape.problems);
    return null;
  }
  const fact = factAt(context, [...path, "fact"]);
  const operator = operatorAt(context, path, fact);
  if (fact === null) return null;
  const params = leftParams(context, fact, shape.value.params ?? {}, [...path, "params"]);
  if (operator === null) return null;
  const right = rightOf(context, fact, operator, [...path, "value"]);
  if (params === null || right === null) return null;
  const fits = [
    checkNegated(context, params, isNegated, [...path, "params"]),
    checkSides(context, { fact, params }, right, [...path, "value", "params"]),
  ];
  return fits.every((one) => one) ? { fact: fact.id, params, operator: operator.id, right } : null;
}

/** Not on every day is not the same as on no day, so nobody could say what is meant. */
function checkNegated(context: RuleContext, params: Params, isNegated: boolean, path: JsonPath): boolean {
  if (!isNegated || params[DAYS_IN_A_ROW] === undefined) return true;
  const fix = "write the comparison itself the other way round: not every day is not the same as no day";
  context.complain([...path, DAYS_IN_A_ROW], {
    code: "notAllowed",
    allowed: `${DAYS_IN_A_ROW} outside of not`,
    fix,
  });
  return false;
}

/** Both sides slide by the same days, and count the same conversions. */
function checkSides(
  context: RuleContext,
  left: { fact: KnownFact; params: Params },
  right: Leaf["right"],
  path: JsonPath,
): boolean {
  if (right.kind === "literal") return true;
  const fact = context.facts.get(right.fact);
  const same = fact === undefined || checkSameClaims(context, left, { fact, params: right.params }, path);
  const [own, days] = [left.params[DAYS_IN_A_ROW], right.params[DAYS_IN_A_ROW]];
  if (days === undefined || days === own) return same;
  const fix =
    own === undefined ? `put ${DAYS_IN_A_ROW} on the left side as well` : `write ${own} as on the left side`;
  context.complain([...path, DAYS_IN_A_ROW], {
    code: "notAllowed",
    allowed: "as many days as on the left side",
    fix,
  });
  return false;
}

function operatorAt(context: RuleContext, path: JsonPath, fact: KnownFact | null): Operator | null {
  const here = [...path, "operator"];
  const name = valueAt(context.json.value, here);
  const operator = operatorsById.get(String(name));
  const known = operators.map((one) => one.id);
  if (operator === undefined)
    return context.complain(here, unknownWord("unknownOperator", name, known, OPERATOR_WORDS));
  const kind = fact === null ? null : kindOf(fact.unit);
  if (fact === null || (kind !== null && operator.left.includes(kind))) return operator;
  const fitting = operators.filter((one) => kind !== null && one.left.includes(kind)).map((one) => one.id);
  const fix = `the unit of ${fact.id} is ${fact.unit}: use one of those`;
  return context.complain(here, { code: "wrongOperator", allowed: fitting.join(", "), fix });
}

/** A factor on the left would be a second spelling of one on the right. */
function leftParams(context: RuleContext, fact: KnownFact, params: ParamsFile, path: JsonPath) {
  for (const name of ["times", "plus"].filter((one) => params[one] !== undefined)) {
    const fix = `move ${name} to the right side: { "fact": ..., "params": { "${name}": ... } }`;
    context.complain([...path, name], {
      code: "notAllowed",
      allowed: "times and plus on the right side only",
      fix,
    });
  }
  return checkParams(context, fact, params, path);
}

function rightOf(
  context: RuleContext,
  left: KnownFact,
  operator: Operator,
  path: JsonPath,
): Leaf["right"] | null {
  const value = valueAt(context.json.value, path);
  if (typeof value === "object" && value !== null && !Array.isArray(value))
    return rightFact(context, left, operator, path);
  const literal = checkLiteral(context, left, operator.right, path);
  const unit = operator.right === "flag" ? "flag" : left.unit;
  return literal === null ? null : { kind: "literal", value: literal, unit };
}

function rightFact(
  context: RuleContext,
  left: KnownFact,
  operator: Operator,
  path: JsonPath,
): Leaf["right"] | null {
  const comparesNumbers =
    kindOf(left.unit) === "number" && (operator.right === "number" || operator.right === "same");
  if (!comparesNumbers) {
    const fix = `${operator.id} on ${left.id} takes a literal`;
    return context.complain(path, { code: "wrongType", allowed: "a literal", fix });
  }
  const shape = checkShape(rightShape, context.json, path, "rule");
  if (!shape.ok) {
    context.problems.push(...shape.problems);
    return null;
  }
  const fact = factAt(context, [...path, "fact"]);
  if (fact === null) return null;
  if (fact.unit !== left.unit) {
    const fix = `${left.id} is ${left.unit} and ${fact.id} is ${fact.unit}: compare two of one unit`;
    return context.complain(path, { code: "unitMismatch", allowed: `a fact in the unit ${left.unit}`, fix });
  }
  const written = shape.value.params ?? {};
  const params = checkParams(context, fact, written, [...path, "params"]);
  const factor = checkFactor(context, fact, written, [...path, "params"]);
  return params === null || factor === null ? null : { kind: "fact", fact: fact.id, params, ...factor };
}

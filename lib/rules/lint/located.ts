/** A normalised condition with the place in its file that each part was written at. */
import type { JsonPath } from "../../domain/json-file.ts";
import { valueAt } from "../../domain/json-file.ts";
import type { Condition, Leaf } from "../types.ts";

export interface Located {
  condition: Condition;
  path: JsonPath;
  children: readonly Located[];
}

/** `content` is the file that the condition was loaded from: groups and leaves stand in both in the same order. */
export function locate(condition: Condition, content: unknown, path: JsonPath): Located {
  const written = valueAt(content, path);
  const group = ["all", "any", "not"].find(
    (key) => typeof written === "object" && written !== null && Object.hasOwn(written, key),
  );
  if (group === "not") return locate(condition, content, [...path, group]);
  const children =
    group === undefined || condition.kind === "leaf"
      ? []
      : condition.children.map((child, index) => locate(child, content, [...path, group, index]));
  return { condition, path, children };
}

/** Every comparison, with the place that it was written at. */
export function leavesIn(located: Located): { leaf: Leaf; path: JsonPath }[] {
  return partsOf(located).flatMap(({ condition, path }) =>
    condition.kind === "leaf" ? [{ leaf: condition.leaf, path }] : [],
  );
}

/** The part itself and all that it contains, in the order written. */
export function partsOf(located: Located): Located[] {
  return [located, ...located.children.flatMap(partsOf)];
}

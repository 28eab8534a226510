/** Finds its way in protobufjs's JSON form of protos, for the generator. */
import { z } from "zod";

/** Package of the version of the API that is served. */
export const V25 = "google.ads.googleads.v25";

const fieldSchema = z.object({
  type: z.string(),
  id: z.int(),
  rule: z.string().optional(),
  options: z.record(z.string(), z.unknown()).optional(),
});
const methodSchema = z.object({ requestType: z.string(), responseType: z.string() });

export interface Node {
  nested?: Record<string, Node> | undefined;
  fields?: Record<string, z.infer<typeof fieldSchema>> | undefined;
  oneofs?: Record<string, { oneof: string[] }> | undefined;
  values?: Record<string, number> | undefined;
  methods?: Record<string, z.infer<typeof methodSchema>> | undefined;
}
export const nodeSchema: z.ZodType<Node> = z.lazy(() =>
  z.object({
    nested: z.record(z.string(), nodeSchema).optional(),
    fields: z.record(z.string(), fieldSchema).optional(),
    oneofs: z.record(z.string(), z.object({ oneof: z.array(z.string()) })).optional(),
    values: z.record(z.string(), z.int()).optional(),
    methods: z.record(z.string(), methodSchema).optional(),
  }),
);

export function nodeAt(root: Node, name: string): Node {
  const found = find(root, name);
  if (found === undefined) throw new Error(`the protos have no ${name}`);
  return found;
}

/** The full name of a type as written inside `scope`; null for a scalar. */
export function resolve(root: Node, type: string, scope: string): string | null {
  const parts = scope.split(".");
  for (let length = parts.length; length >= 0; length -= 1) {
    const name = [...parts.slice(0, length), type].join(".");
    const found = find(root, name);
    if (found?.fields !== undefined || found?.values !== undefined) return name;
  }
  return null;
}

function find(root: Node, name: string): Node | undefined {
  return name.split(".").reduce<Node | undefined>((node, part) => node?.nested?.[part], root);
}

/** The part of the protos that is reached from what is kept, without options and comments. */
export class Reduction {
  readonly result: Node = { nested: {} };
  readonly #root: Node;
  /** By message or service: its fields or methods. */
  readonly #kept: Readonly<Record<string, readonly string[]>>;
  readonly #seen = new Set<string>();

  constructor(root: Node, kept: Readonly<Record<string, readonly string[]>>) {
    this.#root = root;
    this.#kept = kept;
  }

  keep(name: string): void {
    if (this.#seen.has(name)) return;
    this.#seen.add(name);
    const { fields, oneofs, values, methods } = nodeAt(this.#root, name);
    const place = this.#placeOf(name);
    if (values !== undefined) place.values = values;
    const wanted = this.#kept[name];
    if (methods !== undefined) {
      place.methods = Object.fromEntries(
        Object.entries(methods)
          .filter(([key]) => wanted?.includes(key) ?? true)
          .map(([key, { requestType, responseType }]) => [
            key,
            { requestType: this.#reach(requestType, name), responseType: this.#reach(responseType, name) },
          ]),
      );
    }
    if (fields === undefined) return;
    const kept = Object.entries(fields).filter(
      ([key, { type }]) => wanted?.includes(key) ?? !this.#isSetting(name, type),
    );
    place.fields = Object.fromEntries(
      kept.map(([key, { type, id, rule, options }]) => [
        key,
        {
          ...(rule === undefined ? {} : { rule }),
          type: this.#reach(type, name),
          id,
          ...(options?.proto3_optional === true ? { options: { proto3_optional: true } } : {}),
        },
      ]),
    );
    const keys = new Set(kept.map(([key]) => key));
    const groups = Object.entries(oneofs ?? {})
      .map(([key, { oneof }]) => [key, { oneof: oneof.filter((one) => keys.has(one)) }] as const)
      .filter(([, { oneof }]) => oneof.length > 0);
    if (groups.length > 0) place.oneofs = Object.fromEntries(groups);
  }

  /** Nested settings of the resources: the sandbox models none of them, and they reach most of the API. */
  #isSetting(owner: string, type: string): boolean {
    if (!owner.startsWith(`${V25}.resources.`)) return false;
    const full = resolve(this.#root, type, owner);
    return full !== null && nodeAt(this.#root, full).fields !== undefined;
  }

  #reach(type: string, scope: string): string {
    const full = resolve(this.#root, type, scope);
    if (full === null) return type;
    this.keep(full);
    return full;
  }

  #placeOf(name: string): Node {
    return name.split(".").reduce<Node>((node, part) => {
      node.nested ??= {};
      const next = node.nested[part] ?? {};
      node.nested[part] = next;
      return next;
    }, this.result);
  }
}

/** The part of protobufjs's JSON form of protos that given names reach. Everything kept is kept as it was written. */

interface Node {
  nested?: Record<string, Node>;
  fields?: Record<string, { type: string; keyType?: string }>;
  values?: object;
  methods?: Record<string, { requestType: string; responseType: string }>;
  [setting: string]: unknown;
}

/** Google's own packages of common types: small, and named by options as well as by fields. */
const KEPT_WHOLE = ["google.protobuf", "google.rpc", "google.api", "google.longrunning"];

/** @throws Error for a name or a type that the protos do not have. */
export function reachable(protos: unknown, names: readonly string[]): object {
  const root = protos as Node;
  const kept = new Set<string>();
  const waiting = [...names];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (kept.has(name)) continue;
    kept.add(name);
    waiting.push(...typesIn(root, name));
  }
  return pruned(root, "", kept) ?? {};
}

function typesIn(root: Node, name: string): string[] {
  const node = find(root, name);
  if (node === undefined) throw new Error(`the protos have no ${name}`);
  const written = [
    ...Object.values(node.fields ?? {}).map(({ type }) => type),
    ...Object.values(node.methods ?? {}).flatMap(({ requestType, responseType }) => [
      requestType,
      responseType,
    ]),
  ];
  return written.flatMap((type) => resolved(root, type, name) ?? []);
}

/** The full name of a type as it is written inside `scope`; null for a scalar. */
function resolved(root: Node, type: string, scope: string): string | null {
  const parts = scope.split(".");
  for (let length = parts.length; length >= 0; length -= 1) {
    const name = [...parts.slice(0, length), ...type.split(".").filter((part) => part !== "")].join(".");
    const found = find(root, name);
    if (found?.fields !== undefined || found?.values !== undefined) return name;
  }
  if (type.includes(".")) throw new Error(`the protos have no ${type}, which ${scope} uses`);
  return null;
}

function find(root: Node, name: string): Node | undefined {
  return name.split(".").reduce<Node | undefined>((node, part) => node?.nested?.[part], root);
}

/** Null where nothing of it is kept. A message around a kept one is only its place. */
function pruned(node: Node, name: string, kept: ReadonlySet<string>): Node | null {
  if (KEPT_WHOLE.includes(name)) return node;
  const children = Object.entries(node.nested ?? {}).flatMap(([key, child]) => {
    const rest = pruned(child, name === "" ? key : `${name}.${key}`, kept);
    return rest === null ? [] : [[key, rest] as const];
  });
  const nested = children.length === 0 ? {} : { nested: Object.fromEntries(children) };
  if (kept.has(name)) {
    const { nested: _, ...own } = node;
    return { ...own, ...nested };
  }
  if (children.length === 0) return null;
  // Packages have options only; of a message that merely holds a kept one nothing else is needed.
  return node.options === undefined || node.fields !== undefined
    ? nested
    : { options: node.options, ...nested };
}

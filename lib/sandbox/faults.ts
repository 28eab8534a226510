/** Faults wait in a queue; the first that fits a request is taken off and happens to it, once. */
import type { Fault, FaultKind, World } from "./model.ts";

/** The fault for this request, or null, and the world without it. `path` begins with `/` and has no version. */
export function takeFault(
  world: World,
  method: string,
  path: string,
): { fault: FaultKind | null; world: World } {
  const index = world.faults.findIndex((fault) => fault.method === method && fits(fault.path, path));
  const taken = world.faults[index];
  if (taken === undefined) return { fault: null, world };
  return { fault: taken.fault, world: { ...world, faults: world.faults.filter((_, at) => at !== index) } };
}

export function queueFault(world: World, fault: Fault): World {
  return { ...world, faults: [...world.faults, fault] };
}

/** True when `path` is made of the pattern's pieces in order; `*` stands for any text. */
function fits(pattern: string, path: string): boolean {
  const pieces = pattern.split("*");
  const first = pieces[0] ?? "";
  const last = pieces.at(-1) ?? "";
  if (pieces.length === 1) return path === pattern;
  if (!path.startsWith(first) || !path.endsWith(last) || path.length < first.length + last.length)
    return false;
  let from = first.length;
  for (const piece of pieces.slice(1, -1)) {
    const at = path.indexOf(piece, from);
    if (at === -1 || at + piece.length > path.length - last.length) return false;
    from = at + piece.length;
  }
  return true;
}

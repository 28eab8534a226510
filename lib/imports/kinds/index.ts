/** Every kind of file that can be imported. */
import type { ImportKind } from "../kind.ts";

export const KINDS: readonly ImportKind[] = [];

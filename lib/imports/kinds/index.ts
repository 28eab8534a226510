/** Every kind of file that can be imported. */
import type { ImportKind } from "../kind.ts";
import { fivetranMeta } from "./fivetran-meta.ts";
import { metaAdsManager } from "./meta-ads-manager/index.ts";

export const KINDS: readonly ImportKind[] = [metaAdsManager, fivetranMeta];

/** Every kind of file that can be imported. */
import type { ImportKind } from "../kind.ts";
import { fivetranGoogle } from "./fivetran-google.ts";
import { fivetranMeta } from "./fivetran-meta.ts";
import { googleAdsReport } from "./google-ads-report/index.ts";
import { metaAdsManager } from "./meta-ads-manager/index.ts";

export const KINDS: readonly ImportKind[] = [metaAdsManager, fivetranMeta, googleAdsReport, fivetranGoogle];

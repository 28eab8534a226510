/** A brand file as its confirmed guesses make it. */
import type { Matcher } from "../domain/brand.ts";
import { manifests } from "../platforms/index.ts";
import { nameOf } from "./accounts.ts";
import { LANGUAGE_GUESS, LEAVE_BRAND_SEARCH } from "./manners.ts";
import { ownersGuess } from "./owners.ts";
import { chosenStages } from "./stages.ts";
import { TARGET_GUESS, TARGET_STAGES } from "./targets.ts";
import type { Answers, Findings, FoundAccount, Wishes } from "./types.ts";

export interface BrandSettings {
  id: string;
  name: string;
  /** The sandbox's brand, with the shop of its world. */
  sandbox: boolean;
  /** A dataset brings its shop along and has counted its conversions: the file names neither. */
  dataset: boolean;
  /** Address of the schema for editors, from where the file will be. */
  schema: string | null;
}

export interface Written {
  file: Readonly<Record<string, unknown>>;
  /** What the answers leave open. */
  notes: readonly string[];
}

const SALES = /purchas|achat|order|commande|sale|vente|transaction|checkout/i;
const LEADS = /lead|contact|form|sign.?up|inscription|regist|devis/i;
const PACK = "roads";

export function brandFile(
  findings: Findings,
  wishes: Wishes,
  answers: Answers,
  settings: BrandSettings,
): Written {
  const { id, name, sandbox, dataset, schema } = settings;
  const { accounts } = findings;
  const [first] = accounts;
  const { stages, notes } = chosenStages(findings, answers);
  const counted = dataset ? [] : conversionNames(accounts);
  const brandSearch = stages.get("brandSearch");
  const file = {
    ...(schema === null ? {} : { $schema: schema }),
    id,
    name,
    ...(answers[LANGUAGE_GUESS] === "fr" ? { language: "fr" } : {}),
    currency: first?.snapshot.currency,
    zone: first?.snapshot.zone,
    mode: "shadow",
    ...(sandbox ? { sandbox } : {}),
    accounts: accounts.map((found) => accountEntry(found, counted)),
    ...(sandbox ? { shop: { source: "csv", file: "revenue.csv" } } : {}),
    parameters: parametersOf(wishes, answers, stages),
    ...(dataset ? {} : { conversions: { primary: counted[0]?.name, ...conversionEntries(counted) } }),
    ...(stages.size === 0 ? {} : { groups: { stage: Object.fromEntries(stages) } }),
    ...(answers[LEAVE_BRAND_SEARCH] === false && brandSearch !== undefined
      ? { handsOff: [{ ...brandSearch, by: "palier init" }] }
      : {}),
    packs: { [PACK]: {} },
  };
  return { file, notes: [...notes, ...doubts(accounts, answers)] };
}

function doubts(accounts: readonly FoundAccount[], answers: Answers): string[] {
  return accounts
    .filter((found) => answers[ownersGuess(found)] === false)
    .map(
      ({ account }) =>
        `You said that the budgets of ${nameOf(account)} are not these: look there before anything is applied.`,
    );
}

interface Counted {
  /** As the brand calls it. */
  name: string;
  /** What each platform calls it. */
  own: Map<string, string>;
}

/** One name for what the platforms count alike; an account that counts something else gets a name of its own. */
function conversionNames(accounts: readonly FoundAccount[]): Counted[] {
  const names: Counted[] = [];
  for (const { account, conversion } of accounts) {
    const fits = ({ own }: Counted) => (own.get(account.platform) ?? conversion) === conversion;
    const kind = kindOf(conversion);
    const known = names.find((one) => kindOfName(one.name) === kind && fits(one));
    if (known !== undefined) {
      known.own.set(account.platform, conversion);
      continue;
    }
    const taken = names.filter((one) => kindOfName(one.name) === kind).length;
    const name = taken === 0 ? kind : `${kind}${taken + 1}`;
    names.push({ name, own: new Map([[account.platform, conversion]]) });
  }
  return names;
}

function kindOf(conversion: string): string {
  if (SALES.test(conversion)) return "purchase";
  return LEADS.test(conversion) ? "lead" : "conversion";
}

function kindOfName(name: string): string {
  return name.replace(/\d+$/, "");
}

function conversionEntries(counted: readonly Counted[]): Record<string, Record<string, string | string[]>> {
  return Object.fromEntries(
    counted.map(({ name, own }) => [
      name,
      Object.fromEntries([...own].map(([platform, word]) => [platform, writtenAs(platform, word)])),
    ]),
  );
}

/** Some platforms take one text, others a list. */
function writtenAs(platform: string, conversion: string): string | string[] {
  const schema = manifests.find(({ id }) => id === platform)?.conversionSchema;
  return schema === undefined || schema.safeParse(conversion).success ? conversion : [conversion];
}

function accountEntry(
  { account, conversion }: FoundAccount,
  counted: readonly Counted[],
): Record<string, string> {
  const { platform, accountId: id } = account;
  if (counted.length === 0) return { platform, id };
  const name = counted.find(({ own }) => own.get(platform) === conversion)?.name;
  const choosesAttribution = manifests.find((one) => one.id === platform)?.attributionSchema != null;
  return {
    platform,
    id,
    ...(choosesAttribution ? { attribution: "asSet" } : {}),
    ...(name === undefined || name === counted[0]?.name ? {} : { conversion: name }),
  };
}

function parametersOf(
  { contributionMargin, wantedProfit }: Wishes,
  answers: Answers,
  stages: ReadonlyMap<string, Matcher>,
): object {
  const target = answers[TARGET_GUESS];
  const values = TARGET_STAGES.flatMap((stage) => {
    const value = answers[`${TARGET_GUESS}:${stage}`];
    const who = stages.get(stage);
    return typeof value === "number" && who !== undefined ? [{ ...who, value }] : [];
  });
  const targetCpa = {
    unit: "money",
    ...(typeof target === "number" ? { default: target } : {}),
    ...(values.length === 0 ? {} : { values }),
  };
  const hasTarget = typeof target === "number" || values.length > 0;
  return {
    ...(hasTarget ? { targetCpa } : {}),
    ...(contributionMargin === null
      ? {}
      : {
          contributionMargin: { unit: "ratio", default: contributionMargin },
          wantedProfit: { unit: "ratio", default: wantedProfit },
        }),
  };
}

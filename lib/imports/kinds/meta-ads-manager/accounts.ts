/** What an export says of its accounts: currency, attribution, and what its conversions are. */
import type { AccountRef } from "../../../domain/ids.ts";
import type { OpenFile } from "../../kind.ts";
import { type Row, textAt } from "../../row.ts";
import { COLUMNS } from "./columns.ts";
import type { ConversionColumns } from "./conversions.ts";
import type { RowSubject } from "./rows.ts";

export interface Accounts {
  see(row: Row, subject: RowSubject): void;
  tell(): void;
}

/** What only the last row can tell. */
interface Gathered {
  account: AccountRef;
  name: string;
  currencies: Set<string>;
  attributions: Set<string>;
  /** What its results count; empty for results of a row that does not say. */
  types: Set<string>;
}

const LISTED_TEXTS = 5;
const NOTHING = /^(?:0(?:[.,]0+)?)?$/;

export function createAccounts(file: OpenFile, conversions: ConversionColumns | null): Accounts {
  const columns = {
    name: file.indexOf(COLUMNS.accountName),
    currency: file.indexOf(COLUMNS.currency),
    attribution: file.indexOf(COLUMNS.attribution),
  };
  const spend = file.header[file.indexOf(COLUMNS.spend) ?? -1] ?? "";
  const told = [currencyOf(spend)].filter((text) => text !== null);
  const accounts = new Map<string, Gathered>();
  return {
    see(row, { account }) {
      const gathered = accounts.get(account.accountId) ?? {
        ...{ account, name: "", currencies: new Set(told), attributions: new Set(), types: new Set() },
      };
      accounts.set(account.accountId, gathered);
      gathered.name ||= textAt(row, columns.name);
      addText(gathered.currencies, textAt(row, columns.currency));
      addText(gathered.attributions, textAt(row, columns.attribution));
      if (conversions === null || conversions.type === null) return;
      const type = textAt(row, conversions.type);
      addText(gathered.types, type);
      if (type === "" && !NOTHING.test(textAt(row, conversions.count))) gathered.types.add(type);
    },
    tell() {
      for (const gathered of accounts.values()) tellOne(file, gathered, conversions);
    },
  };
}

function tellOne(file: OpenFile, gathered: Gathered, conversions: ConversionColumns | null): void {
  const { account, name, currencies, attributions, types } = gathered;
  const { sink } = file;
  if (name !== "") sink.account({ ...account, name });
  for (const currency of currencies) sink.account({ ...account, currency });
  const [attribution] = attributions;
  if (attribution !== undefined && attributions.size === 1) sink.account({ ...account, attribution });
  if (attributions.size > 1) sink.note(`attribution differs between rows: ${listed(attributions)}`);
  if (conversions === null) return;
  if (conversions.type === null) {
    sink.account({ ...account, conversion: conversions.name });
    return;
  }
  const [type = ""] = types;
  if (types.size === 1 && type !== "") {
    sink.account({ ...account, conversion: type });
    return;
  }
  sink.forgetConversions(account);
  sink.note(
    types.size > 1
      ? `results count different things (${listed(types)}): conversions are unknown; add the column Purchases to the report, or name the one that counts by --conversion`
      : "results do not say what they count: conversions are unknown",
  );
}

function addText(texts: Set<string>, text: string): void {
  if (text !== "") texts.add(text);
}

/** "Amount spent (EUR)" */
function currencyOf(header: string): string | null {
  return /\(([A-Z]{3})\)$/.exec(header)?.[1] ?? null;
}

function listed(texts: ReadonlySet<string>): string {
  const first = [...texts].slice(0, LISTED_TEXTS).map((text) => (text === "" ? "not said" : text));
  return [...first, ...(texts.size > LISTED_TEXTS ? ["..."] : [])].join(", ");
}

/** Where `palier facts` reads: what a brand's last night saw, or a dataset folder. */
import type { Brand } from "../domain/brand.ts";
import type { Day } from "../domain/day.ts";
import type { Message } from "../domain/figure.ts";
import type { Snapshot } from "../domain/snapshot.ts";
import type { BrandState } from "../domain/state.ts";
import { newestSnapshot } from "../loop/snapshots.ts";
import { createFacts } from "../metrics/index.ts";
import type { FiguresInput } from "../metrics/list-figures.ts";
import { maturityOf } from "../platforms/index.ts";
import { RuntimeError } from "./errors.ts";
import type { Workspace } from "./workspace.ts";

export interface FactsSource extends FiguresInput {
  /** For people: the brand's name, or the folder's. */
  name: string;
  /** Null where a dataset does not say. */
  currency: string | null;
  zone: string | null;
  /** What its accounts count as conversions; without those that nobody names. */
  counted: readonly { platform: string; conversion: string }[];
  events: readonly { name: string; from: Day; to: Day }[];
  notes: readonly Message[];
  /** The days that each account of the brand has figures of, whatever the day that is asked about. */
  covered: readonly { from: Day; to: Day }[];
}

/** @throws RuntimeError `facts.noNight` before the brand's first night. */
export async function nightFacts({ ports, config: { brand } }: Workspace): Promise<FactsSource> {
  const state = await ports.log.state(brand.id);
  const snapshot = await newestSnapshot(ports.blobs, state);
  if (snapshot === null) {
    const next = `run one first: npm run palier -- night --brand ${brand.id}`;
    throw new RuntimeError(
      "facts.noNight",
      `${brand.id} has had no night whose figures could be read; ${next}`,
    );
  }
  const { name, currency, zone } = brand;
  const input = figuresInput(brand, snapshot, state);
  const covered = snapshot.accounts.map(({ coveredFrom: from, coveredTo: to }) => ({ from, to }));
  return { ...input, name, currency, zone, counted: snapshot.accounts, events: [], notes: [], covered };
}

export function figuresInput(brand: Brand, snapshot: Snapshot, state: BrandState): FiguresInput {
  const maturity = maturityOf(brand.accounts);
  return { facts: createFacts({ brand, snapshot, state, maturity }), brand, snapshot };
}

/** For whom messages are worded. */
import type { Person } from "../domain/desk.ts";
import type { EntityUrl, LevelWords } from "../report/page.ts";
import type { FactLabels } from "../words/fact-words.ts";
import type { Reader } from "../words/reader.ts";

/** Enough for answers, dialogs and homes. */
export interface DeskView {
  reader: Reader;
  /** Of the desk, so that who is in Slack is mentioned by their member id. */
  people: readonly Person[];
}

export interface RenderOptions extends DeskView {
  /** Id and name of the brand. */
  brand: string;
  brandName: string;
  factLabels: FactLabels;
  levelWords: LevelWords;
  /** What people call each platform, by its id. */
  platformLabels: Readonly<Record<string, string>>;
  entityUrl: EntityUrl;
}

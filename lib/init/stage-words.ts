/** The funnel stage that a campaign's name or objective speaks of, in the words that media buyers use in English and French. */
import type { Entity } from "../domain/entity.ts";
import type { USUAL_STAGES } from "../domain/match.ts";

export type Stage = (typeof USUAL_STAGES)[number];

/** What a name says, and where it says it. */
export interface Word {
  stage: Stage;
  /** The word as it stands in the name, and its place there. */
  start: number;
  end: number;
}

export interface Spoken {
  stage: Stage;
  /** Null where the objective alone speaks. */
  word: Word | null;
}

interface Vocabulary {
  stage: Stage;
  /** Whole words. */
  words: readonly string[];
  /** Beginnings of words. */
  stems: readonly string[];
}

/** Names for the people that a campaign is after: where one stands, it says more than any other word. */
const AUDIENCES: readonly Vocabulary[] = [
  {
    stage: "prospecting",
    words: ["PROS", "PROSP", "TOFU", "COLD", "ACQ", "FROID", "FROIDE", "FROIDES"],
    stems: ["PROSPECT", "ACQUI"],
  },
  {
    stage: "retargeting",
    words: ["RTG", "RMK", "RMKT", "BOFU", "CHAUD", "CHAUDE", "CHAUDES"],
    stems: ["RETARG", "REMARKET", "RECIBL"],
  },
  { stage: "awareness", words: ["AWA"], stems: ["AWARE", "NOTORI"] },
  {
    stage: "existing",
    words: ["EXISTING", "EXISTANT", "EXISTANTS", "EXISTANTE", "EXISTANTES", "CRM", "RETENTION"],
    stems: ["LOYAL", "FIDEL"],
  },
];

/** Of searches alone: a brand film is no brand search. */
const BRANDS: readonly Vocabulary[] = [
  { stage: "brandSearch", words: ["BRAND", "BRANDED", "MARQUE", "MARQUES"], stems: [] },
];
const NOT_BRAND = /\b(?:NON|NO|NOT|HORS|SANS)[^A-Z0-9]*(?:BRAND(?:ED)?|MARQUES?)\b|\bNONBRAND(?:ED)?\b/;

/** Kinds of campaigns, which speak where nothing names the people. */
const KINDS: readonly Vocabulary[] = [
  { stage: "awareness", words: ["VIEWS", "REACH", "VIDEO", "VIDEOS", "VUES", "PORTEE"], stems: [] },
  { stage: "mixed", words: ["PMAX", "ASC", "SHOPPING"], stems: ["ADVANTAGE"] },
];

/** Meta's own words, today's and those before, and Google's types of campaign. */
const OBJECTIVES: ReadonlyMap<string, Stage> = new Map([
  ["OUTCOME_AWARENESS", "awareness"],
  ["BRAND_AWARENESS", "awareness"],
  ["REACH", "awareness"],
  ["VIDEO_VIEWS", "awareness"],
  ["performanceMax", "mixed"],
  ["shopping", "mixed"],
]);

/** Null where nothing speaks, or two stages do: then people say. */
export function spokenBy({ name, objective }: Pick<Entity, "name" | "objective">): Spoken | null {
  const tokens = tokensOf(name);
  for (const vocabularies of tiersOf(name, objective)) {
    const found = tokens.flatMap((token) => wordsIn(token, vocabularies));
    const [first, ...others] = found;
    if (first === undefined) continue;
    return others.every(({ stage }) => stage === first.stage) ? { stage: first.stage, word: first } : null;
  }
  const stage = OBJECTIVES.get(objective ?? "");
  return stage === undefined ? null : { stage, word: null };
}

function tiersOf(name: string, objective: string | null): readonly (readonly Vocabulary[])[] {
  const searches = objective === "search" && !NOT_BRAND.test(plain(name));
  return searches ? [AUDIENCES, BRANDS, KINDS] : [AUDIENCES, KINDS];
}

interface Token {
  text: string;
  start: number;
  end: number;
}

/** Runs of letters and digits, in capitals without accents, each with its place in the name. */
function tokensOf(name: string): Token[] {
  return [...name.matchAll(/[\p{L}\p{N}\p{M}]+/gu)].map(({ 0: text, index }) => ({
    text: plain(text),
    start: index,
    end: index + text.length,
  }));
}

function wordsIn({ text, start, end }: Token, vocabularies: readonly Vocabulary[]): Word[] {
  return vocabularies
    .filter(({ words, stems }) => words.includes(text) || stems.some((stem) => text.startsWith(stem)))
    .map(({ stage }) => ({ stage, start, end }));
}

function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toUpperCase();
}

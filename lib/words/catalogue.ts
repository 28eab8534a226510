/** The sentences of both languages, and how a template is filled. */
import { en } from "./en/index.ts";
import { WordsError } from "./errors.ts";
import { fr } from "./fr/index.ts";
import type { Language } from "./reader.ts";

export type MessageKey = keyof typeof en;

const catalogues: Readonly<Record<Language, Readonly<Record<MessageKey, string>>>> = { en, fr };
const pluralRules = { en: new Intl.PluralRules("en"), fr: new Intl.PluralRules("fr") } as const;

/** `{name}` is a figure; `{name:word|words}` is a word that agrees with the figure's number. */
const PLACEHOLDER = /\{(\w+)(?::([^{}|]*)\|([^{}|]*))?\}/g;

/** One value of a template: its text, and its number where a word has to agree with it. */
export interface Filling {
  text: string;
  count: number | null;
}

export function isMessageKey(key: string): key is MessageKey {
  return Object.hasOwn(en, key);
}

/** @throws WordsError `words.missingFigure` when the template names a value that was not given. */
export function fillTemplate(
  key: MessageKey,
  language: Language,
  fillings: Readonly<Record<string, Filling>>,
): string {
  return catalogues[language][key].replace(PLACEHOLDER, (_, name: string, one?: string, many?: string) => {
    const filling = Object.hasOwn(fillings, name) ? fillings[name] : undefined;
    if (filling === undefined) {
      throw new WordsError("words.missingFigure", `the sentence "${key}" needs the figure "${name}"`);
    }
    if (one === undefined || many === undefined) return filling.text;
    return pluralRules[language].select(filling.count ?? 0) === "one" ? one : many;
  });
}

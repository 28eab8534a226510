/** Whom words are for. */
export type Language = "en" | "fr";

/** `currency` is the account's ISO code; `zone` the brand's IANA zone, in which instants are told. */
export interface Reader {
  language: Language;
  currency: string;
  zone: string;
}

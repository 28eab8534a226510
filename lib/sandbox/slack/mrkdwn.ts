/**
 * Slack's `mrkdwn`: reading its tokens, and the traps in it that Slack takes without a word and that must never be in a message of
 * ours: shouts to a whole channel, links to places nobody chose, marks that turn text around.
 * Source: docs.slack.dev/messaging/formatting-message-text.
 */
import { isObject } from "./check.ts";

export type Token =
  | { kind: "text"; text: string }
  | { kind: "link"; url: string; label: string }
  | { kind: "person" | "channel"; id: string }
  | { kind: "shout"; name: string }
  | { kind: "special"; fallback: string };

/** Text between tokens is decoded: `&lt;` is `<` in it. */
export function tokensOf(mrkdwn: string): Token[] {
  return mrkdwn.split(/(<[^<>\n]*>)/).flatMap((piece): Token[] => {
    if (piece === "") return [];
    return [
      /^<[^<>\n]+>$/.test(piece) ? tokenOf(piece.slice(1, -1)) : { kind: "text", text: decoded(piece) },
    ];
  });
}

const SHOUTS = ["channel", "here", "everyone", "group"];

function tokenOf(inside: string): Token {
  const bar = inside.indexOf("|");
  const target = bar === -1 ? inside : inside.slice(0, bar);
  const label = bar === -1 ? decoded(target) : decoded(inside.slice(bar + 1));
  if (/^@[UW]/.test(target)) return { kind: "person", id: target.slice(1) };
  if (target.startsWith("#")) return { kind: "channel", id: target.slice(1) };
  if (!target.startsWith("!")) return { kind: "link", url: decoded(target), label };
  const name = target.slice(1).split("^")[0] ?? "";
  if (SHOUTS.includes(name) || name === "subteam") return { kind: "shout", name };
  return { kind: "special", fallback: label };
}

function decoded(text: string): string {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

/** Marks that hide what a text says: other directions, nothing to see, control characters. Emoji are joined by one of them. */
const HIDING = /(?!\u200d)\p{Cf}|(?![\n\t])\p{Cc}/u;

/**
 * Every trap in a message's or view's texts, in words; empty when there is none. `hosts` are those that a link may lead to, theirs
 * below included.
 */
export function textTraps(payload: unknown, hosts: readonly string[]): string[] {
  return textsOf(payload).flatMap(({ text, marked, verbatim }) => {
    const traps = HIDING.test(text) ? [`hidden characters in ${JSON.stringify(text)}`] : [];
    return marked ? [...traps, ...markTraps(text, verbatim, hosts)] : traps;
  });
}

function markTraps(text: string, verbatim: boolean, hosts: readonly string[]): string[] {
  return tokensOf(text).flatMap((token): string[] => {
    if (token.kind === "shout") return [`a shout to everybody: ${token.name}`];
    if (token.kind === "link") return isHostOf(token.url, hosts) ? [] : [`a link to ${token.url}`];
    // Without `verbatim` Slack makes links of addresses and a shout of a bare name by itself.
    if (token.kind !== "text" || verbatim) return [];
    const bare = token.text.match(/\bhttps?:\/\/\S+/gi) ?? [];
    return bare.filter((url) => !isHostOf(url, hosts)).map((url) => `a bare link to ${url}`);
  });
}

function isHostOf(url: string, hosts: readonly string[]): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  return protocol === "https:" && hosts.some((host) => hostname === host || hostname.endsWith(`.${host}`));
}

interface FoundText {
  text: string;
  marked: boolean;
  verbatim: boolean;
}

/** All texts that people read; of those outside text objects (a message's own) Slack takes marks too. */
function textsOf(value: unknown): FoundText[] {
  if (Array.isArray(value)) return value.flatMap(textsOf);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, part]): FoundText[] => {
    if (key !== "text" || typeof part !== "string") return textsOf(part);
    return [{ text: part, marked: value.type !== "plain_text", verbatim: value.verbatim === true }];
  });
}

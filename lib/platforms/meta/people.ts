/**
 * People reached in a span of days, each counted once: asked for as a whole, never put together from days or halves.
 * Source: Meta Marketing API, Insights (`reach`, no `time_increment`).
 */
import { addDays, type Day, localDay } from "../../domain/day.ts";
import type { Entity } from "../../domain/entity.ts";
import type { AccountRef } from "../../domain/ids.ts";
import type { People } from "../../domain/snapshot.ts";
import type { PeopleQuestion } from "../port.ts";
import { failureOf, platformError } from "./errors.ts";
import { type LevelWords, offeredOf, wordsOf } from "./insights.ts";
import { type PeopleRow, parseAnswer, peopleSchema } from "./schemas.ts";
import type { ReadSession } from "./session.ts";

/** Three years: Meta forgets what is more than 37 months old, and refuses to be asked for it. */
const REMEMBERED_DAYS = 1_095;
const SPAN_DAYS: Readonly<Record<People["span"], number>> = {
  "7d": 7,
  "28d": 28,
  lifetime: REMEMBERED_DAYS,
};

export interface PeopleQuery {
  account: AccountRef;
  zone: string;
  today: Day;
  /** Whose lives are known: a lifetime that began before Meta's memory, or nobody knows when, is not answered. */
  entities: readonly Entity[];
}

interface Asked extends PeopleQuery {
  question: PeopleQuestion;
  from: Day;
  to: Day;
}

/** One request for each span and level. @throws PlatformError `malformed` for rows of another account or span, and for two of one entity. */
export async function readPeople(
  session: ReadSession,
  questions: readonly PeopleQuestion[],
  query: PeopleQuery,
): Promise<People[]> {
  const to = addDays(query.today, -1);
  const people: People[] = [];
  for (const question of questions) {
    const [level] = offeredOf([question.level]);
    if (level === undefined) continue;
    const from = addDays(query.today, -SPAN_DAYS[question.span]);
    people.push(...(await readSpan(session, wordsOf(level), { ...query, question, from, to })));
  }
  return people;
}

async function readSpan(session: ReadSession, words: LevelWords, asked: Asked): Promise<People[]> {
  const { account, question, from, to } = asked;
  const fields = ["reach", "impressions", "date_start", "date_stop", "account_id"];
  const rows = await session.list({
    path: [`act_${account.accountId}`, "insights"],
    params: {
      level: words.level,
      fields: [...new Set([...fields, words.idField])].join(","),
      time_range: { since: from, until: to },
    },
    // Not one that may be halved: people of two halves do not add up.
    range: null,
  });
  const what = `people by ${words.level} over ${question.span}`;
  const seen = new Set<string>();
  return rows.flatMap((row): People[] => {
    const parsed = parseAnswer(peopleSchema, row, what);
    const entityId = checkedId(parsed, words, asked, what);
    if (seen.has(entityId)) throw malformed(`Meta answered ${what} twice for ${entityId}`);
    seen.add(entityId);
    const begin = question.span === "lifetime" ? beginOf(entityId, asked) : from;
    // Where Meta does not tell its reach, nobody knows it.
    if (begin === null || parsed.reach == null) return [];
    const { reach, impressions } = parsed;
    return [{ ...question, entityId, from: begin, to, reach, impressions }];
  });
}

function checkedId(row: PeopleRow, words: LevelWords, { account, from, to }: Asked, what: string): string {
  const entityId = row[words.idField];
  if (row.account_id !== account.accountId || entityId === undefined)
    throw malformed(`Meta answered ${what} with a row of another account or of no entity`);
  if (row.date_start === from && row.date_stop === to) return entityId;
  throw malformed(
    `Meta answered ${what} for ${row.date_start} to ${row.date_stop} where ${from} to ${to} was asked`,
  );
}

/** The day on which the entity was made, where all its life is among the days asked for. */
function beginOf(entityId: string, { question, entities, zone, from }: Asked): Day | null {
  const entity = entities.find(({ level, id }) => level === question.level && id === entityId);
  const day = entity?.createdAtMs == null ? null : localDay(entity.createdAtMs, zone);
  return day === null || day < from ? null : day;
}

function malformed(text: string): Error {
  return platformError(failureOf("malformed", text));
}

/** What is known of the place that text is written to, and a progress line for it. */
import { stripVTControlCharacters } from "node:util";
import { truncate } from "../../lib/report/width.ts";
import { plainText } from "../../lib/words/plain-text.ts";

/** Reports are laid out for these widths; narrower terminals wrap, wider ones would make lines hard to follow. */
const LEAST_WIDTH = 60;
const MOST_WIDTH = 200;
/** For files and pipes, which have no width. */
const USUAL_WIDTH = 100;
const CLEAR_LINE = "\r\u001b[2K";

export interface OutputStream {
  isTTY?: boolean;
  columns?: number;
  write(text: string): unknown;
}

export interface Terminal {
  /** Columns to lay text out for, 60 to 200. */
  width: number;
  colors: boolean;
  /** It takes hyperlinks (OSC 8), or at least passes over them. */
  hyperlinks: boolean;
  isTty: boolean;
}

/** A stream whose reader may leave before everything is written, as `head` does. */
interface PipedStream {
  on(event: "error", listener: (error: NodeJS.ErrnoException) => void): unknown;
}

/** A reader that has seen enough must not end a night half way: its going is no failure, and what is under way is finished. */
export function surviveClosedPipes(...streams: readonly PipedStream[]): void {
  for (const stream of streams) {
    stream.on("error", (error) => {
      if (error.code !== "EPIPE") throw error;
    });
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Colours only on a terminal, unless `NO_COLOR` (any value) or `FORCE_COLOR` (any value but 0) says otherwise. */
export function terminal(stream: OutputStream, environment: Environment = process.env): Terminal {
  const isTty = stream.isTTY === true;
  const columns = isTty && stream.columns !== undefined && stream.columns > 0 ? stream.columns : USUAL_WIDTH;
  const width = Math.min(MOST_WIDTH, Math.max(LEAST_WIDTH, columns));
  const colors = hasColors(isTty, environment);
  // What reads colours from a pipe is often no terminal, and would keep the addresses as rubbish.
  const hyperlinks = isTty && colors && environment.TERM !== "dumb";
  return { width, colors, hyperlinks, isTty };
}

export interface Progress {
  /** What is going on now. */
  step(text: string): void;
  /** Leaves the last step standing; the next one starts a line of its own. */
  keep(): void;
  /** Takes the progress line away, so that what is printed next starts on a clean one. */
  end(): void;
}

/** On a terminal one line that rewrites itself; elsewhere one line a step. */
export function progress(stream: OutputStream): Progress {
  const { isTty } = terminal(stream, {});
  const width = (stream.columns ?? USUAL_WIDTH) - 1;
  return {
    step(text) {
      const line = plainText(stripVTControlCharacters(text));
      stream.write(isTty ? CLEAR_LINE + truncate(line, width) : `${line}\n`);
    },
    keep() {
      if (isTty) stream.write("\n");
    },
    end() {
      if (isTty) stream.write(CLEAR_LINE);
    },
  };
}

function hasColors(isTty: boolean, { NO_COLOR, FORCE_COLOR, TERM }: Environment): boolean {
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== "") return FORCE_COLOR !== "0";
  if (NO_COLOR !== undefined && NO_COLOR !== "") return false;
  return isTty && TERM !== "dumb";
}

/** Every sentence in English. Its keys are the catalogue's keys. */

import { figures } from "./figures.ts";
import { log } from "./log.ts";
import { reasons } from "./reasons.ts";
import { report } from "./report.ts";
import { settings } from "./settings.ts";
import { slack } from "./slack.ts";

export const en = { ...figures, ...reasons, ...report, ...settings, ...log, ...slack };

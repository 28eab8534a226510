/** Words for states and kinds of campaign, of the interface in English and French and of the API. */

const STATUSES: Readonly<Record<string, "active" | "paused" | "removed">> = {
  ...{ enabled: "active", active: "active", activée: "active", activé: "active" },
  ...{ paused: "paused", suspendue: "paused", suspendu: "paused", "mise en veille": "paused" },
  ...{ "mis en veille": "paused", "en veille": "paused", "en pause": "paused" },
  ...{ removed: "removed", deleted: "removed", supprimée: "removed", supprimé: "removed" },
};

/** Undefined where nothing is said or the word is unknown. */
export function statusOf(word: string): "active" | "paused" | "removed" | undefined {
  return STATUSES[word.toLowerCase()];
}

/** Google names the learning phase of a bid strategy in its status while it lasts. Undefined for what is not shown at all. */
export function learningOf(status: string): "learning" | "learned" | undefined {
  if (/learning|apprentissage/i.test(status)) return "learning";
  return /^(?:eligible|éligible|limited by |limitée? par )/i.test(status) ? "learned" : undefined;
}

/** Kinds of campaign that the interface words otherwise than the API does; the API's word is what rules know. */
const OBJECTIVES: Readonly<Record<string, string>> = {
  ...{ "réseau de recherche": "search", recherche: "search", "réseau display": "display", vidéo: "video" },
  ...{ app: "multiChannel", application: "multiChannel", applications: "multiChannel" },
  ...{ "génération de la demande": "demandGen", intelligente: "smart", hôtel: "hotel", locale: "local" },
};

/** `Performance Max` and `PERFORMANCE_MAX` as rule and brand files write it: `performanceMax`. */
export function objectiveOf(word: string): string {
  const lower = word.toLowerCase();
  return (
    OBJECTIVES[lower] ?? lower.replace(/[_ -]+(\p{L}|\d)/gu, (_, letter: string) => letter.toUpperCase())
  );
}

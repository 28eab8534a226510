/** The review of a period, and answers to questions, in French. */
export const slackReview = {
  "review.title": "{brand}, bilan du {from} au {to}",
  "review.nights": "{planned} {planned:nuit décidée|nuits décidées}, {missed} {missed:manquée|manquées}.",
  "review.cac": "Coût d'un nouveau client",
  "review.rules": "Règles",
  "review.rule":
    "{rule} ({pack}), responsable {owner}\u00a0: {proposed} proposés, {approved} approuvés, {edited} modifiés, {rejected} refusés, {expired} expirés, {applied} appliqués, {restored} rétablis",
  "review.worth": "{paid} {paid:rentable|rentables}, {cost} {cost:coûteux|coûteux}",
  "review.reason": "refusé parce que\u00a0: {reason}",
  "review.noRules": "Aucune règle n'a rien demandé.",

  "slack.outcome.proposed": "proposé",
  "slack.outcome.auto": "sans demander",
  "slack.outcome.shadow": "seulement observé",
  "slack.outcome.blocked": "bloqué",
  "why.title": "Pourquoi {asked}",
  "why.nothing": "Rien ne porte ce nom dans le dernier plan. Une partie du nom suffit.",
  "why.noPlan": "Aucune nuit n'a encore été planifiée.",
  "why.of": "D'après la nuit du {day}\u00a0:",
  "why.matched": "{rule}\u00a0: s'applique. {conditions}",
  "why.notMatched": "{rule}\u00a0: ne s'applique pas. {conditions}",
  "why.noData": "{rule}\u00a0: inconnu. {conditions}",
  "why.noRule": "Aucune règle ne s'en occupe.",
  "why.more": "et {count} {count:autre élément|autres éléments} de ce nom",
  "preview.title": "Aperçu\u00a0: {title}",
  "preview.nothing": "Rien n'est journalisé, rien n'est demandé, rien n'est changé.",
} as const;

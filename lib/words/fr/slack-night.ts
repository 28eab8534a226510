/** The message of a night in Slack, in French. */
export const slackNight = {
  "night.effect": "Si tout est fait\u00a0: {day} par jour, environ {month} par mois (x 30,4).",
  "night.worstCase": "Au pire, {amount} dépensés en un jour avant que la nuit suivante puisse corriger.",
  "night.none": "Rien à décider cette nuit.",
  "night.nothingProposed": "Rien n'est proposé.",
  "night.page": "{brand}, nuit du {day}\u00a0: page {page} sur {pages}",
  "night.thread": "{count} {count:autre page|autres pages} dans le fil de ce message.",
  "night.funnel": "Entonnoir par dépense{window}",
  "night.safe.title": "Tout approuver\u00a0?",
  "night.safe.text":
    "{count} {count:changement|changements} que seul le mode empêche d'appliquer sans demander\u00a0: {day} par jour au total. Chaque limite est revérifiée avant chaque changement.",
  "night.decided": "Décidé {at} ({zone}) par des règles, pas par des personnes\u00a0; moteur {engine}.",
  "night.notice":
    "{brand}\u00a0: cette nuit, de {from} à {to}, Palier peut changer des budgets sans demander, dans ses limites. /palier stop l'en empêche.",

  "card.why": "Pourquoi\u00a0: {why}",
  "card.conditions": "Conditions\u00a0: {conditions}",
  "card.limits": "Limites\u00a0: {limits}",
  "card.rule": "Règle {rule} ({pack}), responsable {owner}. {id}",
  "card.worstCase": "Au pire\u00a0: jusqu'à {amount} en un jour avant que la nuit suivante puisse corriger",
  "card.series": "{label} {bars} de {low} à {high}, {days}",
  "card.rejectedBefore": "Déjà refusé par {by}, {at}",
  "card.version": "{by} a choisi {to} par jour\u00a0; la règle proposait {proposed}.",
  "card.firstYes": "Premier accord de {by}, {at}. Il en faut un deuxième, d'une autre personne.",
  "card.until": "Ouvert jusqu'à {until}.",
  "card.auto": "Sans demander\u00a0: le mode et les limites le permettent.",
  "card.heldOff": "Ne pas toucher, demandé par {by}, jusqu'au {until} inclus",
  "card.approved": "Approuvé par {by}, {at}.",
  "card.rejected": "Refusé par {by}, {at}",
  "card.expired": "Expiré {at} sans réponse\u00a0: le silence vaut refus. Rien n'a été modifié.",
  "card.superseded":
    "Remplacé par un plan plus récent, ou une limite l'interdit désormais. Rien n'a été modifié.",
  "card.intent.intended": "Décidé, pas encore envoyé.",
  "card.intent.sent":
    "Envoyé\u00a0; son effet n'est pas encore connu. Il est relu et jamais envoyé deux fois.",
  "card.intent.notSent": "Pas encore envoyé\u00a0: {reason}. Il y aura un nouvel essai.",
  "card.intent.confirmed": "Appliqué {at}, et relu sur la plateforme.",
  "card.intent.notApplied": "Non appliqué\u00a0: {reason}. Rien n'a changé.",
  "card.intent.diverged": "DIVERGENCE, à vérifier tout de suite\u00a0: {reason}.",
  "card.intent.superseded": "Refusé avant l'envoi\u00a0: {reason}. Rien n'a été envoyé.",
  "card.restore": "Rétabli par {by}, {at}.",
} as const;

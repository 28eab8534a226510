/** Le point du matin en français. */
import type { digest as english } from "../en/digest.ts";

export const digest = {
  "judged.daysNotOver": "ses jours courent jusqu'au {until}",
  "judged.notSettled": "{percent} des conversions sont arrivées, il en faut {needed}",
  "judged.changedAgain": "modifié de nouveau le {day}\u00a0: aucun jour ne revient à ce seul changement",
  "judged.changedByOthers":
    "il n'est plus tel que le changement l'a laissé\u00a0: quelqu'un l'a modifié depuis",
  "judged.gone": "il n'existe plus, ou n'a plus de budget à lui",
  "judged.spendDidNotFollow": "la dépense a bougé de {spend}, ce qui n'est pas le sens du changement",
  "judged.moreThanNeeded":
    "{spend} de plus ont apporté {conversions} conversions de plus ; à l'objectif, il en fallait {needed}",
  "judged.lessThanNeeded":
    "{spend} de plus ont apporté {conversions} conversions de plus ; à l'objectif, il en fallait {needed}",
  "judged.lossBelowSaved":
    "{spend} économisés ont coûté {conversions} conversions ; à l'objectif, ils pouvaient en coûter {needed}",
  "judged.lossAboveSaved":
    "{spend} économisés ont coûté {conversions} conversions ; à l'objectif, ils pouvaient en coûter {needed}",
  "judged.withinChance":
    "la dépense a bougé de {spend}, les conversions de {conversions} ; l'objectif en demande {needed}, et le seul hasard en déplace {chance}",
  "judged.noMargin": "dépense et conversions n'ont pas bougé ensemble",
  "tracking.low":
    "le suivi de {account} est douteux : {conversions} conversions le {day} là où ses clics en apportent {expected}, de même pour {percent} de sa dépense ; le pixel est peut-être muet",
  "tracking.high":
    "le suivi de {account} est douteux : {conversions} conversions le {day} là où ses clics en apportent {expected}, de même pour {percent} de sa dépense ; le pixel compte peut-être double",
  "digest.noNight": "aucune nuit n'a été planifiée depuis le dernier point",
  "digest.noSnapshot": "rien n'a encore été relevé",
  "digest.daysOutOfReach": "aucun relevé ne couvre ces jours",
  "digest.newcomers":
    "{count} {count:budget est nouveau|budgets sont nouveaux} depuis la nuit précédente, dont {uncovered} qu'aucune règle ne regarde",
  "digest.scopes": "règles qui ne regardent personne, ou bien plus qu'avant\u00a0: {rules}",
  "digest.unmapped": "{spend} ({percent} de la dépense) ne relèvent d'aucune étape",
  "digest.unsettled":
    "compte {account} : {percent} des conversions de 14 jours sont arrivées, il en faut {needed}",
  "digest.rejectedBecause": "{reason}",
  "digest.title": "{brand}, {day}",
  "digest.yesterday": "Hier",
  "digest.changes": "Changements",
  "digest.noChanges": "Rien n'a été modifié, et rien n'attend.",
  "digest.change": "{name}, {edit}\u00a0: {status}",
  "digest.changeBy": "{name}, {edit}\u00a0: {status} ({by})",
  "digest.because": "{line}\u00a0: {reason}",
  "digest.expired": "{count} {count:proposition a expiré|propositions ont expiré} sans réponse",
  "digest.blocked": "Bloqués",
  "digest.blockedBy": "{count} {count:changement|changements}\u00a0: {guardrail}",
  "digest.judged": "Bilan",
  "digest.judgement": "{name}, {edit}, {days}\u00a0: {verdict}",
  "digest.quality": "Données",
  "digest.qualityFine": "Tous les comptes sont relevés, et rien n'est douteux.",
  "digest.alerts": "Alertes",
  "digest.alertOpen": "{reason} (personne ne s'en charge)",
  "digest.alertTaken": "{reason} (prise en charge par {by})",
  "digest.alertEscalated":
    "{reason} (personne ne s'en est chargé : rien n'est appliqué sans demander tant que c'est le cas)",
  "digest.status.waiting": "en attente",
  "digest.status.approved": "approuvé",
  "digest.status.rejected": "refusé",
  "digest.status.expired": "expiré",
  "digest.status.superseded": "laissé tel quel",
  "digest.status.intended": "décidé, pas encore envoyé",
  "digest.status.sent": "envoyé, effet inconnu",
  "digest.status.notSent": "pas encore envoyé",
  "digest.status.confirmed": "fait",
  "digest.status.notApplied": "refusé par la plateforme",
  "digest.status.diverged": "la plateforme a autre chose",
  "digest.verdict.tooEarly": "trop tôt",
  "digest.verdict.paid": "rentable",
  "digest.verdict.cost": "à perte",
  "digest.verdict.unclear": "pas clair",
  "digest.verdict.noData": "impossible à juger",
} as const satisfies Record<keyof typeof english, string>;

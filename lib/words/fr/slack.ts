/** What somebody is answered in Slack, the dialogs they fill in, and their home, in French. */
export const slack = {
  "slack.change": "{name}\u00a0: {edit}",
  "slack.button.approve": "Approuver",
  "slack.button.approveTo": "Approuver {to}",
  "slack.button.edit": "Modifier",
  "slack.button.reject": "Refuser",
  "slack.button.handsOff": "Ne plus toucher",
  "slack.button.restore": "Rétablir {from}",
  "slack.button.restoreStatus": "Rétablir",
  "slack.button.takeAlert": "Je m'en occupe",
  "slack.button.approveSafe": "Approuver les changements sûrs ({count})",
  "slack.button.cancel": "Annuler",
  "slack.button.send": "Envoyer",

  "slack.reply.left": "Laissé tel quel\u00a0: {change} ({reason})",
  "slack.reply.fresh": "Ouvert à la place\u00a0: {change}. La carte est dans le canal.",
  "slack.reply.notAllowed": "Vous ne pouvez pas répondre aux propositions de Palier. Rien n'a été modifié.",
  "slack.reply.notRecorded":
    "Il n'est PAS certain que votre réponse ait été enregistrée. Réessayez dans une minute\u00a0: une réponse ne compte qu'une fois.",

  "slack.dialog.edit": "Modifier le montant",
  "slack.dialog.reject": "Refuser",
  "slack.dialog.handsOff": "Ne plus toucher",
  "slack.dialog.restore": "Rétablir",
  "slack.dialog.now": "Actuellement\u00a0: {from} par jour",
  "slack.dialog.proposed": "Proposé\u00a0: {to} par jour ({percent})",
  "slack.dialog.range": "Autorisé\u00a0: de {least} à {most}, par pas de {unit}.",
  "slack.dialog.editWhat":
    "Votre montant devient une nouvelle version qui attend un accord\u00a0; la version proposée est alors caduque. Chaque limite est revérifiée.",
  "slack.dialog.amount": "Nouveau budget quotidien, en {currency}",
  "slack.dialog.amountHint": "Un montant comme {amount}, ou un écart comme {percent}.",
  "slack.dialog.reason": "Pourquoi",
  "slack.dialog.rejectHint": "Affiché si le même changement revient, et compté dans le bilan de la règle.",
  "slack.dialog.until": "Jusqu'au (inclus)",
  "slack.dialog.handsOffWhat":
    "Aucune règle n'y touche jusqu'à ce jour inclus. Ce qui est ouvert expire sans réponse.",
  "slack.dialog.restoreTo": "Retour en arrière\u00a0: {edit}.",
  "slack.dialog.restoreRule": "La règle {rule} n'y touche plus pendant {days}.",
  "slack.dialog.restoreLimits":
    "Plafond, plancher, total des hausses de la nuit et arrêts s'appliquent comme à tout changement.",
  "slack.dialog.restoreLost":
    "Ce qui ne se rattrape pas\u00a0: l'argent dépensé depuis, les résultats manqués depuis, et l'apprentissage, qui peut recommencer.",

  "slack.home.title": "En attente d'une réponse",
  "slack.home.none": "Rien n'attend de réponse.",
  "slack.home.nobody":
    "Vous n'êtes sur la liste d'aucune marque. Un responsable vous ajoute dans le fichier de la marque.",
  "slack.home.role": "Votre rôle ici\u00a0: {role}.",
  "slack.role.viewer": "lecteur",
  "slack.role.approver": "approbateur",
  "slack.role.owner": "responsable",
  "slack.home.until": "jusqu'à {until}, règle {rule}",
  "slack.more": "et {count} de plus",
  "slack.home.more": "et {count} de plus dans le canal",
  "slack.stopped": "ARRÊTÉ par {by}, {at}",
  "slack.because": "{what}\u00a0: {reason}",
  "slack.running": "En marche\u00a0: aucun arrêt n'est posé.",
  "slack.alert.merAlarm": "ALERTE MER",
  "slack.alert.trackingSuspect": "SUIVI SUSPECT",
  "slack.alert.diverged": "À VÉRIFIER TOUT DE SUITE\u00a0: un budget n'est pas celui qui était demandé",
  "slack.alert.disputed": "RÈGLES JUGÉES DE DEUX FAÇONS",
  "slack.alert.missedNight": "NUIT MANQUÉE",
  "slack.alert.takenBy": "{by} s'en occupe depuis {at}.",
  "slack.alert.escalated":
    "Personne ne l'a prise à temps\u00a0: les changements automatiques sont coupés, et seulement proposés, jusqu'à ce que quelqu'un s'en occupe.",
  "slack.alert.cleared": "Terminée depuis {at}.",
  "slack.alert.open": "Personne ne s'en occupe encore.",
  "slack.alert.raised": "Levée {at}.",
  "slack.help":
    "Ce que je sais faire\u00a0: `status`, `proposals`, `why` et un nom, `preview`, `stop` et une raison, `resume`. Avec plusieurs marques dans un canal, l'identifiant de la marque vient d'abord.",
} as const;

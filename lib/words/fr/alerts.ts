/** Why somebody must look, in French. */
export const alerts = {
  "loop.alert.disputed":
    "Les deux moteurs de règles ont jugé différemment ces règles : {rules}. Leurs changements sont bloqués et leurs suspensions tiennent. Passez ces règles en mode observation (shadow) et signalez le plan.",
  "loop.alert.diverged":
    "{name}\u00a0: la plateforme affiche autre chose que ce qui a été demandé. À vérifier dans le gestionnaire de publicités.",
  "loop.alert.merAlarm": "Le MER est à {mer}, sous son seuil d'alerte de {alarm}",
  "loop.alert.missedNight":
    "La nuit du {day} est passée sans décision. Rien n'a été proposé, rien n'a été changé.",
  "loop.alert.revenue": "Chiffre d'affaires des 7 derniers jours",
  "loop.alert.spend": "Dépenses des 7 derniers jours",
  "loop.alert.unknownOutcome":
    "{name}\u00a0: un changement a été envoyé, et son résultat n'a pas pu être lu. À vérifier dans le gestionnaire de publicités.",
} as const;

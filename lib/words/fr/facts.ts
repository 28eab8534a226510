/** Des chiffres seuls : `palier facts` et ce qu'il compare. */
import type { facts as english } from "../en/facts.ts";

export const facts = {
  "facts.title": "Chiffres de {name} au {day}",
  "facts.currency": "Montants en {currency}.",
  "facts.noCurrency": "Montants tels que dans les fichiers, qui n'en disent pas la devise.",
  "facts.zone": "Jours entiers de {zone}, le jour même non compté.",
  "facts.noZone": "Jours entiers, le jour même non compté.",
  "facts.windowsLeft": "Rien n'a de données sur {windows}.",
  "facts.name": "Nom",
  "facts.metric": "Mesure",
  "facts.corrected": "corrigé du délai",
  "facts.windows": "Fenêtres",
  "facts.span": "{from} au {to}",
  "facts.noData": "Pas de données",
  "facts.counted": "Compté d'après",
  "facts.account": "{conversion}\u00a0; {attribution}\u00a0; {countedOn}\u00a0; jours du {from} au {to}",
  "facts.events": "Pendant ces jours",
  "facts.notCovered":
    "Aucun compte n'a de chiffres sur ces jours\u00a0: ce qu'il y a commence le {from} et finit le {to}.",
  "check.same":
    "{file} ({kind})\u00a0: {compared:le|les} {compared} {compared:chiffre est|chiffres sont tous} {compared:celui|ceux} de Palier ({rows} {rows:ligne|lignes}), avec la précision de l'export.",
  "check.different":
    "{file} ({kind})\u00a0: {different} des {compared} {compared:chiffre|chiffres} ({rows} {rows:ligne|lignes}) {different:diffère|diffèrent}.",
  "check.uncompared":
    "Les conversions ne sont pas comparées\u00a0: Palier compte {conversion}, et l'export n'a pas de colonne de ce nom. Nommez la sienne avec --conversion.",
  "check.days": "Jours",
  "check.exported": "Export",
  "check.unknownEntity": "Palier ne connaît pas cette entité",
  "check.notExported": "l'export n'en a pas de ligne",
  "facts.brandWouldAdd":
    "Sans fichier de marque il n'y a ni étapes, ni objectifs, ni marges. Pour en proposer un\u00a0: palier init --dataset {folder}",
} satisfies Record<keyof typeof english, string>;

import type { Translated } from "../types";
import type french from "../fr/legal";

const words: Translated<typeof french> = {
  privacy: {
    title: "Personal data",
    lead: "What Plot Point knows of you, why, for how long, and what you can do about it. The periods written here are those by which the application really deletes.",
    version: "Notice of {{day}}.",
    short: "In short",
    never: "What we never ask",
    rights: "Your rights",
    act: {
      export: "Download my data",
      erase: "Delete my account",
      views: "Who saw me",
      emails: "Choose my e-mails",
    },
    collected: "What is collected",
    collected_what: "One by one: when, what for, on which ground of the GDPR, and until when.",
    where: "When",
    purpose: "What for",
    basis: "Ground",
    kept: "Kept",
    recipients: "Who else reads it",
    holds: "What the law keeps of somebody who left",
    holds_what: "When an account is deleted everything goes but this, for as long as it takes and no longer.",
    days_one: "{{count}} day at most",
    days_many: "{{count}} days at most",
    days_other: "{{count}} days at most",
    controller: "Controller",
  },
  access: {
    title: "Accessibility",
    lead: "Plot Point is meant for everybody, by keyboard, by ear, in large print or on a telephone. Here is where we stand.",
    state: "State of conformity",
    state_what: [
      "Plot Point aims at level AA of WCAG 2.2, and through it at RGAA 4.1, the French reference.",
      "No audit has been made by a third party yet. Under RGAA, a service without a valid audit is declared non-conformant: that is the state we declare, whatever our own checks say.",
    ],
    checked: "What is checked",
    checked_what: [
      "Each screen, in each of its states and in both languages, passes the automatic rules of levels A and AA at every change of the site; a single fault stops its publication. Contrasts are measured in light and in dark.",
      "Each screen is walked through by keyboard: all that can be acted on is reached, in the order of the page, is seen when it is, and can be left.",
      "Nothing has to be read sideways at 320 pixels wide, which is a magnification of 400%.",
      "E-mails are checked in the same way, in light and in dark.",
    ],
    missing: "What is not yet",
    missing_what: [
      "A machine finds only part of what keeps people out. A full reading with a screen reader, by somebody who lives with one, remains to be done.",
      "Files that users attach (evidence, texts) do not depend on us and may not be accessible.",
      "Texts that people write are read out in the language of the screen, even when they are in another.",
    ],
    report: "Report a barrier",
    report_what: "If something stops you, write to us, with or without an account: say on which screen and with which tool. A reply to any of our e-mails comes to the same place. We offer you another way to do what you wanted until it is mended.",
    appeal: "If no answer comes",
    appeal_what: "You may turn to the Défenseur des droits, the French ombudsman, free of charge:",
    appeal_form: "by their online form",
    appeal_delegate: "with their delegate in your département",
    appeal_post: "by post, without a stamp: Défenseur des droits, Libre réponse 71120, 75342 Paris CEDEX 07",
    made: "How this declaration is made",
    made_what: "Declaration made on {{day}} from the automatic checks of the site. Techniques used: HTML, CSS, JavaScript, SVG and WAI-ARIA.",
  },
};

export default words;

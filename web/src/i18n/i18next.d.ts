import "i18next";
import type common from "./fr/common";
import type forMe from "./fr/forMe";
import type projects from "./fr/projects";
import type answers from "./fr/answers";
import type decisions from "./fr/decisions";
import type account from "./fr/account";
import type company from "./fr/company";
import type files from "./fr/files";
import type landing from "./fr/landing";
import type conversation from "./fr/conversation";
import type people from "./fr/people";
import type legal from "./fr/legal";
import type mails from "./fr/mails";
import type mydata from "./fr/mydata";
import type myRates from "./fr/myRates";
import type ordered from "./fr/ordered";
import type promise from "./fr/promise";
import type rates from "./fr/rates";
import type queue from "./fr/queue";
import type review from "./fr/review";
import type project from "./fr/project";
import type verification from "./fr/verification";
import type visibility from "./fr/visibility";
import type producerHome from "./fr/producerHome";
import type brief from "./fr/brief";
import type choices from "./fr/choices";
import type credits from "./fr/credits";
import type profile from "./fr/profile";
import type audit from "./fr/audit";
import type auditDetails from "./fr/auditDetails";
import type operations from "./fr/operations";
import type reference from "./fr/reference";
import type adminModeration from "./fr/adminModeration";
import type adminAlarms from "./fr/adminAlarms";

/** Which sets of words there are: a sentence that is not written is an error of types. */
declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "common";
    resources: {
      common: typeof common;
      forMe: typeof forMe;
      projects: typeof projects;
      answers: typeof answers;
      decisions: typeof decisions;
      account: typeof account;
      company: typeof company;
      files: typeof files;
      landing: typeof landing;
      conversation: typeof conversation;
      people: typeof people;
      legal: typeof legal;
      mails: typeof mails;
      mydata: typeof mydata;
      myRates: typeof myRates;
      ordered: typeof ordered;
      promise: typeof promise;
      rates: typeof rates;
      queue: typeof queue;
      review: typeof review;
      project: typeof project;
      verification: typeof verification;
      visibility: typeof visibility;
      producerHome: typeof producerHome;
      brief: typeof brief;
      choices: typeof choices;
      credits: typeof credits;
      profile: typeof profile;
      audit: typeof audit;
      auditDetails: typeof auditDetails;
      operations: typeof operations;
      reference: typeof reference;
      adminModeration: typeof adminModeration;
      adminAlarms: typeof adminAlarms;
    };
  }
}

// The site's pages on answers of the API as its own examples give them. Run by tests/unit/local/test_site.py.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { beforeEach, test } from "node:test";

import { browser } from "./dom.mjs";

const REPOSITORY = new URL("../../", import.meta.url);
const examples = (context) => JSON.parse(readFileSync(new URL(`chalicelib/${context}/examples.json`, REPOSITORY), "utf-8"));
const { AttachmentReadingShape, AttachmentShape, ConversationShape, InvitedShape, MessageShape, WaitingList } = examples("conversations");
const { BriefShape, ProjectCard, ProjectList, ConfidentialityShape } = examples("briefs");
const TAXONOMY = JSON.parse(process.env.SITE_TAXONOMY);
const SHORTLIST = JSON.parse(process.env.SITE_SHORTLIST);
const ACTS = JSON.parse(process.env.SITE_ACTS);
const STATES = JSON.parse(process.env.SITE_STATES);

const sent = [];
let answers = {};

const answer = (status, body, headers = {}) => ({
  ok: status < 400, status, json: async () => structuredClone(body), blob: async () => new Blob([JSON.stringify(body)]),
  headers: { get: (name) => headers[name] ?? null },
});
const token = (group) => `x.${btoa(JSON.stringify({ "cognito:groups": [group] }))}.x`;
const DOWN = Symbol("down");

globalThis.fetch = async (address, { method = "GET", headers = {}, body } = {}) => {
  const path = address.replace(/^\/api/, "").replace(/\?.*/, "");
  const content = body && JSON.parse(body);
  if (address === "/local/accounts.json") return answer(404, null);
  if (path === "/config") return answer(200, { user_pool_client_id: "client" });
  if (path === "/taxonomy") return answer(200, TAXONOMY);
  if (path === "/idp") {
    const group = content.AuthParameters.USERNAME?.split("@")[0];
    return group ? answer(200, { AuthenticationResult: { IdToken: token(group), RefreshToken: "r" } }) : answer(400, {});
  }
  sent.push({ method, address, path, content, headers });
  const found = answers[`${method} ${path}`];
  const given = typeof found === "function" ? found({ address, content }) : found;
  if (given === DOWN) throw new TypeError("no network");
  if (given === undefined) return answer(404, { title: "?", code: "not_found" });
  return given.refusal ? answer(given.refusal, given.body, given.headers) : answer(200, given);
};

const settle = async () => { for (let turn = 0; turn < 60; turn += 1) await new Promise((go) => setImmediate(go)); };
const { main, nav, status } = browser;
const words = () => main.textContent;
const writes = () => sent.filter((one) => one.method !== "GET");
const find = (name, text) => main.all.find((one) => one.name === name && one.textContent.replaceAll("\u202f", " ").includes(text));
const press = async (text) => {
  const button = find("button", text);
  assert.ok(button, `no button “${text}” in: ${words()}`);
  await (button.getAttribute("type") === "button" ? button.click() : main.all.find((one) => one.name === "form" && one.all.includes(button)).fire("submit"));
  await settle();
};
const byId = (id) => main.all.find((one) => one.getAttribute("id") === id);
const write = async (id, text) => { byId(id).value = text; await byId(id).fire("input"); };
const goTo = async (hash) => { location.hash = hash; await settle(); };

async function signInAs(group) {
  const out = nav.all.find((one) => one.textContent.includes("Se déconnecter"));
  if (out) { await out.click(); await settle(); }
  await goTo("#/sign-in");
  byId("email").value = `${group}@example.test`;
  byId("password").value = "secret";
  await press("Se connecter");
}

const ID = ConversationShape.conversation_id;
const THREAD = `/conversations/${ID}`;
const conversation = (changed = {}) => ({
  [`GET ${THREAD}`]: { ...ConversationShape, ...changed },
  [`GET ${THREAD}/messages`]: { messages: [MessageShape], cursor: null },
});
const asProducer = (changed = {}) => conversation({ ...InvitedShape.conversations[0], ...changed });
const leak = {
  refusal: 422, body: { title: "Certains champs sont à corriger.", code: "invalid", errors: [
    { pointer: "/text", code: "identity_leak", message: "« Sémaphore Récits » dirait qui vous êtes. Plutôt : « la production ».", start: 6, end: 22 },
  ] },
};

await import(new URL("web/js/main.js", REPOSITORY));
await settle();

beforeEach(() => { sent.length = 0; answers = {}; });

test("a link of an e-mail leads through the sign-in to the conversation, and reading it changes nothing", async () => {
  answers = conversation();
  await goTo(`#/conversations/${ID}`);
  byId("email").value = "freelancers@example.test";
  byId("password").value = "secret";
  await press("Se connecter");
  assert.match(words(), /Marée haute/);
  assert.match(words(), /intérêt manifesté/);
  assert.match(words(), /La production de «\u202fMarée haute\u202f»/);
  assert.deepEqual(writes(), []);
});

test("a session that cannot be renewed leads through the sign-in back to the same conversation", async () => {
  await signInAs("freelancers");
  answers = { ...conversation(), [`GET ${THREAD}`]: { refusal: 401, body: {} } };
  await goTo("#/");
  await goTo(`#/conversations/${ID}`);
  answers = conversation();
  byId("email").value = "freelancers@example.test";
  await press("Se connecter");
  assert.match(words(), /Marée haute/);
});

test("the latest message is at the bottom and earlier ones are put before", async () => {
  await signInAs("freelancers");
  const one = (text) => ({ ...MessageShape, text });
  answers = { ...conversation(), [`GET ${THREAD}/messages`]: ({ address }) => (address.includes("cursor=next")
    ? { messages: [one("deuxième"), one("première")], cursor: null } : { messages: [one("dernière"), one("troisième")], cursor: "next" }) };
  await goTo(`#/conversations/${ID}`);
  await press("Voir les messages précédents");
  const order = main.all.filter((each) => each.getAttribute("class") === "words").map((each) => each.textContent);
  assert.deepEqual(order, ["première", "deuxième", "troisième", "dernière"]);
  assert.equal(find("button", "Voir les messages précédents"), undefined);
});

const BUTTONS = {
  show_interest: "Cela m’intéresse", decline: "Ce n’est pas pour moi", write: "Envoyer", agree_to_reveal: "J’accepte",
  withdraw_from_reveal: "Reprendre mon accord", answer: "Envoyer la réponse", confirm_engagement: "Nous travaillons ensemble",
  withdraw_engagement: "Reprendre ma confirmation", add_file: "Ajouter", break_mission: "Interrompre la mission",
};
const shown = () => ACTS.filter((act) => main.all.some((one) => one.name === "button"
  && (act === "write" ? one.textContent === "Envoyer" : one.textContent.startsWith(BUTTONS[act]))));

test("a file stands in the place of words, is opened by its link and taken back by who sent it", async () => {
  await signInAs("freelancers");
  const file = (changed) => ({ ...MessageShape, text: "", attachment: { ...AttachmentShape, ...changed } });
  const path = `${THREAD}/attachments/${AttachmentShape.attachment_id}`;
  answers = {
    ...conversation(), [`GET ${THREAD}/messages`]: { messages: [file({ mine: true })], cursor: null },
    [`GET ${path}`]: AttachmentReadingShape, [`DELETE ${path}`]: { ...AttachmentShape, status: "withdrawn", name: null },
  };
  await goTo(`#/conversations/${ID}`);
  assert.match(words(), /Bible, première version.pdf 1,8/);
  let opened = null;
  location.assign = (url) => { opened = url; };
  await press("Télécharger");
  assert.equal(opened, AttachmentReadingShape.url);
  assert.deepEqual(writes(), []);
  await press("Reprendre Bible");
  assert.deepEqual(writes().map((one) => one.method), ["DELETE"]);
  assert.match(words(), /Fichier repris/);
  answers = { ...conversation(), [`GET ${THREAD}/messages`]: { messages: [file({ status: "deleted", name: null })], cursor: null } };
  await goTo("#/conversations");
  await goTo(`#/conversations/${ID}`);
  assert.match(words(), /délai de conservation/);
});

test("there is a button for exactly what may be done", async () => {
  await signInAs("freelancers");
  assert.deepEqual(Object.keys(BUTTONS).sort(), [...ACTS].sort());
  for (const may of [[], ACTS.filter((one) => one !== "agree_to_reveal"), ACTS.filter((one) => one !== "withdraw_from_reveal"), ...ACTS.map((one) => [one])]) {
    answers = conversation({ may });
    await goTo("#/sign-in");
    await goTo(`#/conversations/${ID}`);
    assert.deepEqual(shown().sort(), [...may].sort());
  }
});

test("every stage is said in words on both sides and in both languages, without identifiers", async () => {
  const other = async () => { await nav.all.find((one) => /^(English|Français)$/.test(one.textContent)).click(); await settle(); };
  for (const [group, page] of [["freelancers", conversation], ["producers", asProducer]]) {
    await signInAs(group);
    for (const [state, state_label] of Object.entries(STATES)) {
      answers = page({ state, state_label, may: ACTS, reveal: { mine_at: null, theirs_at: "2026-12-02T08:30:00.000Z", since: null } });
      await goTo("#/sign-in");
      await goTo(`#/conversations/${ID}`);
      for (let turn = 0; turn < 2; turn += 1) {
        assert.doesNotMatch(words(), /undefined|null|\[object|[a-z]_[a-z]|01M8/);
        if (document.documentElement.lang === "fr") assert.doesNotMatch(words(), / [;:!?»]/);
        await other();
      }
    }
  }
});

test("a passage that would tell who one is is shown beside the text, which stays, and the corrected text goes under a new key", async () => {
  await signInAs("producers");
  answers = { ...asProducer({ may: ["write"] }), [`POST ${THREAD}/messages`]: leak };
  await goTo(`#/conversations/${ID}`);
  await write("message", "  🎬 Ici Sémaphore Récits, bonjour");
  await press("Envoyer");
  assert.match(words(), /Plutôt\u202f: «\u202fla production\u202f»/);
  assert.equal(byId("message").value, "  🎬 Ici Sémaphore Récits, bonjour");
  assert.equal(byId("message").getAttribute("aria-invalid"), "true");
  await press("Voir le passage");
  assert.equal(byId("message").selected, "Sémaphore Récits");
  answers[`POST ${THREAD}/messages`] = { ...MessageShape, text: "Ici la production" };
  await write("message", "Ici la production");
  await press("Envoyer");
  const [first, second] = writes();
  assert.notEqual(first.headers["Idempotency-Key"], second.headers["Idempotency-Key"]);
  assert.equal(byId("message").value, "");
  assert.match(words(), /Ici la production/);
  assert.equal(status.textContent, "Message envoyé.");
});

test("without a network the text stays and is sent under the same key", async () => {
  await signInAs("freelancers");
  answers = { ...conversation(), [`POST ${THREAD}/messages`]: DOWN };
  await goTo(`#/conversations/${ID}`);
  await write("message", "Quel calendrier ?");
  await press("Envoyer");
  assert.match(words(), /toujours là/);
  answers[`POST ${THREAD}/messages`] = MessageShape;
  await press("Envoyer");
  const [first, second] = writes();
  assert.ok(first.headers["Idempotency-Key"]);
  assert.equal(first.headers["Idempotency-Key"], second.headers["Idempotency-Key"]);
});

test("what is refused for now says when to try again, and what was typed outlives the page drawn again", async () => {
  await signInAs("freelancers");
  answers = { ...conversation(), [`POST ${THREAD}/messages`]: { refusal: 429, body: { title: "C’est beaucoup en une heure." }, headers: { "Retry-After": "1500" } } };
  await goTo(`#/conversations/${ID}`);
  await write("message", "Bonjour");
  await press("Envoyer");
  assert.match(words(), /25 minutes/);
  answers[`POST ${THREAD}/messages`] = { refusal: 409, body: { title: "Cet échange est à l’étape « décliné ».", code: "conversation_state" } };
  await press("Envoyer");
  await press("Mettre la page à jour");
  assert.equal(byId("message").value, "Bonjour");
});

test("a guided question goes with the message that answers it", async () => {
  await signInAs("freelancers");
  answers = { ...conversation(), [`POST ${THREAD}/messages`]: MessageShape };
  await goTo(`#/conversations/${ID}`);
  await press("lequel s’en approche le plus");
  await write("message", "Deux saisons.");
  await press("Envoyer");
  assert.deepEqual(writes()[0].content, { text: "Deux saisons.", question: "closest_work" });
});

test("agreeing to the reveal goes through the confidentiality terms, which are read first", async () => {
  await signInAs("freelancers");
  const project = `/projects/${ConversationShape.project_id}`;
  let accepted = false;
  answers = {
    ...conversation(),
    [`POST ${THREAD}/reveal`]: () => (accepted ? ConversationShape : { refusal: 409, body: { title: "…", code: "terms_not_accepted" } }),
    [`GET ${project}/confidentiality`]: { ...ConfidentialityShape, accepted: null, in_force: false },
    [`POST ${project}/confidentiality`]: () => { accepted = true; return ConfidentialityShape; },
  };
  await goTo(`#/conversations/${ID}`);
  assert.match(words(), /elle lit votre adresse électronique/);
  await press("J’accepte : lever l’anonymat maintenant");
  assert.match(words(), /Ce qui est confidentiel/);
  assert.equal(accepted, false);
  await press("J’accepte ces conditions");
  assert.deepEqual(writes().at(-1).content, { version: ConfidentialityShape.version });
  await press("J’accepte : lever l’anonymat maintenant");
  assert.deepEqual(writes().map((one) => one.path), [`${THREAD}/reveal`, `${project}/confidentiality`, `${THREAD}/reveal`]);
  assert.match(status.textContent, /L’anonymat est levé/);
});

test("a production answers with a decision that belongs to its reason", async () => {
  await signInAs("producers");
  answers = { ...asProducer(), [`POST ${THREAD}/answer`]: ConversationShape };
  for (const [reason, decision] of [["to_meet", "retained"], ["other_dates", "not_retained"]]) {
    await goTo("#/sign-in");
    await goTo(`#/conversations/${ID}`);
    byId("answer-reason").value = reason;
    await press("Envoyer la réponse");
    assert.deepEqual(writes().at(-1).content, { decision, reason, text: null });
  }
});

test("one message of the other side is reported", async () => {
  await signInAs("freelancers");
  answers = {
    ...conversation(), [`GET ${THREAD}/messages`]: { messages: [{ ...MessageShape, mine: false }], cursor: null },
    [`POST ${THREAD}/reports`]: { report_id: "1", reported_at: "2026-12-03T14:00:00.000Z" },
  };
  await goTo(`#/conversations/${ID}`);
  await press("Signaler");
  byId("report-reason").value = "unpaid_work";
  await press("Envoyer le signalement");
  assert.deepEqual(writes()[0].content, { reason: "unpaid_work", message_id: MessageShape.message_id, text: null });
  assert.match(words(), /votre signalement est parti/);
});

const PROJECT = `/projects/${ProjectCard.project_id}`;

test("a project shows what belongs to the stage that was reached", async () => {
  await signInAs("freelancers");
  const card = ProjectList.projects[0];
  const company = { legal_name: "Sémaphore Récits", other_names: [], siren: "123456782", domain: "semaphore.example", website: null, addresses: [], people: [], emails: ["a@semaphore.example"] };
  for (const [found, there, absent] of [
    [card, /Lire le projet complet/, /Vingt ans après|Fin de l’option|Sémaphore/],
    [ProjectCard, /Vingt ans après/, /Sémaphore|Lire le projet complet/],
    [{ ...ProjectCard, stage: "revealed", company, confidential_title: "Le Sel et la Dette", targeted_broadcaster: "m6" }, /Sémaphore Récits[^]*Le Sel et la Dette/, /Lire le projet complet/],
  ]) {
    answers = { [`GET ${PROJECT}`]: found, "GET /conversations": { conversations: [], cursor: null } };
    await goTo("#/sign-in");
    await goTo(`#${PROJECT}`);
    assert.match(words(), there);
    assert.doesNotMatch(words(), absent);
    assert.doesNotMatch(words(), /undefined|null|\[object|[a-z]_[a-z]|01M8|literary-director|regional-crime|single-90/);
  }
  assert.deepEqual(writes(), []);
});

test("interest carries the answers that were written, and no others", async () => {
  await signInAs("freelancers");
  answers = {
    [`GET ${PROJECT}`]: ProjectList.projects[0], "GET /conversations": { conversations: [], cursor: null },
    [`POST ${PROJECT}/interest`]: ConversationShape,
  };
  await goTo(`#${PROJECT}`);
  await write("interest-closest_work", "Deux saisons.");
  await press("Cela m’intéresse");
  assert.deepEqual(writes()[0].content, { text: null, answers: [{ question: "closest_work", text: "Deux saisons." }] });
});

test("the conversation about a project is found on whichever page it stands", async () => {
  await signInAs("freelancers");
  const mine = { ...ConversationShape, project_id: ProjectCard.project_id, may: [] };
  answers = { [`GET ${PROJECT}`]: ProjectCard, "GET /conversations": ({ address }) => (address.includes("cursor")
    ? { conversations: [mine], cursor: null } : { conversations: [ConversationShape], cursor: "next" }) };
  await goTo(`#${PROJECT}`);
  assert.equal(find("a", "Voir l’échange").getAttribute("href"), `#/conversations/${ID}`);
  assert.equal(find("button", "Cela m’intéresse"), undefined);
});

test("the dates of a project are handed over as a file", async () => {
  await signInAs("freelancers");
  answers = { [`GET ${PROJECT}`]: ProjectCard, "GET /conversations": { conversations: [], cursor: null }, [`GET ${PROJECT}/calendar`]: "BEGIN:VCALENDAR" };
  await goTo(`#${PROJECT}`);
  await press("Ajouter les dates à mon agenda");
  assert.equal(browser.clicked.at(-1).getAttribute("download"), `${ProjectCard.code_name}.ics`);
});

test("a profile that is not verified yet is told so in the place of a project", async () => {
  await signInAs("freelancers");
  answers = { [`GET ${PROJECT}`]: { refusal: 403, body: { title: "Les projets s’ouvrent dès que votre profil est vérifié.", code: "profile_not_verified" } }, "GET /conversations": { conversations: [], cursor: null } };
  await goTo(`#${PROJECT}`);
  assert.match(words(), /dès que votre profil est vérifié/);
});

test("the filters of the projects go to the API", async () => {
  await signInAs("freelancers");
  answers = { "GET /projects": ProjectList };
  await goTo("#/projects");
  assert.match(sent.at(-1).address, /\?order=fits_me$/);
  byId("genre").value = "regional-crime";
  await press("Afficher");
  assert.match(sent.at(-1).address, /order=fits_me&genre=regional-crime/);
  assert.equal(byId("genre").value, "regional-crime");
});

const BRIEF = `/briefs/${BriefShape.brief_id}`;
const brief = (contacts) => ({
  [`GET ${BRIEF}`]: BriefShape, [`GET ${BRIEF}/matches`]: SHORTLIST, [`GET ${BRIEF}/conversations`]: { conversations: contacts },
});

test("a production invites those whom it ticks, and nobody who was asked already", async () => {
  await signInAs("producers");
  const [first, ...rest] = SHORTLIST.matches.map((one) => one.profile.profile_id);
  const known = { ...InvitedShape.conversations[0], person: { ...InvitedShape.conversations[0].person, profile_id: first } };
  answers = { ...brief([known]), [`POST ${BRIEF}/invitations`]: InvitedShape };
  await goTo(`#${BRIEF}`);
  assert.equal(byId(`invite-${first}`), undefined);
  await press("Envoyer l’invitation");
  assert.deepEqual(writes(), []);
  assert.match(words(), /Choisissez d’abord/);
  byId(`invite-${rest[0]}`).ticked = true;
  await write("invitation", "Bonjour");
  await press("Envoyer l’invitation");
  assert.deepEqual(writes()[0].content, { profile_ids: [rest[0]], text: "Bonjour" });
});

test("ending a project keeps the answers first, then ends the version that was read", async () => {
  await signInAs("producers");
  answers = {
    ...brief([]), [`GET ${BRIEF}/answers`]: { ...WaitingList, waiting: [{ ...WaitingList.waiting[0], reason: null, text: null }] },
    [`PUT ${BRIEF}/answers`]: { refusal: 422, body: { ...leak.body, errors: [{ ...leak.body.errors[0], pointer: "/answers/0/text" }] } },
    [`POST ${BRIEF}/fill`]: BriefShape,
  };
  await goTo(`#${BRIEF}`);
  find("details", "Clore le projet").open = true;
  await settle();
  byId("end-how").value = "filled";
  await write(`end-text-${ID}`, "Ici Sémaphore Récits");
  await press("Clore et envoyer les réponses");
  assert.equal(writes().length, 1);
  assert.equal(byId(`end-text-${ID}`).getAttribute("aria-invalid"), "true");
  answers[`PUT ${BRIEF}/answers`] = WaitingList;
  await write(`end-text-${ID}`, "Merci.");
  await press("Clore et envoyer les réponses");
  const [, kept, ended] = writes();
  assert.deepEqual(kept.content, { answers: [{ conversation_id: ID, text: "Merci.", reason: "another_profile" }] });
  assert.equal(ended.path, `${BRIEF}/fill`);
  assert.equal(ended.headers["If-Match"], `"${BriefShape.version}"`);
});

// What the site says, French first. Each entry is a sentence, or a function that makes one.

const SENTENCES = {
  fr: {
    skip: "Aller au contenu",
    navigation: "Navigation principale",
    other_language: "English",
    mailbox: "Boîte aux lettres",
    sign_in: "Se connecter",
    sign_out: "Se déconnecter",
    promise: "Votre projet d’abord. Les bons profils, en quelques secondes.",
    lead: "Plot Point réunit les productions de fiction françaises et les indépendants du développement : direction littéraire, production artistique, développement, lecture, script doctoring.",
    producers_title: "Vous produisez",
    producers_text: "Publiez un projet, pas une annonce : genre, univers, ton, enjeux, travail à faire. Votre société reste masquée. Les profils vérifiés qui correspondent vous arrivent aussitôt, chacun avec ses raisons.",
    freelancers_title: "Vous êtes indépendant",
    freelancers_text: "Choisissez une histoire, pas un logo. Vos crédits sont vérifiés un par un, les juniors ont leur place, le tarif se négocie librement et refuser ne coûte rien.",
    order_title: "Comment l’ordre est fait",
    order_text: "Le projet face aux œuvres vérifiées du parcours, critère par critère. Ni le nom, ni l’âge, ni le tarif ne comptent. Rien n’est attribué automatiquement.",
    email: "Adresse électronique",
    password: "Mot de passe",
    demo_accounts: "Comptes de démonstration",
    demo_hint: "Un clic remplit le formulaire.",
    wrong_credentials: "L’adresse ou le mot de passe ne convient pas.",
    producer: "Production",
    freelancer: "Indépendant",
    administrator: "Administration",
    my_projects: "Vos projets",
    no_projects: "Aucun projet pour l’instant. Le premier que vous publierez apparaîtra ici avec sa sélection.",
    more: "Voir la suite",
    back: "← Vos projets",
    draft: "Brouillon",
    live: "En ligne",
    closed: "Clos",
    filled: "Pourvu",
    expired: "Échu",
    days_left: (days) => (days > 1 ? `${days} jours restants` : days === 1 ? "Dernier jour demain" : "Dernier jour"),
    deadline: (date) => `échéance le ${date}`,
    published: (date) => `publié le ${date}`,
    shortlist: "La sélection",
    pending: "La sélection se calcule : quelques secondes.",
    shown: (count, eligible) => `${count} ${count > 1 ? "profils proposés" : "profil proposé"} sur ${eligible} qui ${eligible > 1 ? "peuvent" : "peut"} faire ce travail`,
    nobody: "Personne ne remplit encore les conditions du projet. Un profil vérifié demain vous sera signalé par courriel.",
    score: (score) => `${score} sur 100`,
    junior_seat: "Place réservée à un junior",
    rotation: "À égalité près : tirage tournant",
    why: "D’où vient ce score",
    criterion: "Critère",
    points: "Points",
    works: "Œuvres du parcours",
    verification: ["déclaré", "œuvre vérifiée", "participation vérifiée", "fonction vérifiée"],
    years: (years) => (years > 1 ? `${years} ans vérifiés dans la fonction` : years === 1 ? "1 an vérifié dans la fonction" : "moins d’un an vérifié dans la fonction"),
    rate: (min, max) => `${min} à ${max} € par jour, indicatif, négociation libre`,
    free_choice: "Rien n’est attribué automatiquement : vous choisissez, et chacun reste libre de refuser.",
    open_projects: "Projets ouverts",
    no_open_projects: "Aucun projet ouvert pour vos fonctions en ce moment.",
    my_profile: "Votre profil",
    no_profile: "Vous n’avez pas encore de profil.",
    profile_draft: "Brouillon : il reste à le soumettre à vérification.",
    profile_submitted: "En cours de vérification.",
    profile_verified: "Vérifié : il est proposé aux productions.",
    profile_partly_verified: "Vérifié en partie : seuls les crédits vérifiés comptent.",
    waiting_companies: "Sociétés à vérifier",
    waiting_profiles: "Profils à vérifier",
    nothing_waiting: "Rien n’attend.",
    loading: "Chargement…",
    retry: "Réessayer",
    failed: "Le service ne répond pas pour le moment.",
    not_found: "Cette page n’existe pas, ou n’est pas pour ce compte.",
    footer: "Version de démonstration sur cette machine : personnes, œuvres et sociétés sont inventées.",
    budget: (min, max, unit) => `${min} à ${max} € ${{ day: "par jour", week: "par semaine", month: "par mois", flat: "au forfait" }[unit]}`,
  },
  en: {
    skip: "Skip to content",
    navigation: "Main navigation",
    other_language: "Français",
    mailbox: "Mailbox",
    sign_in: "Sign in",
    sign_out: "Sign out",
    promise: "Your project first. The right people, within seconds.",
    lead: "Plot Point brings together French drama producers and freelance development people: script editors, creative producers, development executives, readers, script consultants.",
    producers_title: "You produce",
    producers_text: "Publish a project, not a job ad: genre, world, tone, stakes, the work to be done. Your company stays hidden. Verified people who fit come to you at once, each with reasons.",
    freelancers_title: "You freelance",
    freelancers_text: "Choose a story, not a logo. Your credits are checked one by one, juniors have a seat, the rate is freely negotiated and declining costs nothing.",
    order_title: "How the order is made",
    order_text: "The project against the verified works of a career, criterion by criterion. Name, age and rate never count. Nothing is assigned automatically.",
    email: "E-mail address",
    password: "Password",
    demo_accounts: "Demo accounts",
    demo_hint: "One click fills in the form.",
    wrong_credentials: "The address or the password is not right.",
    producer: "Producer",
    freelancer: "Freelancer",
    administrator: "Administrator",
    my_projects: "Your projects",
    no_projects: "No project yet. The first one you publish will be here, with its shortlist.",
    more: "Show more",
    back: "← Your projects",
    draft: "Draft",
    live: "Live",
    closed: "Closed",
    filled: "Filled",
    expired: "Expired",
    days_left: (days) => (days > 1 ? `${days} days left` : days === 1 ? "Last day tomorrow" : "Last day"),
    deadline: (date) => `deadline ${date}`,
    published: (date) => `published ${date}`,
    shortlist: "The shortlist",
    pending: "The shortlist is being computed: a few seconds.",
    shown: (count, eligible) => `${count} of the ${eligible} ${eligible === 1 ? "person" : "people"} who can do this work`,
    nobody: "Nobody meets the project’s conditions yet. When a verified profile does, you will get an e-mail.",
    score: (score) => `${score} out of 100`,
    junior_seat: "Seat kept for a junior",
    rotation: "Near-tie: drawn in turn",
    why: "Where this score comes from",
    criterion: "Criterion",
    points: "Points",
    works: "Works",
    verification: ["declared", "work verified", "participation verified", "function verified"],
    years: (years) => (years > 1 ? `${years} verified years in the function` : years === 1 ? "1 verified year in the function" : "less than a verified year in the function"),
    rate: (min, max) => `€${min} to €${max} a day, indicative, freely negotiated`,
    free_choice: "Nothing is assigned automatically: you choose, and everyone is free to decline.",
    open_projects: "Open projects",
    no_open_projects: "No open project for your functions at the moment.",
    my_profile: "Your profile",
    no_profile: "You have no profile yet.",
    profile_draft: "Draft: still to be submitted for verification.",
    profile_submitted: "Being verified.",
    profile_verified: "Verified: it is proposed to producers.",
    profile_partly_verified: "Partly verified: only verified credits count.",
    waiting_companies: "Companies to verify",
    waiting_profiles: "Profiles to verify",
    nothing_waiting: "Nothing is waiting.",
    loading: "Loading…",
    retry: "Try again",
    failed: "The service cannot be reached at the moment.",
    not_found: "This page does not exist, or is not for this account.",
    footer: "Demonstration on this machine: people, works and companies are invented.",
    budget: (min, max, unit) => `€${min} to €${max} ${{ day: "a day", week: "a week", month: "a month", flat: "flat fee" }[unit]}`,
  },
};

const KEPT = "plot-point-language";

let current = localStorage.getItem(KEPT) === "en" ? "en" : "fr";

export const language = () => current;

export function switchLanguage() {
  current = current === "fr" ? "en" : "fr";
  localStorage.setItem(KEPT, current);
}

/** The sentence of that name in the reader's language, filled with the values. */
export function say(name, ...values) {
  const sentence = SENTENCES[current][name];
  return typeof sentence === "function" ? sentence(...values) : sentence;
}

/** A value that exists in both languages: French when English is missing. */
export const both = (texts) => (texts ? texts[current] ?? texts.fr ?? "" : "");

export const day = (iso) =>
  new Date(iso).toLocaleDateString(current === "fr" ? "fr-FR" : "en-GB", {
    day: "numeric", month: "long", year: "numeric", timeZone: "Europe/Paris",
  });

export const number = (value, digits = 0) =>
  value.toLocaleString(current === "fr" ? "fr-FR" : "en-GB", { minimumFractionDigits: digits, maximumFractionDigits: digits });

import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useTaxonomy } from "@/api/taxonomy";
import { Section } from "@/design/Page";
import { Facts } from "@/design/Tag";
import { useFormats } from "@/i18n/format";
import { useSession } from "@/session/session";
import { written } from "@/design/siren";
import classes from "./Conversation.module.css";
import { type Conversation } from "./conversations";

/** Who is who, once both have agreed to say it: the other side, and what it reads of oneself. */
export function Identities({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation("conversation");
  const { day } = useFormats();
  const { email, name } = useSession();
  const { company, person, reveal } = conversation;
  if (!reveal.since || (!company && !person)) return null;
  return (
    <Section title={t("identities.title")} hint={t("identities.since", { day: day(reveal.since) })}>
      <div className={classes.who}>
        <div>
          <h3>{t("identities.them")}</h3>
          {company ? <Company of={company} /> : (
            <Facts
              items={[
                [t("identities.name"), person?.display_name],
                [t("identities.email"), person?.email && <Mail to={person.email} />],
              ]}
            />
          )}
        </div>
        <div>
          <h3>{t("identities.you")}</h3>
          {company ? (
            <Facts
              items={[
                [t("identities.name"), name],
                [t("identities.email"), email],
              ]}
            />
          ) : (
            <>
              <p className={classes.calm}>{t("identities.your_company")}</p>
              <Link to="/company">{t("identities.to_company")}</Link>
            </>
          )}
        </div>
      </div>
    </Section>
  );
}

function Company({ of }: { of: NonNullable<Conversation["company"]> }) {
  const { t } = useTranslation("conversation");
  const { list } = useFormats();
  const { label } = useTaxonomy();
  return (
    <Facts
      items={[
        [t("identities.company"), of.legal_name],
        [t("identities.siren"), of.siren && written(of.siren)],
        [t("identities.people"), list(of.people)],
        [
          t("identities.contacts"),
          of.contacts.map((one) => (
            <span key={one} className={classes.line}>
              <Mail to={one} />
            </span>
          )),
        ],
        [t("identities.domain"), of.email_domain],
        [t("identities.addresses"), of.addresses.map((one) => <span key={one} className={classes.line}>{one}</span>)],
        [t("identities.confidential_title"), of.confidential_title],
        [t("identities.broadcaster"), label("broadcasters", of.targeted_broadcaster)],
      ]}
    />
  );
}

const Mail = ({ to }: { to: string }) => <a href={`mailto:${to}`}>{to}</a>;

import { Button, UnstyledButton, useMantineColorScheme } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useRef, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link, Outlet, useLocation, useNavigate } from "react-router";
import { language, switchLanguage } from "@/i18n";
import { signOut, useSession, type Role } from "@/session/session";
import { arrived } from "./coming";
import { useFormWords } from "./formWords";
import { isWithin } from "./places";
import { useLocalProduct } from "./localProduct";
import classes from "./Shell.module.css";

const SignInAgain = lazy(() => import("./SignInAgain"));

/** Where one goes from anywhere, by what the account is for. */
const PLACES = {
  nobody: [
    ["/how-profiles-are-ordered", "how"],
    ["/rates", "rates"],
    ["/promise", "promise"],
  ],
  producer: [
    ["/", "producer_home"],
    ["/conversations", "conversations"],
    ["/company", "company"],
    ["/rates", "rates"],
  ],
  freelancer: [
    ["/", "freelancer_home"],
    ["/projects", "projects"],
    ["/conversations", "conversations"],
    ["/profile", "profile"],
    ["/verification", "verification"],
    ["/my-rates", "rates"],
    ["/privacy", "privacy"],
  ],
  admin: [
    ["/", "queue"],
    ["/admin/moderation", "moderation"],
    ["/admin/alarms", "alarms"],
    ["/admin/reference", "settings"],
    ["/admin/operations", "operations"],
    ["/admin/audit", "audit"],
  ],
} as const satisfies Record<Role | "nobody", readonly (readonly [string, string])[]>;

/** What is around every screen. */
export function Shell() {
  const { t } = useTranslation();
  const { state, role } = useSession();
  const main = useRef<HTMLElement>(null);
  const { pathname, key } = useLocation();
  const first = useRef(true);
  useFormWords();

  // Whoever reads with a keyboard or by ear begins each screen at its content.
  useEffect(() => {
    if (first.current) {
      first.current = false;
      return;
    }
    window.scrollTo(0, 0);
    main.current?.focus();
  }, [pathname]);

  // What the router had announced is here (router.tsx).
  useEffect(arrived, [key]);

  const places = PLACES[state === "out" || state === "restoring" ? "nobody" : (role ?? "nobody")];
  const links = places.map(([to, name]) => (
    <Link key={to} to={to} className={classes.place} aria-current={isWithin(pathname, to) ? "page" : undefined}>
      {t(`nav.${name}`)}
    </Link>
  ));
  return (
    <div className={classes.shell}>
      <a className={classes.skip} href="#main" onClick={(event) => (event.preventDefault(), main.current?.focus())}>
        {t("skip")}
      </a>
      <header className={classes.top} data-screen-only>
        <Link to="/" className={classes.brand}>
          {t("brand")}
        </Link>
        <nav className={classes.wide} aria-label={t("navigation")}>
          {links}
        </nav>
        <div className={classes.own}>
          <Own />
          <div className={classes.burger}>
            <Disclosure label={t("menu")}>
              <nav className={classes.tall} aria-label={t("navigation")}>
                {links}
              </nav>
            </Disclosure>
          </div>
        </div>
      </header>
      <main id="main" ref={main} tabIndex={-1}>
        <Outlet />
      </main>
      <Foot />
      {state === "expired" && (
        <Suspense>
          <SignInAgain />
        </Suspense>
      )}
    </div>
  );
}

/** What is shown under a button of the header, until one goes elsewhere: to another screen, with Escape, or a click. */
function Disclosure({ label, children }: { label: string; children: ReactNode }) {
  const [open, setOpen] = useState(false);
  const { pathname } = useLocation();
  const whole = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => setOpen(false), [pathname]);
  useEffect(() => {
    if (!open) return;
    const elsewhere = ({ target }: Event) => {
      if (!whole.current?.contains(target as Node)) setOpen(false);
    };
    document.addEventListener("pointerdown", elsewhere);
    document.addEventListener("focusin", elsewhere);
    return () => {
      document.removeEventListener("pointerdown", elsewhere);
      document.removeEventListener("focusin", elsewhere);
    };
  }, [open]);
  return (
    <div
      ref={whole}
      className={classes.disclosure}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || !open) return;
        setOpen(false);
        button.current?.focus();
      }}
    >
      <UnstyledButton ref={button} className={classes.quiet} aria-expanded={open} onClick={() => setOpen(!open)}>
        {label}
        <span aria-hidden="true"> ▾</span>
      </UnstyledButton>
      {open && <div className={classes.panel}>{children}</div>}
    </div>
  );
}

function Own() {
  const { t } = useTranslation();
  const { state, email } = useSession();
  const navigate = useNavigate();
  const cache = useQueryClient();
  const other = language() === "fr" ? "en" : "fr";
  const [switching, setSwitching] = useState(false);
  return (
    <>
      <UnstyledButton
        className={classes.quiet}
        lang={other}
        disabled={switching}
        onClick={() => {
          setSwitching(true);
          void switchLanguage(other).finally(() => setSwitching(false));
        }}
      >
        {t("language.other")}
      </UnstyledButton>
      {state === "in" || state === "expired" ? (
        <Disclosure label={t("account.menu")}>
          <p className={classes.email}>{email}</p>
          <div className={classes.tall}>
            <Link to="/account" className={classes.place}>
              {t("account.preferences")}
            </Link>
            <Schemes className={classes.place} />
            <UnstyledButton
              className={classes.place}
              onClick={() => {
                signOut();
                cache.clear();
                void navigate("/");
              }}
            >
              {t("account.sign_out")}
            </UnstyledButton>
          </div>
        </Disclosure>
      ) : (
        <>
          <Link to="/sign-in" className={classes.quiet}>
            {t("account.sign_in")}
          </Link>
          <Button component={Link} to="/sign-up" className={classes.join}>
            {t("account.sign_up")}
          </Button>
        </>
      )}
    </>
  );
}

/** In which colours the site is read. */
function Schemes({ className }: { className?: string }) {
  const { t } = useTranslation();
  // Mantine would stop transitions by a style of its own in the page, which the site's policy refuses.
  const { colorScheme, setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  return (["auto", "light", "dark"] as const).map((scheme) => (
    <UnstyledButton
      key={scheme}
      className={className}
      aria-pressed={colorScheme === scheme}
      onClick={() => setColorScheme(scheme)}
    >
      {t(`scheme.${scheme}`)}
    </UnstyledButton>
  ));
}

function Foot() {
  const { t } = useTranslation();
  const { state } = useSession();
  const local = useLocalProduct();
  return (
    <footer className={classes.foot} data-screen-only>
      <div className={classes.footIn}>
        <p>{t("footer.about")}</p>
        <nav aria-label={t("footer.name")}>
          <Link to="/how-profiles-are-ordered">{t("footer.how")}</Link>
          <Link to="/rates">{t("footer.rates")}</Link>
          <Link to="/promise">{t("footer.promise")}</Link>
          <Link to="/accessibility">{t("footer.accessibility")}</Link>
          <Link to="/privacy-notice">{t("footer.privacy")}</Link>
          {state === "in" && <Link to="/reports">{t("footer.reports")}</Link>}
          {state === "in" && <Link to="/moderation">{t("footer.measures")}</Link>}
          {local && <a href="/mailbox">{t("nav.mailbox")}</a>}
        </nav>
        {state !== "in" && state !== "expired" && (
          <div role="group" aria-label={t("scheme.name")} className={classes.schemes}>
            <Schemes />
          </div>
        )}
        {local && <p>{t("footer.local")}</p>}
      </div>
    </footer>
  );
}

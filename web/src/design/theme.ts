import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from "@mantine/core";

/** Deep petrol: the one colour of what can be acted on. The eighth shade carries white text at 7.4 : 1. */
const petrol: MantineColorsTuple = [
  "#E3F0F0",
  "#C9E3E4",
  "#9CCDD0",
  "#6FC3C8",
  "#3E979D",
  "#27838A",
  "#177178",
  "#0F5C63",
  "#0B474D",
  "#072F33",
];

const SERIF = '"Iowan Old Style", "Palatino Linotype", Palatino, "Book Antiqua", Georgia, serif';
const SANS = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';

export const theme = createTheme({
  colors: { petrol },
  primaryColor: "petrol",
  primaryShade: { light: 7, dark: 3 },
  autoContrast: true,
  defaultRadius: "sm",
  fontFamily: SANS,
  headings: {
    fontFamily: SERIF,
    fontWeight: "600",
    sizes: {
      h1: { fontSize: "2.125rem", lineHeight: "1.18" },
      h2: { fontSize: "1.5rem", lineHeight: "1.25" },
      h3: { fontSize: "1.1875rem", lineHeight: "1.35" },
      h4: { fontSize: "1rem", lineHeight: "1.4" },
    },
  },
  fontSizes: { xs: "0.8125rem", sm: "0.9375rem", md: "1rem", lg: "1.125rem", xl: "1.25rem" },
  lineHeights: { xs: "1.4", sm: "1.5", md: "1.6", lg: "1.6", xl: "1.5" },
  respectReducedMotion: true,
  // By name: naming the components themselves would have every page load them.
  components: {
    // A link within a text is not told by its colour alone.
    Anchor: { defaultProps: { underline: "always" } },
    // High enough for a finger.
    ...Object.fromEntries(
      ["Button", "TextInput", "PasswordInput", "Textarea", "NumberInput", "NativeSelect", "Select", "MultiSelect"].map(
        (name) => [name, { defaultProps: { size: "md" } }],
      ),
    ),
    // Locking the scroll would write a style into the page.
    Modal: { defaultProps: { lockScroll: false, centered: true } },
  },
});

/** What the theme says in custom properties besides Mantine's own. The same tokens are in the e-mails' layout. */
export const variables: CSSVariablesResolver = () => ({
  variables: { "--serif": SERIF },
  light: {
    "--paper": "#FAF8F4",
    "--surface": "#FFFFFF",
    "--ink": "#1C1B22",
    "--muted": "#5A5666",
    "--rule": "#E3DED4",
    "--rule-strong": "#8A8478",
    "--accent": "#0F5C63",
    "--accent-hover": "#0B474D",
    "--accent-tint": "#E3F0F0",
    "--amber": "#7A4F00",
    "--amber-tint": "#FBF0D9",
    "--danger": "#A3262A",
    "--danger-tint": "#FBE6E4",
    "--good": "#1F5C38",
    "--good-tint": "#E2F2E7",
    "--mantine-color-body": "#FAF8F4",
    "--mantine-color-text": "#1C1B22",
    "--mantine-color-dimmed": "#5A5666",
    "--mantine-color-placeholder": "#6B6776",
    "--mantine-color-anchor": "#0F5C63",
    "--mantine-color-error": "#A3262A",
    "--mantine-color-default": "#FFFFFF",
    "--mantine-color-default-hover": "#F4F0E9",
    "--mantine-color-default-color": "#1C1B22",
    "--mantine-color-default-border": "#8A8478",
    "--mantine-color-disabled": "#EDE9E1",
    "--mantine-color-disabled-color": "#5A5666",
  },
  dark: {
    "--paper": "#15151A",
    "--surface": "#1E1E25",
    "--ink": "#ECE9E2",
    "--muted": "#ABA7B5",
    "--rule": "#34333D",
    "--rule-strong": "#77747F",
    "--accent": "#6FC3C8",
    "--accent-hover": "#9CCDD0",
    "--accent-tint": "#17383B",
    "--amber": "#F0C36A",
    "--amber-tint": "#3A2E14",
    "--danger": "#F29A95",
    "--danger-tint": "#43201F",
    "--good": "#8BD0A2",
    "--good-tint": "#1A3524",
    "--mantine-color-body": "#15151A",
    "--mantine-color-text": "#ECE9E2",
    "--mantine-color-dimmed": "#ABA7B5",
    "--mantine-color-placeholder": "#9C98A6",
    "--mantine-color-anchor": "#6FC3C8",
    "--mantine-color-error": "#F29A95",
    "--mantine-color-default": "#1E1E25",
    "--mantine-color-default-hover": "#292931",
    "--mantine-color-default-color": "#ECE9E2",
    "--mantine-color-default-border": "#77747F",
    "--mantine-color-disabled": "#2A2A32",
    "--mantine-color-disabled-color": "#ABA7B5",
  },
});

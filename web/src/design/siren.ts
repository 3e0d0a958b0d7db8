/** Nine digits, the last of which follows from the others (Luhn). */
export type SirenState = "unfinished" | "right" | "wrong";

export function sirenState(text: string): SirenState {
  const digits = text.replace(/[\s.]/g, "");
  if (!/^\d*$/.test(digits) || digits.length > 9) return "wrong";
  if (digits.length < 9) return "unfinished";
  const sum = [...digits].reduce((total, digit, index) => {
    const doubled = Number(digit) * (index % 2 === 1 ? 2 : 1);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0 && sum > 0 ? "right" : "wrong";
}

/** As it is written: « 290 611 003 ». */
export const written = (siren: string) => siren.replace(/\s/g, "").replace(/(\d{3})(?=\d)/g, "$1\u00a0");

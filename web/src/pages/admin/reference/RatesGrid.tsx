export default function RatesGrid() { return null; }

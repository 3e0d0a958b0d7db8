export default function Taxonomy() { return null; }

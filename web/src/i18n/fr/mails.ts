const words = { title: "Plot Point" } as const;

export default words;

// A test is alone: there is no other tab to ask for its session, whose answer would be waited for when the test is over.
Reflect.deleteProperty(globalThis, "BroadcastChannel");
export {};

/** A value with subscribers, in the shape that `useSyncExternalStore` needs. */

export interface Store<Value extends object> {
  getSnapshot(): Value;
  subscribe(listener: () => void): () => void;
  /** Replaces the fields that differ, and calls the listeners if any field does. */
  update(changes: Partial<Value>): void;
  readonly listeners: number;
}

/** Makes a store. `onListeners` is called with the number of listeners whenever that changes. */
export function createStore<Value extends object>(
  initial: Value,
  onListeners: (count: number) => void = () => undefined,
): Store<Value> {
  let value = initial;
  const listeners = new Set<{ readonly call: () => void }>();
  return {
    getSnapshot: () => value,
    subscribe(call) {
      // Each subscription is an object of its own, so that the same function may subscribe twice.
      const listener = { call };
      listeners.add(listener);
      onListeners(listeners.size);
      return () => {
        if (listeners.delete(listener)) onListeners(listeners.size);
      };
    },
    update(changes) {
      const keys = Object.keys(changes) as (keyof Value)[];
      if (keys.every((key) => Object.is(value[key], changes[key]))) return;
      value = { ...value, ...changes };
      for (const { call } of Array.from(listeners)) call();
    },
    get listeners() {
      return listeners.size;
    },
  };
}

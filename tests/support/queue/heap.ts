/** A queue that gives out the least first, and equals in the order in which they came. */
export interface Heap<T> {
  push(key: number, value: T): void;
  /** The least key; null when empty. */
  least(): number | null;
  pop(): T | null;
}

interface Entry<T> {
  key: number;
  order: number;
  value: T;
}

export function heap<T>(): Heap<T> {
  const entries: Entry<T>[] = [];
  let pushed = 0;

  function isBefore(left: number, right: number): boolean {
    const [a, b] = [entries[left], entries[right]];
    if (a === undefined || b === undefined) return a !== undefined;
    return a.key === b.key ? a.order < b.order : a.key < b.key;
  }

  function swap(left: number, right: number): void {
    const [a, b] = [entries[left], entries[right]];
    if (a === undefined || b === undefined) return;
    entries[left] = b;
    entries[right] = a;
  }

  function sink(from: number): void {
    for (let parent = from; ; ) {
      const [left, right] = [2 * parent + 1, 2 * parent + 2];
      const child = isBefore(right, left) ? right : left;
      if (child >= entries.length || !isBefore(child, parent)) return;
      swap(parent, child);
      parent = child;
    }
  }

  return {
    push(key, value) {
      entries.push({ key, order: pushed, value });
      pushed += 1;
      for (let child = entries.length - 1; child > 0; ) {
        const parent = (child - 1) >> 1;
        if (!isBefore(child, parent)) return;
        swap(child, parent);
        child = parent;
      }
    },
    least: () => entries[0]?.key ?? null,
    pop() {
      const first = entries[0];
      const last = entries.pop();
      if (first === undefined || last === undefined) return null;
      if (entries.length > 0) {
        entries[0] = last;
        sink(0);
      }
      return first.value;
    },
  };
}

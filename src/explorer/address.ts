/** Browsers refuse to have the address written more often than about ten times a second. */
const REST_MS = 200;

/** The page's state in its address. */
export interface AddressKeeper {
  /** Writes it once the changes rest. */
  changed(): void;
  /** Writes it at once, for a link that is handed on; the whole address. */
  flush(): string;
}

/** Keeps the page's state in its address. */
export function addressKeeper(fragment: () => string): AddressKeeper {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const write = () => {
    clearTimeout(timer);
    history.replaceState(null, '', `#${fragment()}`);
  };
  return {
    changed() {
      clearTimeout(timer);
      timer = setTimeout(write, REST_MS);
    },
    flush() {
      write();
      return location.href;
    },
  };
}

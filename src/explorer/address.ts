/** Browsers refuse to have the address written more often than about ten times a second. */
const REST_MS = 200;

/** Writes the page's state into its address, once the changes rest. */
export function addressKeeper(fragment: () => string): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(() => history.replaceState(null, '', `#${fragment()}`), REST_MS);
  };
}

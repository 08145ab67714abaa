/** Where a cluster's Redis or Valkey is. */
export interface ClusterAddress {
  /** With its password: for the client alone. */
  readonly url: string;
  /** Scheme, host, port and database: what may be printed. */
  readonly shown: string;
}

/** Environment variables read where the flag or the URL does not say. */
export const CLUSTER_VARIABLE = 'TOKENJOULE_CLUSTER';
export const PASSWORD_VARIABLE = 'TOKENJOULE_CLUSTER_PASSWORD';

/**
 * Reads `redis://` and, for TLS, `rediss://` URLs.
 *
 * @returns the address, or what is wrong, without the password that the text may hold
 */
export function clusterAddress(
  text: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): ClusterAddress | string {
  const written = text || environment[CLUSTER_VARIABLE];
  if (!written)
    return `--cluster takes a URL such as redis://localhost:6379, or ${CLUSTER_VARIABLE} in the environment`;
  const url = URL.canParse(written) ? new URL(written) : undefined;
  if (url === undefined || !/^rediss?:$/.test(url.protocol) || url.hostname === '') {
    return '--cluster takes a URL such as redis://localhost:6379 or, for TLS, rediss://host:6380';
  }
  const password = environment[PASSWORD_VARIABLE];
  if (url.password === '' && password) url.password = encodeURIComponent(password);
  const database = url.pathname === '' || url.pathname === '/' ? '' : url.pathname;
  return { url: url.href, shown: `${url.protocol}//${url.hostname}:${url.port || '6379'}${database}` };
}

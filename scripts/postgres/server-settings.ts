import type { PostgresBinaries } from './platform-binaries.ts';

/** Safe for data that must outlive a crash: PostgreSQL's own settings stand. */
const DURABLE = { max_connections: '100' } as const;

/** For clusters that are thrown away: nothing is flushed, and nothing happens behind a test's back. */
const THROWAWAY = {
  max_connections: '200',
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  autovacuum: 'off',
  shared_buffers: '64MB',
  max_wal_size: '256MB',
} as const;

/** The command line of a server that listens on loopback alone, without Unix sockets, in UTC. */
export function serverCommand(options: {
  readonly binaries: PostgresBinaries;
  readonly dataDir: string;
  readonly port: number;
  readonly durable: boolean;
}): readonly string[] {
  const settings: Readonly<Record<string, string>> = {
    listen_addresses: '127.0.0.1',
    port: String(options.port),
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    lc_messages: 'C',
    ...(options.durable ? DURABLE : THROWAWAY),
  };
  const switches = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return [options.binaries.postgres, '-D', options.dataDir, ...switches];
}

/**
 * The shell command after which every disk is full once a file has as many blocks of 512 bytes (1024 in some shells):
 * POSIX's limit for the size of files, which anyone may lower. Writing fails with EFBIG where a disk gives ENOSPC, after
 * as many bytes as have room.
 */
export function roomFor(blocks: number): string {
  return `ulimit -f ${blocks}`;
}

/** What starts a program under that limit, to stand before it. */
export function withRoomFor(blocks: number): readonly string[] {
  return ['/bin/sh', '-c', `${roomFor(blocks)} && exec "$@"`, 'sh'];
}

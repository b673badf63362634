export interface ServerAccount {
  readonly uid: number;
  readonly gid: number;
}

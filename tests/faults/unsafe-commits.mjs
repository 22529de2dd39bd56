// Loaded before a server: the same one, but its commits no longer wait for the disk. What guards that must notice.
import SqliteDatabase from 'better-sqlite3';

const { pragma } = SqliteDatabase.prototype;
SqliteDatabase.prototype.pragma = function (source, options) {
  return pragma.call(this, source === 'synchronous = FULL' ? 'synchronous = OFF' : source, options);
};

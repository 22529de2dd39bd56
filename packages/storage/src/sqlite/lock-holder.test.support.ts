import SqliteDatabase from 'better-sqlite3';

/** A process that holds a database's write lock until it is told to let go. */
const [file = ''] = process.argv.slice(2);
const database = new SqliteDatabase(file, { timeout: 5000 });
process.on('message', () => {
  database.exec('COMMIT');
  database.close();
  process.disconnect();
});
database.exec('BEGIN IMMEDIATE');
process.send?.('held');

CREATE TABLE artwork(aid INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, session_id INTEGER NOT NULL,
  user_id INTEGER NOT NULL, created_at INTEGER NOT NULL, sha256 BLOB, bytes INTEGER, w INTEGER, h INTEGER,
  prompt TEXT, state INTEGER NOT NULL DEFAULT 0);
CREATE TABLE artwork_detail(aid INTEGER PRIMARY KEY REFERENCES artwork(aid), provider TEXT NOT NULL,
  model TEXT NOT NULL, seed INTEGER NOT NULL, negative TEXT NOT NULL, palette TEXT NOT NULL,
  cost_microusd INTEGER NOT NULL, reasons TEXT NOT NULL, valence REAL NOT NULL, arousal REAL NOT NULL,
  key TEXT NOT NULL, bpm REAL NOT NULL, style TEXT NOT NULL, subject TEXT NOT NULL, medium TEXT NOT NULL,
  painter TEXT NOT NULL, section TEXT NOT NULL, song TEXT NOT NULL,
  hidden INTEGER NOT NULL DEFAULT 0, favourite INTEGER NOT NULL DEFAULT 0, artists TEXT NOT NULL DEFAULT '');
CREATE TABLE impression(user_id INTEGER NOT NULL, aid INTEGER NOT NULL, session_id INTEGER NOT NULL,
  seen_at INTEGER NOT NULL, PRIMARY KEY(user_id,aid)) WITHOUT ROWID;
CREATE TABLE job(aid INTEGER PRIMARY KEY REFERENCES artwork(aid), owner TEXT NOT NULL,
  started_at INTEGER NOT NULL, lease_until INTEGER NOT NULL);
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE pool(pool_id INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL, name TEXT NOT NULL,
  kind INTEGER NOT NULL, head INTEGER NOT NULL DEFAULT 0, feed_head INTEGER NOT NULL DEFAULT 0,
  premoderated INTEGER NOT NULL DEFAULT 0);
CREATE TABLE pool_item(pool_id INTEGER NOT NULL, seq INTEGER NOT NULL, aid INTEGER NOT NULL,
  PRIMARY KEY(pool_id,seq)) WITHOUT ROWID;
CREATE TABLE rerun(user_id INTEGER NOT NULL, aid INTEGER NOT NULL, loved INTEGER NOT NULL,
  showing_id INTEGER NOT NULL, PRIMARY KEY(user_id,aid)) WITHOUT ROWID;
CREATE TABLE reservation(reservation_id INTEGER PRIMARY KEY, provider TEXT NOT NULL,
  artwork_id TEXT NOT NULL, booked_at INTEGER NOT NULL, estimate_microusd INTEGER, cost_microusd INTEGER,
  state INTEGER NOT NULL DEFAULT 0);
CREATE TABLE session(sid INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL, user_id INTEGER NOT NULL,
  device_id INTEGER NOT NULL, pool_id INTEGER, created_at INTEGER NOT NULL, expires_at INTEGER NOT NULL);
CREATE TABLE showing(showing_id INTEGER PRIMARY KEY, session_id INTEGER NOT NULL,
  aid INTEGER NOT NULL REFERENCES artwork(aid), screen TEXT NOT NULL, started_at INTEGER NOT NULL,
  duration_ms INTEGER, music TEXT);
CREATE TABLE taste_reset(reset_no INTEGER PRIMARY KEY, after_vote INTEGER NOT NULL, at INTEGER NOT NULL);
CREATE TABLE unseen_gap(user_id INTEGER NOT NULL, pool_id INTEGER NOT NULL, lo INTEGER NOT NULL,
  hi INTEGER NOT NULL, PRIMARY KEY(user_id,pool_id,lo)) WITHOUT ROWID;
CREATE TABLE usage_day(day INTEGER NOT NULL, provider TEXT NOT NULL, made INTEGER NOT NULL DEFAULT 0,
  shown INTEGER NOT NULL DEFAULT 0, refused INTEGER NOT NULL DEFAULT 0, PRIMARY KEY(day,provider)) WITHOUT ROWID;
CREATE TABLE vote(user_id INTEGER, aid INTEGER, value INTEGER NOT NULL, lamport INTEGER NOT NULL,
  device_id INTEGER NOT NULL, PRIMARY KEY(user_id,aid)) WITHOUT ROWID;
CREATE TABLE vote_log(vote_no INTEGER PRIMARY KEY, aid INTEGER NOT NULL, before INTEGER NOT NULL,
  after INTEGER NOT NULL, at INTEGER NOT NULL, undone_at INTEGER);
CREATE TABLE withdrawn(aid INTEGER NOT NULL, pool_id INTEGER NOT NULL, seq INTEGER NOT NULL,
  PRIMARY KEY(aid,pool_id)) WITHOUT ROWID;
CREATE INDEX artwork_blob ON artwork(sha256) WHERE sha256 IS NOT NULL;
CREATE INDEX artwork_fresh ON artwork(session_id, created_at DESC, aid DESC) WHERE state=1;
CREATE INDEX artwork_listed ON artwork(state, created_at DESC, aid DESC);
CREATE UNIQUE INDEX pool_item_art ON pool_item(aid, pool_id);
CREATE INDEX rerun_last ON rerun(user_id, showing_id);
CREATE INDEX rerun_next ON rerun(user_id, loved, showing_id);
CREATE INDEX reservation_booked ON reservation(booked_at);
CREATE INDEX showing_art ON showing(aid, showing_id);
CREATE INDEX vote_art ON vote(aid, value);
CREATE INDEX vote_log_art ON vote_log(aid, vote_no) WHERE undone_at IS NULL;
CREATE INDEX vote_log_open ON vote_log(vote_no) WHERE undone_at IS NULL;

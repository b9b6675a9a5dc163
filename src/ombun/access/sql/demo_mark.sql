-- Whether this is the demo's database is read by those who work and written by the owner alone.
INSERT INTO access_demomark (id, is_demo) VALUES (1, false);
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON access_demomark FROM ombun_app, ombun_loader;

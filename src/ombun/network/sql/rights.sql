-- The figures are written by the roll-up (the loader) and read by the pages.
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON network_fundmonth FROM ombun_app;
REVOKE DELETE, TRUNCATE ON network_fundmonth FROM ombun_loader;

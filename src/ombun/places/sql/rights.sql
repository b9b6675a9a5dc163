-- The list of places, and which migrations were made, are read by those who work and written by the owner alone.
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON django_migrations, places_province, places_district, places_tambon
  FROM ombun_app, ombun_loader;
